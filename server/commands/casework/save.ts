import type { Data } from '../../../forms/language/dialect.ts';
import type { Casework } from '../../db/casework.ts';
import { isDuplicate } from '../../db/failure.ts';
import { newId } from '../../db/ids.ts';
import { caseLog, cases, decisions, drafts, projects, tasks } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { dueAt } from '../../flow/deadline.ts';
import type { FlowState, TaskState } from '../../flow/model.ts';
import { findStep } from '../../flow/path.ts';
import { formerTask } from '../../flow/votes.ts';
import { titleKey, type ProjectFacts } from '../../lifecycle/project.ts';
import { isOver, projectState } from '../../lifecycle/states.ts';
import { refuseTwin } from './gates.ts';
import { queueEffects, type Aftermath } from './messages.ts';

/** Who did what, for the log. */
export interface Deed {
  /** Null when the system acted. */
  personId: string | null;
  seatId: string | null;
  action: string;
  step: string | null;
  opinion: string | null;
  detail: Data;
}

/** What the step changed besides the flow. */
export interface Changes {
  /** The project's number: the one it has, or the one just given. */
  projectNo: string | null;
  docNo?: string;
  /** What a form handed in just now says of the project. */
  facts?: ProjectFacts | null;
}

/** Saves a step: the case, its tasks and decisions, the project's state, a line in the log, and the messages. */
export async function saveStep(
  tx: Tx,
  work: Casework,
  after: Aftermath,
  deed: Deed,
  changes: Changes,
  now: number,
): Promise<void> {
  const { row } = work;
  const { state } = after;
  await cases.update(
    tx,
    { id: row.id },
    {
      flowState: state,
      state: state.state,
      outcome: state.outcome,
      atStep: state.at,
      round: state.round,
      updatedAt: now,
      endedAt: state.state === 'ended' ? now : null,
      docNo: changes.docNo,
    },
  );
  await saveTasks(tx, work, state, deed, now);
  await saveProject(tx, work, state, changes, now);
  await appendLog(
    tx,
    work,
    [{ ...deed, detail: { ...deed.detail, round: state.round, outcome: state.outcome } }, ...recusals(after)],
    now,
  );
  await queueEffects(tx, work, changes.projectNo, after, now);
}

async function saveTasks(tx: Tx, work: Casework, state: FlowState, deed: Deed, now: number): Promise<void> {
  const caseId = work.row.id;
  for (const task of state.tasks) {
    const stored = work.tasks.find((row) => row.taskKey === task.key);
    if (!stored) {
      await tasks.insert(tx, newTask(work, task, now));
      // What the seat was writing when the step was left by a return is there again.
      const former = formerTask(task, state.tasks);
      if (former) await drafts.amend(tx, { caseId, taskKey: former.key }, { taskKey: task.key });
    } else if (stored.status !== task.status) {
      await tasks.update(tx, { id: stored.id, status: 'open' }, { status: task.status, closedAt: task.closedAt });
      if (task.decision === null || task.decidedBy === null) continue;
      await decisions.insert(tx, {
        id: newId(now),
        taskId: stored.id,
        caseId,
        personId: task.decidedBy,
        seatId: task.seatId,
        decision: task.decision,
        opinion: deed.opinion ?? '',
        createdAt: now,
      });
    }
  }
}

function newTask({ row, flow }: Casework, task: TaskState, now: number) {
  const step = findStep(flow, task.step);
  return {
    id: newId(now),
    caseId: row.id,
    taskKey: task.key,
    step: task.step,
    kind: task.kind,
    seatId: task.seatId,
    personId: task.personId,
    round: task.round,
    status: task.status,
    openedAt: task.openedAt,
    closedAt: task.closedAt,
    dueAt: step ? dueAt(step, task.openedAt) : null,
  };
}

async function saveProject(tx: Tx, work: Casework, state: FlowState, changes: Changes, now: number): Promise<void> {
  const { project, stage } = work;
  const next = projectState(stage, state);
  const facts = changes.facts && {
    title: changes.facts.title,
    planYear: changes.facts.planYear,
    totalInvest: changes.facts.totalInvest,
    titleKey: titleKey(project.unitId, changes.facts),
  };
  // A project that lives no longer gives its name free.
  const free = isOver(next) ? { titleKey: null } : {};
  try {
    await projects.update(
      tx,
      { id: project.id },
      { state: next, updatedAt: now, no: changes.projectNo, ...facts, ...free },
    );
  } catch (error) {
    // Two declarations of one name at once: the second meets the unique key behind the gate.
    if (!isDuplicate(error, projects, ['titleKey'])) throw error;
    refuseTwin(now);
  }
}

/** Seats that would have reviewed their own unit's project: each has its line, though nobody acted. */
function recusals({ state, effects }: Aftermath): Deed[] {
  return effects.flatMap((effect) => {
    if (effect.type !== 'recused') return [];
    const { seatId, task } = effect;
    const step = state.tasks.find(({ key }) => key === task)?.step ?? null;
    return [{ personId: null, seatId, action: 'recuse', step, opinion: null, detail: { round: state.round } }];
  });
}

/** Adds lines to the case's log, behind those it has. */
export async function appendLog(tx: Tx, { row }: Pick<Casework, 'row'>, deeds: Deed[], now: number): Promise<void> {
  const [last] = await caseLog.find(tx, { caseId: row.id }, { order: [['seq', 'desc']], limit: 1 });
  const next = (last?.seq ?? 0) + 1;
  await caseLog.insertMany(
    tx,
    deeds.map((deed, at) => ({ id: newId(now), caseId: row.id, seq: next + at, at: now, ...deed })),
  );
}
