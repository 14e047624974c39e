/** Formily without a screen: builds the form's fields as its renderers do, and lets it validate. */
import { createForm, type Form as FormilyForm } from '@formily/core';
import { Schema } from '@formily/json-schema';
import { toFormily } from '../../../forms/language/formily.ts';
import type { Subject } from '../formsSubject.ts';

/** Returns a check: builds and validates once, and fails when Formily finds fault with good data. */
export function formilyCheck({ form, data, ctx }: Subject): () => Promise<void> {
  Schema.registerCompiler((expression) => expression);
  const schema = new Schema(toFormily(form, ctx));
  return async () => {
    const model = createForm({ values: structuredClone(data) });
    build(model, schema, '');
    await model.validate();
    model.onUnmount();
  };
}

function build(model: FormilyForm, schema: Schema, base: string): void {
  for (const { key, schema: inner } of Schema.getOrderProperties(schema) as { key: string; schema: Schema }[]) {
    const props = { ...(inner.toFieldProps() as object), name: key, basePath: base };
    const address = base === '' ? key : `${base}.${key}`;
    if (inner.type === 'void') {
      model.createVoidField(props);
      build(model, inner, address);
    } else if (inner['x-component'] === 'Table') {
      const table = model.createArrayField(props);
      const rows: unknown[] = Array.isArray(table.value) ? table.value : [];
      rows.forEach((_, at) => {
        model.createObjectField({ name: String(at), basePath: address });
        build(model, inner.items as Schema, `${address}.${at}`);
      });
    } else {
      model.createField(props);
    }
  }
}
