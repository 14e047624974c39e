/** Which fields are visible, required and editable for this data and these rights, and what is computed from it. */
import { isEmpty, isServerValue } from './components.ts';
import type { Data, Dictionaries, Env, Field, FieldRights, Form, Json, Layout, Option, Rule } from './dialect.ts';
import { own } from './equal.ts';
import { columnsOf, fieldsOf, outlineOf, rowsOf } from './outline.ts';
import { mayEdit, rightOf } from './rights.ts';
import { readsOf } from './reads.ts';
import { holds, scopeOf, value } from './rule.ts';
import type { Scope } from './rule.ts';

/** Everything besides the data that decides how a form is filled in. */
export type FillContext = { env: Env; rights: FieldRights; dictionaries: Dictionaries };

export interface FieldState {
  visible: boolean;
  required: boolean;
  editable: boolean;
}

/** The form's data as its rules see it: nothing hidden, nothing empty, everything computed. */
export interface Settled {
  data: Data;
  /** What rules read: this data and the environment. */
  scope: Scope;
  /** Whether a rule hides this path (`key`, `table.0.column`); rights are another matter. */
  hides: (path: string) => boolean;
}

const HIDDEN: FieldState = { visible: false, required: false, editable: false };

/** Settles a form: walks its fields in dependency order, leaves out what is hidden, computes what is computed. */
export function settle(form: Form, data: Data, env: Env): Settled {
  const { byKey, order } = outlineOf(form);
  const scope: { [name: string]: Json } = { env };
  const hidden = new Set<string>();
  const tables = new Map<string, Data[]>();
  for (const { key, column } of order) {
    const placed = byKey.get(key);
    if (!placed) continue;
    const { field, layouts } = placed;
    if (column !== null) {
      const rows = tables.get(key);
      if (rows) settleColumn(field, key, column, rows, scope, hidden);
    } else if (!shown(layouts, field, scope)) {
      hidden.add(key);
    } else if (field['x-component'] === 'Table') {
      const rows = rowsWithGiven(field, data[key]);
      tables.set(key, rows);
      if (rows.length > 0) scope[key] = rows.map(() => ({}));
    } else {
      const found = field['x-value'] === undefined ? own(data, key) : value(field['x-value'], scope);
      if (!isEmpty(found)) scope[key] = found ?? null;
    }
  }
  const settled: Data = {};
  for (const { key } of fieldsOf(form)) {
    const found = own(scope, key);
    if (found !== undefined) settled[key] = found;
  }
  return { data: settled, scope: scopeOf(settled, env), hides: (path) => hidden.has(path) };
}

function settleColumn(
  table: Field,
  key: string,
  column: string,
  rows: Data[],
  scope: Scope,
  hidden: Set<string>,
): void {
  const cell = table.items?.properties[column];
  if (!cell) return;
  const { 'x-visible': visible, 'x-value': computed } = cell;
  rowsOf(scope[key]).forEach((row, at) => {
    if (visible !== undefined && !holds(visible, scope, row)) {
      hidden.add(`${key}.${at}.${column}`);
      return;
    }
    const found = computed === undefined ? own(rows[at] ?? {}, column) : value(computed, scope, row);
    if (!isEmpty(found)) row[column] = found ?? null;
  });
}

function shown(layouts: Layout[], field: Field, scope: Scope): boolean {
  return isShown(field, scope) && layouts.every((layout) => isShown(layout, scope));
}

function isShown(node: Field | Layout, scope: Scope): boolean {
  return node['x-visible'] === undefined || holds(node['x-visible'], scope);
}

/** Whether the choice is offered here: `x-offered` is asked of each. */
export function isOffered(field: Field, option: Option, scope: Scope, row?: Data): boolean {
  const rule = field['x-offered'];
  return rule === undefined || holds(rule, { ...scope, option: { ...option } }, row);
}

/** Rows of a table as stored; where the form gives the rows, exactly those, with the given cells in place. */
export function rowsWithGiven(table: Field, stored: Json | undefined): Data[] {
  const rows = rowsOf(stored);
  const given = table['x-rows'];
  return given ? given.map((cells, at) => ({ ...rows[at], ...cells })) : rows;
}

/** Whether this cell is given: by the form itself, or by a table in another form of the case. */
export function isGiven(table: Field, at: number, column: string): boolean {
  const from = table['x-rows-from'];
  if (from) return own(from.columns, column) !== undefined;
  const row = table['x-rows']?.[at];
  return row !== undefined && own(row, column) !== undefined;
}

/** Whether people answer in rows that are there, and neither add nor remove any. */
export function hasGivenRows(table: Field): boolean {
  return table['x-rows'] !== undefined || table['x-rows-from'] !== undefined;
}

/**
 * The state of a field, layout, column (`table.column`) or cell (`table.0.column`). Paths that are not of this form
 * are hidden.
 */
export function stateOf(form: Form, data: Data, path: string, ctx: FillContext): FieldState {
  return stateIn(form, settle(form, data, ctx.env), path, ctx);
}

