import type { Data } from '../../forms/language/dialect.ts';
import { filedData, type Casework } from '../db/casework.ts';
import type { Db } from '../db/connection.ts';
import { loadDictionaries } from '../db/published.ts';
import { tasks, type TaskRow } from '../db/tables.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import { step } from '../flow/engine.ts';
import type { Action, Decision, Facts, Resume } from '../flow/model.ts';
import { stepsOf } from '../flow/path.ts';
import { mayFill, rightsTo } from '../flow/rights.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { projectFacts } from '../lifecycle/project.ts';
import type { Person } from '../policies.ts';
import { fillForGood, groundOf, handIn, type Filled } from './casework/fill.ts';
import { openFollowing } from './casework/follow.ts';
import { passGates } from './casework/gates.ts';
import { openWork } from './casework/lock.ts';
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
 * Decides a task: approves, returns, rejects, or (the initiator, after a return) resubmits. Whoever's turn it is may
 * have a form to fill in at this step; it is handed in with the decision. When the case ends, the stage that follows
 * opens in the same transaction.
 */
export async function actOnTask(
  db: Db,
  person: Person,
  taskId: string,
  act: Act,
  idempotency: Idempotency,
  now: number,
): Promise<{ caseId: string }> {
  // A task never changes its case, so the case to lock may be looked up outside.
  const found = await tasks.one(db, { id: taskId });
  if (!found) throw new Refusal('not_found');
  const { caseId } = found;
  return once(db, `${person.id} actOnTask`, idempotency, now, async (tx, firstTime) => {
    const work = await openWork(tx, person, caseId, act.version, firstTime);
    const { flow, row, project } = work;
    const env = envFor(work, person, now, act.action);
    const action = actionOf(act, found, person);
    // Tried on what is filed so far: whoever may not act is told so, not what is missing in a form.
    const filed = filedData(work);
    const before = factsFor(work, env, filed, now);
    step(flow, row.flowState, action, before);

    const filled = await fillAt(tx, work, found, person, act.forms ?? {}, before);
    const data = { ...filed, ...Object.fromEntries(filled.map(({ form, data: own }) => [form.key, own])) };
    const facts = projectFacts(data['declaration'] ?? {});
    if (act.action === 'resubmit') await passGates(tx, work, 'submit', facts, now);
    const after = step(flow, row.flowState, action, factsFor(work, env, data, now));
    if (after.state.outcome === 'approved') await passGates(tx, work, 'approved', facts, now);

    const by = { personId: person.id, seatId: found.seatId };
    for (const one of filled) await handIn(tx, work, one, { ...by, taskId }, now);
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
    return { caseId };
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
    case 'resubmit':
      return { type: action, ...on, note: opinion };
  }
}

/**
 * The forms handed in with this decision. The step's own form belongs to every decision on it, and an amended form to
 * the resubmission; other forms the step may edit only when they were sent.
 */
async function fillAt(
  tx: Tx,
  work: Casework,
  task: TaskRow,
  person: Person,
  sent: Record<string, Data>,
  facts: Facts,
): Promise<Filled[]> {
  const { env } = facts;
  const own = stepsOf(work.flow.nodes).find(({ key }) => key === task.step)?.form;
  const open = work.forms
    .map((form) => ({ form, rights: rightsTo(form, work.flow, work.row.flowState, person.id, facts) }))
    .filter(({ rights }) => mayFill(rights));
  if (Object.keys(sent).some((key) => !open.some(({ form }) => form.key === key))) {
    throw new Refusal('form_not_in_case');
  }
  const dictionaries = await loadDictionaries(tx);
  const filled: Filled[] = [];
  for (const { form, rights } of open) {
    const asked = task.kind === 'revise' || form.key === own || sent[form.key] !== undefined;
    if (!asked) continue;
    const ground = sent[form.key] ?? groundOf(form, env);
    filled.push(await fillForGood(tx, work, form, ground, { env, rights, dictionaries }));
  }
  return filled;
}
