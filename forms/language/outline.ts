/** A form read once: its fields in reading order, and the order in which they can be settled. */
import type { Data, Field, Form, Json, Layout, Node, Rule } from './dialect.ts';
import { readsOf } from './reads.ts';

export interface PlacedField {
  key: string;
  field: Field;
  /** The section it stands in: one step of the rail. */
  section: { key: string; title: string } | null;
  /** Layouts around it, outermost first. */
  layouts: Layout[];
}

/** A field, or one column of a table. */
export interface Place {
  key: string;
  column: string | null;
}

interface Outline {
  fields: PlacedField[];
  byKey: Map<string, PlacedField>;
  layouts: Map<string, { layout: Layout; around: Layout[]; keys: string[] }>;
  order: Place[];
}

const outlines = new WeakMap<Form, Outline>();

/** The outline, kept per form object: forms are replaced, never changed in place. */
export function outlineOf(form: Form): Outline {
  let outline = outlines.get(form);
  if (!outline) {
    outline = draw(form);
    outlines.set(form, outline);
  }
  return outline;
}

/** Every field in reading order, with the section it stands in. Layouts add no level. */
export function fieldsOf(form: Form): PlacedField[] {
  return outlineOf(form).fields;
}

export function isLayout(node: Node): node is Layout {
  return node.type === 'void';
}

/** Nodes or columns in the order of their `x-index`. */
export function inOrder<T extends Node>(properties: Record<string, T>): [string, T][] {
  return Object.entries(properties).sort(([, left], [, right]) => left['x-index'] - right['x-index']);
}

const columns = new WeakMap<Field, [string, Field][]>();

/** The columns of a table in their order; any other field has none. Kept per field object. */
export function columnsOf(table: Field): readonly [string, Field][] {
  if (!table.items) return [];
  let found = columns.get(table);
  if (!found) {
    found = inOrder(table.items.properties);
    columns.set(table, found);
  }
  return found;
}

/** The rows of a table's value; whatever is no row counts as an empty one. */
export function rowsOf(value: Json | undefined): Data[] {
  if (!Array.isArray(value)) return [];
  return value.every(isRow) ? value : value.map((row) => (isRow(row) ? row : {}));
}

function isRow(value: Json): value is Data {
  return value !== null && typeof value === 'object' && !Array.isArray(value);
}

function draw(form: Form): Outline {
  const { fields, layouts } = placesOf(form);
  const byKey = new Map(fields.map((placed) => [placed.key, placed]));
  return { fields, byKey, layouts, order: orderOf(fields, byKey).order };
}

/** Fields and layouts where they stand, without looking at a rule. */
export function placesOf(form: Form): Pick<Outline, 'fields' | 'layouts'> {
  const fields: PlacedField[] = [];
  const layouts: Outline['layouts'] = new Map();
  const walk = (properties: Record<string, Node>, around: Layout[], section: PlacedField['section']): string[] => {
    const keys: string[] = [];
    for (const [key, node] of inOrder(properties)) {
      if (isLayout(node)) {
        const inner = node['x-component'] === 'Section' ? { key, title: node.title } : section;
        const inside = walk(node.properties, [...around, node], inner);
        layouts.set(key, { layout: node, around, keys: inside });
        keys.push(...inside);
      } else {
        fields.push({ key, field: node, section, layouts: around });
        keys.push(key);
      }
    }
    return keys;
  };
  walk(form.properties, [], null);
  return { fields, layouts };
}

function nameOf(place: Place): string {
  return place.column === null ? place.key : `${place.key}.${place.column}`;
}

/** The place a read path names, seen from inside `table` when the path begins with `row`. */
export function placeOf(path: string, byKey: Map<string, PlacedField>, table: string | null): Place | null {
  const [head = '', second] = path.split('.');
  if (head === 'row') return table !== null && second !== undefined ? { key: table, column: second } : null;
  const placed = byKey.get(head);
  if (!placed) return null;
  return { key: head, column: placed.field.items && second !== undefined ? second : null };
}

/**
 * Places sorted so that each comes after what decides whether it is shown and what it is worth. Cycles, which the
 * linter refuses, are returned and broken where they close.
 */
export function orderOf(
  fields: PlacedField[],
  byKey: Map<string, PlacedField>,
): { order: Place[]; cycles: string[][] } {
  const places = new Map<string, { place: Place; rules: Rule[] }>();
  for (const { key, field, layouts } of fields) {
    const shown = [...layouts.map((layout) => layout['x-visible']), field['x-visible']];
    places.set(key, { place: { key, column: null }, rules: present([...shown, field['x-value']]) });
    for (const [column, cell] of columnsOf(field)) {
      places.set(`${key}.${column}`, { place: { key, column }, rules: present([cell['x-visible'], cell['x-value']]) });
    }
  }
  const order: Place[] = [];
  const cycles: string[][] = [];
  const state = new Map<string, 'open' | 'done'>();
  const trail: string[] = [];
  const visit = (name: string): void => {
    const entry = places.get(name);
    if (!entry || state.get(name) === 'done') return;
    if (state.get(name) === 'open') {
      cycles.push([...trail.slice(trail.indexOf(name)), name]);
      return;
    }
    state.set(name, 'open');
    trail.push(name);
    if (entry.place.column !== null) visit(entry.place.key);
    for (const rule of entry.rules) {
      for (const path of readsOf(rule)) {
        const place = placeOf(path, byKey, entry.place.column === null ? null : entry.place.key);
        if (place) visit(nameOf(place));
      }
    }
    trail.pop();
    state.set(name, 'done');
    order.push(entry.place);
  };
  for (const name of places.keys()) visit(name);
  return { order, cycles };
}

function present(rules: (Rule | undefined)[]): Rule[] {
  return rules.filter((rule) => rule !== undefined);
}