/** As `stateOf`, for data already settled: settle once when asking about many fields. */
export function stateIn(form: Form, settled: Settled, path: string, ctx: FillContext): FieldState {
  const [key = '', second, third] = path.split('.');
  const { byKey, layouts } = outlineOf(form);
  const group = layouts.get(key);
  if (group) {
    const open = [...group.around, group.layout].every((one) => isShown(one, settled.scope));
    const visible = open && group.keys.some((inner) => stateIn(form, settled, inner, ctx).visible);
    return { visible, required: false, editable: false };
  }
  const table = byKey.get(key)?.field;
  if (!table || settled.hides(key)) return HIDDEN;
  if (second === undefined || !table.items) {
    const state = judge(table, rightOf(ctx.rights, key), settled.scope);
    const within = state.visible && ruleAllows(table, settled.scope) && opensColumn(key, table, ctx.rights);
    return within ? { ...state, editable: true } : state;
  }
  const column = third ?? second;
  const cell = table.items.properties[column];
  if (!cell || settled.hides(path)) return HIDDEN;
  const right = rightOf(ctx.rights, key, column);
  const at = third === undefined ? -1 : Number(second);
  const row = rowsOf(settled.data[key])[at] ?? {};
  if (at < 0 && !columnShown(cell, settled.scope, row)) return HIDDEN;
  const state = judge(cell, right, settled.scope, row);
  const locked = isGiven(table, at, column) || !ruleAllows(table, settled.scope, row);
  return locked ? { ...state, required: false, editable: false } : state;
}

/** A column whose visibility differs by row is shown; its cells decide. */
function columnShown(cell: Field, scope: Scope, row: Data): boolean {
  const rule = cell['x-visible'];
  return rule === undefined || readsOf(rule).some((path) => path.startsWith('row')) || holds(rule, scope, row);
}

/** Whether these rights open a column that people fill in, whatever they say of the table: 只填本部门的列. */
export function opensColumn(key: string, table: Field, rights: FieldRights): boolean {
  return columnsOf(table).some(
    ([column, cell]) => !isServerValue(cell) && !isGiven(table, -1, column) && mayEdit(rightOf(rights, key, column)),
  );
}

function ruleAllows(field: Field, scope: Scope, row?: Data): boolean {
  return field['x-editable'] === undefined || holds(field['x-editable'], scope, row);
}

function judge(field: Field, right: ReturnType<typeof rightOf>, scope: Scope, row?: Data): FieldState {
  if (right === 'hidden') return HIDDEN;
  const editable = mayEdit(right) && !isServerValue(field) && ruleAllows(field, scope, row);
  const asked = right === 'require' || (field['x-required'] !== undefined && holds(field['x-required'], scope, row));
  return { visible: true, required: editable && asked, editable };
}

/**
 * The data with every computed value recalculated and given rows in place. What people typed into fields now hidden
 * is kept, so that showing them again brings it back; `prune` drops it before it is stored for good.
 */
export function compute(form: Form, data: Data, ctx: Pick<FillContext, 'env'>): Data {
  return computedFrom(form, data, settle(form, data, ctx.env));
}

/** As `compute`, for data already settled. */
export function computedFrom(form: Form, data: Data, settled: Settled): Data {
  const result: Data = { ...data };
  for (const { key, field } of fieldsOf(form)) {
    if (field['x-component'] === 'Table') {
      if (settled.hides(key)) continue;
      const rows = rowsWithGiven(field, data[key]).map((row, at) =>
        computeRow(field, row, rowsOf(settled.data[key])[at] ?? {}),
      );
      put(result, key, rows);
    } else if (field['x-value'] !== undefined) {
      put(result, key, settled.data[key]);
    }
  }
  return result;
}

function computeRow(table: Field, row: Data, settled: Data): Data {
  const result = { ...row };
  for (const [column, cell] of columnsOf(table))
    if (cell['x-value'] !== undefined) put(result, column, settled[column]);
  return result;
}

/** Stores the value, or leaves the key out where there is none. */
export function put(data: Data, key: string, found: Json | undefined): void {
  if (isEmpty(found)) delete data[key];
  else data[key] = found ?? null;
}

/** The data without what rules hide, without empty values, and without keys the form does not know. */
export function prune(form: Form, data: Data, ctx: Pick<FillContext, 'env'>): Data {
  return prunedFrom(form, data, settle(form, data, ctx.env));
}

/** As `prune`, for data already settled. */
export function prunedFrom(form: Form, data: Data, { hides }: Settled): Data {
  const result: Data = {};
  for (const { key, field } of fieldsOf(form)) {
    if (hides(key)) continue;
    if (field['x-component'] !== 'Table') {
      put(result, key, own(data, key));
      continue;
    }
    const rows = rowsWithGiven(field, data[key]).map((row, at) => {
      const kept: Data = {};
      for (const [column, cell] of columnsOf(field)) {
        if (cell['x-visible'] === undefined || !hides(`${key}.${at}.${column}`)) put(kept, column, own(row, column));
      }
      return kept;
    });
    put(result, key, rows);
  }
  return result;
}

/** What a new form starts with: default values and given rows. Defaults read the environment only. */
export function startingData(form: Form, env: Env): Data {
  const data: Data = {};
  for (const { key, field } of fieldsOf(form)) {
    if (field['x-rows'])
      put(
        data,
        key,
        field['x-rows'].map((row) => ({ ...startingRow(field, env), ...row })),
      );
    else put(data, key, startingValue(field, env));
  }
  return compute(form, data, { env });
}

/** A table may begin with an earlier one: each row has the earlier cells of columns it has too, over its own defaults. */
function startingValue(field: Field, env: Env): Json {
  const found = defaultOf(field, env);
  if (!field.items) return found;
  const columns = columnsOf(field);
  return rowsOf(found).map((row) => {
    const kept = startingRow(field, env);
    for (const [column] of columns) if (!isEmpty(own(row, column))) put(kept, column, own(row, column));
    return kept;
  });
}

/** What a new row of this table starts with. */
export function startingRow(table: Field, env: Env): Data {
  const row: Data = {};
  for (const [column, cell] of columnsOf(table)) put(row, column, defaultOf(cell, env));
  return row;
}

/** The field's default value in this environment. */
export function defaultOf(field: Field, env: Env): Json {
  const rule: Rule | undefined = field['x-default'];
  return rule === undefined ? null : value(rule, { env });
}
