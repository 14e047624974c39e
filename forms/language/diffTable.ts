/** What changed in the keywords of tables and files. */
import type { Difference } from './change.ts';
import { changed, listed, looser, sameJson, stricter } from './change.ts';
import type { Data, Field } from './dialect.ts';

/** Columns summed in the footer. */
export function diffTotals(before: Field, after: Field): Difference[] {
  const [old, now] = [before['x-totals'] ?? [], after['x-totals'] ?? []];
  const title = (field: Field, column: string): string => {
    const columns = field.items?.properties ?? {};
    return Object.prototype.hasOwnProperty.call(columns, column) ? (columns[column]?.title ?? column) : column;
  };
  const come = now.filter((column) => !old.includes(column)).map((column) => title(after, column));
  const gone = old.filter((column) => !now.includes(column)).map((column) => title(before, column));
  const found: Difference[] = [];
  if (come.length > 0) found.push(changed(`新增合计列${listed(come)}`));
  if (gone.length > 0) found.push(changed(`取消合计列${listed(gone)}`));
  return found;
}

/** Rows written in the form. People's answers stand beside them and are known by the given cells. */
export function diffGivenRows(before: Field, after: Field): Difference[] {
  const [old, now] = [before['x-rows'], after['x-rows']];
  if (old === undefined) return [stricter(`改为固定的${now?.length ?? 0}行，填写人不能增减行`, true)];
  if (now === undefined) return [looser('不再有固定行，行由填写人增减')];
  const found: Difference[] = [];
  const come = now.filter((row) => !old.some((other) => sameJson(row, other)));
  const gone = old.filter((row) => !now.some((other) => sameJson(row, other)));
  if (come.length > 0) found.push(changed(`新增固定行${listed(come.map(nameOf))}`, true));
  if (gone.length > 0) found.push(changed(`取消固定行${listed(gone.map(nameOf))}`, true));
  if (found.length === 0) found.push(changed('的固定行顺序有调整'));
  return found;
}

/** A row is called by its first cell. */
function nameOf(row: Data): string {
  const first = Object.values(row)[0];
  return typeof first === 'string' || typeof first === 'number' ? String(first) : '一行';
}

/** Rows taken from another form. */
export function diffRowsFrom(before: Field, after: Field): Difference[] {
  const [old, now] = [before['x-rows-from'], after['x-rows-from']];
  if (old === undefined) return [stricter(`的行改为取自表单“${now?.form ?? ''}”，填写人不能增减行`, true)];
  if (now === undefined) return [looser('的行不再取自别的表单，由填写人增减')];
  if (old.form !== now.form || old.table !== now.table) {
    return [changed(`取行的地方由“${old.form}.${old.table}”改为“${now.form}.${now.table}”`, true)];
  }
  return [changed(`从表单“${now.form}”取哪些列有调整`, true)];
}

/** Which files are taken, and how big they may be. Without the keyword any kind and size is. */
export function diffFiles(before: Field, after: Field): Difference[] {
  const [old, now] = [before['x-files'], after['x-files']];
  if (old === undefined) {
    return [
      stricter(`只收${listed(now?.extensions ?? [])}格式、每个不超过${megabytes(now?.maxBytes ?? 0)}的文件`, true),
    ];
  }
  if (now === undefined) return [looser('不再限制文件的格式和大小')];
  const found: Difference[] = [];
  const gone = old.extensions.filter((name) => !now.extensions.includes(name));
  const come = now.extensions.filter((name) => !old.extensions.includes(name));
  if (gone.length > 0) found.push(stricter(`不再收${listed(gone)}格式的文件`, true));
  if (come.length > 0) found.push(looser(`也收${listed(come)}格式的文件`));
  if (old.maxBytes !== now.maxBytes) {
    const text = `每个文件的大小上限由${megabytes(old.maxBytes)}改为${megabytes(now.maxBytes)}`;
    found.push(now.maxBytes < old.maxBytes ? stricter(text, true) : looser(text));
  }
  return found;
}

function megabytes(bytes: number): string {
  return bytes < 1_000_000 ? `${bytes}字节` : `${Math.round(bytes / 10_000) / 100}MB`;
}
