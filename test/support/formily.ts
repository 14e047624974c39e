import { createForm } from '@formily/core';
import type { Form as FormilyForm } from '@formily/core';
import { Schema } from '@formily/json-schema';
import type { Data, Form } from '../../forms/language/dialect.ts';
import { toFormily } from '../../forms/language/formily.ts';
import type { FillContext } from '../../forms/language/submission.ts';

Schema.registerCompiler(() => {
  throw new Error('an expression reached the compiler');
});

/** Builds the fields as Formily's renderers do: voids add an address, table rows are drawn as they exist. */
export function mount(of: Form, values: Data, ctx: FillContext): FormilyForm {
  const model = createForm({ values: JSON.parse(JSON.stringify(values)) as Data });
  draw(model, new Schema(toFormily(of, ctx)), '');
  return model;
}

function draw(model: FormilyForm, schema: Schema, base: string): void {
  for (const { key, schema: inner } of Schema.getOrderProperties(schema) as { key: string; schema: Schema }[]) {
    const props = { ...(inner.toFieldProps() as object), name: key, basePath: base };
    const address = base === '' ? key : `${base}.${key}`;
    if (inner.type === 'void') {
      model.createVoidField(props);
      draw(model, inner, address);
    } else if (inner['x-component'] === 'Table') {
      const table = model.createArrayField(props);
      const rows: unknown[] = Array.isArray(table.value) ? table.value : [];
      rows.forEach((_, at) => {
        model.createObjectField({ name: String(at), basePath: address });
        draw(model, inner.items as Schema, `${address}.${at}`);
      });
    } else {
      model.createField(props);
    }
  }
}
