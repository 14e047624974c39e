/** How a path is called in front of people: by title and row, never by key. */
import type { Form } from './dialect.ts';
import { outlineOf } from './outline.ts';

interface Parts {
  title: string;
  row: number | null;
  column: string | null;
}

function partsOf(form: Form, path: string): Parts {
  const [key = '', ...rest] = path.split('.');
  const { byKey, layouts } = outlineOf(form);
  const field = byKey.get(key)?.field;
  const title = field?.title ?? layouts.get(key)?.layout.title ?? form.title;
  if (!field?.items) return { title, row: null, column: null };
  const row = rest[0] !== undefined && /^\d+$/.test(rest[0]) ? Number(rest[0]) + 1 : null;
  const name = row === null ? rest[0] : rest[1];
  const properties = field.items.properties;
  const known = name !== undefined && Object.prototype.hasOwnProperty.call(properties, name);
  return { title, row, column: known ? (properties[name]?.title ?? null) : null };
}

/** `建设内容 第1行 金额`: the title of a problem. */
export function titleOf(form: Form, path: string): string {
  const { title, row, column } = partsOf(form, path);
  return [title, row === null ? null : `第${row}行`, column].filter((part) => part !== null).join(' ');
}

/** `技术审查 意见`: the title with its section, for when nothing on the screen shows which of several is meant. */
export function placedTitleOf(form: Form, path: string): string {
  const { byKey } = outlineOf(form);
  const placed = byKey.get(path.split('.')[0] ?? '');
  const title = titleOf(form, path);
  const section = placed?.section?.title;
  return section === undefined || section === placed?.field.title ? title : `${section} ${title}`;
}

/** `建设内容第1行的“金额”`, `“建设必要性”`: the name inside a sentence. */
export function phraseOf(form: Form, path: string): string {
  const { title, row, column } = partsOf(form, path);
  if (row === null) return column === null ? `“${title}”` : `“${title}”的“${column}”`;
  return column === null ? `“${title}”第${row}行` : `${title}第${row}行的“${column}”`;
}
