import type { Data } from '../../forms/language/dialect.ts';
import { filedData, type Casework } from '../db/casework.ts';
import type { Db } from '../db/connection.ts';
import { tasks, type TaskRow } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { step } from '../flow/engine.ts';
import type { Action, Decision, Facts, Resume } from '../flow/model.ts';
import { findStep } from '../flow/path.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { projectFacts } from '../lifecycle/project.ts';
import type { Person } from '../policies.ts';
import { dataWith, fillAll, handIn, keepDrafts, openForms, type OpenForm } from './casework/fill.ts';
import { openFollowing } from './casework/follow.ts';
import { passGates } from './casework/gates.ts';
import { refuseOverwriting } from './casework/jointly.ts';
import { openWork, placeOf } from './casework/lock.ts';
import { once, type Idempotency } from './casework/once.ts';
import { saveStep } from './casework/save.ts';

export interface Act {
  version: number;
  action: Decision;
  opinion: string;
  to?: string;
  resume?: Resume;
  forms?: Record<string, Data>;
}

/**
 * Decides a task: approves, returns, rejects, names a substitute, or (the initiator, after a return) resubmits.
 * Whoever's turn it is may have a form to fill in at this step; it is handed in with the decision, but a return leaves
 * it a draft unless the step says `returnsForm`. When the case ends, the stage that follows opens in the same transaction.
 */
export async function actOnTask(
  db: Db,
  person: Person,
  taskId: string,
  act: Act,
  idempotency: Idempotency,
  now: number,
): Promise<{ caseId: string }> {
  // A task never changes its case, so what is to be locked may be looked up outside.
  const found = await tasks.one(db, { id: taskId });
  if (!found) throw new Refusal('not_found');
  const place = await placeOf(db, found.caseId);
  return once(db, `${person.id} actOnTask`, idempotency, now, async (tx, firstTime) => {
    const work = await openWork(tx, person, place, { version: act.version, taskId }, firstTime);
    const { flow, row, project } = work;
    const env = envFor(work, person, now, act.action);
    const action = actionOf(act, found, person);
    // Tried on what is filed so far: whoever may not act is told so, not what is missing in a form.
    const before = factsFor(work, env, filedData(work), now);
    step(flow, row.flowState, action, before);

    const sent = act.forms ?? {};
    const open = formsAt(work, found, person, sent, before);
    const stays = act.action === 'return' && findStep(flow, found.step)?.returnsForm !== true;
    if (row.version !== act.version + 1 && !stays) await refuseOverwriting(tx, work, found, open, env);
    if (stays) await keepDrafts(tx, work, open, sent, env, { personId: person.id, now });
    const filled = stays ? [] : await fillAll(tx, work, open, sent, env);
    const data = dataWith(work, filled);
    const facts = projectFacts(work.stage, data);
    if (act.action === 'resubmit') await passGates(tx, work, 'submit', data, now);
    const after = step(flow, row.flowState, action, factsFor(work, env, data, now));
    if (after.state.outcome === 'approved') await passGates(tx, work, 'approved', data, now);

    const by = { personId: person.id, seatId: found.seatId };
    for (const one of filled) await handIn(tx, work, one, found.taskKey, { ...by, taskId }, now);
    const deed = {
      ...by,
      action: act.action,
      step: found.step,
      opinion: act.opinion.trim() || null,
      detail: { from: project.state, ...(act.to === undefined ? {} : { to: act.to }) },
    };
    const amended = act.action === 'resubmit' ? { facts } : {};
    await saveStep(tx, work, after, deed, { projectNo: project.no, ...amended }, now);
    await openFollowing(tx, work, after.state, data, now);
    return { caseId: place.caseId };
  });
}

function actionOf({ action, opinion, to, resume }: Act, task: TaskRow, person: Person): Action {
  const on = { task: task.taskKey, by: person.id };
  switch (action) {
    case 'approve':
    case 'reject':
      return { type: action, ...on, opinion };
    case 'return':
      return { type: action, ...on, opinion, to: to ?? '', ...(resume === undefined ? {} : { resume }) };
    case 'nominate':
      return { type: action, ...on, opinion, to: to ?? '' };
    case 'resubmit':
      return { type: action, ...on, note: opinion };
  }
}

/**
 * The forms handed in with this decision. The step's own form belongs to every decision on it, and an amended form to
 * the resubmission; other forms the step may edit only when they were sent.
 */
function formsAt(work: Casework, task: TaskRow, person: Person, sent: Record<string, Data>, facts: Facts): OpenForm[] {
  const own = findStep(work.flow, task.step)?.form;
  return openForms(work, person.id, task.taskKey, facts, sent).filter(
    ({ form }) =>
      task.kind === 'revise' || (form.key === own && task.kind !== 'nominate') || sent[form.key] !== undefined,
  );
}
