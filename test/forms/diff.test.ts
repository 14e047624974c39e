import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Field, Form, Layout, Node } from '../../forms/language/dialect.ts';
import { diffForms, diffRights } from '../../forms/language/diff.ts';
import type { Change, ChangeKind } from '../../forms/language/diff.ts';
import { outOfOrder } from '../../forms/language/diffPlaces.ts';
import { field, formOf, sampleForm } from '../support/forms.ts';

const copy = <T>(value: T): T => structuredClone(value);
const said = (before: Form, after: Form): [ChangeKind, string, boolean][] =>
  diffForms(before, after).map(({ kind, path, breaks }) => [kind, path, breaks]);
const text = (rest: Partial<Field> = {}): Form => formOf({ name: field('Text', '名称', 1, rest) });

const inside = (form: Form, layout: string): Record<string, Node> => (form.properties[layout] as Layout).properties;
const at = (form: Form, layout: string, key: string): Field => inside(form, layout)[key] as Field;
const cell = (form: Form, column: string): Field => at(form, 'money', 'items').items?.properties[column] as Field;

interface Mutator {
  name: string;
  mutate: (form: Form) => void;
  kind: ChangeKind;
  path: string;
  breaks: boolean;
}

const mutator = (
  name: string,
  kind: ChangeKind,
  path: string,
  breaks: boolean,
  mutate: Mutator['mutate'],
): Mutator => ({
  name,
  kind,
  path,
  breaks,
  mutate,
});

/** Each touches a place of its own, so that any set of them may be applied together. */
const mutators: Mutator[] = [
  mutator('a field comes', 'added', 'remark', false, (form) => {
    inside(form, 'basics')['remark'] = field('TextArea', '备注', 90);
  }),
  mutator('a required field comes', 'added', 'mail', true, (form) => {
    inside(form, 'basics')['mail'] = field('Text', '邮箱', 91, { 'x-required': true });
  }),
  mutator('a field goes', 'removed', 'docNo', true, (form) => {
    delete inside(form, 'basics')['docNo'];
  }),
  mutator('a key changes', 'renamed', 'begins', true, (form) => {
    const properties = inside(form, 'basics');
    properties['begins'] = properties['startOn'] as Node;
    delete properties['startOn'];
  }),
  mutator('a title changes', 'changed', 'uscc', false, (form) => {
    at(form, 'basics', 'uscc').title = '信用代码';
  }),
  mutator('a field goes elsewhere', 'moved', 'study', false, (form) => {
    inside(form, 'basics')['study'] = { ...at(form, 'money', 'study'), 'x-index': 95 };
    delete inside(form, 'money')['study'];
  }),
  mutator('a field must be filled in', 'stricter', 'period', true, (form) => {
    at(form, 'basics', 'period')['x-required'] = true;
  }),
  mutator('a field need not be filled in', 'looser', 'phone', false, (form) => {
    delete at(form, 'basics', 'phone')['x-required'];
  }),
  mutator('less text', 'stricter', 'projectName', true, (form) => {
    at(form, 'basics', 'projectName').maxLength = 30;
  }),
  mutator('more text', 'looser', 'need', false, (form) => {
    at(form, 'basics', 'need').maxLength = 1900;
  }),
  mutator('an option goes', 'stricter', 'sectors', true, (form) => {
    at(form, 'basics', 'sectors')['x-options']?.pop();
  }),
  mutator('another dictionary', 'changed', 'nature', true, (form) => {
    at(form, 'basics', 'nature')['x-dictionary'] = 'sector';
  }),
  mutator('fewer decimals', 'stricter', 'share', true, (form) => {
    at(form, 'basics', 'share')['x-decimals'] = 0;
  }),
  mutator('other files', 'looser', 'proposal', false, (form) => {
    at(form, 'basics', 'proposal')['x-files'] = { extensions: ['pdf', 'ofd'], maxBytes: 20_000_000 };
  }),
  mutator('another component', 'changed', 'userCount', true, (form) => {
    inside(form, 'basics')['userCount'] = field('Text', '用户数', 11, { 'x-unit': '人' });
  }),
  mutator('another computation', 'changed', 'months', true, (form) => {
    at(form, 'basics', 'months')['x-value'] = 12;
  }),
  mutator('another default', 'changed', 'unit', false, (form) => {
    at(form, 'basics', 'unit')['x-default'] = { var: 'env.owner.code' };
  }),
  mutator('shown on a condition', 'stricter', 'large', false, (form) => {
    at(form, 'money', 'large')['x-visible'] = { filled: [{ var: 'total' }] };
  }),
  mutator('a column must be filled in', 'stricter', 'items.common', true, (form) => {
    cell(form, 'common')['x-required'] = true;
  }),
  mutator('a column goes', 'removed', 'items.reason', true, (form) => {
    delete at(form, 'money', 'items').items?.properties['reason'];
  }),
  mutator('columns change places', 'moved', 'items.name', false, (form) => {
    cell(form, 'name')['x-index'] = 40;
  }),
  mutator('a given row goes', 'changed', 'selfChecks', true, (form) => {
    at(form, 'money', 'selfChecks')['x-rows']?.pop();
  }),
  mutator('a warning blocks', 'stricter', 'checks.many-users', true, (form) => {
    const check = form.checks?.find(({ id }) => id === 'many-users');
    if (check) check.level = 'block';
  }),
  mutator('a check goes', 'looser', 'checks.positive-quantity', false, (form) => {
    form.checks = form.checks?.filter(({ id }) => id !== 'positive-quantity');
  }),
  mutator('a check asks for something else', 'changed', 'checks.sum-funds', true, (form) => {
    const check = form.checks?.find(({ id }) => id === 'sum-funds');
    if (check) check.holds = { '<=': [{ sum: [{ var: 'funds' }, 'amount'] }, { var: 'total' }] };
  }),
  mutator('a section is called otherwise', 'changed', 'money', false, (form) => {
    (form.properties['money'] as Layout).title = '投资估算';
  }),
  mutator('the form is called otherwise', 'changed', 'sample', false, (form) => {
    form.title = '新样表';
  }),
];

