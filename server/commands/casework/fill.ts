import type { Data, Env, Problem } from '../../../forms/language/dialect.ts';
import {
  fieldsOf,
  merge,
  problems,
  prune,
  startingData,
  tidy,
  type FillContext,
} from '../../../forms/language/submission.ts';
import type { Casework, CaseworkForm } from '../../db/casework.ts';
import { contentHash } from '../../db/json.ts';
import { newId } from '../../db/ids.ts';
import { drafts, submissions, type SubmissionRow } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { DUPLICATES_UNCHECKED } from '../../lifecycle/project.ts';
import { judgeForm } from '../../validate.ts';
import { vouchFor } from './vouch.ts';

/** What may be kept of what a person sent, and what still stands in the way of handing it in. */
export interface Filled {
  form: CaseworkForm;
  data: Data;
  problems: Problem[];
}

/** What a form is filled in upon: the draft, else what was handed in last, else the beginning of a new form. */
export function groundOf(form: CaseworkForm, env: Env): Data {
  return form.draft?.data ?? form.latest?.data ?? startingData(form.form, env);
}

/** Takes what a person sent for one form as a draft, and says what still stands in the way of handing it in. */
export async function fill(tx: Tx, work: Casework, form: CaseworkForm, sent: Data, ctx: FillContext): Promise<Filled> {
  const data = await take(tx, work, form, sent, ctx);
  return { form, data, problems: problems(form.form, data, ctx) };
}

/** The same for handing in: nothing hidden is kept, and whatever must be put right refuses. */
export async function fillForGood(
  tx: Tx,
  work: Casework,
  form: CaseworkForm,
  sent: Data,
  ctx: FillContext,
): Promise<Filled> {
  const taken = await take(tx, work, form, sent, ctx);
  const data = prune(form.form, { ...automatic(form), ...taken }, ctx);
  const left = problems(form.form, data, ctx);
  const blocking = left.filter((problem) => problem.level === 'block');
  if (blocking.length > 0) throw new Refusal('form_incomplete', { count: blocking.length }, { problems: left });
  return { form, data, problems: left };
}

/**
 * Refuses what has the wrong shape, what the rights do not open and what names an attachment or a project of somebody
 * else; the rest is merged upon what is stored and computed anew.
 */
async function take(tx: Tx, work: Casework, form: CaseworkForm, sent: Data, ctx: FillContext): Promise<Data> {
  const incoming = tidy(sent);
  judgeForm(form.versionId, form.form, ctx.dictionaries, incoming);
  const merged = merge(form.form, groundOf(form, ctx.env), incoming, ctx);
  return vouchFor(tx, work, form.form, merged, ctx.dictionaries);
}

/** What the system itself writes into a form when it is handed in. */
function automatic({ form }: CaseworkForm): Data {
  const asksForDuplicates = fieldsOf(form).some(
    ({ key, field }) => key === 'dupResult' && field['x-component'] === 'Auto',
  );
  return asksForDuplicates ? { dupResult: DUPLICATES_UNCHECKED } : {};
}

/** Hands a form in: the next revision is added, and what was being written is gone. */
export async function handIn(
  tx: Tx,
  work: Casework,
  { form, data }: Pick<Filled, 'form' | 'data'>,
  by: { personId: string; seatId: string | null; taskId: string | null },
  now: number,
): Promise<SubmissionRow> {
  const row: SubmissionRow = {
    id: newId(now),
    caseId: work.row.id,
    formKey: form.key,
    formVersionId: form.versionId,
    revision: (form.latest?.revision ?? 0) + 1,
    data,
    hash: contentHash(data),
    ...by,
    createdAt: now,
  };
  await submissions.insert(tx, row);
  await drafts.remove(tx, { caseId: work.row.id, formKey: form.key });
  return row;
}
