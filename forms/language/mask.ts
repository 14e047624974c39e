/** Sensitive values as they are shown to those who need not know them: enough to recognise one, too little to use it. */
import { isEmpty, isSensitive } from './components.ts';
import type { Data, Field, FieldRights, Form, Json } from './dialect.ts';
import { columnsOf, fieldsOf, rowsOf } from './outline.ts';
import { isNamed, mayEdit, rightOf } from './rights.ts';

/** Stands where a value was sealed under a key that was destroyed since. */
export const LOST = '已加密，密钥已销毁';

/** `138****0001`, `0792-*****01`, `360***********1234`, `张***`; empty text where there is nothing. */
export function maskOf(field: Field, value: Json | undefined): string {
  if (value === undefined || isEmpty(value)) return '';
  if (typeof value !== 'string') return '***';
  const component = field['x-component'];
  if (component === 'IdCard' && value.length === 18) return covered(value, 3, 4);
  if (component === 'Phone' && /^1\d{10}$/.test(value)) return covered(value, 3, 4);
  const [line, area = '', number = ''] = /^(0\d{2,3}-)(\d{7,8})/.exec(value) ?? [];
  if (component === 'Phone' && line !== undefined) return area + covered(number, 0, 2);
  const [first = '', ...rest] = value;
  return rest.length === 0 ? '***' : `${first}***`;
}

function covered(text: string, head: number, tail: number): string {
  const end = text.length - tail;
  return text.slice(0, head) + '*'.repeat(end - head) + text.slice(end);
}

/** Whether these rights show the field, or the column of a table, masked: only `*` or the table lets it be read. */
export function isMasked(field: Field, rights: FieldRights, key: string, column: string | null = null): boolean {
  return isSensitive(field) && rightOf(rights, key, column) === 'read' && !isNamed(rights, key, column);
}

/**
 * What was sent, without sensitive values that may only be read: they come back as they were shown, and a mask need not
 * have the shape of what it covers. `merge` compares them with what was shown.
 */
export function withoutShown(form: Form, sent: Data, rights: FieldRights): Data {
  const result = { ...sent };
  const isShown = (field: Field, key: string, column: string | null = null) =>
    isSensitive(field) && !mayEdit(rightOf(rights, key, column));
  for (const { key, field } of fieldsOf(form)) {
    if (result[key] === undefined) continue;
    if (isShown(field, key) && typeof result[key] === 'string') delete result[key];
    const shown = columnsOf(field).filter(([column, cell]) => isShown(cell, key, column));
    if (shown.length === 0 || !Array.isArray(result[key])) continue;
    result[key] = rowsOf(result[key]).map((row) => {
      const rest = { ...row };
      for (const [column] of shown) if (typeof rest[column] === 'string') delete rest[column];
      return rest;
    });
  }
  return result;
}
