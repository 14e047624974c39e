import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import fc from 'fast-check';
import type { Field, Form } from '../../forms/language/dialect.ts';
import { fromFormily } from '../../forms/language/fromFormily.ts';
import type { ImportFinding } from '../../forms/language/fromFormily.ts';
import { fieldsOf } from '../../forms/language/outline.ts';

const dialect = new Ajv2020({ strict: false }).compile(
  JSON.parse(readFileSync('forms/language/dialect.schema.json', 'utf8')) as object,
);

const header = { key: 'imported', title: '导入的表单', abbreviation: 'DR' };
type Node = Record<string, unknown>;

const imported = (properties: Record<string, unknown>, rest: Node = {}): { form: Form; report: ImportFinding[] } => {
  const { form, report } = fromFormily({ type: 'object', properties, ...rest }, header);
  if (form === null) throw new Error(JSON.stringify(report));
  expect(dialect(form) ? [] : dialect.errors).toEqual([]);
  expect(JSON.stringify(form)).not.toContain('{{');
  return { form, report };
};

const input = (rest: Node = {}): Node => ({
  type: 'string',
  title: '名称',
  'x-component': 'Input',
  maxLength: 50,
  ...rest,
});
const one = (node: Node): { field: Field | undefined; codes: string[]; report: ImportFinding[] } => {
  const { form, report } = imported({ name: input({ title: '垫底' }), it: node });
  const field = fieldsOf(form).find(({ key }) => key === 'it')?.field;
  return { field, codes: report.map(({ code }) => code), report };
};
const props = (rest: Node): Node => ({ 'x-component-props': rest });

