import { carryOver } from '../../forms/language/carry.ts';
import { filedData, type Casework } from '../db/casework.ts';
import type { Db } from '../db/connection.ts';
import { formForNewCases, loadDictionaries } from '../db/published.ts';
import { caseForms, cases, drafts, formVersions, type FormVersionRow } from '../db/tables.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { groundOf, openPart, START } from '../lifecycle/ground.ts';
import type { Person } from '../policies.ts';
import { openForms } from './casework/fill.ts';
import { openWork, placeOf } from './casework/lock.ts';
import { once, type Idempotency } from './casework/once.ts';
import { appendLog } from './casework/save.ts';

export interface VersionMove {
  version: number;
  form: string;
  /** The version the person was shown what becomes of their answers in. */
  versionId: string;
}

/**
 * Moves one form of a case to the newest version, with the answers that go along. Only whoever writes it does so, before
 * the first submission or after a return, and only on purpose: every other case stays with the version it began with.
 */
export async function moveToVersion(
  db: Db,
  person: Person,
  caseId: string,
  { version, form: formKey, versionId }: VersionMove,
  idempotency: Idempotency,
  now: number,
): Promise<{ caseId: string }> {
  const place = await placeOf(db, caseId);
  return once(db, `${person.id} moveToVersion`, idempotency, now, async (tx, firstTime) => {
    const work = await openWork(tx, person, place, { version }, firstTime);
    const { row } = work;
    if (row.state === 'ended') throw new Refusal('case_ended');
    if (!work.forms.some(({ key }) => key === formKey)) throw new Refusal('form_not_in_case');
    const env = envFor(work, person, now);
    const facts = factsFor(work, env, filedData(work), now);
    const taskKey =
      row.flowState.tasks.findLast(({ status, kind }) => status === 'open' && kind === 'revise')?.key ?? START;
    const open = openForms(work, person.id, taskKey, facts, {}).find(({ form }) => form.key === formKey);
    const writing = row.state === 'draft' || row.state === 'returned';
    if (!writing || row.initiatorId !== person.id || !open) {
      throw new Refusal('forbidden', { what: '在当前环节换用新版表单' });
    }

    const newest = await formForNewCases(tx, formKey);
    if (newest?.id !== versionId || open.form.versionId === versionId) throw new Refusal('version_not_newer');
    const { form, latest, drafts: written } = open.form;
    const draft = written.find((one) => one.taskKey === taskKey) ?? null;
    const ctx = { env, rights: open.rights, dictionaries: await loadDictionaries(tx) };
    const ground = { form, filed: latest?.data ?? null, draft: draft?.data ?? null, others: filedData(work) };
    const over = carryOver(form, newest.body, groundOf(ground, ctx));
    await caseForms.update(tx, { caseId, formKey }, { formVersionId: newest.id });
    if (draft) {
      const data = openPart(newest.body, over.data, open.rights);
      const place = { caseId, formKey, taskKey };
      await drafts.update(tx, newest.body, place, { data, version: draft.version + 1, savedAt: now });
    }
    await cases.update(tx, { id: caseId }, { updatedAt: now });
    await note(tx, work, person, open.form.versionId, newest, over, now);
    return { caseId };
  });
}

async function note(
  tx: Tx,
  work: Casework,
  person: Person,
  before: string,
  newest: FormVersionRow,
  { dropped, newlyRequired }: ReturnType<typeof carryOver>,
  now: number,
): Promise<void> {
  const old = await formVersions.one(tx, { id: before });
  const seat = person.seats.find(({ key, unitId }) => key === work.stage.filledBy && unitId === work.row.unitId);
  const paths = (places: { path: string }[]) => places.map(({ path }) => path);
  await appendLog(
    tx,
    work,
    [
      {
        personId: person.id,
        seatId: seat?.id ?? null,
        action: 'moveToVersion',
        step: null,
        opinion: `“${newest.body.title}”由第 ${old?.version ?? 0} 版换为第 ${newest.version} 版`,
        detail: {
          form: newest.formKey,
          from: before,
          to: newest.id,
          dropped: paths(dropped),
          newlyRequired: paths(newlyRequired),
        },
      },
    ],
    now,
  );
}
