import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Data, Field, FieldRights, Json } from '../../forms/language/dialect.ts';
import { isSensitive } from '../../forms/language/components.ts';
import { isMasked } from '../../forms/language/mask.ts';
import { columnsOf } from '../../forms/language/outline.ts';
import {
  FieldRefusal,
  fieldsOf,
  LOST,
  maskOf,
  merge,
  redact,
  rightOf,
  withoutShown,
} from '../../forms/language/submission.ts';
import { openPart } from '../../server/lifecycle/ground.ts';
import { contextWith, dictionaries, field, formOf } from '../support/forms.ts';
import { fillings, rightsOver } from '../support/fillings.ts';

const phone = field('Phone', '联系电话', 2);
const expert = field('Text', '专家', 4, { 'x-sensitive': true });
const form = formOf({
  name: field('Text', '名称', 1),
  phone,
  idCard: field('IdCard', '身份证号', 3),
  expert,
  staff: field('Table', '人员', 5, {
    items: {
      type: 'object',
      properties: {
        name: field('Text', '姓名', 1),
        phone: field('Phone', '电话', 2),
        days: field('Integer', '天数', 3),
      },
    },
  }),
});
const stored: Data = {
  name: '平台',
  phone: '13870200001',
  idCard: '36040219900101123X',
  expert: '欧阳询',
  staff: [
    { name: '甲', phone: '0792-0000201', days: 1 },
    { name: '乙', phone: '13870200002' },
  ],
};

test.each<[string, Field, Json, string]>([
  ['a mobile number', phone, '13812340001', '138****0001'],
  ['a landline', phone, '0792-0000201', '0792-*****01'],
  ['a landline of a large city with extension', phone, '010-81234567-123', '010-******67'],
  ['half a number', phone, '138', '1***'],
  ['an identity card', field('IdCard', '身份证号', 1), '36040219900101123X', '360***********123X'],
  ['other text', expert, '欧阳询', '欧***'],
  ['a rare character', expert, '𠮷野', '𠮷***'],
  ['a single character shows nothing', expert, '询', '***'],
  ['nothing', phone, null, ''],
])('the mask of %s', (_what, of, value, mask) => {
  expect(maskOf(of, value)).toBe(mask);
});

describe('reading', () => {
  test('what only the star lets be read is masked, in tables too', () => {
    expect(redact(form, stored, { '*': 'read' })).toEqual({
      name: '平台',
      phone: '138****0001',
      idCard: '360***********123X',
      expert: '欧***',
      staff: [
        { name: '甲', phone: '0792-*****01', days: 1 },
        { name: '乙', phone: '138****0002' },
      ],
    });
    expect(redact(form, stored, {})).toEqual(redact(form, stored, { '*': 'read' }));
    // A table that is named does not name its columns.
    expect(redact(form, stored, { '*': 'read', staff: 'read' })).toEqual(redact(form, stored, { '*': 'read' }));
  });

  test('a right that names it shows it, and so does the right to write it', () => {
    const named: FieldRights = { '*': 'read', phone: 'read', idCard: 'edit', expert: 'require', 'staff.phone': 'read' };
    expect(redact(form, stored, named)).toEqual(stored);
    expect(redact(form, stored, { '*': 'edit' })).toEqual(stored);
  });

  test('what cannot be opened any more says so to readers and is empty for who may write it', () => {
    const gone: Data = { name: '平台', staff: [{ name: '甲' }, { name: '乙', phone: '13870200002' }] };
    const lost = ['phone', 'staff.0.phone'];
    expect(redact(form, gone, { '*': 'read', phone: 'read' }, lost)).toEqual({
      ...gone,
      phone: LOST,
      staff: [
        { name: '甲', phone: LOST },
        { name: '乙', phone: '138****0002' },
      ],
    });
    expect(redact(form, gone, { '*': 'edit' }, lost)).toEqual(gone);
    expect(redact(form, gone, { '*': 'read', phone: 'hidden', staff: 'hidden' }, lost)).toEqual({ name: '平台' });
    expect(merge(form, gone, redact(form, gone, { '*': 'read' }, lost), contextWith('read'))).toEqual(gone);
  });

  test('no screen shows a sensitive value that nobody named for it', () => {
    fc.assert(
      fc.property(fillings(form, dictionaries), rightsOver(form), (data, rights) => {
        const shown = redact(form, data, rights);
        const cells = fieldsOf(form).flatMap(({ key, field: asked }) => [
          { key, column: null, asked, found: shown[key] },
          ...columnsOf(asked).flatMap(([column, cell]) =>
            ((shown[key] ?? []) as Data[]).map((row) => ({ key, column, asked: cell, found: row[column] })),
          ),
        ]);
        for (const { key, column, asked, found } of cells) {
          if (!isSensitive(asked) || found === undefined) continue;
          const right = rightOf(rights, key, column);
          const named = Object.hasOwn(rights, column === null ? key : `${key}.${column}`);
          if (right === 'read' && !named) expect(found).toContain('***');
        }
      }),
    );
  });
});

