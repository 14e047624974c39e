import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Field, Option } from '../../forms/language/dialect.ts';
import { carriedText } from '../../miniapp/src/fields/carriedText.ts';
import { cascadeOf, pathText } from '../../miniapp/src/fields/cascade.ts';
import { blocksOf } from '../../miniapp/src/fields/noteBlocks.ts';
import { choicesOf } from '../../miniapp/src/fields/offered.ts';
import { boxAround } from '../../miniapp/src/fields/strokes.ts';
import { tidyIdCard } from '../../miniapp/src/fields/tidy.ts';

const PLACES: Option[] = [
  { value: 'xy', label: '浔阳区' },
  { value: 'gt', label: '甘棠街道', parent: 'xy' },
  { value: 'hb', label: '湖滨社区', parent: 'gt' },
  { value: 'rm', label: '人民路街道', parent: 'xy' },
  { value: 'lx', label: '濂溪区' },
  { value: 'lost', label: '飞地', parent: 'gone' },
];
const place: Field = {
  type: 'string',
  title: '所在地',
  'x-index': 1,
  'x-component': 'Cascade',
  'x-options': PLACES,
};
const labels = (options: Option[]) => options.map(({ label }) => label);

describe('a cascade', () => {
  const whole = cascadeOf(place, {}, undefined);
  const below = (parent: string | null, cascade = whole) =>
    cascade.below(parent).map(({ option, isAnswer }) => `${option.label}${isAnswer ? '' : ' ›'}`);

  test('is walked level by level; only what has nothing below it is an answer', () => {
    expect(below(null)).toEqual(['浔阳区 ›', '濂溪区', '飞地']);
    expect(below('xy')).toEqual(['甘棠街道 ›', '人民路街道']);
    expect(below('gt')).toEqual(['湖滨社区']);
    expect(whole.size).toBe(4);
  });

  test('tells the way to an answer, and of none for what does not exist', () => {
    expect(pathText(whole.path('hb'))).toBe('浔阳区 / 甘棠街道 / 湖滨社区');
    expect(whole.path('lost').map(({ value }) => value)).toEqual(['lost']);
    expect([whole.path('nothing'), whole.path(null)]).toEqual([[], []]);
  });

  test('is searched by every level of the way, and finds answers only', () => {
    expect(labels(whole.search('甘棠'))).toEqual(['湖滨社区']);
    expect(labels(whole.search(' 浔阳区 / 人 '))).toEqual(['人民路街道']);
    expect(whole.search('没有')).toEqual([]);
  });

  test('shows what is offered and what leads there, and never offers what has something below it', () => {
    const only = (...values: string[]) =>
      cascadeOf(
        place,
        {},
        PLACES.filter(({ value }) => values.includes(value)),
      );
    expect(below(null, only('hb'))).toEqual(['浔阳区 ›']);
    expect(below('xy', only('hb'))).toEqual(['甘棠街道 ›']);
    expect(below(null, only('xy', 'gt'))).toEqual([]);
    expect(only('xy', 'hb').size).toBe(1);
  });

  test('that leads in a circle still ends', () => {
    const round = {
      ...place,
      'x-options': [
        { value: 'a', label: '甲', parent: 'b' },
        { value: 'b', label: '乙', parent: 'a' },
      ],
    };
    expect(labels(cascadeOf(round, {}, undefined).path('a'))).toEqual(['乙', '甲']);
    expect(cascadeOf(round, {}, undefined).below(null)).toEqual([]);
  });
});

test('what is offered keeps what was chosen before', () => {
  const offered = PLACES.slice(0, 1);
  expect(labels(choicesOf(place, {}, offered, []))).toEqual(['浔阳区']);
  expect(labels(choicesOf(place, {}, offered, ['lx']))).toEqual(['浔阳区', '濂溪区']);
  expect(choicesOf(place, {}, undefined, [])).toEqual(PLACES);
});

describe('a note', () => {
  const drawn = (text: string) =>
    blocksOf(text).map(({ kind, lines }) => [
      kind,
      ...lines.map((spans) => spans.map((span) => (span.strong ? `[${span.text}]` : span.text)).join('')),
    ]);

  test.each<[string, string[][]]>([
    ['', []],
    ['一段', [['paragraph', '一段']]],
    [
      '一行\n又一行\n\n另一段',
      [
        ['paragraph', '一行', '又一行'],
        ['paragraph', '另一段'],
      ],
    ],
    [
      '须知：\n- 甲\n- 乙\n以上',
      [
        ['paragraph', '须知：'],
        ['list', '甲', '乙'],
        ['paragraph', '以上'],
      ],
    ],
    ['请**如实**填写', [['paragraph', '请[如实]填写']]],
    ['**全部**', [['paragraph', '[全部]']]],
    ['**没有关上', [['paragraph', '**没有关上']]],
    ['**关上**，**没有', [['paragraph', '[关上]，**没有']]],
    ['-没有空格', [['paragraph', '-没有空格']]],
    ['<b>粗</b> &amp;', [['paragraph', '<b>粗</b> &amp;']]],
  ])('%j', (text, blocks) => {
    expect(drawn(text)).toEqual(blocks);
  });

  test('loses no word and adds none', () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom('甲', '乙', '**', '- ', '\n', ' ', '<i>')), (parts) => {
        const said = blocksOf(parts.join('')).flatMap(({ lines }) => lines.flat().map(({ text }) => text));
        const words = (text: string) => text.replace(/[\s*-]/g, '');
        return words(said.join('')) === words(parts.join(''));
      }),
    );
  });
});

test.each([
  ['11010519491231002x', '11010519491231002X'],
  ['１１０１０５１９４９１２３１００２Ｘ', '11010519491231002X'],
  ['110105 1949-1231 002X', '11010519491231002X'],
  ['X1X1', '11'],
  ['11010519491231002X9', '11010519491231002X'],
  ['110105194912310021234', '110105194912310021'],
])('the identity number %s is tidied to %s', (typed, tidy) => {
  expect(tidyIdCard(typed)).toBe(tidy);
  expect(tidyIdCard(tidy)).toBe(tidy);
});

test('what is carried over says from where', () => {
  expect(['unit', 'project', 'declaration', 'initiation'].map(carriedText)).toEqual([
    '按单位信息填写',
    '按项目信息填写',
    '从申报表带入',
    '从以前的表单带入',
  ]);
});

test('a signature is cut out with a margin, and never beyond the sheet', () => {
  const sheet = { width: 300, height: 200 };
  expect(boxAround([], sheet)).toEqual({ x: 0, y: 0, ...sheet });
  expect(
    boxAround(
      [
        { x: 50, y: 60 },
        { x: 90.5, y: 80 },
      ],
      sheet,
    ),
  ).toEqual({ x: 38, y: 48, width: 65, height: 44 });
  const point = fc.record({ x: fc.integer({ min: -20, max: 320 }), y: fc.integer({ min: -20, max: 220 }) });
  fc.assert(
    fc.property(fc.array(point), (points) => {
      const { x, y, width, height } = boxAround(points, sheet);
      return x >= 0 && y >= 0 && width >= 1 && height >= 1 && x + width <= 321 && y + height <= 221;
    }),
  );
});
