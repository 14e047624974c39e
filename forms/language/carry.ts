/** What of a form's answers goes along when a case moves to another version of the form, and what does not. */
import { isEmpty, isServerValue, optionsOf } from './components.ts';
import type { ComponentName, Data, Field, Form, Json } from './dialect.ts';
import { equal, own } from './equal.ts';
import { titleOf } from './names.ts';
import { columnsOf, fieldsOf, rowsOf } from './outline.ts';
import { put } from './states.ts';

/** A field or column (`table.column`), as people call it. */
export interface CarriedPlace {
  path: string;
  title: string;
}

/** `gone`: the new version does not ask it. `changed`: it asks something else there. `notOffered`: that choice is gone. */
export interface DroppedPlace extends CarriedPlace {
  why: 'gone' | 'changed' | 'notOffered';
}

/** `always`, or only where a rule says so. */
export interface RequiredPlace extends CarriedPlace {
  when: 'always' | 'sometimes';
}

export interface CarryOver {
  data: Data;
  carried: CarriedPlace[];
  dropped: DroppedPlace[];
  newlyRequired: RequiredPlace[];
}

/** Components whose values another one reads the same way. */
const ALIKE: Partial<Record<ComponentName, ComponentName[]>> = {
  Text: ['TextArea'],
  TextArea: ['Text'],
  Integer: ['Number'],
};

/**
 * The answers as the new version keeps them. A field is the same where key and kind are the same; a table goes along
 * column by column, and rows that the form gives are known again by their given cells, never by their place. Computed
 * values are left to `compute`. What the new version requires and the old one did not is told where nothing is there.
 */
export function carryOver(from: Form, to: Form, data: Data): CarryOver {
  const result: CarryOver = { data: {}, carried: [], dropped: [], newlyRequired: [] };
  const next = new Map(fieldsOf(to).map(({ key, field }) => [key, field]));
  for (const { key, field } of fieldsOf(from)) {
    const value = own(data, key);
    if (value === undefined || isEmpty(value)) continue;
    const target = next.get(key);
    if (isServerValue(field)) {
      if (target && isStamped(field, target)) result.data[key] = value;
      continue;
    }
    const why = reasonToDrop(field, target, value);
    if (why !== null || !target) {
      result.dropped.push({ path: key, title: titleOf(from, key), why: why ?? 'gone' });
      continue;
    }
    put(result.data, key, field.items ? carryRows(from, key, field, target, rowsOf(value), result) : value);
    result.carried.push({ path: key, title: titleOf(to, key) });
  }
  result.newlyRequired = newlyRequired(from, to, result.data);
  return result;
}

function reasonToDrop(field: Field, target: Field | undefined, value: Json): DroppedPlace['why'] | null {
  if (!target) return 'gone';
  if (!isSameKind(field, target) || isServerValue(target)) return 'changed';
  const options = target['x-options'] && optionsOf(target, {});
  if (!options) return null;
  const chosen = Array.isArray(value) ? value : [value];
  return chosen.every((one) => options.some((option) => option.value === one)) ? null : 'notOffered';
}

function isSameKind(field: Field, target: Field): boolean {
  const [was, is] = [field['x-component'], target['x-component']];
  if (was !== is) return (ALIKE[was] ?? []).indexOf(is) >= 0;
  return (
    field.type === target.type &&
    field['x-dictionary'] === target['x-dictionary'] &&
    field['x-source'] === target['x-source']
  );
}

/** What the system wrote there once, and does not compute: nobody typed it, so nobody is told. */
function isStamped(field: Field, target: Field): boolean {
  return isServerValue(target) && target['x-value'] === undefined && isSameKind(field, target);
}

/** The rows with the columns both versions have; what fell out of them is added to `result`. */
function carryRows(from: Form, key: string, table: Field, target: Field, rows: Data[], result: CarryOver): Data[] {
  const columns = new Map(columnsOf(target));
  const dropped = new Map<string, DroppedPlace['why']>();
  const kept = rows.map((row) => {
    const cells: Data = {};
    for (const [column, cell] of columnsOf(table)) {
      const value = own(row, column);
      if (value === undefined || isEmpty(value)) continue;
      const is = columns.get(column);
      if (isServerValue(cell)) {
        if (is && isStamped(cell, is)) cells[column] = value;
        continue;
      }
      const why = reasonToDrop(cell, is, value);
      if (why === null) cells[column] = value;
      else dropped.set(column, why);
    }
    return cells;
  });
  dropped.forEach((why, column) => {
    const path = `${key}.${column}`;
    result.dropped.push({ path, title: titleOf(from, path), why });
  });
  const given = target['x-rows'];
  return given ? inGivenRows(given, kept) : kept;
}

/** The answers beside the rows they were given for: known by all given cells, else by the first one. */
function inGivenRows(given: Data[], rows: Data[]): Data[] {
  const left = [...rows];
  const take = (cells: Data, names: string[]): Data | undefined => {
    const at = left.findIndex((row) => names.every((name) => equal(own(row, name), own(cells, name))));
    return at < 0 ? undefined : left.splice(at, 1)[0];
  };
  const whole = given.map((cells) => take(cells, Object.keys(cells)));
  return given.map((cells, at) => ({ ...(whole[at] ?? take(cells, Object.keys(cells).slice(0, 1))), ...cells }));
}

function newlyRequired(from: Form, to: Form, data: Data): RequiredPlace[] {
  const before = new Map(fieldsOf(from).map(({ key, field }) => [key, field]));
  const found: RequiredPlace[] = [];
  const note = (path: string, field: Field, was: Field | undefined): void => {
    if (!isAsked(field) || (was && isAsked(was))) return;
    found.push({ path, title: titleOf(to, path), when: field['x-required'] === true ? 'always' : 'sometimes' });
  };
  for (const { key, field } of fieldsOf(to)) {
    const was = before.get(key);
    const value = own(data, key);
    if (value === undefined || isEmpty(value)) note(key, field, was);
    const rows = rowsOf(value);
    if (rows.length === 0) continue;
    const columns = new Map(was ? columnsOf(was) : []);
    for (const [column, cell] of columnsOf(field)) {
      if (rows.some((row) => isEmpty(own(row, column) ?? null))) note(`${key}.${column}`, cell, columns.get(column));
    }
  }
  return found;
}

function isAsked(field: Field): boolean {
  return field['x-required'] !== undefined && field['x-required'] !== false && !isServerValue(field);
}
