/** The wall between what a client sends and what is stored: rights and rules decide field by field. */
import { isEmpty, isSensitive, isServerValue } from './components.ts';
import type { Data, Field, FieldRights, Form, Json } from './dialect.ts';
import { equal, own } from './equal.ts';
import { isMasked, LOST, maskOf } from './mask.ts';
import { placedTitleOf } from './names.ts';
import { columnsOf, fieldsOf, rowsOf } from './outline.ts';
import { mayEdit, rightOf } from './rights.ts';
import { nameColumnOf } from './rowsFrom.ts';
import { holds } from './rule.ts';
import {
  compute,
  computedFrom,
  defaultOf,
  hasGivenRows,
  isGiven,
  opensColumn,
  put,
  rowsWithGiven,
  settle,
} from './states.ts';
import type { FillContext, Settled } from './states.ts';
import { tidyText } from './text.ts';

/** Someone changed what they may not change. */
export class FieldRefusal extends Error {
  readonly path: string;
  readonly title: string;
  constructor(path: string, title: string) {
    super(`“${title}”由其他席位填写，或在当前环节不能修改。请刷新页面，只填写页面上开放的内容。`);
    this.path = path;
    this.title = title;
  }
}

/**
 * What is stored after a client sent `incoming`: editable fields are replaced by it (left out means cleared), all
 * others stay as stored, computed values are recalculated. An attempt to change anything else is refused; a mask that
 * comes back as it was shown changes nothing.
 */
export function merge(form: Form, stored: Data, incoming: Data, ctx: FillContext): Data {
  const sent = tidy(incoming);
  const result: Data = {};
  for (const { key, field } of fieldsOf(form)) {
    if (field['x-component'] === 'Table') {
      put(result, key, mergeRows(form, key, field, stored[key], own(sent, key), ctx));
    } else if (isServerValue(field)) {
      put(result, key, own(stored, key));
    } else {
      const right = rightOf(ctx.rights, key);
      if (!mayEdit(right)) refuseChange(form, { key, field, column: null, path: key }, stored, sent, ctx.rights);
      put(result, key, own(mayEdit(right) ? sent : stored, key));
    }
  }
  const settled = settle(form, result, ctx.env);
  return keepWhatRulesLock(form, stored, result, settled, ctx)
    ? compute(form, result, ctx)
    : computedFrom(form, result, settled);
}

function mergeRows(
  form: Form,
  key: string,
  table: Field,
  stored: Json | undefined,
  sent: Json | undefined,
  ctx: FillContext,
): Data[] {
  const before = rowsWithGiven(table, stored);
  const free = rowsAreFree(key, table, before, ctx);
  if (isEmpty(sent) && !free) return before;
  if (rightOf(ctx.rights, key) === 'hidden') throw refusal(form, key);
  const after = inGivenOrder(form, key, table, before, rowsOf(sent), ctx);
  if (!free && after.length !== before.length) throw refusal(form, key);
  const columns = columnsOf(table).map(([column, cell]) => {
    const right = rightOf(ctx.rights, key, column);
    return { column, cell, fixed: isServerValue(cell), open: mayEdit(right) };
  });
  return after.map((row, at) => {
    const was = before[at] ?? {};
    const result: Data = {};
    for (const { column, cell, fixed, open } of columns) {
      const given = fixed || isGiven(table, at, column);
      if (!given && !open) {
        refuseChange(form, { key, field: cell, column, path: `${key}.${at}.${column}` }, was, row, ctx.rights);
      }
      put(result, column, own(given || !open ? was : row, column));
    }
    return result;
  });
}

/**
 * The rows of a table whose rows are given, in their order. They are known by their given cells, as far as this
 * person sees them: by their place alone, a client that sorts, or one that has not heard of a line taken out, would
 * move values into other rows.
 */
function inGivenOrder(form: Form, key: string, table: Field, before: Data[], sent: Data[], ctx: FillContext): Data[] {
  if (!hasGivenRows(table)) return sent;
  const given = givenCells(table, before);
  const left = [...sent];
  const ordered = given.flatMap((cells) => {
    const seen = Object.keys(cells).filter((column) => isSeen(key, table, column, ctx.rights));
    const at = left.findIndex((row) => seen.every((column) => equal(cells[column], own(row, column))));
    return at < 0 ? [] : left.splice(at, 1);
  });
  const nameless = isNameHidden(key, table, ctx) && opensColumn(key, table, ctx.rights);
  if (left.length > 0 || ordered.length < given.length || nameless) {
    throw new FieldRefusal(key, `${placedTitleOf(form, key)}（固定的各行）`);
  }
  return ordered;
}

/** The given cells of every row: written in the form, or as they were taken from the other form. */
function givenCells(table: Field, before: Data[]): Data[] {
  const columns = Object.keys(table['x-rows-from']?.columns ?? {});
  if (table['x-rows']) return table['x-rows'];
  return before.map((row) => Object.fromEntries(columns.map((column) => [column, own(row, column) ?? null])));
}

/** Rows of another form come and go; who does not see their names cannot say which of them is meant. */
function isNameHidden(key: string, table: Field, ctx: FillContext): boolean {
  const name = nameColumnOf(table);
  return name !== null && !isSeen(key, table, name, ctx.rights);
}

/** Whether these rights show the column as it is; who sees a mask cannot say what it covers. */
export function isSeen(key: string, table: Field, column: string, rights: FieldRights): boolean {
  const cell = table.items?.properties[column];
  const masked = cell !== undefined && isMasked(cell, rights, key, column);
  return !masked && rightOf(rights, key, column) !== 'hidden';
}

/**
 * Rows have no name of their own. Where a column holds what this person may not touch, rows are neither added nor
 * removed, or its values would end up beside another row.
 */
