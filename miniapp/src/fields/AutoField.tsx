import type { Json } from '../../../forms/language/dialect.ts';
import type { Answer } from './context.ts';
import { ReadValue } from './ReadValue.tsx';

/** Set by the server; never typed. */
export function AutoField({ field, value }: Answer<Json>) {
  return <ReadValue field={field} value={value} />;
}