describe('components', () => {
  const choices = { enum: [{ label: '甲', value: 'a' }] };
  const cases: [string, Node, Partial<Field>][] = [
    ['a line of text', input(), { type: 'string', 'x-component': 'Text', maxLength: 50 }],
    ['text of several lines', input({ 'x-component': 'Input.TextArea' }), { 'x-component': 'TextArea' }],
    [
      'a number',
      { type: 'number', title: '数', 'x-component': 'NumberPicker', maximum: 9 },
      { 'x-component': 'Number', maximum: 9 },
    ],
    [
      'a whole number',
      { type: 'number', title: '数', 'x-component': 'NumberPicker', ...props({ precision: 0, max: 9 }) },
      { 'x-component': 'Integer', type: 'integer', maximum: 9 },
    ],
    [
      'a choice',
      { type: 'string', title: '选', 'x-component': 'Radio.Group', ...choices },
      { 'x-component': 'Select', 'x-options': [{ value: 'a', label: '甲' }] },
    ],
    [
      'a choice that takes several',
      { type: 'array', title: '选', 'x-component': 'Select', ...choices, ...props({ mode: 'multiple' }) },
      { 'x-component': 'MultiSelect', type: 'array' },
    ],
    [
      'boxes to tick',
      { type: 'array', title: '选', 'x-component': 'Checkbox.Group', ...choices },
      { 'x-component': 'MultiSelect' },
    ],
    ['a date', { type: 'string', title: '日', 'x-component': 'DatePicker' }, { 'x-component': 'Date' }],
    [
      'a year',
      { type: 'string', title: '年', 'x-component': 'DatePicker', ...props({ picker: 'year' }) },
      { 'x-component': 'Year', type: 'integer' },
    ],
    [
      'from one date to another',
      { type: 'string[]', title: '期', 'x-component': 'DatePicker.RangePicker' },
      { 'x-component': 'DateRange', type: 'object' },
    ],
    [
      'yes or no',
      { type: 'boolean', title: '是', 'x-component': 'Switch', default: false },
      { 'x-component': 'Boolean', 'x-default': false },
    ],
    [
      'files',
      { type: 'array', title: '件', 'x-component': 'Upload', ...props({ maxCount: 3, accept: '.pdf,.OFD' }) },
      { 'x-component': 'Files', maxItems: 3, 'x-files': { extensions: ['pdf', 'ofd'], maxBytes: 20_000_000 } },
    ],
    ['a phone number', input({ 'x-validator': 'phone' }), { 'x-component': 'Phone' }],
    ['an identity card', input({ 'x-validator': [{ format: 'idcard' }] }), { 'x-component': 'IdCard' }],
    ['an address on the web', input({ format: 'url' }), { pattern: '^https?://[^ ]{1,180}$' }],
    ['what is required by yes', input({ required: true }), { 'x-required': true }],
    ['what a validator requires', input({ 'x-validator': [{ required: true }] }), { 'x-required': true }],
    ['what may not be changed', input({ 'x-pattern': 'readPretty' }), { 'x-editable': false }],
    ['what is switched off', input({ 'x-disabled': true }), { 'x-editable': false }],
    ['what is never shown', input({ 'x-visible': false }), { 'x-visible': false }],
    ['a default', input({ default: '甲' }), { 'x-default': '甲' }],
    ['a length by a validator', input({ 'x-validator': { min: 2, max: 9 } }), { minLength: 2, maxLength: 9 }],
    [
      'a hint',
      input({ ...props({ placeholder: '请填', addonAfter: '台' }), description: '说明' }),
      { 'x-placeholder': '请填', 'x-unit': '台', description: '说明' },
    ],
  ];
  test.each(cases)('%s', (_name, node, expected) => expect(one(node).field).toMatchObject(expected));

  test('a tree of choices becomes options with parents', () => {
    const tree = [{ label: '区', value: 1, children: [{ label: '镇', value: 11 }] }];
    const { field, codes } = one({ type: 'array', title: '地', 'x-component': 'Cascader', enum: tree });
    expect(field?.['x-options']).toEqual([
      { value: '1', label: '区' },
      { value: '11', label: '镇', parent: '1' },
    ]);
    expect(codes).toEqual(expect.arrayContaining(['cascade', 'optionValue']));
  });

  test('without a component the type decides', () => {
    expect(one({ type: 'number', title: '数', maximum: 1 }).field?.['x-component']).toBe('Number');
    expect(one({ type: 'string', title: '日', format: 'date' }).field?.['x-component']).toBe('Date');
    expect(one({ type: 'array', title: '选', items: { type: 'string', enum: ['a'] } }).field?.['x-component']).toBe(
      'MultiSelect',
    );
  });
});

