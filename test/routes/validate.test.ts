import { describe, expect, test } from '@jest/globals';
import type { Data, Form } from '../../forms/language/dialect.ts';
import { Refusal } from '../../server/errors.ts';
import { judgeForm } from '../../server/validate.ts';

const FORM: Form = {
  dialect: 1,
  type: 'object',
  key: 'sample',
  title: '样表',
  abbreviation: 'YB',
  articles: [],
  properties: {
    code: { type: 'string', title: '编码', 'x-index': 0, 'x-component': 'Text', pattern: '^[A-Z]{2}$' },
    serial: { type: 'string', title: '序号', 'x-index': 1, 'x-component': 'Text', pattern: '^\\d{3}$' },
    items: {
      type: 'array',
      title: '建设内容',
      'x-index': 2,
      'x-component': 'Table',
      items: {
        type: 'object',
        properties: { amount: { type: 'integer', title: '金额', 'x-index': 0, 'x-component': 'Money' } },
      },
    },
    kind: { type: 'string', title: '类别', 'x-index': 3, 'x-component': 'Select', 'x-dictionary': 'kinds' },
  },
};
const KINDS = { kinds: [{ value: 'new', label: '新建' }] };

let serial = 0;
const refusalOf = (data: Data, mode: 'draft' | 'final' = 'draft', dictionaries = KINDS, id = `v${(serial += 1)}`) => {
  try {
    judgeForm(id, FORM, dictionaries, data, mode);
    return null;
  } catch (error) {
    if (error instanceof Refusal) return error;
    throw error;
  }
};

describe('the shape of form data', () => {
  test.each<[string, Data, string, string]>([
    ['an unknown field', { extra: 1 }, 'unknown_field', 'extra'],
    ['an unknown column', { items: [{ amount: 1, price: 2 }] }, 'unknown_field', '建设内容'],
    ['a wrong type', { items: [{ amount: '一百' }] }, 'wrong_type', '建设内容第1行的“金额”'],
    ['ten thousand rows', { items: Array.from({ length: 10_000 }, () => ({})) }, 'too_many_rows', '“建设内容”'],
    ['a prototype', JSON.parse('{"__proto__":{"code":1}}') as Data, 'unknown_field', '__proto__'],
    ['an inherited name', { constructor: 1 }, 'unknown_field', 'constructor'],
  ])('%s is refused by its title', (_what, data, code, says) => {
    const refusal = refusalOf(data);
    expect(refusal).toMatchObject({ code });
    expect(refusal?.message).toContain(says);
    expect(refusal?.problems).toHaveLength(1);
  });

  test('a draft may be unfinished; for good every pattern is judged, each by its own field', () => {
    const data = { code: 'x', serial: 'y' };
    expect(refusalOf(data)).toBeNull();
    expect(refusalOf({ code: 'AB', serial: '123' }, 'final')).toBeNull();
    expect(refusalOf({ code: 'AB', serial: 'AB' }, 'final')?.message).toContain('“序号”');
    expect(refusalOf({ code: '123', serial: '123' }, 'final')?.message).toContain('“编码”');
  });

  test('a version is compiled once, and again when a dictionary changes', () => {
    const more = { kinds: [...KINDS.kinds, { value: 'old', label: '续建' }] };
    expect(refusalOf({ kind: 'old' }, 'final', KINDS, 'same')).not.toBeNull();
    expect(refusalOf({ kind: 'old' }, 'final', more, 'same')).toBeNull();
    expect(refusalOf({ kind: 'old' }, 'final', KINDS, 'same')).not.toBeNull();
  });

  test('the oldest validators make room for new ones and are compiled again when needed', () => {
    for (let version = 0; version < 250; version += 1)
      expect(refusalOf({ code: 1 }, 'draft', KINDS, `n${version}`)).not.toBeNull();
    expect(refusalOf({ code: 'AB' }, 'final', KINDS, 'n0')).toBeNull();
  });
});
