/**
 * The floor's two verbs, written by hand: the statements our server sends for `submit` and `approve`, one after the
 * other on mysql2's prepared statements, with the values worked out in place. No rules, no rights, no checks: what is
 * left out here is what our server's share of the time is spent on.
 *
 * `npm run bench` refuses to measure while these statements are not those of the server, and prints which differ.
 * When the server's statements change, `npm run bench -- --statements` lists them in their order for both sides;
 * add or take out the lines here and in `reads.ts`, and nothing else.
 */
import type { Pool, PoolConnection, RowDataPacket } from 'mysql2/promise';
import { newId } from '../../server/db/ids.ts';
import {
  type Asker,
  catalogue,
  type FlowState,
  insert,
  listed,
  loadCase,
  type Loaded,
  look,
  type On,
  type Row,
  row,
  rows,
  text,
  type Value,
  view,
  whoAsks,
  write,
} from './reads.ts';

/** One action as it arrives: who asks, under which key, what is sent. */
export interface Request {
  tokenHash: string;
  key: string;
  requestHash: string;
}

export interface Submission extends Request {
  caseId: string;
  data: { projectName: string; planYear: number; totalInvest: number; proposalDoc: { id: string }[] };
  /** Of the data. */
  hash: string;
}

export interface Approval extends Request {
  taskId: string;
  opinion: string;
}

async function inTransaction<T>(pool: Pool, work: (on: PoolConnection) => Promise<T>): Promise<T> {
  const on = await pool.getConnection();
  try {
    await on.query('SET TRANSACTION ISOLATION LEVEL READ COMMITTED');
    await on.beginTransaction();
    const result = await work(on);
    await on.commit();
    return result;
  } catch (error) {
    await on.rollback();
    throw error;
  } finally {
    on.release();
  }
}

async function begin(on: On, scope: string, place: Place, request: Request, now: number): Promise<Loaded> {
  const { caseId, projectId } = place;
  await write(on, 'UPDATE projects SET version = version + 1 WHERE id = ?', [projectId]);
  await write(on, 'UPDATE cases SET version = version + 1 WHERE id = ?', [caseId]);
  const found = await row(on, 'cases', 'id = ?', [caseId]);
  await look(on, 'idempotency_keys', 'scope = ? AND `key` = ?', [scope, request.key]);
  await insert(on, 'idempotency_keys', [scope, request.key, request.requestHash, 200, null, now]);
  return loadCase(on, found);
}

interface Place {
  caseId: string;
  projectId: Value;
}

/** The project of a case, looked up before anything is locked. */
async function placeOf(pool: Pool, caseId: string): Promise<Place> {
  const [found] = await pool.execute<RowDataPacket[]>('SELECT project_id AS projectId FROM cases WHERE id = ?', [
    caseId,
  ]);
  return { caseId, projectId: text((found[0] as Row | undefined)?.['projectId']) };
}

/** The case's next number of a series that may not have begun. */
async function nextNumber(on: On, name: string): Promise<number> {
  const advanced = await write(on, 'UPDATE counters SET value = value + 1 WHERE name = ?', [name]);
  if (advanced === 0) await insert(on, 'counters', [name, 1]);
  return Number((await row(on, 'counters', 'name = ?', [name]))['value']);
}

/** The step that opens now: its task in the flow's state, and who is told. */
interface Opened {
  step: string;
  title: string;
  seat: Row;
  task: Row;
}

function open(work: Loaded, seatKey: string, step: string, title: string, now: number): Opened {
  const seat = work.seats.find((candidate) => candidate['key'] === seatKey);
  if (!seat) throw new Error(`no seat ${seatKey}`);
  const task = {
    closedAt: null,
    decidedBy: null,
    decision: null,
    key: String(work.state.nextTask),
    kind: 'approve',
    openedAt: now,
    personId: null,
    round: 1,
    seatId: seat['id']!,
    status: 'open',
    step,
  };
  return { step, title, seat, task };
}

const insertTask = (on: On, caseId: string, { step, seat, task }: Opened, now: number): Promise<void> =>
  insert(on, 'tasks', [
    newId(now),
    caseId,
    task['key']!,
    step,
    'approve',
    seat['id']!,
    null,
    1,
    'open',
    now,
    null,
    now + 5 * 86_400_000,
  ]);

async function finish(
  on: On,
  work: Loaded,
  opened: Opened,
  scope: string,
  key: string,
  deed: { by: Asker; seatId: Value; action: string; step: Value; opinion: Value; from: Value; no: string },
  now: number,
): Promise<void> {
  const caseId = work.row['id']!;
  const [last] = await rows(on, 'case_log', 'WHERE case_id = ? ORDER BY seq DESC LIMIT 1', [caseId]);
  const detail = JSON.stringify({ from: deed.from, outcome: null, round: 1 });
  const line = [newId(now), caseId, Number(last?.['seq']) + 1, now, deed.by.id, deed.seatId, deed.action];
  await insert(on, 'case_log', [...line, deed.step, deed.opinion, detail]);
  const holder = work.holders.find((one) => one['seat_id'] === opened.seat['id'])?.['person_id'] ?? null;
  const payload = { text: `${deed.no} 项目申报已到“${opened.title}”环节，请您办理。`, title: `待办：${opened.title}` };
  const dedupe = `${text(caseId)}/task/${text(opened.task['key'])}/${text(holder)}`;
  const message = [newId(now), dedupe, 'inbox', holder, 'task', JSON.stringify(payload), caseId, now];
  await insert(on, 'messages', [...message, 'pending', 0, now, null, null, null]);
  await write(on, 'UPDATE idempotency_keys SET answer = ? WHERE scope = ? AND `key` = ?', [
    JSON.stringify({ caseId }),
    scope,
    key,
  ]);
}