describe('layouts and tables', () => {
  test('cards, grids and steps become sections and columns; whatever only arranges falls away', () => {
    const grid = {
      type: 'void',
      'x-component': 'FormGrid',
      ...props({ maxColumns: 3 }),
      properties: { col: { type: 'void', 'x-component': 'FormGrid.GridColumn', properties: { name: input() } } },
    };
    const { form } = imported({
      layout: {
        type: 'void',
        'x-component': 'FormLayout',
        properties: {
          steps: {
            type: 'void',
            'x-component': 'FormStep',
            properties: {
              one: {
                type: 'void',
                'x-component': 'FormStep.StepPane',
                ...props({ title: '第一步' }),
                properties: { grid },
              },
            },
          },
        },
      },
    });
    expect(form['x-sections']).toBe('steps');
    expect(form.properties).toMatchObject({
      one: {
        'x-component': 'Section',
        title: '第一步',
        properties: { grid: { 'x-component': 'Columns', 'x-columns': 3 } },
      },
    });
  });

  const column = (title: string, properties: Node): Node => ({
    type: 'void',
    'x-component': 'ArrayTable.Column',
    ...props({ title }),
    properties,
  });

  test('a table keeps its columns and their titles, and drops its buttons', () => {
    const { form, report } = imported({
      rows: {
        type: 'array',
        title: '明细',
        maxItems: 5,
        'x-component': 'ArrayTable',
        items: {
          type: 'object',
          properties: {
            c0: column('序号', { i: { type: 'void', 'x-component': 'ArrayTable.Index' } }),
            c1: column('品名', { name: { type: 'string', 'x-component': 'Input', required: true, maxLength: 9 } }),
            c2: column('数量', { count: { type: 'number', 'x-component': 'NumberPicker', maximum: 5 } }),
            c3: column('操作', { x: { type: 'void', 'x-component': 'ArrayTable.Remove' } }),
          },
        },
        properties: { add: { type: 'void', 'x-component': 'ArrayTable.Addition' } },
      },
    });
    expect(report).toEqual([]);
    expect(form.properties['rows']).toMatchObject({ 'x-component': 'Table', title: '明细', maxItems: 5 });
    expect((form.properties['rows'] as Field).items?.properties).toMatchObject({
      name: { title: '品名', 'x-index': 1, 'x-required': true },
      count: { title: '数量', 'x-index': 2 },
    });
  });

  test('what a table cannot hold is told', () => {
    const inner = { type: 'array', 'x-component': 'ArrayTable', items: { type: 'object', properties: { a: input() } } };
    const period = { type: 'string', title: '期', 'x-component': 'DatePicker.RangePicker' };
    const items = { type: 'object', properties: { a: input(), inner, period } };
    const { codes } = one({ type: 'array', title: '表', 'x-component': 'ArrayCards', items });
    expect(codes).toEqual(expect.arrayContaining(['nestedTable', 'notAColumn']));
  });

  test('an object adds no level; names that meet are told apart', () => {
    const { form, report } = imported({
      name: input(),
      owner: { type: 'object', title: '业主', properties: { name: input({ title: '业主名称' }) }, required: ['name'] },
    });
    expect(fieldsOf(form).map(({ key, field }) => [key, field['x-required']])).toEqual([
      ['name', undefined],
      ['name2', true],
    ]);
    expect(report.map(({ code }) => code).sort()).toEqual(['duplicateKey', 'flattened', 'requiredList']);
  });

  test('nodes stand in the order of their x-index, the others behind', () => {
    const { form } = imported({ c: input(), b: input({ 'x-index': 1 }), a: input({ 'x-index': 0 }) });
    expect(fieldsOf(form).map(({ key }) => key)).toEqual(['a', 'b', 'c']);
  });
});

