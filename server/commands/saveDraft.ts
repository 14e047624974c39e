import type { Data, Form, Problem } from '../../forms/language/dialect.ts';
import { loadCasework, filedData, subjectOf, type Casework } from '../db/casework.ts';
import { holdCase, lockProject } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { isDuplicate } from '../db/failure.ts';
import { loadDictionaries } from '../db/published.ts';
import { cases, drafts, projects } from '../db/tables.ts';
import { inTransaction, type Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import { mayFill, rightsTo, taskHeldBy } from '../flow/rights.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { openPart, START } from '../lifecycle/ground.ts';
import { projectFacts } from '../lifecycle/project.ts';
import { can, type Person } from '../policies.ts';
import { fill } from './casework/fill.ts';

export interface DraftToSave {
  form: string;
  /** Id of the task it is written at; null before the first submission. */
  task: string | null;
  data: Data;
  /** The last save this window knows of; 0 for none. */
  draftVersion: number;
}

export interface DraftSaved {
  draftVersion: number;
  savedAt: number;
  problems: Problem[];
}

/**
 * Keeps what is being written in one form at one task. A window that did not see the last save does not overwrite it,
 * and one left open since an earlier task writes nothing. The case is held, its version stays: a draft is nobody's
 * decision.
 */
export async function saveDraft(
  db: Db,
  person: Person,
  caseId: string,
  { form: formKey, task, data, draftVersion }: DraftToSave,
  now: number,
): Promise<DraftSaved> {
  // A draft nobody has handed in tells the project's name, and the project is locked before its case. No case becomes
  // such a draft again, so this may be asked outside.
  const begun = await cases.one(db, { id: caseId, state: 'draft' });
  return inTransaction(db, async (tx) => {
    if (begun) await lockProject(tx, begun.projectId);
    await holdCase(tx, caseId);
    const work = await loadCasework(tx, caseId);
    if (!work || !can(person, 'readCase', subjectOf(work))) throw new Refusal('not_found');
    if (work.row.state === 'ended') throw new Refusal('case_ended');

    const form = work.forms.find(({ key }) => key === formKey);
    if (!form) throw new Refusal('form_not_in_case');
    const taskKey = taskKeyOf(work, task);
    const env = envFor(work, person, now);
    const facts = factsFor(work, env, filedData(work), now);
    const rights = rightsTo(form, work.flow, work.row.flowState, person.id, facts, taskKey);
    if (person.id === facts.initiator.personId && !facts.initiator.inOffice) throw new Refusal('left_seat');
    if (!mayFill(rights)) throw new Refusal('forbidden', { what: '在当前环节修改这份表单' });
    // A task's draft is its holder's: what another seat of the step left there would stand in the holder's way.
    const held = taskHeldBy(person.id, work.flow, work.row.flowState, facts, taskKey);
    if (taskKey !== START && held?.key !== taskKey) throw new Refusal('not_your_task');

    const dictionaries = await loadDictionaries(tx);
    const filled = await fill(tx, work, { form, taskKey }, data, { env, rights, dictionaries });
    const saved = { personId: person.id, data: openPart(form.form, filled.data, rights), savedAt: now };
    await keep(tx, form.form, { caseId, formKey, taskKey }, draftVersion, saved);
    if (work.row.state === 'draft') {
      await cases.update(tx, { id: caseId }, { updatedAt: now });
      const told = work.stage.facts?.form === formKey ? projectFacts(work.stage, { [formKey]: filled.data }) : null;
      if (told) {
        const { title, planYear, totalInvest } = told;
        await projects.update(tx, { id: work.project.id }, { title, planYear, totalInvest, updatedAt: now });
      }
    }
    return { draftVersion: draftVersion + 1, savedAt: now, problems: filled.problems };
  });
}

/** The task it is written at must still be the one that is open. */
function taskKeyOf(work: Casework, task: string | null): string {
  if (task === null && work.row.state === 'draft') return START;
  const found = work.tasks.find(({ id }) => id === task);
  if (found?.status !== 'open') throw new Refusal('stale_draft');
  return found.taskKey;
}

async function keep(
  tx: Tx,
  form: Form,
  place: { caseId: string; formKey: string; taskKey: string },
  seen: number,
  row: { personId: string; data: Data; savedAt: number },
): Promise<void> {
  const version = seen + 1;
  if ((await drafts.update(tx, form, { ...place, version: seen }, { ...row, version })) === 1) return;
  if (seen !== 0) throw new Refusal('stale_draft');
  try {
    await drafts.insert(tx, form, { ...place, ...row, version });
  } catch (error) {
    if (isDuplicate(error, drafts)) throw new Refusal('stale_draft');
    throw error;
  }
}
