/** What still stands in the way of submitting, in the words of the form. */
import { COMPONENTS, isEmpty, limitsOf } from './components.ts';
import type { Check, Data, Field, Form, Json, Problem } from './dialect.ts';
import { phraseOf, titleOf } from './names.ts';
import { columnsOf, fieldsOf, rowsOf } from './outline.ts';
import { mayEdit, rightOf } from './rights.ts';
import { holds } from './rule.ts';
import { sentenceFor } from './sentences.ts';
import { complaintOf } from './shape.ts';
import { isGiven, settle, stateIn } from './states.ts';
import type { FillContext, Settled } from './states.ts';

/**
 * Everything that must (block) or should (warn) be put right, in reading order, checks last. Judged on computed data;
 * only what this person may fill in can be missing or wrong, and what they may not see is not mentioned.
 */
export function problems(form: Form, data: Data, ctx: FillContext): Problem[] {
  const settled = settle(form, data, ctx.env);
  const found: Problem[] = [];
  for (const { key, field } of fieldsOf(form)) {
    if (settled.hides(key)) continue;
    const isTable = field['x-component'] === 'Table';
    // Settling makes rows of anything; whether rows were sent at all shows in what was sent.
    const value = isTable && !isEmpty(data[key]) ? data[key] : settled.data[key];
    found.push(...fieldProblems(form, settled, key, field, rightOf(ctx.rights, key), value, ctx));
    const rows = rowsOf(isTable ? settled.data[key] : null);
    rows.slice(0, limitsOf(field).maxItems).forEach((row, at) => {
      for (const [column, cell] of columnsOf(field)) {
        const path = `${key}.${at}.${column}`;
        if (settled.hides(path) || isGiven(field, at, column)) continue;
        found.push(...fieldProblems(form, settled, path, cell, rightOf(ctx.rights, key, column), row[column], ctx));
      }
    });
  }
  for (const check of form.checks ?? []) found.push(...checkProblems(form, settled, check, ctx));
  return found;
}

function fieldProblems(
  form: Form,
  settled: Settled,
  path: string,
  field: Field,
  right: ReturnType<typeof rightOf>,
  value: Json | undefined,
  ctx: FillContext,
): Problem[] {
  if (!mayEdit(right)) return [];
  const article = field['x-article'];
  const say = (code: string, message: string): Problem[] => [
    { path, title: titleOf(form, path), code, level: 'block', message, ...(article ? { article } : {}) },
  ];
  if (value === undefined || isEmpty(value)) {
    if (!stateIn(form, settled, path, ctx).required) return [];
    return say('required', missing(phraseOf(form, path), field));
  }
  const complaint = complaintOf(field, value, ctx.dictionaries);
  return complaint ? say(complaint.code, sentenceFor(phraseOf(form, path), complaint, field)) : [];
}

function missing(name: string, field: Field): string {
  return field['x-component'] === 'Table'
    ? `请在${name}中至少填写一行。`
    : `请${COMPONENTS[field['x-component']].verb}${name}。`;
}

function checkProblems(form: Form, settled: Settled, check: Check, ctx: FillContext): Problem[] {
  if (!check.at.some((path) => stateIn(form, settled, path, ctx).visible)) return [];
  if (check.each === undefined) return judged(form, settled, check, check.at[0] ?? '', '');
  const table = check.each;
  if (settled.hides(table)) return [];
  const column = (check.at[0] ?? '').split('.')[1];
  const found: Problem[] = [];
  rowsOf(settled.data[table]).forEach((row, at) => {
    const place = `${table}.${at}`;
    const path = column === undefined ? place : `${place}.${column}`;
    found.push(...judged(form, settled, check, path, `${phraseOf(form, place)}：`, row));
  });
  return found;
}

function judged(form: Form, settled: Settled, check: Check, path: string, prefix: string, row?: Data): Problem[] {
  if (check.when !== undefined && !holds(check.when, settled.scope, row)) return [];
  if (holds(check.holds, settled.scope, row)) return [];
  const { id, level, message, article } = check;
  const problem: Problem = { path, title: titleOf(form, path), code: id, level, message: prefix + message };
  return [article === undefined ? problem : { ...problem, article }];
}
