import type { Data, Env, FieldRights, Problem } from '../../../forms/language/dialect.ts';
import { finished, merge, problems, tidy, withoutShown, type FillContext } from '../../../forms/language/submission.ts';
import { filedData, type Casework, type CaseworkForm } from '../../db/casework.ts';
import { newId } from '../../db/ids.ts';
import { contentHash } from '../../db/json.ts';
import { loadDictionaries } from '../../db/published.ts';
import { drafts, files, submissions } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import type { Facts } from '../../flow/model.ts';
import { mayFill, rightsTo } from '../../flow/rights.ts';
import { groundOf, openPart, stillCarried } from '../../lifecycle/ground.ts';
import { judgeForm } from '../../validate.ts';
import { attachmentsIn, vouchFor } from './vouch.ts';

/** What may be kept of what a person sent, and what still stands in the way of handing it in. */
export interface Filled {
  form: CaseworkForm;
  data: Data;
  problems: Problem[];
  /** Fields that still stand as they were carried over, and where from; null where nothing is carried in. */
  carried: Record<string, string> | null;
}

/** What the form is filled in upon at this task (`START` before there is one). */
function groundAt(work: Casework, form: CaseworkForm, taskKey: string, ctx: FillContext): Data {
  const draft = form.drafts.find((one) => one.taskKey === taskKey)?.data ?? null;
  return groundOf({ form: form.form, filed: form.latest?.data ?? null, draft, others: filedData(work) }, ctx);
}

/** Takes what a person sent for one form as a draft, and says what still stands in the way of handing it in. */
export async function fill(
  tx: Tx,
  work: Casework,
  { form, taskKey }: Writing,
  sent: Data,
  ctx: FillContext,
): Promise<Filled> {
  const data = await take(tx, work, form, sent, groundAt(work, form, taskKey, ctx), ctx);
  return { form, data, problems: problems(form.form, data, ctx), carried: null };
}

/** The same for handing in: nothing hidden is kept, and whatever must be put right refuses. */
async function fillForGood(
  tx: Tx,
  work: Casework,
  { form, taskKey }: Writing,
  sent: Data | undefined,
  ctx: FillContext,
): Promise<Filled> {
  const ground = groundAt(work, form, taskKey, ctx);
  const taken = await take(tx, work, form, sent ?? openPart(form.form, ground, ctx.rights), ground, ctx);
  const { data, problems: left } = finished(form.form, taken, ctx);
  const blocking = left.filter((problem) => problem.level === 'block');
  if (blocking.length > 0) throw new Refusal('form_incomplete', { count: blocking.length }, { problems: left });
  judgeForm(form.versionId, form.form, ctx.dictionaries, openPart(form.form, data, ctx.rights), 'final');
  return { form, data, problems: left, carried: stillCarried(form.form, data, ctx.env) };
}

/**
 * Refuses what has the wrong shape, what the rights do not open and what names an attachment or a project of somebody
 * else; the rest is merged upon what is stored and computed anew.
 */
async function take(
  tx: Tx,
  work: Casework,
  form: CaseworkForm,
  sent: Data,
  ground: Data,
  ctx: FillContext,
): Promise<Data> {
  const incoming = tidy(sent);
  judgeForm(form.versionId, form.form, ctx.dictionaries, withoutShown(form.form, incoming, ctx.rights));
  const merged = merge(form.form, ground, incoming, ctx);
  return vouchFor(tx, work, form, merged);
}

/** A form, and the task it is written at: `START` before the first submission. */
export interface Writing {
  form: CaseworkForm;
  taskKey: string;
}

/** A form this person may fill in now, and what they may do in it. */
export interface OpenForm extends Writing {
  rights: FieldRights;
}

/** The forms open to this person at this task; refuses when something was sent for any other. */
export function openForms(
  work: Casework,
  personId: string,
  taskKey: string,
  facts: Facts,
  sent: Record<string, Data>,
): OpenForm[] {
  const { flow, row } = work;
  const open = work.forms
    .map((form) => ({ form, taskKey, rights: rightsTo(form, flow, row.flowState, personId, facts, taskKey) }))
    .filter(({ rights }) => mayFill(rights));
  const stray = Object.keys(sent).some((key) => !open.some(({ form }) => form.key === key));
  if (stray) throw new Refusal('form_not_in_case');
  return open;
}

/** Fills these forms in for good, each from what was sent, or else from what is stored. */
export async function fillAll(
  tx: Tx,
  work: Casework,
  open: OpenForm[],
  sent: Record<string, Data>,
  env: Env,
): Promise<Filled[]> {
  if (open.length === 0) return [];
  const dictionaries = await loadDictionaries(tx);
  const filled: Filled[] = [];
  for (const one of open) {
    const ctx = { env, rights: one.rights, dictionaries };
    filled.push(await fillForGood(tx, work, one, sent[one.form.key], ctx));
  }
  return filled;
}

/**
 * Keeps what was sent with a return as a draft of its task: it has a draft's shape, and need not be complete. A form
 * sent as it was shown is nothing that was being written.
 */
export async function keepDrafts(
  tx: Tx,
  work: Casework,
  open: OpenForm[],
  sent: Record<string, Data>,
  env: Env,
  by: { personId: string; now: number },
): Promise<void> {
  const dictionaries = await loadDictionaries(tx);
  for (const { form, taskKey, rights } of open) {
    const written = sent[form.key];
    if (written === undefined) continue;
    const ctx = { env, rights, dictionaries };
    const ground = groundAt(work, form, taskKey, ctx);
    const data = openPart(form.form, await take(tx, work, form, written, ground, ctx), rights);
    if (contentHash(data) === contentHash(openPart(form.form, ground, rights))) continue;
    const place = { caseId: work.row.id, formKey: form.key, taskKey };
    const version = form.drafts.find((draft) => draft.taskKey === taskKey)?.version ?? 0;
    const row = { personId: by.personId, data, savedAt: by.now, version: version + 1 };
    if (version === 0) await drafts.insert(tx, form.form, { ...place, ...row });
    else await drafts.update(tx, form.form, place, row);
  }
}

/** The data of every form of the case once these are handed in. */
export function dataWith(work: Casework, filled: Filled[]): Record<string, Data> {
  return { ...filedData(work), ...Object.fromEntries(filled.map(({ form, data }) => [form.key, data])) };
}

/** Hands a form in: the next revision is added, and what was being written is gone. */
export async function handIn(
  tx: Tx,
  work: Casework,
  { form, data, carried }: Pick<Filled, 'form' | 'data' | 'carried'>,
  taskKey: string,
  by: { personId: string; seatId: string | null; taskId: string | null },
  now: number,
): Promise<void> {
  await submissions.insert(tx, form.form, {
    id: newId(now),
    caseId: work.row.id,
    formKey: form.key,
    formVersionId: form.versionId,
    revision: (form.latest?.revision ?? 0) + 1,
    data,
    ...by,
    createdAt: now,
    carried,
  });
  const named = attachmentsIn(form.form, data);
  const kept = await files.update(tx, { id: [...named], removedAt: null }, { handedIn: true });
  // One was cleaned away while this was being written.
  if (kept < named.size) throw new Refusal('file_not_in_case', { field: form.form.title });
  await drafts.remove(tx, { caseId: work.row.id, formKey: form.key, taskKey });
}
