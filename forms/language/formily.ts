/**
 * A form as a Formily schema for the console and the phone. Reactions are functions over our own rules, never
 * expressions in text, so that no runtime has to compile code.
 */
import type { GeneralField } from '@formily/core';
import type { ISchema } from '@formily/json-schema';
import { decimalsOf, isEmpty, isServerValue, limitsOf, optionsOf, sourceOf } from './components.ts';
import type { Data, Field, Form, Json, Layout, Node, Rule } from './dialect.ts';
import { inOrder, isLayout } from './outline.ts';
import { mayEdit, rightOf } from './rights.ts';
import { readsOf } from './reads.ts';
import { holds, value } from './rule.ts';
import type { Scope } from './rule.ts';
import { phraseOf } from './names.ts';
import { sentenceFor } from './sentences.ts';
import { complaintOf } from './shape.ts';
import { hasGivenRows, isGiven, isOffered, opensColumn, startingRow } from './states.ts';
import type { FillContext } from './states.ts';

/** The schema for this person: what their rights hide is not in it at all. */
export function toFormily(form: Form, ctx: FillContext): ISchema {
  return { type: 'object', properties: nodes(form, form.properties, ctx) };
}

function nodes(form: Form, properties: Record<string, Node>, ctx: FillContext): Record<string, ISchema> {
  const result: Record<string, ISchema> = {};
  for (const [key, node] of inOrder(properties)) {
    if (isLayout(node)) {
      const inside = nodes(form, node.properties, ctx);
      if (Object.keys(inside).length > 0) result[key] = layoutSchema(node, inside, ctx);
    } else if (rightOf(ctx.rights, key) !== 'hidden') {
      result[key] = fieldSchema(form, key, null, node, ctx);
    }
  }
  return result;
}

function layoutSchema(layout: Layout, properties: Record<string, ISchema>, ctx: FillContext): ISchema {
  const shown = (node: Node, scope: Scope): boolean =>
    (node['x-visible'] === undefined || holds(node['x-visible'], scope)) &&
    (!isLayout(node) || Object.values(node.properties).some((inner) => shown(inner, scope)));
  const rules = (node: Node): Rule[] => [
    ...(node['x-visible'] === undefined ? [] : [node['x-visible']]),
    ...(isLayout(node)
      ? Object.values(node.properties).reduce<Rule[]>((all, inner) => [...all, ...rules(inner)], [])
      : []),
  ];
  const reads = readsOf(rules(layout));
  return {
    type: 'void',
    title: layout.title,
    description: layout.description,
    'x-index': layout['x-index'],
    'x-component': layout['x-component'],
    'x-component-props': defined({
      title: layout.title,
      description: layout.description,
      columns: layout['x-columns'],
    }),
    'x-reactions': [
      (field: GeneralField) => {
        field.visible = shown(layout, scopeFor(field, reads, ctx));
      },
    ],
    properties,
  };
}

function fieldSchema(form: Form, key: string, column: string | null, field: Field, ctx: FillContext): ISchema {
  const { 'x-component': component, 'x-article': article, 'x-unit': unit } = field;
  const schema: ISchema = {
    type: field.type,
    title: field.title,
    description: field.description,
    'x-index': field['x-index'],
    'x-decorator': 'FormItem',
    'x-decorator-props': { article, asterisk: false },
    'x-component': component,
    'x-component-props': { ...defined(componentProps(field, ctx)), ...(unit === undefined ? {} : { unit }) },
    'x-validator': (typed: Json) => complaintText(form, key, column, field, typed, ctx),
    'x-reactions': [reaction(form, key, column, field, ctx)],
  };
  if (!field.items) return schema;
  const cells: Record<string, ISchema> = {};
  for (const [name, cell] of inOrder(field.items.properties)) {
    if (rightOf(ctx.rights, key, name) !== 'hidden') cells[name] = fieldSchema(form, key, name, cell, ctx);
  }
  return { ...schema, items: { type: 'object', properties: cells } };
}

function componentProps(field: Field, ctx: FillContext): Record<string, unknown> {
  const { minimum, maximum, maxLength, maxItems } = limitsOf(field);
  const numeric = field.type === 'integer' || field.type === 'number';
  return {
    placeholder: field['x-placeholder'],
    options: optionsOf(field, ctx.dictionaries) ?? undefined,
    source: sourceOf(field) ?? undefined,
    text: field['x-text'],
    files: field['x-files'],
    totals: field['x-totals'],
    fixedRows: hasGivenRows(field) || undefined,
    newRow: field.items ? () => startingRow(field, ctx.env) : undefined,
    decimals: numeric ? decimalsOf(field) : undefined,
    minimum: numeric ? minimum : undefined,
    maximum: numeric ? maximum : undefined,
    maxLength: field.type === 'string' ? maxLength : undefined,
    maxItems,
  };
}

