import type { Data, Env, FieldRights, Form } from '../../forms/language/dialect.ts';
import { carriedInto } from '../../forms/language/environment.ts';
import { equal, own } from '../../forms/language/equal.ts';
import { columnsOf, rowsOf } from '../../forms/language/outline.ts';
import { mayEdit, rightOf } from '../../forms/language/rights.ts';
import { isGiven } from '../../forms/language/states.ts';
import { align } from '../../forms/language/rowsFrom.ts';
import { fieldsOf, isSeen, merge, startingData, tidy, type FillContext } from '../../forms/language/submission.ts';

/** Stands for the task a draft is written at before the first submission, when there is none yet. */
export const START = 'start';

/** What a form is filled in upon. */
export interface Ground {
  form: Form;
  /** What was handed in last. */
  filed: Data | null;
  /** What this task is writing: only what its rights open, see `openPart`. */
  draft: Data | null;
  /** What the other forms of the case hold, for rows taken from them. */
  others: Record<string, Data>;
}

/**
 * What was handed in last, else the beginning of a new form; upon it what is being written. The draft holds its own
 * part only: what another seat handed in meanwhile stands beside it, not under it.
 */
export function groundOf({ form, filed, draft, others }: Ground, ctx: FillContext): Data {
  const ground = align(form, filed ?? startingData(form, ctx.env), others);
  return draft === null ? ground : merge(form, ground, alignDraft(form, draft, others), ctx);
}

/** A draft may be older than the rows it answers: the case may have been amended since. */
function alignDraft(form: Form, draft: Data, others: Record<string, Data>): Data {
  const aligned = Object.entries(align(form, draft, others));
  return Object.fromEntries(aligned.filter(([key]) => Object.hasOwn(draft, key)));
}

/**
 * 一次填报、多处复用: the fields that still stand as they were carried over, and where from; null where nothing is carried
 * into this form.
 */
export function stillCarried(form: Form, data: Data, env: Env): Record<string, string> | null {
  const start = startingData(form, env);
  const all = Object.entries(carriedInto(form, start));
  if (all.length === 0) return null;
  return Object.fromEntries(all.filter(([key]) => equal(data[key], start[key])));
}

/**
 * What these rights let a person write of it; the rest is somebody else's. Rows that are given keep the cells that name
 * them, as far as they may be seen.
 */
export function openPart(form: Form, data: Data, rights: FieldRights): Data {
  const open: Data = {};
  for (const { key, field } of fieldsOf(form)) {
    const found = data[key];
    if (found === undefined) continue;
    const columns = columnsOf(field).map(([column]) => column);
    if (columns.length === 0) {
      if (mayEdit(rightOf(rights, key))) open[key] = found;
      continue;
    }
    if (!columns.some((column) => mayEdit(rightOf(rights, key, column)))) continue;
    const kept = columns.map((column) => ({
      column,
      editable: mayEdit(rightOf(rights, key, column)),
      seen: isSeen(key, field, column, rights),
    }));
    open[key] = rowsOf(found).map((row, at) => {
      const part: Data = {};
      for (const { column, editable, seen } of kept) {
        const cell = editable || (seen && isGiven(field, at, column)) ? own(row, column) : undefined;
        if (cell !== undefined) part[column] = cell;
      }
      return part;
    });
  }
  return tidy(open);
}
