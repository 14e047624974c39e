import fc from 'fast-check';
import { decimalsOf, optionsOf } from '../../forms/language/components.ts';
import { idCardCheckDigit, usccCheckDigit } from '../../forms/language/checkdigit.ts';
import type { Data, Dictionaries, Field, FieldRights, Form, Json } from '../../forms/language/dialect.ts';
import { columnsOf, fieldsOf } from '../../forms/language/outline.ts';

/** Something a person, a broken client or an attacker might send for this field: right, nearly right, or nonsense. */
function anyValue(field: Field, dictionaries: Dictionaries): fc.Arbitrary<Json> {
  const nonsense = fc.constantFrom<Json[]>(
    true,
    'x',
    -1,
    1.234,
    1e15,
    [1],
    [{ a: 1 }],
    { a: 1 },
    ['x', 'x'],
    'é'.repeat(2500),
  );
  return fc.oneof({ weight: 4, arbitrary: goodValue(field, dictionaries) }, { weight: 1, arbitrary: nonsense });
}

function goodValue(field: Field, dictionaries: Dictionaries): fc.Arbitrary<Json> {
  const date = fc
    .date({ min: new Date('2000-01-01'), max: new Date('2090-12-31'), noInvalidDate: true })
    .map((day) => day.toISOString().slice(0, 10));
  const choices = (optionsOf(field, dictionaries) ?? []).map((option) => option.value);
  switch (field['x-component']) {
    case 'Text':
      return field.pattern
        ? fc.constantFrom('AB-2027', 'ab-2027', 'AB-2027x')
        : fc.string({ maxLength: 80, unit: 'grapheme' });
    case 'TextArea':
      return fc.string({ maxLength: 30 });
    case 'Integer':
    case 'Money':
      return fc.integer({ min: -5, max: 50_000_000 });
    case 'Year':
      return fc.integer({ min: 1980, max: 2110 });
    case 'Percent':
    case 'Number':
      return fc.integer({ min: 0, max: 9999 }).map((tenths) => tenths / 10 ** decimalsOf(field));
    case 'Boolean':
      return fc.boolean();
    case 'Date':
      return fc.oneof(date, fc.constantFrom('2027-02-29', '2028-02-29', '2027-13-01'));
    case 'DateRange':
      return fc
        .tuple(date, date)
        .map(([one, other]) => (one < other ? { start: one, end: other } : { start: other, end: one }));
    case 'Select':
    case 'Cascade':
    case 'Unit':
      return fc.constantFrom(...choices, 'unheard');
    case 'MultiSelect':
    case 'Units':
      return fc.array(fc.constantFrom(...choices, 'unheard'), { maxLength: 3 });
    case 'Phone':
      return fc.constantFrom('13870200000', '0792-8212345', '12345');
    case 'Uscc':
      return fc
        .constantFrom(`1136040301484${'5'.repeat(4)}`, `11360403MB0000001`)
        .map((code) => code + (usccCheckDigit(code) ?? ''));
    case 'Files':
      return fc.array(
        fc.record({ id: fc.uuid(), name: fc.constant('建议书.pdf'), size: fc.nat(30_000_000), noSecret: fc.boolean() }),
        { maxLength: 2 },
      );
    case 'IdCard':
      return fc
        .constantFrom('36040219900307123', '11010119800101001', '36040219991332456')
        .map((code) => code + (idCardCheckDigit(code) ?? ''));
    case 'Signature':
      return fc.record({ id: fc.uuid(), name: fc.constant('签名.png'), size: fc.nat(60_000) });
    case 'User':
    case 'Seat':
    case 'Reference':
      return fc.record({ id: fc.uuid(), label: fc.string({ minLength: 1, maxLength: 20 }) });
    case 'Auto':
    case 'Note':
      return fc.string({ maxLength: 10 });
    case 'Table':
      return fc.oneof(...tables(field, dictionaries));
  }
}

/** Rows of their own; where the form gives the rows, mostly those, in whatever order. */
function tables(field: Field, dictionaries: Dictionaries): fc.WeightedArbitrary<Json>[] {
  const row = someOf(columnsOf(field), dictionaries);
  const own = { weight: 1, arbitrary: fc.array(row, { maxLength: 3 }) };
  const given = field['x-rows'];
  if (!given) return [own];
  const filled = fc.tuple(...given.map((cells) => row.map((filling) => ({ ...filling, ...cells }))));
  const whole = { minLength: given.length, maxLength: given.length };
  return [own, { weight: 4, arbitrary: filled.chain((rows) => fc.shuffledSubarray(rows, whole)) }];
}

function someOf(fields: readonly [string, Field][], dictionaries: Dictionaries): fc.Arbitrary<Data> {
  const model: Record<string, fc.Arbitrary<Json>> = {};
  for (const [key, field] of fields) model[key] = anyValue(field, dictionaries);
  return fc.record(model, { requiredKeys: [] }).map((record) => JSON.parse(JSON.stringify(record)) as Data);
}

/** Fillings of a form as they might arrive. */
export function fillings(form: Form, dictionaries: Dictionaries): fc.Arbitrary<Data> {
  return someOf(
    fieldsOf(form).map(({ key, field }) => [key, field]),
    dictionaries,
  );
}

/** Any assignment of rights to a form's fields and columns. */
export function rightsOver(form: Form): fc.Arbitrary<FieldRights> {
  const paths = fieldsOf(form).flatMap(({ key, field }) => [
    key,
    ...columnsOf(field).map(([column]) => `${key}.${column}`),
  ]);
  return fc.dictionary(fc.constantFrom('*', ...paths), fc.constantFrom('hidden', 'read', 'edit', 'require'), {
    maxKeys: 12,
  });
}
