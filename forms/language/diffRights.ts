/** Who may see or fill in what, compared by what it comes to for each field and column. */
import type { Change } from './change.ts';
import { isSensitive } from './components.ts';
import type { Field, FieldRights, Form, Right } from './dialect.ts';
import { columnsOf, fieldsOf } from './outline.ts';
import { titleOf } from './names.ts';
import { rightOf } from './rights.ts';

const WORDS: Record<Right, string> = { hidden: '看不到', read: '只能看', edit: '可以填', require: '必须填' };

/**
 * What changed for one seat at one step. Columns are told only where they do not follow their table. A path that is no
 * place of the form changes nothing and is told as that.
 */
export function diffRights(before: FieldRights, after: FieldRights, form: Form): Change[] {
  const found: Change[] = [];
  const known = new Set<string>(['*']);
  const compare = (path: string, field: Field, from: Right, to: Right): boolean => {
    const [old, now] = [wordFor(before, path, field, from), wordFor(after, path, field, to)];
    if (old === now) return false;
    const title = titleOf(form, path);
    found.push({
      kind: 'rights',
      path,
      title,
      message: `“${title}”由“${old}”改为“${now}”。`,
      breaks: to === 'require',
    });
    return true;
  };
  for (const { key, field } of fieldsOf(form)) {
    known.add(key);
    const isTold = compare(key, field, rightOf(before, key), rightOf(after, key));
    for (const [column, cell] of columnsOf(field)) {
      const path = `${key}.${column}`;
      known.add(path);
      const [from, to] = [rightOf(before, key, column), rightOf(after, key, column)];
      if (!(isTold && follows(before, path) && follows(after, path))) compare(path, cell, from, to);
    }
  }
  const strays = [...Object.keys(before), ...Object.keys(after)].filter(
    (path, at, all) => !known.has(path) && all.indexOf(path) === at,
  );
  for (const path of strays) {
    if (isNamed(before, path) === isNamed(after, path) && before[path] === after[path]) continue;
    const message = `对“${path.slice(0, 80)}”的授权有调整，但表单里没有这一项，不起作用，请核对。`;
    found.push({ kind: 'rights', path, title: path.slice(0, 80), message, breaks: false });
  }
  return found;
}

/** A sensitive value is read in full only by those whose rights name it. */
function wordFor(rights: FieldRights, path: string, field: Field, right: Right): string {
  const isNamedHere = isNamed(rights, path) || isNamed(rights, path.split('.')[0] ?? '');
  return right === 'read' && isSensitive(field) && !isNamedHere ? '只能看遮盖后的内容' : WORDS[right];
}

function follows(rights: FieldRights, path: string): boolean {
  return !isNamed(rights, path);
}

function isNamed(rights: FieldRights, path: string): boolean {
  return Object.prototype.hasOwnProperty.call(rights, path);
}