const anyMutators = fc.subarray(mutators, { minLength: 1 });

const apply = (chosen: Mutator[]): Form => {
  const form = sampleForm();
  const mine = copy(form);
  chosen.forEach(({ mutate }) => mutate(mine));
  return mine;
};

describe('what changed between two versions', () => {
  test('nothing, where nothing changed', () => {
    fc.assert(
      fc.property(anyMutators, (chosen) => {
        const form = apply(chosen);
        expect(diffForms(form, copy(form))).toEqual([]);
      }),
    );
  });

  test.each(mutators)('$name: $kind $path', ({ mutate, kind, path, breaks }) => {
    const after = copy(sampleForm());
    mutate(after);
    const changes = diffForms(sampleForm(), after);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ kind, path, breaks });
    expect(changes[0]?.message).toMatch(/^[^{}]*[。]$/);
    expect(changes[0]?.message).toContain('“');
  });

  test('each of many changes made together is told, and nothing besides', () => {
    fc.assert(
      fc.property(anyMutators, (chosen) => {
        const told = said(sampleForm(), apply(chosen));
        const expected = chosen.map(({ kind, path, breaks }) => [kind, path, breaks]);
        expect(told.map(String).sort()).toEqual(expected.map(String).sort());
      }),
    );
  });

  test('read backwards, what came has gone and what tightened has loosened', () => {
    const back: Partial<Record<ChangeKind, ChangeKind>> = {
      added: 'removed',
      removed: 'added',
      stricter: 'looser',
      looser: 'stricter',
    };
    const counted = (changes: Change[], turn: (kind: ChangeKind) => ChangeKind): string[] =>
      changes.map(({ kind }) => turn(kind)).sort();
    fc.assert(
      fc.property(anyMutators, anyMutators, (some, others) => {
        const [one, other] = [apply(some), apply(others)];
        const there = counted(diffForms(one, other), (kind) => kind);
        expect(counted(diffForms(other, one), (kind) => back[kind] ?? kind)).toEqual(there);
      }),
    );
  });

  test('a looser change never breaks what was filed', () => {
    fc.assert(
      fc.property(anyMutators, (chosen) => {
        const looser = diffForms(sampleForm(), apply(chosen)).filter(({ kind }) => kind === 'looser');
        expect(looser.filter(({ breaks }) => breaks)).toEqual([]);
      }),
    );
  });

  test('renumbered places and reordered checks are no change', () => {
    const after = copy(sampleForm());
    for (const node of Object.values(inside(after, 'basics'))) node['x-index'] *= 10;
    after.checks?.reverse();
    expect(diffForms(sampleForm(), after)).toEqual([]);
  });

  test('a keyword this file does not know is told all the same', () => {
    const after = { ...text() };
    Object.assign(after.properties['name'] as Field, { 'x-new': true });
    expect(diffForms(text(), after)[0]).toMatchObject({ kind: 'changed', path: 'name' });
  });

  test('a limit written as what it was by itself changes nothing but the writing', () => {
    expect(diffForms(text(), text({ maxLength: 200 }))[0]?.message).toContain('效果不变');
  });

  test('sentences name the field and say from what to what', () => {
    const money = (maximum: number): Form => formOf({ cost: field('Money', '总投资', 1, { maximum }) });
    expect(diffForms(money(100_000_000), money(50_000_000))[0]?.message).toBe(
      '“总投资”的最多可填由100.00万元改为50.00万元。',
    );
    expect(diffForms(text(), text({ 'x-required': true }))[0]?.message).toBe('“名称”由“选填”改为“必填”。');
  });

  test('rules are read aloud where somebody can', () => {
    const [before, after] = [text({ 'x-required': { var: 'env.a' } }), text({ 'x-required': { var: 'env.b' } })];
    expect(diffForms(before, after)[0]?.message).toBe('“名称”的“满足条件时必填”条件有调整。');
    const message = diffForms(before, after, (rule) => JSON.stringify(rule).slice(8, 13))[0]?.message;
    expect(message).toBe('“名称”的“满足条件时必填”条件由“env.a”改为“env.b”。');
  });

  test('required by true and required by a rule are steps of one ladder', () => {
    const steps = [
      text({ 'x-required': false }),
      text({ 'x-required': { var: 'env.a' } }),
      text({ 'x-required': true }),
    ];
    const [never = text(), sometimes = text(), always = text()] = steps;
    expect(said(never, sometimes)).toEqual([['stricter', 'name', true]]);
    expect(said(sometimes, always)).toEqual([['stricter', 'name', true]]);
    expect(said(always, never)).toEqual([['looser', 'name', false]]);
  });

  test('a field shown again breaks what was filed only if it is asked for', () => {
    const hidden = (rest: Partial<Field>): Form => text({ 'x-visible': false, ...rest });
    expect(said(hidden({}), text())).toEqual([['looser', 'name', false]]);
    expect(said(hidden({ 'x-required': true }), text({ 'x-required': true }))).toEqual([['looser', 'name', true]]);
  });

  test('in a cascade, what has something under it can no longer be the answer', () => {
    const cascade = (...extra: { value: string; label: string; parent?: string }[]): Form =>
      formOf({ place: field('Cascade', '地点', 1, { 'x-options': [{ value: 'a', label: '甲' }, ...extra] }) });
    expect(said(cascade(), cascade({ value: 'b', label: '乙', parent: 'a' }))).toEqual([
      ['stricter', 'place', true],
      ['looser', 'place', false],
    ]);
  });
});

