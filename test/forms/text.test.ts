import { describe, expect, test } from '@jest/globals';
import { isBlank, seenOf, tidyText } from '../../forms/language/text.ts';
import { isEmpty } from '../../forms/language/values.ts';
import { titleKey } from '../../server/lifecycle/project.ts';

const LAST = 0x10ffff;

describe('characters nobody sees', () => {
  test('are all that Unicode lets a screen leave out', () => {
    const seen: string[] = [];
    for (let code = 0; code <= LAST; code += 1) {
      const character = String.fromCodePoint(code);
      if (/\p{Default_Ignorable_Code_Point}/u.test(character) && !isBlank(character)) seen.push(code.toString(16));
    }
    expect(seen).toEqual([]);
  });

  test('and take no letter, digit, sign or emoji with them', () => {
    const lost: string[] = [];
    for (let code = 0; code <= LAST; code += 1) {
      const character = String.fromCodePoint(code);
      const shown = /[\p{L}\p{N}\p{P}\p{S}]/u.test(character) && !/\p{Default_Ignorable_Code_Point}/u.test(character);
      if (shown && seenOf(`甲${character}乙`) !== `甲${character}乙`) lost.push(code.toString(16));
    }
    expect(lost).toEqual(['2800']);
  });

  test('make no answer', () => {
    expect([isEmpty('\u200b\u200b'), isEmpty(' \u2060\u3000'), isEmpty('\u200b智')]).toEqual([true, true, false]);
  });

  test('tidying twice is tidying once, and variants of a character stay', () => {
    expect(tidyText(tidyText('\u200b \u200b智\u200b '))).toBe('智');
    expect(tidyText('葛\u{e0100}城')).toBe('葛\u{e0100}城');
  });
});

describe('the same name', () => {
  const key = (title: string): string | null =>
    titleKey('unit', { title, planYear: 2027, totalInvest: null, kind: null });

  test.each(['智慧\u200b教育A', '智慧\u2066教育Ａ', '智慧\ufe0f教育a', ' 智慧　教育\u{e0041}A', '智慧教\u00ad育A'])(
    '%j',
    (twin) => {
      expect(key(twin)).toBe(key('智慧教育A'));
    },
  );

  test('is not every name', () => {
    expect(key('智慧教育B')).not.toBe(key('智慧教育A'));
  });
});
