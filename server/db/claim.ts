import { isDuplicate } from './failure.ts';
import type { Db, Reader, Tx } from './handle.ts';
import { execute, select } from './sql.ts';
import {
  cases,
  counters,
  messages,
  plans,
  secretScreenings,
  type CaseRow,
  type MessageRow,
  type PlanRow,
} from './tables.ts';
import { inTransaction } from './transaction.ts';

/** The project of a case, which never changes; null when there is no such case. */
export async function projectOf(reader: Reader, caseId: string): Promise<string | null> {
  const sql = 'SELECT project_id AS projectId FROM cases WHERE id = $caseId';
  const [row] = await select<{ projectId: string }>(reader, sql, { caseId });
  return row?.projectId ?? null;
}

/**
 * The first statement of a command: counts the project's version up, which takes the row's lock on every engine. The
 * project comes before its cases, whoever locks them. Returns whether there is such a project.
 */
export async function lockProject(tx: Tx, projectId: string): Promise<boolean> {
  return (await execute(tx, 'UPDATE projects SET version = version + 1 WHERE id = $projectId', { projectId })) === 1;
}

/** Behind the project's lock: counts the case's version up and returns the row as it now is; null when there is none. */
export async function lockCase(tx: Tx, caseId: string): Promise<CaseRow | null> {
  const matched = await execute(tx, 'UPDATE cases SET version = version + 1 WHERE id = $id', { id: caseId });
  return matched === 1 ? cases.one(tx, { id: caseId }) : null;
}

/** Before its projects and their cases: counts the plan's version up; null where the year has no plan yet. */
export async function lockPlan(tx: Tx, year: number): Promise<PlanRow | null> {
  const matched = await execute(tx, 'UPDATE plans SET version = version + 1 WHERE year = $year', { year });
  return matched === 1 ? plans.one(tx, { year }) : null;
}

/** Takes the case's lock for what changes no version; the row as it now is, or null when there is no such case. */
export async function holdCase(tx: Tx, caseId: string): Promise<CaseRow | null> {
  const matched = await execute(tx, 'UPDATE cases SET version = version WHERE id = $id', { id: caseId });
  return matched === 1 ? cases.one(tx, { id: caseId }) : null;
}

/** The next number of a series, from 1, without a gap: it is handed back when the transaction rolls back. */
export async function nextCounter(tx: Tx, name: string): Promise<number> {
  const advance = () => execute(tx, 'UPDATE counters SET value = value + 1 WHERE name = $name', { name });
  await advanceOrStart(advance, () => counters.insert(tx, { name, value: 1 }));
  const row = await counters.one(tx, { name });
  if (!row) throw new Error(`The counter ${name} vanished`);
  return row.value;
}

/** Counts one project held back as secret: the day and the unit, and nothing about the project. */
export async function countSecretScreening(tx: Tx, day: string, unitId: string): Promise<void> {
  const advance = () =>
    execute(tx, 'UPDATE secret_screenings SET count = count + 1 WHERE day = $day AND unit_id = $unitId', {
      day,
      unitId,
    });
  await advanceOrStart(advance, () => secretScreenings.insert(tx, { day, unitId, count: 1 }));
}

/** Two transactions may start a series at once; the one whose insert is refused counts up what the other began. */
async function advanceOrStart(advance: () => Promise<number>, start: () => Promise<void>): Promise<void> {
  if ((await advance()) > 0) return;
  try {
    await start();
  } catch (error) {
    if (!isDuplicate(error)) throw error;
    await advance();
  }
}

/** A message leased to one worker. `attempts` is the fencing token: it moves with every claim. */
export type Claim = MessageRow & { leaseUntil: number };

/**
 * Leases up to `limit` due messages. Candidates are read without a lock and then taken one by one with a
 * compare-and-set on the attempt counter, so two workers never hold the same attempt. A lease that ran out is due again.
 */
export async function claimMessages(db: Db, now: number, leaseMs: number, limit = 20): Promise<Claim[]> {
  const due = { status: 'pending', runAt: { lte: now } } as const;
  const candidates = await messages.find(db, due, {
    order: [
      ['runAt', 'asc'],
      ['id', 'asc'],
    ],
    limit,
  });
  if (candidates.length === 0) return [];
  const leaseUntil = now + leaseMs;
  return inTransaction(db, async (tx) => {
    const claims: Claim[] = [];
    for (const { id, attempts, runAt } of candidates) {
      // While leased, `runAt` is the end of the lease: one index finds both what is new and what was dropped.
      const patch = { attempts: attempts + 1, leaseUntil, runAt: leaseUntil };
      const taken = await messages.update(tx, { id, attempts, runAt, status: 'pending' }, patch);
      const row = taken === 1 ? await messages.one(tx, { id }) : null;
      if (row) claims.push({ ...row, leaseUntil });
    }
    return claims;
  });
}

export type Settled =
  | { status: 'delivered'; at: number }
  | { status: 'pending'; runAt: number; error: string }
  | { status: 'dead'; error: string };

/**
 * Writes down how a delivery ended: sent, to be tried again, or given up. Returns false, and writes nothing, when the
 * lease has passed to another worker meanwhile.
 */
export async function completeMessage(
  tx: Tx,
  claim: Pick<Claim, 'id' | 'attempts'>,
  settled: Settled,
): Promise<boolean> {
  const patch =
    settled.status === 'delivered'
      ? { status: settled.status, deliveredAt: settled.at, lastError: null }
      : settled.status === 'pending'
        ? { status: settled.status, runAt: settled.runAt, lastError: settled.error }
        : { status: settled.status, lastError: settled.error };
  const own = { id: claim.id, attempts: claim.attempts, status: 'pending' } as const;
  return (await messages.update(tx, own, { ...patch, leaseUntil: null })) === 1;
}