describe('a field under another key', () => {
  const two = (properties: Record<string, Node>): Form => formOf(properties);

  test('of two alike nobody says which one was renamed', () => {
    const before = two({ a: field('Text', '名称', 1), b: field('Text', '名称', 2) });
    const after = two({ c: field('Text', '名称', 1), d: field('Text', '名称', 2) });
    expect(said(before, after).map(([kind]) => kind)).toEqual(['added', 'added', 'removed', 'removed']);
  });

  test('plain fields with nothing of their own are not taken for one another', () => {
    const kinds = said(two({ a: field('Text', '甲', 1) }), two({ b: field('Text', '乙', 1) })).map(([kind]) => kind);
    expect(kinds).toEqual(['added', 'removed']);
  });

  test('what else it says may give it away, though key and title are new', () => {
    const own = { 'x-options': [{ value: 'a', label: '甲' }] };
    const [before, after] = [two({ a: field('Select', '类', 1, own) }), two({ b: field('Select', '类别', 1, own) })];
    const changes = diffForms(before, after);
    expect(changes).toHaveLength(1);
    expect(changes[0]).toMatchObject({ kind: 'renamed', path: 'b', breaks: true });
    expect(changes[0]?.message).toContain('由“类”改名');
  });

  test('a section under another key takes its fields along', () => {
    const section = (key: string): Form =>
      two({
        [key]: { type: 'void', title: '分节', 'x-index': 1, 'x-component': 'Section', properties: text().properties },
      });
    expect(said(section('one'), section('two'))).toEqual([['renamed', 'two', false]]);
  });
});

test('a longest run in order stays where it is', () => {
  fc.assert(
    fc.property(fc.uniqueArray(fc.nat(50), { maxLength: 12 }), (order) => {
      const moved = outOfOrder(order);
      const stayed = order.filter((_, index) => !moved.has(index));
      expect(stayed).toEqual([...stayed].sort((left, right) => left - right));
      expect(order.length === 0 || stayed.length > 0).toBe(true);
    }),
  );
  expect(outOfOrder([1, 2, 3, 0])).toEqual(new Set([3]));
});

describe('rights', () => {
  const form = sampleForm();
  const told = (before: Parameters<typeof diffRights>[0], after: Parameters<typeof diffRights>[0]): string[] =>
    diffRights(before, after, form).map(({ message }) => message);

  test('are compared by what they come to', () => {
    expect(told({ '*': 'read' }, {})).toEqual([]);
    expect(told({ projectName: 'read' }, { projectName: 'require' })).toEqual(['“项目名称”由“只能看”改为“必须填”。']);
  });

  test('columns are told where they do not follow their table', () => {
    expect(told({ items: 'read' }, { items: 'edit' })).toEqual(['“建设内容”由“只能看”改为“可以填”。']);
    expect(told({ items: 'edit' }, { items: 'edit', 'items.price': 'hidden' })).toEqual([
      '“建设内容 单价”由“可以填”改为“看不到”。',
    ]);
  });

  test('naming a sensitive field uncovers it', () => {
    expect(told({ '*': 'read' }, { '*': 'read', phone: 'read' })).toEqual([
      '“联系电话”由“只能看遮盖后的内容”改为“只能看”。',
    ]);
  });

  test('what the form has not is told as having no effect', () => {
    expect(told({}, { gone: 'edit' })[0]).toContain('不起作用');
    expect(
      told(JSON.parse('{}') as Record<string, never>, JSON.parse('{"__proto__":"edit"}') as Record<string, 'edit'>),
    ).toHaveLength(1);
  });
});
