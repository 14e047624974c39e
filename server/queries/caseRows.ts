import { select, type Values } from '../db/sql.ts';
import type { Reader } from '../db/handle.ts';
import { flowVersions, stageVersions } from '../db/tables.ts';
import type { CaseState, Decision, Outcome } from '../flow/model.ts';
import { daysHeld } from '../lifecycle/calendar.ts';
import type { Person } from '../policies.ts';
import { actionTitleIn, stepTitleIn } from './caseTimeline.ts';
import { pageOf, placeOf } from './cursor.ts';

/** One line of a list: what it is, where it stands, who holds it and for how long. */
export interface CaseLine {
  taskId?: string;
  caseId: string;
  title: string;
  stage: string;
  stageTitle: string;
  unitName: string;
  /** Fen. */
  amount: number | null;
  state: CaseState;
  outcome: Outcome | null;
  projectState: string;
  stepTitle: string | null;
  holders: string[];
  since: number;
  days: number;
  updatedAt: number;
  decision?: Decision | null;
  /** The decision in the step's own words. */
  decisionTitle?: string;
  returned: boolean;
}

export interface Page {
  cursor?: string;
  limit?: number;
}

type Box = 'todo' | 'done' | 'mine';

interface Raw {
  at: number;
  id: string;
  taskId: string | null;
  decision: Decision | null;
  decisionStep: string | null;
  step: string | null;
  caseId: string;
  stageVersionId: string;
  flowVersionId: string;
  state: CaseState;
  outcome: Outcome | null;
  atStep: string | null;
  updatedAt: number;
  title: string | null;
  amount: number | null;
  projectState: string;
  unitName: string;
}

const CASE = `c.id AS caseId, c.stage_version_id AS stageVersionId, c.flow_version_id AS flowVersionId, c.state AS state,
  c.outcome AS outcome, c.at_step AS atStep, c.updated_at AS updatedAt, p.title AS title, p.total_invest AS amount,
  p.state AS projectState, u.name AS unitName`;
/** Open tasks this person may decide: their own, and those of their seats in cases they did not start. */
const WAITING = "t.status = 'open' AND (t.person_id = $me OR (t.seat_id IN ($seats) AND c.initiator_id <> $me))";
const JOINS = 'JOIN projects p ON p.id = c.project_id JOIN units u ON u.id = c.unit_id';

/** `time` and `id` order the list and continue it; the longest waiting stands first in `todo`, the newest elsewhere. */
const BOXES: Record<Box, { sql: string; time: string; id: string; order: 'ASC' | 'DESC' }> = {
  todo: {
    sql: `SELECT t.opened_at AS at, t.id AS id, t.id AS taskId, NULL AS decision, NULL AS decisionStep, t.step AS step, ${CASE}
      FROM tasks t JOIN cases c ON c.id = t.case_id ${JOINS}
      WHERE ${WAITING}`,
    time: 't.opened_at',
    id: 't.id',
    order: 'ASC',
  },
  done: {
    sql: `SELECT d.created_at AS at, d.id AS id, d.task_id AS taskId, d.decision AS decision, t.step AS decisionStep, NULL AS step, ${CASE}
      FROM decisions d JOIN tasks t ON t.id = d.task_id JOIN cases c ON c.id = d.case_id ${JOINS} WHERE d.person_id = $me`,
    time: 'd.created_at',
    id: 'd.id',
    order: 'DESC',
  },
  mine: {
    sql: `SELECT c.updated_at AS at, c.id AS id, NULL AS taskId, NULL AS decision, NULL AS decisionStep, NULL AS step, ${CASE}
      FROM cases c ${JOINS} WHERE c.initiator_id = $me`,
    time: 'c.updated_at',
    id: 'c.id',
    order: 'DESC',
  },
};