describe('sending back', () => {
  const mergeAs = (rights: FieldRights, sent: Data) => merge(form, stored, sent, contextWith(rights));

  test('the screen as it was shown changes nothing, whatever the rights', () => {
    fc.assert(
      fc.property(rightsOver(form), (rights) => {
        expect(mergeAs(rights, redact(form, stored, rights))).toEqual(stored);
      }),
    );
  });

  test('nobody tries numbers behind a mask until one is right', () => {
    for (const guess of ['13870200001', '13870200002', '138****0002', '138', LOST])
      expect(() => mergeAs({ '*': 'read' }, { phone: guess })).toThrow(FieldRefusal);
    const rows = (value: string): Data => ({ staff: [{ name: '甲', phone: value, days: 1 }, { name: '乙' }] });
    for (const guess of ['0792-0000201', '138****0002'])
      expect(() => mergeAs({ '*': 'read' }, rows(guess))).toThrow('人员 第1行 电话');
    expect(mergeAs({ '*': 'read' }, rows('0792-*****01'))).toEqual(stored);
  });

  test('a mask is never taken for a value by who may write it', () => {
    expect(mergeAs({ '*': 'edit' }, { ...stored, phone: '138****0001' })['phone']).toBe('138****0001');
    expect(isMasked(phone, { '*': 'edit' }, 'phone')).toBe(false);
  });

  test('rows known by a masked cell go by their other given cells', () => {
    const given = formOf({
      staff: field('Table', '人员', 1, {
        'x-rows': [
          { name: '甲', phone: '13870200001' },
          { name: '乙', phone: '13870200002' },
        ],
        items: {
          type: 'object',
          properties: {
            name: field('Text', '姓名', 1),
            phone: field('Phone', '电话', 2),
            days: field('Integer', '天数', 3),
          },
        },
      }),
    });
    const rights: FieldRights = { '*': 'read', 'staff.days': 'edit' };
    const before = merge(given, {}, {}, contextWith(rights));
    const shown = redact(given, before, rights)['staff'] as Data[];
    const sent = [{ ...shown[1], days: 2 }, { ...shown[0] }];
    const after = merge(given, before, { staff: sent }, contextWith(rights));
    expect(after['staff']).toEqual([
      { name: '甲', phone: '13870200001' },
      { name: '乙', phone: '13870200002', days: 2 },
    ]);
    expect(JSON.stringify(openPart(given, after, rights))).not.toContain('138');
  });

  test('the judge of shapes is spared what may only be read', () => {
    const rights: FieldRights = { '*': 'read', name: 'edit', 'staff.phone': 'edit' };
    const sent = redact(form, stored, rights);
    expect(withoutShown(form, sent, rights)).toEqual({ name: '平台', staff: stored['staff'] });
    expect(withoutShown(form, { phone: { not: 'text' } }, rights)).toEqual({ phone: { not: 'text' } });
  });
});
