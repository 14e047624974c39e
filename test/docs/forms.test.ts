import { describe, expect, test } from '@jest/globals';
import { readFile } from 'node:fs/promises';
import type { Form } from '../../forms/language/dialect.ts';
import { fieldsOf } from '../../forms/language/outline.ts';
import { findingsIn, formsDocs, PAGE, readFormFiles } from '../../scripts/forms.ts';

const printed = await readFormFiles();

describe('the page of all forms', () => {
  const page = formsDocs(printed);

  test('is what npm run forms:docs writes', async () => {
    expect(await readFile(PAGE, 'utf8')).toBe(await page);
  });

  test('names every form and every field', async () => {
    const text = await page;
    for (const { form } of printed) {
      expect(text).toContain(`## ${form.title}\n`);
      for (const { key } of fieldsOf(form)) expect(text).toContain(`\`${key}\``);
    }
  });

  test('says rules in words: no operator, no path and no code is left', async () => {
    const text = (await page).replace(/`[^`\n]*`/g, '');
    expect(text.match(/===|!==|\bvar\b|\benv\.|\brow\.|someRow|everyRow|noRow|undefined|\[object/g) ?? []).toEqual([]);
  });
});

describe('npm run forms:lint', () => {
  const [first] = printed;
  const broken = (change: Partial<Form>) => [
    { file: 'forms/stages/x/form.json', form: { ...(first?.form as Form), ...change } },
  ];

  test('finds nothing in the forms of the district', async () => {
    expect(printed.length).toBeGreaterThan(2);
    expect(await findingsIn(printed)).toEqual([]);
  });

  test.each<[string, Partial<Form>, string]>([
    ['what the schema refuses', { dialect: 2 as 1 }, 'forms/stages/x/form.json：不符合表单格式：/dialect'],
    [
      'what the linter refuses',
      { checks: [{ id: 'x', level: 'block', holds: true, message: '请核对。', at: ['lost'] }] },
      '：checks.x：',
    ],
  ])('names file and place of %s', async (_what, change, finding) => {
    expect((await findingsIn(broken(change))).join('\n')).toContain(finding);
  });

  test('sees a key used twice', async () => {
    expect((await findingsIn([...printed.slice(0, 1), ...broken({})])).join()).toContain('已用于');
  });
});
