/** What still stands in the way of submitting, in the words of the form. */
import { answersOf, COMPONENTS, isEmpty, limitsOf } from './components.ts';
import type { Check, Data, Field, Form, Json, Problem } from './dialect.ts';
import { phraseOf, titleOf } from './names.ts';
import { columnsOf, fieldsOf, rowsOf } from './outline.ts';
import { mayEdit, rightOf } from './rights.ts';
import { holds } from './rule.ts';
import { sentenceFor } from './sentences.ts';
import type { Complaint } from './sentences.ts';
import { complaintOf } from './shape.ts';
import { isGiven, isOffered, prunedFrom, settle, stateIn } from './states.ts';
import type { FillContext, Settled } from './states.ts';

/**
 * What is handed in of this data: without what rules hide, and with what still stands in the way of it (see `prune` and
 * `problems`).
 */
export function finished(form: Form, data: Data, ctx: FillContext): { data: Data; problems: Problem[] } {
  const settled = settle(form, data, ctx.env);
  const kept = prunedFrom(form, data, settled);
  return { data: kept, problems: problemsIn(form, kept, settled, ctx) };
}

/**
 * Everything that must (block) or should (warn) be put right, in reading order, checks last. Judged on computed data;
 * only what this person may fill in can be missing or wrong, and what they may not see is not mentioned.
 */
export function problems(form: Form, data: Data, ctx: FillContext): Problem[] {
  return problemsIn(form, data, settle(form, data, ctx.env), ctx);
}

function problemsIn(form: Form, data: Data, settled: Settled, ctx: FillContext): Problem[] {
  const found: Problem[] = [];
  for (const { key, field } of fieldsOf(form)) {
    if (settled.hides(key)) continue;
    const isTable = field['x-component'] === 'Table';
    // Settling makes rows of anything; whether rows were sent at all shows in what was sent.
    const value = isTable && !isEmpty(data[key]) ? data[key] : settled.data[key];
    if (mayEdit(rightOf(ctx.rights, key))) addProblem(found, form, settled, key, field, value, ctx);
    const rows = rowsOf(isTable ? settled.data[key] : null);
    if (rows.length === 0) continue;
    const writable = columnsOf(field).filter(([column]) => mayEdit(rightOf(ctx.rights, key, column)));
    rows.slice(0, limitsOf(field).maxItems).forEach((row, at) => {
      for (const [column, cell] of writable) {
        const path = `${key}.${at}.${column}`;
        const hidden = cell['x-visible'] !== undefined && settled.hides(path);
        if (hidden || isGiven(field, at, column)) continue;
        addProblem(found, form, settled, path, cell, row[column], ctx, row);
      }
    });
  }
  for (const check of form.checks ?? []) found.push(...checkProblems(form, settled, check, ctx));
  return found;
}

function addProblem(
  found: Problem[],
  form: Form,
  settled: Settled,
  path: string,
  field: Field,
  value: Json | undefined,
  ctx: FillContext,
  row?: Data,
): void {
  if (value === undefined || isEmpty(value)) {
    if (!stateIn(form, settled, path, ctx).required) return;
    found.push(blocking(form, path, field, 'required', missing(phraseOf(form, path), field)));
    return;
  }
  const complaint = complaintOf(field, value, ctx.dictionaries) ?? notOffered(field, value, settled, ctx, row);
  if (complaint === null) return;
  found.push(blocking(form, path, field, complaint.code, sentenceFor(phraseOf(form, path), complaint, field)));
}

function notOffered(field: Field, value: Json, settled: Settled, ctx: FillContext, row?: Data): Complaint | null {
  if (field['x-offered'] === undefined) return null;
  const chosen: Json[] = Array.isArray(value) ? value : [value];
  const options = answersOf(field, ctx.dictionaries) ?? [];
  const stray = options.some(
    (option) => chosen.indexOf(option.value) >= 0 && !isOffered(field, option, settled.scope, row),
  );
  return stray ? { code: 'notOffered' } : null;
}

function blocking(form: Form, path: string, field: Field, code: string, message: string): Problem {
  const article = field['x-article'];
  return { path, title: titleOf(form, path), code, level: 'block', message, ...(article ? { article } : {}) };
}

function missing(name: string, field: Field): string {
  return field['x-component'] === 'Table'
    ? `请在${name}中至少填写一行。`
    : `请${COMPONENTS[field['x-component']].verb}${name}。`;
}

function checkProblems(form: Form, settled: Settled, check: Check, ctx: FillContext): Problem[] {
  if (!check.at.some((path) => stateIn(form, settled, path, ctx).visible)) return [];
  if (check.each === undefined) return judged(form, settled, check, check.at[0] ?? '', null);
  const table = check.each;
  if (settled.hides(table)) return [];
  const column = (check.at[0] ?? '').split('.')[1];
  const found: Problem[] = [];
  rowsOf(settled.data[table]).forEach((row, at) => {
    const place = `${table}.${at}`;
    const path = column === undefined ? place : `${place}.${column}`;
    found.push(...judged(form, settled, check, path, place, row));
  });
  return found;
}

function judged(form: Form, settled: Settled, check: Check, path: string, place: string | null, row?: Data): Problem[] {
  if (check.when !== undefined && !holds(check.when, settled.scope, row)) return [];
  if (holds(check.holds, settled.scope, row)) return [];
  const { id, level, message, article } = check;
  const prefix = place === null ? '' : `${phraseOf(form, place)}：`;
  const problem: Problem = { path, title: titleOf(form, path), code: id, level, message: prefix + message };
  return [article === undefined ? problem : { ...problem, article }];
}