const stateAfter = (state: FlowState, tasks: FlowState['tasks'], opened: Opened): string =>
  JSON.stringify({
    ...state,
    at: opened.step,
    nextTask: state.nextTask + 1,
    state: 'running',
    round: 1,
    tasks: [...tasks, opened.task],
  });

export async function submit(pool: Pool, { caseId, data, hash, ...request }: Submission) {
  const by = await whoAsks(pool, request.tokenHash);
  const now = Date.now();
  const scope = `${by.id} submitCase`;
  const place = await placeOf(pool, caseId);
  await inTransaction(pool, async (on) => {
    const work = await begin(on, scope, place, request, now);
    await catalogue(on);
    const projectId = work.row['project_id']!;
    const fileIds = data.proposalDoc.map(({ id }) => id);
    const siblings = (await rows(on, 'cases', 'WHERE project_id = ?', [projectId])).map((one) => one['id']!);
    const own = `WHERE id ${listed(fileIds)} AND case_id ${listed(siblings)} AND removed_at IS NULL`;
    await rows(on, 'files', own, [...fileIds, ...siblings]);
    await look(on, 'record_sources', '`key` = ?', ['planningClause']);
    await rows(on, 'dictionary_entries', 'WHERE dictionary = ? AND active = ? ORDER BY sort ASC', [
      'planningClause',
      1,
    ]);
    const titleKey = `${text(work.row['unit_id'])}|${data.planYear}|${data.projectName}`;
    await look(on, 'projects', 'title_key = ?', [titleKey]);
    const number = await nextNumber(on, `project:${data.planYear}`);
    const no = `XY-${data.planYear}-YY-${String(number).padStart(4, '0')}`;
    const doc = await nextNumber(on, `doc:${no}:SB`);
    const seatId = work.seats.find((seat) => seat['key'] === 'clerk')?.['id'] ?? null;
    const [form] = work.forms;
    const submission = [newId(now), caseId, 'declaration', form!['form_version_id']!, 1, JSON.stringify(data), hash];
    const carried = JSON.stringify({ applicantType: 'unit', applicantUnit: 'unit', uscc: 'unit' });
    await insert(on, 'submissions', [...submission, by.id, seatId, null, now, carried]);
    await write(on, `UPDATE files SET handed_in = ? WHERE id ${listed(fileIds)} AND removed_at IS NULL`, [
      1,
      ...fileIds,
    ]);
    await write(on, 'DELETE FROM task_drafts WHERE case_id = ? AND form_key = ? AND task_key = ?', [
      caseId,
      'declaration',
      'start',
    ]);
    const opened = open(work, 'projectOwner', 'owner', '项目责任人审核', now);
    await write(
      on,
      'UPDATE cases SET flow_state = ?, state = ?, outcome = ?, at_step = ?, round = ?, updated_at = ?, ended_at = ?, ' +
        'doc_no = ? WHERE id = ?',
      [
        stateAfter(work.state, [], opened),
        'running',
        null,
        'owner',
        1,
        now,
        null,
        `${no}-SB-${String(doc).padStart(2, '0')}`,
        caseId,
      ],
    );
    await insertTask(on, caseId, opened, now);
    await write(
      on,
      'UPDATE projects SET state = ?, updated_at = ?, no = ?, title = ?, plan_year = ?, total_invest = ?, ' +
        'title_key = ? WHERE id = ?',
      ['unitReview', now, no, data.projectName, data.planYear, data.totalInvest, titleKey, projectId],
    );
    const deed = { by, seatId, action: 'submit', step: null, opinion: null, from: work.project['state']!, no };
    await finish(on, work, opened, scope, request.key, deed, now);
  });
  return view(pool, caseId);
}

export async function approve(pool: Pool, { taskId, opinion, ...request }: Approval) {
  const by = await whoAsks(pool, request.tokenHash);
  const task = await row(pool, 'tasks', 'id = ?', [taskId]);
  const now = Date.now();
  const caseId = text(task['case_id']);
  const scope = `${by.id} actOnTask`;
  const place = await placeOf(pool, caseId);
  await inTransaction(pool, async (on) => {
    const work = await begin(on, scope, place, request, now);
    const opened = open(work, 'unitHead', 'head', '单位负责人签发', now);
    const done = { closedAt: now, decidedBy: by.id, decision: 'approve', status: 'done' };
    const tasks = work.state.tasks.map((one) => ({ ...one, ...done }));
    await write(
      on,
      'UPDATE cases SET flow_state = ?, state = ?, outcome = ?, at_step = ?, round = ?, updated_at = ?, ended_at = ? ' +
        'WHERE id = ?',
      [stateAfter(work.state, tasks, opened), 'running', null, 'head', 1, now, null, caseId],
    );
    await write(on, 'UPDATE tasks SET status = ?, closed_at = ? WHERE id = ? AND status = ?', [
      'done',
      now,
      taskId,
      'open',
    ]);
    const seatId = task['seat_id']!;
    await insert(on, 'decisions', [newId(now), taskId, caseId, by.id, seatId, 'approve', opinion, now]);
    await insertTask(on, caseId, opened, now);
    const no = text(work.project['no']);
    await write(on, 'UPDATE projects SET state = ?, updated_at = ?, no = ? WHERE id = ?', [
      'unitReview',
      now,
      no,
      work.row['project_id']!,
    ]);
    const deed = { by, seatId, action: 'approve', step: 'owner', opinion, from: work.project['state']!, no };
    await finish(on, work, opened, scope, request.key, deed, now);
  });
  return view(pool, caseId);
}
