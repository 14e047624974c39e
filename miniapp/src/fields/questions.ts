import type { Field, Form, Node } from '../../../forms/language/dialect.ts';
import { columnsOf, fieldsOf, inOrder, isLayout } from '../../../forms/language/outline.ts';

/** Every field by its path without row numbers: `title`, `contentItems`, `contentItems.amount`. */
export function fieldIndex(form: Form): Map<string, Field> {
  const index = new Map<string, Field>();
  for (const { key, field } of fieldsOf(form)) {
    index.set(key, field);
    for (const [column, cell] of columnsOf(field)) index.set(`${key}.${column}`, cell);
  }
  return index;
}

/** Keys of the fields below these nodes, whatever layouts stand between. */
export function keysBelow(properties: Record<string, Node>): string[] {
  return inOrder(properties).flatMap(([key, node]) => (isLayout(node) ? keysBelow(node.properties) : [key]));
}

/** Columns whose content is given, by the form or by another form: they are the question, the others the answer. */
export function givenColumns(table: Field): Set<string> {
  return new Set([
    ...(table['x-rows'] ?? []).flatMap((row) => Object.keys(row)),
    ...Object.keys(table['x-rows-from']?.columns ?? {}),
  ]);
}

/** `contentItems.3.amount` → `contentItems.amount`. */
export function templatePath(path: string): string {
  return path.replace(/\.\d+(?=\.|$)/g, '');
}

/** The id of a field's place on screen; no dots, so that it works in selectors. */
export function anchorOf(path: string): string {
  return `field-${path.replace(/\./g, '-')}`;
}

/** Whether a form has something to say side by side, and so a use for a wide screen. */
export function hasColumns(form: Form): boolean {
  return fieldsOf(form).some(({ layouts }) => layouts.some((layout) => layout['x-component'] === 'Columns'));
}
