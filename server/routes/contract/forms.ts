/** A published form, frozen: the same id always answers with the same text. */
import Type, { type Static } from 'typebox';
import type { Form } from '../../../forms/language/dialect.ts';
import { dialect, record } from './shape.ts';

export const FormVersion = record('FormVersion', {
  id: Type.String(),
  key: Type.String(),
  version: Type.Integer(),
  form: dialect<Form>('Form', '表单'),
});
export type FormVersion = Static<typeof FormVersion>;
