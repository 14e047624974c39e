/** What a seat may do with a field: the one place where paths, `*` and tables are resolved. */
import type { FieldRights, Right } from './dialect.ts';

/**
 * The right on a field, or on a column of a table. A column not named follows its table, except that a table that
 * must be filled does not make each of its columns required.
 */
export function rightOf(rights: FieldRights, key: string, column: string | null = null): Right {
  const whole = named(rights, key) ?? named(rights, '*') ?? 'read';
  if (column === null || whole === 'hidden') return whole;
  return named(rights, `${key}.${column}`) ?? (whole === 'require' ? 'edit' : whole);
}

/** Whether the rights name this very field or column, and do not merely reach it through `*` or its table. */
export function isNamed(rights: FieldRights, key: string, column: string | null = null): boolean {
  return named(rights, column === null ? key : `${key}.${column}`) !== undefined;
}

export function mayEdit(right: Right): boolean {
  return right === 'edit' || right === 'require';
}

function named(rights: FieldRights, path: string): Right | undefined {
  return Object.prototype.hasOwnProperty.call(rights, path) ? rights[path] : undefined;
}