/** A page of one of the three lists everybody has: to do, done, mine. */
export async function caseRows(
  reader: Reader,
  person: Person,
  box: Box,
  { cursor, limit = 20 }: Page,
  now: number,
): Promise<{ items: CaseLine[]; nextCursor: string | null }> {
  const { sql, time, id, order } = BOXES[box];
  const place = placeOf(cursor);
  const beyond = order === 'ASC' ? '>' : '<';
  const from = place ? ` AND (${time} ${beyond} $at OR (${time} = $at AND ${id} ${beyond} $id))` : '';
  const values: Values = { ...whose(person), ...place };
  const text = `${sql}${from} ORDER BY ${time} ${order}, ${id} ${order}`;
  const { items, nextCursor } = pageOf(await select<Raw>(reader, text, values, limit + 1), limit, (row) => row);
  return { items: await linesOf(reader, items, now), nextCursor };
}

/** How many tasks wait for this person: the length of their list of things to do. */
export async function countWaiting(reader: Reader, person: Person): Promise<number> {
  const sql = `SELECT COUNT(*) AS waiting FROM tasks t JOIN cases c ON c.id = t.case_id WHERE ${WAITING}`;
  const [row] = await select<{ waiting: number }>(reader, sql, whose(person));
  return row?.waiting ?? 0;
}

function whose(person: Person): Values {
  return { me: person.id, seats: person.seats.map((seat) => seat.id) };
}

async function linesOf(reader: Reader, rows: Raw[], now: number): Promise<CaseLine[]> {
  const stages = await bodies(
    reader,
    stageVersions,
    rows.map((row) => row.stageVersionId),
  );
  const flows = await bodies(
    reader,
    flowVersions,
    rows.map((row) => row.flowVersionId),
  );
  const held = await holdersOf(
    reader,
    rows.map((row) => row.caseId),
  );
  return rows.map((row) => {
    const stage = stages.get(row.stageVersionId);
    const flow = flows.get(row.flowVersionId);
    const step = row.step ?? row.atStep;
    const holding = held.filter((holder) => holder.caseId === row.caseId);
    const since = holding[0]?.since ?? row.updatedAt;
    return {
      ...(row.taskId === null ? {} : { taskId: row.taskId }),
      caseId: row.caseId,
      title: row.title ?? '（未命名草稿）',
      stage: stage?.key ?? '',
      stageTitle: stage?.title ?? '',
      unitName: row.unitName,
      amount: row.amount,
      state: row.state,
      outcome: row.outcome,
      projectState: row.projectState,
      stepTitle: flow && step !== null ? stepTitleIn(flow, step) : null,
      holders: [...new Set(holding.flatMap((holder) => holder.name ?? []))],
      since,
      days: row.state === 'ended' ? 0 : daysHeld(since, now),
      updatedAt: row.updatedAt,
      ...(row.decision === null || !flow
        ? {}
        : { decision: row.decision, decisionTitle: actionTitleIn(flow, row.decisionStep, row.decision) }),
      returned: row.state === 'returned',
    };
  });
}

async function bodies<Body>(
  reader: Reader,
  table: { find(reader: Reader, where: { id: string[] }): Promise<{ id: string; body: Body }[]> },
  ids: string[],
): Promise<Map<string, Body>> {
  const rows = await table.find(reader, { id: [...new Set(ids)] });
  return new Map(rows.map(({ id, body }) => [id, body]));
}

/** Who holds the open tasks of these cases: the people in the seat now, never the one who filled the case in. */
function holdersOf(reader: Reader, cases: string[]): Promise<{ caseId: string; since: number; name: string | null }[]> {
  const sql = `SELECT t.case_id AS caseId, t.opened_at AS since, h.name AS name FROM tasks t
    JOIN cases c ON c.id = t.case_id
    LEFT JOIN seat_holders s ON s.seat_id = t.seat_id AND s.to_at IS NULL AND s.person_id <> c.initiator_id
    LEFT JOIN people h ON h.id = COALESCE(t.person_id, s.person_id)
    WHERE t.status = 'open' AND t.case_id IN ($cases) ORDER BY t.opened_at, t.id, h.id`;
  return select(reader, sql, { cases });
}
