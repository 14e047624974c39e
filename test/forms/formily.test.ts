import { describe, expect, test } from '@jest/globals';
import type { Form as FormilyForm, GeneralField } from '@formily/core';
import type { ISchema } from '@formily/json-schema';
import type { Data, FieldRights, Form } from '../../forms/language/dialect.ts';
import { toFormily } from '../../forms/language/formily.ts';
import { stateOf } from '../../forms/language/submission.ts';
import { contextWith, sampleForm } from '../support/forms.ts';
import { mount as mounted } from '../support/formily.ts';

const form = sampleForm();

function mount(of: Form, values: Data, rights: FieldRights = { '*': 'edit' }): FormilyForm {
  return mounted(of, values, contextWith(rights));
}

function at(model: FormilyForm, path: string): GeneralField {
  const found = model.query(path).take();
  if (!found) throw new Error(`no field ${path}`);
  return found;
}

function everything(schema: ISchema, visit: (value: unknown) => void): void {
  const walk = (value: unknown): void => {
    visit(value);
    if (value !== null && typeof value === 'object') Object.values(value).forEach(walk);
  };
  walk(schema);
}

describe('the schema', () => {
  test('holds no expression, no enum and no required', () => {
    everything(toFormily(form, contextWith()), (value) => {
      if (typeof value === 'string') expect(value).not.toContain('{{');
      if (value !== null && typeof value === 'object' && 'x-index' in value) {
        expect(Object.keys(value)).not.toEqual(expect.arrayContaining(['enum']));
        expect(Object.keys(value)).not.toEqual(expect.arrayContaining(['required']));
      }
    });
  });

  test('what rights hide is not in it, nor a section with nothing left', () => {
    const text = JSON.stringify(toFormily(form, contextWith({ '*': 'hidden', projectName: 'edit' })));
    expect(text).toContain('projectName');
    expect(text).not.toContain('money');
    expect(text).not.toContain('phone');
  });

  test('components get what they draw from', () => {
    const items = toFormily(form, contextWith()).properties as Record<string, { properties: Record<string, ISchema> }>;
    expect(items['basics']?.properties['nature']?.['x-component-props']).toMatchObject({
      options: [{ value: 'new' }, { value: 'continued' }, { value: 'upgrade' }],
    });
    expect(items['money']?.properties['selfChecks']?.['x-component-props']).toMatchObject({ fixedRows: true });
  });
});

describe('in a running Formily form', () => {
  const item = { name: '平台', price: 1_000_000, quantity: 3 };

  test('fields appear, become required and disappear with the values', () => {
    const model = mount(form, { nature: 'new' });
    const previous = at(model, 'basics.previous');
    expect(previous.visible).toBe(false);
    model.setValuesIn('nature', 'continued');
    expect([previous.visible, (previous.decoratorProps as { asterisk?: boolean }).asterisk]).toEqual([true, true]);
    model.setValuesIn('nature', 'new');
    expect(previous.visible).toBe(false);
  });

  test('computed values follow, through rows and sums', () => {
    const model = mount(form, { items: [item, { ...item, quantity: 1 }] });
    expect(model.values).toMatchObject({
      total: 4_000_000,
      large: false,
      items: [{ amount: 3_000_000 }, { amount: 1_000_000 }],
    });
    expect(at(model, 'money.study').visible).toBe(false);
    model.setValuesIn('items.1.quantity', 20);
    expect(model.values).toMatchObject({ total: 23_000_000, large: true });
    expect(at(model, 'money.study').visible).toBe(true);
  });

  test('a stale computed value is put right when the form is opened', () => {
    expect(mount(form, { total: 9, items: [{ ...item, amount: 9 }] }).values).toMatchObject({
      total: 3_000_000,
      items: [{ amount: 3_000_000 }],
    });
  });

  test('a cell looks at its own row, also when a value appears there for the first time', () => {
    const model = mount(form, { items: [{ name: '甲' }, { name: '乙', common: true }] });
    expect([0, 1].map((row) => at(model, `money.items.${row}.reason`).visible)).toEqual([false, true]);
    model.setValuesIn('items.0.common', true);
    expect(at(model, 'money.items.0.reason').visible).toBe(true);
  });

  test('rights and locks decide the pattern', () => {
    const selfChecks = [{ question: '甲' }, { question: '乙' }];
    const model = mount(form, { items: [item], selfChecks }, { '*': 'edit', phone: 'read', 'items.price': 'read' });
    const pattern = (path: string): unknown => at(model, path).pattern;
    expect(pattern('basics.projectName')).toBe('editable');
    for (const path of [
      'basics.phone',
      'basics.unit',
      'basics.number',
      'money.total',
      'money.items.0.price',
      'money.selfChecks.0.question',
    ]) {
      expect([path, pattern(path)]).toEqual([path, 'readPretty']);
    }
    expect(pattern('money.selfChecks.0.passed')).toBe('editable');
  });

  test('a sum over what this person may not see is left as the server gave it', () => {
    const model = mount(form, { total: 4_000_000, items: [{ name: '甲' }] }, { '*': 'edit', 'items.amount': 'hidden' });
    expect(model.values).toMatchObject({ total: 4_000_000 });
  });

  test('it says what the language says', () => {
    const filled: Data = {
      nature: 'upgrade',
      items: [{ ...item, common: true }],
      selfChecks: [{ question: '甲', passed: false }],
    };
    const rights: FieldRights = { '*': 'edit', userCount: 'require', phone: 'read' };
    const model = mount(form, filled, rights);
    for (const path of [
      'projectName',
      'unit',
      'phone',
      'previous',
      'months',
      'userCount',
      'total',
      'study',
      'items.0.reason',
      'items.0.amount',
      'selfChecks.0.note',
    ]) {
      const found = model.query(`*.${path}`).take() ?? model.query(path).take();
      const state = stateOf(form, filled, path, contextWith(rights));
      const seen = {
        visible: found?.visible,
        required: (found?.decoratorProps as { asterisk?: boolean }).asterisk,
        editable: found?.pattern === 'editable',
      };
      expect([path, found?.visible ? seen : { visible: false, required: false, editable: false }]).toEqual([
        path,
        state,
      ]);
    }
  });

  test('a value of the wrong shape is refused in our words', async () => {
    const model = mount(form, { phone: '12', nature: 'new' });
    await expect(model.validate('basics.phone')).rejects.toMatchObject([
      { messages: [expect.stringContaining('“联系电话”不是有效的电话号码')] },
    ]);
    model.setValuesIn('phone', '13870200000');
    await model.validate('basics.phone');
  });
});