describe('what cannot be carried over is told, with its place', () => {
  const losses: [string, Node][] = [
    ['expression', input({ default: '{{ $deps[0] }}' })],
    ['expression', input({ ...props({ placeholder: '{{ t("x") }}' }) })],
    [
      'reactions',
      input({ 'x-reactions': [{ dependencies: ['a'], fulfill: { state: { visible: '{{ $deps[0] }}' } } }] }),
    ],
    ['uniqueItems', { type: 'array', title: '选', 'x-component': 'Select', enum: ['a'], uniqueItems: true }],
    ['customComponent', input({ 'x-component': 'SaleManSelect' })],
    ['unknownKeyword', input({ 'x-magic': 1 })],
    ['props', input(props({ onChange: 'go' }))],
    ['missingTitle', input({ title: null })],
    ['validator', input({ 'x-validator': [{ validator: 'isGood' }] })],
    ['message', input({ 'x-validator': [{ required: true, message: '必填！' }] })],
    ['format', input({ 'x-validator': 'ipv6' })],
    ['pattern', input({ pattern: 'abc' })],
    ['pattern', input({ pattern: '^(a+)+$' })],
    ['optionValue', { title: '选', 'x-component': 'Select', enum: [{ label: '一', value: 1 }] }],
    ['duplicateOption', { title: '选', 'x-component': 'Select', enum: ['a', 'a'] }],
    ['badOption', { title: '选', 'x-component': 'Select', enum: ['a', { label: '空' }] }],
    ['default', input({ default: { a: 1 } })],
    ['default', input({ default: '长'.repeat(51) })],
    ['narrowed', input({ maxLength: 1_000_000 })],
    ['exclusiveLimit', { type: 'number', title: '数', exclusiveMinimum: 0 }],
    ['lockedAndRequired', input({ required: true, 'x-read-only': true })],
    ['hiddenValue', input({ 'x-display': 'hidden' })],
    ['component', { type: 'string', title: '时', 'x-component': 'TimePicker' }],
    ['date', { type: 'string', title: '时', 'x-component': 'DatePicker', ...props({ showTime: true }) }],
    ['markup', input({ title: '<img src=x onerror=alert(1)>' })],
    ['reference', input({ $ref: 'file:///etc/passwd' })],
    ['defaultLimits', input({ maxLength: null })],
    ['emptyLayout', { type: 'void', 'x-component': 'Card', ...props({ title: '空' }) }],
    ['furniture', { type: 'void', 'x-component': 'Submit' }],
    // Choices that come from a service at run time: our linter asks for them.
    ['noOptions', { type: 'string', title: '选', 'x-component': 'Select', 'x-reactions': '{{ useAsync() }}' }],
  ];
  test.each(losses)('%s', (code, node) => {
    const { report } = one(node);
    const finding = report.find((found) => found.code === code);
    expect(finding?.path ?? '').toMatch(code === 'defaultLimits' ? /^$/ : /^it/);
    expect(finding?.message).toMatch(/[。]$/);
  });

  test('an expression is quoted, and bounded', () => {
    const long = `{{ ${'x'.repeat(10_000)} }}`;
    const finding = one(input({ title: long })).report.find(({ code }) => code === 'expression');
    expect(finding).toMatchObject({ path: 'it.title', level: 'lost' });
    expect(finding?.message.length).toBeLessThan(200);
  });

  const names: [string, string][] = [
    ['user_name', 'userName'],
    ['8qienrwugzi', 'field8qienrwugzi'],
    ['[start,end]', 'startEnd'],
    ['联系人', 'field'],
    ['row', 'rowField'],
    ['ID', 'id'],
  ];
  test.each(names)('the name %s becomes %s', (foreign, ours) => {
    const { form, report } = imported({ [foreign]: input() });
    expect(Object.keys(form.properties)).toEqual([ours]);
    expect(report.map(({ code }) => code)).toEqual(['renamedKey']);
  });
});

describe('documents that are no schema, or more than one', () => {
  const refusal = (schema: unknown): Partial<ImportFinding> | undefined => {
    const { form, report } = fromFormily(schema, header);
    expect(form).toBeNull();
    return report.find(({ level }) => level === 'refused');
  };

  test('the document of a designer and its bare schema are the same', () => {
    const schema = { type: 'object', properties: { name: input() } };
    expect(fromFormily({ form: { labelCol: 6 }, schema }, header)).toEqual(fromFormily(schema, header));
  });

  test.each([[null], ['{}'], [[]], [{}], [{ properties: [] }], [3]])('%j is no schema', (schema) => {
    expect(refusal(schema)?.code).toBe('notASchema');
  });

  test('a schema without anything to import is refused', () => {
    expect(refusal({ type: 'object', properties: { a: { type: 'void', 'x-component': 'Submit' } } })?.code).toBe(
      'noFields',
    );
  });

  test('names that reach a prototype are refused with their place', () => {
    const schema: unknown = JSON.parse('{"properties":{"a":{"x-component-props":{"__proto__":{"polluted":1}}}}}');
    expect(refusal(schema)).toMatchObject({ code: 'forbiddenName', path: 'properties.a.x-component-props.__proto__' });
    expect(({} as Node)['polluted']).toBeUndefined();
  });

  test('two hundred levels are refused with their place', () => {
    let node: Node = input();
    for (let level = 0; level < 200; level += 1) node = { type: 'void', properties: { a: node } };
    expect(refusal(node)).toMatchObject({ code: 'tooDeep', path: expect.stringMatching(/^properties\.a\./) });
  });

  test('a schema that contains itself is refused', () => {
    const schema: Node = { type: 'object' };
    schema['properties'] = { a: schema };
    expect(refusal(schema)?.code).toBe('tooDeep');
  });

  test('five thousand fields are refused where they become too many', () => {
    const properties = Object.fromEntries(Array.from({ length: 5000 }, (_, at) => [`f${at}`, input()]));
    expect(refusal({ type: 'object', properties })).toMatchObject({ code: 'tooManyFields', path: 'f1000' });
  });

  test('ten megabytes are refused with their place', () => {
    const picture = 'x'.repeat(10_000_000);
    expect(refusal({ properties: { a: input({ 'x-content': picture }) } })).toMatchObject({
      code: 'tooMuchText',
      path: 'properties.a.x-content',
    });
  });

  test.each([
    ['badKey', { ...header, key: '__proto__' }],
    ['noTitle', { ...header, title: '{{a}}' }],
    ['badAbbreviation', { ...header, abbreviation: 'sb' }],
  ])('%s: what the form is called is judged first', (code, given) => {
    expect(fromFormily({ properties: { name: input() } }, given).report[0]).toMatchObject({ level: 'refused', code });
  });
});

