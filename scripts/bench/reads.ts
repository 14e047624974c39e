/** What the floor reads and how it writes, for its two verbs in `actions.ts`. */
import type { Connection, ResultSetHeader, RowDataPacket } from 'mysql2/promise';

export type Value = string | number | null;
export type Row = Record<string, Value>;
export type On = Pick<Connection, 'execute'>;

export interface FlowState {
  at: string | null;
  nextTask: number;
  state: string;
  round: number;
  tasks: Record<string, Value>[];
}

const COLUMNS = {
  sessions: 'id, token_hash, person_id, created_at, last_seen_at, expires_at, absolute_expires_at, revoked_at',
  people: 'id, login, name, title, phone, unit_id, status, demo',
  units: 'id, code, name, type, uscc, active',
  seat_holders: 'id, seat_id, person_id, from_at, to_at',
  seats: 'id, unit_id, `key`, title, reads_all',
  cases:
    'id, project_id, stage_key, stage_version_id, flow_version_id, doc_no, unit_id, initiator_id, state, outcome, ' +
    'at_step, round, flow_state, opened_at, updated_at, ended_at, version',
  idempotency_keys: 'scope, `key`, request_hash, status, answer, created_at',
  projects: 'id, no, title, unit_id, plan_year, state, total_invest, title_key, created_at, updated_at, version',
  case_forms: 'case_id, form_key, form_version_id',
  submissions:
    'id, case_id, form_key, form_version_id, revision, data, hash, person_id, seat_id, task_id, created_at, carried',
  task_drafts: 'case_id, form_key, task_key, person_id, data, version, saved_at',
  tasks: 'id, case_id, task_key, step, kind, seat_id, person_id, round, status, opened_at, closed_at, due_at',
  record_sources: '`key`, title, form_key, labels, scope',
  dictionary_entries: 'id, dictionary, value, label, sort, active, parent',
  files: 'id, case_id, unit_id, person_id, name, size, sha256, mime, no_secret, created_at, removed_at, handed_in',
  counters: 'name, value',
  case_log: 'id, case_id, seq, at, person_id, seat_id, action, step, opinion, detail',
  decisions: 'id, task_id, case_id, person_id, seat_id, decision, opinion, created_at',
  messages:
    'id, dedupe_key, channel, person_id, kind, payload, case_id, created_at, status, attempts, run_at, lease_until, ' +
    'delivered_at, last_error',
};
type Table = keyof typeof COLUMNS;

export async function rows(on: On, table: Table, rest: string, values: Value[] = []): Promise<Row[]> {
  const [found] = await on.execute<RowDataPacket[]>(`SELECT ${COLUMNS[table]} FROM ${table} ${rest}`, values);
  return found;
}

export async function row(on: On, table: Table, where: string, values: Value[]): Promise<Row> {
  const [found] = await rows(on, table, `WHERE ${where} LIMIT 1`, values);
  if (!found) throw new Error(`no row in ${table} where ${where}`);
  return found;
}

/** Whether there is such a row does not matter here; that it was looked for does. */
export const look = (on: On, table: Table, where: string, values: Value[]) =>
  rows(on, table, `WHERE ${where} LIMIT 1`, values);

export async function insert(on: On, table: Table, values: Value[]): Promise<void> {
  const marks = values.map(() => '?').join(', ');
  await on.execute(`INSERT INTO ${table} (${COLUMNS[table]}) VALUES (${marks})`, values);
}

export async function write(on: On, sql: string, values: Value[]): Promise<number> {
  const [result] = await on.execute<ResultSetHeader>(sql, values);
  return result.affectedRows;
}

export const listed = (values: Value[]): string => `IN (${values.map(() => '?').join(', ')})`;
export const text = (value: Value | undefined): string => String(value);

export interface Asker {
  id: string;
  name: string;
}

export async function whoAsks(on: On, tokenHash: string): Promise<Asker> {
  const session = await row(on, 'sessions', 'token_hash = ?', [tokenHash]);
  const person = await row(on, 'people', 'id = ?', [session['person_id']!]);
  await row(on, 'units', 'id = ?', [person['unit_id']!]);
  const held = await rows(on, 'seat_holders', 'WHERE person_id = ? AND to_at IS NULL', [person['id']!]);
  const ids = held.map((one) => one['seat_id']!);
  const seats = await rows(on, 'seats', `WHERE id ${listed(ids)} ORDER BY id ASC`, ids);
  const units = seats.map((seat) => seat['unit_id']!);
  await rows(on, 'units', `WHERE id ${listed(units)}`, units);
  return { id: text(person['id']), name: text(person['name']) };
}

export interface Loaded {
  row: Row;
  state: FlowState;
  project: Row;
  unit: Row;
  forms: Row[];
  submissions: Row[];
  tasks: Row[];
  seats: Row[];
  holders: Row[];
}

/** The case with everything that belongs to it; published versions were read once and are kept. */
export async function loadCase(on: On, found: Row): Promise<Loaded> {
  const caseId = found['id']!;
  const unitId = found['unit_id']!;
  const unit = await row(on, 'units', 'id = ?', [unitId]);
  const project = await row(on, 'projects', 'id = ?', [found['project_id']!]);
  await row(on, 'people', 'id = ?', [found['initiator_id']!]);
  const forms = await rows(on, 'case_forms', 'WHERE case_id = ?', [caseId]);
  const submissions = await rows(on, 'submissions', 'WHERE case_id = ? ORDER BY revision DESC', [caseId]);
  await rows(on, 'task_drafts', 'WHERE case_id = ?', [caseId]);
  const tasks = await rows(on, 'tasks', 'WHERE case_id = ? ORDER BY opened_at ASC, id ASC', [caseId]);
  const seats = await rows(on, 'seats', 'WHERE unit_id IN (?) ORDER BY id ASC', [unitId]);
  const ids = seats.map((seat) => seat['id']!);
  const holders = await rows(on, 'seat_holders', `WHERE seat_id ${listed(ids)} AND to_at IS NULL`, ids);
  const state = JSON.parse(text(found['flow_state'])) as FlowState;
  return { row: found, state, project, unit, forms, submissions, tasks, seats, holders };
}

/** Whether what may be chosen is still what was read before. */
export async function catalogue(on: On): Promise<void> {
  await row(on, 'counters', 'name = ?', ['catalogue']);
}

/** What the answer is made of: the case as it now stands, read anew. */
export async function view(on: On, caseId: string) {
  const work = await loadCase(on, await row(on, 'cases', 'id = ?', [caseId]));
  await catalogue(on);
  const ids = [...new Set([work.row['initiator_id']!, ...work.holders.map((holder) => holder['person_id']!)])];
  const names = await rows(on, 'people', `WHERE id ${listed(ids)}`, ids);
  const timeline = await rows(on, 'case_log', 'WHERE case_id = ? ORDER BY seq ASC', [caseId]);
  const seatIds = [...new Set(timeline.flatMap((line) => line['seat_id'] ?? []))];
  const seats = await rows(on, 'seats', `WHERE id ${listed(seatIds)}`, seatIds);
  const units = seats.map((seat) => seat['unit_id']!);
  await rows(on, 'units', `WHERE id ${listed(units)}`, units);
  await rows(on, 'cases', 'WHERE project_id = ? ORDER BY opened_at ASC, id ASC', [work.row['project_id']!]);
  const forms = work.submissions.map(({ data, ...rest }) => ({ ...rest, data: JSON.parse(text(data)) as unknown }));
  return { case: work.row, project: work.project, unit: work.unit, tasks: work.tasks, names, timeline, forms };
}