function defined(props: Record<string, unknown>): Record<string, unknown> {
  const result: Record<string, unknown> = {};
  for (const [name, prop] of Object.entries(props)) if (prop !== undefined) result[name] = prop;
  return result;
}

function complaintText(
  form: Form,
  key: string,
  column: string | null,
  field: Field,
  typed: Json | undefined,
  ctx: FillContext,
): string {
  if (typed === undefined || isEmpty(typed) || isServerValue(field)) return '';
  const complaint = complaintOf(field, typed, ctx.dictionaries);
  return complaint ? sentenceFor(column === null ? phraseOf(form, key) : `“${field.title}”`, complaint, field) : '';
}

/** Keeps one field in step with the values its rules read, and with nothing else. */
function reaction(form: Form, key: string, column: string | null, node: Field, ctx: FillContext) {
  const { 'x-visible': visible, 'x-required': required, 'x-editable': editable, 'x-value': computed } = node;
  const options = node['x-offered'] === undefined ? null : optionsOf(node, ctx.dictionaries);
  const table = column === null ? undefined : tableAt(form.properties, key);
  const locks = [editable, table?.['x-editable']].filter((rule) => rule !== undefined);
  const reads = readsOf([visible ?? null, required ?? null, computed ?? null, node['x-offered'] ?? null, ...locks]);
  const right = rightOf(ctx.rights, key, column);
  const columnsOpen = column === null && opensColumn(key, node, ctx.rights);
  // A sum over what this person may not see would come out wrong; the server's value stays.
  const computable = computed !== undefined && readsOf(computed).every((path) => mayRead(path, key, ctx));
  return (field: GeneralField): void => {
    const scope = scopeFor(field, reads, ctx);
    const shown = visible === undefined || holds(visible, scope);
    field.visible = shown;
    const open = (mayEdit(right) || columnsOpen) && !isServerValue(node) && locks.every((rule) => holds(rule, scope));
    const given = table !== undefined && column !== null && isGiven(table, rowNumber(field), column);
    const answering = open && !given;
    field.pattern = answering ? 'editable' : 'readPretty';
    const asked = right === 'require' || (mayEdit(right) && required !== undefined && holds(required, scope));
    field.setDecoratorProps({ asterisk: answering && asked });
    if (options) {
      const row = column === null ? undefined : (scope['row'] as Data | undefined);
      field.setComponentProps({ options: options.filter((option) => isOffered(node, option, scope, row)) });
    }
    if (!shown || !computable) return;
    const result = value(computed, scope);
    const before = field.form.getValuesIn(field.path) as Json | undefined;
    // Setting the field's own value is ignored by Formily while the field is being made.
    if (before !== result && !(isEmpty(before) && isEmpty(result))) field.form.setValuesIn(field.path, result);
  };
}

function tableAt(properties: Record<string, Node>, key: string): Field | undefined {
  for (const [name, node] of Object.entries(properties)) {
    const found = isLayout(node) ? tableAt(node.properties, key) : name === key ? node : undefined;
    if (found) return found;
  }
  return undefined;
}

function mayRead(path: string, key: string, ctx: FillContext): boolean {
  const [head = '', second = null] = path.split('.');
  return head === 'env' || rightOf(ctx.rights, head === 'row' ? key : head, second) !== 'hidden';
}

/** Paths count data levels only: `contentItems.2.amount` whatever layouts stand around it. */
function rowNumber(field: GeneralField): number {
  return Number(field.path.segments[1]);
}

/** Reads from the live values exactly what the rules read, so that Formily runs the reaction when that changes. */
function scopeFor(field: GeneralField, reads: string[], ctx: FillContext): Scope {
  const values = field.form.values as Data;
  const scope: { [name: string]: Json } = { env: ctx.env };
  for (const path of reads) {
    const head = path.split('.')[0] ?? '';
    if (head === 'row') scope['row'] = plain(rowOf(values, field));
    else if (head !== 'env' && head !== 'option') scope[head] = plain(values[head]);
  }
  return scope;
}

function rowOf(values: Data, field: GeneralField): Json | undefined {
  const rows = values[String(field.path.segments[0])];
  return Array.isArray(rows) ? rows[rowNumber(field)] : null;
}

/** A copy made by reading: every read is noticed by Formily, and rules see plain data. */
function plain(found: Json | undefined): Json {
  if (found === null || found === undefined) return null;
  if (Array.isArray(found)) return found.map((item) => plain(item));
  if (typeof found !== 'object') return found;
  const copy: Data = {};
  for (const key of Object.keys(found)) copy[key] = plain(found[key]);
  return copy;
}