describe('for any schema', () => {
  const component = fc.constantFrom(
    ...[
      'Input',
      'Input.TextArea',
      'NumberPicker',
      'Select',
      'Checkbox.Group',
      'DatePicker',
      'Upload',
      'Cascader',
      'Strange',
    ],
    ...[
      'ArrayTable',
      'ArrayTable.Column',
      'FormGrid',
      'Card',
      'FormTab',
      'FormTab.TabPane',
      'FormLayout',
      'Text',
      'Button',
    ],
  );
  const keyword = fc.constantFrom(
    ...['title', 'enum', 'default', 'required', 'maxLength', 'maximum', 'minItems', 'pattern', 'format', 'x-validator'],
    ...[
      'x-visible',
      'x-display',
      'x-reactions',
      'x-index',
      'x-component-props',
      'description',
      'items',
      'x-odd',
      'x-content',
    ],
  );
  const names = fc.oneof(fc.string({ maxLength: 8 }), fc.constantFrom('a', 'b', 'row'));
  const type = fc.constantFrom('string', 'number', 'boolean', 'array', 'object', 'void', null);
  const keywords = fc.dictionary(keyword, fc.oneof(fc.jsonValue({ maxDepth: 2 }), fc.constant('{{ x }}')), {
    maxKeys: 4,
  });
  const nodeOf = (depth: number): fc.Arbitrary<Node> =>
    fc
      .record({
        name: fc.option(component),
        type,
        keywords,
        properties: depth === 0 ? fc.constant({}) : fc.dictionary(names, nodeOf(depth - 1), { maxKeys: 3 }),
      })
      .map(({ name, type, keywords, properties }) => {
        const made: Node = { ...keywords, ...(name === null ? {} : { 'x-component': name }), type };
        return name === 'ArrayTable' ? { ...made, items: { type: 'object', properties } } : { ...made, properties };
      });
  const node = nodeOf(4);

  test('what comes out is of the dialect, or nothing comes out and the report says why', () => {
    fc.assert(
      fc.property(node, (schema) => {
        const { form, report } = fromFormily(schema, header);
        expect(report.every(({ message }) => message.endsWith('。') && message.length < 1000)).toBe(true);
        if (form === null) return expect(report.some(({ level }) => level === 'refused')).toBe(true);
        expect(dialect(form) ? [] : dialect.errors).toEqual([]);
        expect(JSON.stringify(form)).not.toContain('{{');
      }),
      { numRuns: 500 },
    );
  });

  test('the same schema gives the same form and report, and is left as it was', () => {
    fc.assert(
      fc.property(node, (schema) => {
        const before = JSON.stringify(schema);
        expect(fromFormily(schema, header)).toEqual(fromFormily(structuredClone(schema), header));
        expect(JSON.stringify(schema)).toBe(before);
      }),
    );
  });
});