function rowsAreFree(key: string, table: Field, before: Data[], ctx: FillContext): boolean {
  if (hasGivenRows(table) || !mayEdit(rightOf(ctx.rights, key))) return false;
  return columnsOf(table).every(([column, cell]) => {
    if (cell['x-value'] !== undefined) return true;
    const locked = cell['x-component'] === 'Auto' || !mayEdit(rightOf(ctx.rights, key, column));
    return !locked || before.every((row) => isEmpty(row[column]));
  });
}

/**
 * Fields the rights open but a rule locks keep what was stored, or their default where nothing was. Returns whether
 * anything was put back, so that what was settled no longer is.
 */
function keepWhatRulesLock(form: Form, stored: Data, result: Data, settled: Settled, ctx: FillContext): boolean {
  let changed = false;
  const lock = (
    path: string,
    field: Field,
    was: Json | undefined,
    elsewhere: (Json | undefined)[],
    target: Data,
    key: string,
    row?: Data,
  ): void => {
    const hidden = settled.hides(path);
    if (!hidden && field['x-editable'] !== undefined && holds(field['x-editable'], settled.scope, row)) return;
    const start = defaultOf(field, ctx.env);
    if (hidden || isEmpty(target[key])) {
      put(target, key, hidden || !isEmpty(was) ? was : start);
      changed = true;
    } else if (![was, start, ...elsewhere].some((one) => equal(one, target[key]))) throw refusal(form, path);
  };
  for (const { key, field } of fieldsOf(form)) {
    const open = isLockable(field) && (mayEdit(rightOf(ctx.rights, key)) || opensColumn(key, field, ctx.rights));
    if (open) lock(key, field, own(stored, key), [], result, key);
    const cells = columnsOf(field).filter(
      ([column, cell]) => isLockable(cell) && mayEdit(rightOf(ctx.rights, key, column)),
    );
    if (cells.length === 0 || settled.hides(key)) continue;
    const before = rowsOf(stored[key]);
    rowsOf(result[key]).forEach((row, at) => {
      for (const [column, cell] of cells) {
        if (isGiven(field, at, column)) continue;
        // A row that moved brings its locked cells along; a new one has none to bring, and gets nobody else's.
        const elsewhere = hasGivenRows(field) ? [] : before.map((other) => other[column]);
        const path = `${key}.${at}.${column}`;
        lock(path, cell, before[at]?.[column], elsewhere, row, column, rowsOf(settled.data[key])[at]);
      }
    });
  }
  return changed;
}

function isLockable(field: Field): boolean {
  return field['x-editable'] !== undefined && !isServerValue(field);
}

/** A field or a cell, and the path that names it to people. */
interface Spot {
  key: string;
  field: Field;
  column: string | null;
  path: string;
}

function refuseChange(form: Form, spot: Spot, before: Data, row: Data, rights: FieldRights): void {
  const { key, field, column, path } = spot;
  const [was, sent] = [own(before, column ?? key), own(row, column ?? key)];
  if (isEmpty(sent) || (sent === LOST && isSensitive(field) && isEmpty(was))) return;
  // Telling "equal" from "different" would let people probe what they may not see, or see behind a mask.
  const hidden = rightOf(rights, key, column) === 'hidden';
  const same = isMasked(field, rights, key, column) ? sent === maskOf(field, was) : equal(was, sent);
  if (hidden || !same) throw refusal(form, path);
}

function refusal(form: Form, path: string): FieldRefusal {
  return new FieldRefusal(path, placedTitleOf(form, path));
}

/**
 * What this person may see of the data; keys the form does not know are dropped, sensitive values that no right names
 * are masked. `lost` names what can no longer be opened: it says so to those who cannot write it anew.
 */
export function redact(form: Form, data: Data, rights: FieldRights, lost: readonly string[] = []): Data {
  const result: Data = {};
  const shown = ({ key, field, column, path }: Spot, found: Json | undefined): Json | undefined => {
    if (lost.includes(path) && isEmpty(found)) return mayEdit(rightOf(rights, key, column)) ? found : LOST;
    return isMasked(field, rights, key, column) ? maskOf(field, found) : found;
  };
  for (const { key, field } of fieldsOf(form)) {
    if (rightOf(rights, key) === 'hidden') continue;
    if (field['x-component'] !== 'Table') {
      put(result, key, shown({ key, field, column: null, path: key }, own(data, key)));
      continue;
    }
    const rows = rowsOf(own(data, key)).map((row, at) => {
      const kept: Data = {};
      for (const [column, cell] of columnsOf(field)) {
        if (rightOf(rights, key, column) === 'hidden') continue;
        put(kept, column, shown({ key, field: cell, column, path: `${key}.${at}.${column}` }, own(row, column)));
      }
      return kept;
    });
    put(result, key, rows);
  }
  return result;
}

/**
 * A client's null, blank text and empty lists mean "nothing here" and are left out; text loses its outer blanks and
 * stray characters.
 * Rows stay, even empty ones: their number is what the client sees. Call before validating.
 */
export function tidy(data: Data): Data {
  const result: Data = {};
  for (const key of Object.keys(data)) {
    const found = data[key];
    const tidied = Array.isArray(found) ? found.map((item) => tidyValue(item)) : tidyValue(found ?? null);
    if (isEmpty(tidied)) continue;
    // Assigning `__proto__` would replace the prototype instead of storing a key for the validator to refuse.
    if (key !== '__proto__') result[key] = tidied;
    else Object.defineProperty(result, key, { value: tidied, enumerable: true, configurable: true, writable: true });
  }
  return result;
}

function tidyValue(found: Json): Json {
  if (typeof found === 'string') return tidyText(found);
  return found !== null && typeof found === 'object' && !Array.isArray(found) ? tidy(found) : found;
}
