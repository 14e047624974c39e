/** One run: its database, its programs and its prepared drafts. */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import mysql, { type RowDataPacket } from 'mysql2/promise';
import { findMariadbd, HOW_TO_GET_MARIADB, mariadbIn } from '../mariadb.ts';
import type { Action, Item } from './clients.ts';
import type { Measured } from './figures.ts';
import { addressOf, idOf, prepare, settings } from './prepare.ts';
import { Programs } from './programs.ts';
import { executedIn } from './statements.ts';

export type Target = 'server' | 'floor' | 'bare';
export const TARGETS: Target[] = ['server', 'floor', 'bare'];
export const ACTIONS: Action[] = ['submit', 'approve'];

/** Most operations of one program in one round; what is not used is left for the next. */
const MOST_AT_ONCE = 4000;

export interface Stand {
  /** Submits drafts until the limit in milliseconds; they become the cases to approve. */
  submit(target: Target, clients: number, limit: number, most?: number): Promise<Measured>;
  /** Approves what was submitted last, by whomever. */
  approve(target: Target, clients: number, limit: number): Promise<Measured>;
  /** What the database was asked meanwhile; only before `stopLogging`. */
  statementsOf(work: () => Promise<unknown>): Promise<string[]>;
  stopLogging(): Promise<void>;
  /** What is wrong with the rows, if anything: every acknowledged operation must be there once, and nothing else. */
  faults(): Promise<string[]>;
  close(): Promise<void>;
}

/** Starts everything on a folder of its own; `close` leaves nothing behind. */
export async function openStand(drafts: number): Promise<Stand> {
  const program = findMariadbd();
  if (!program) throw new Error(`MariaDB is missing: ${HOW_TO_GET_MARIADB}`);
  const folder = mkdtempSync(path.join(tmpdir(), 'bench-'));
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const mariadb = mariadbIn(program, folder, { bufferPool: '512M', logStatements: true });
  await mariadb.start();
  const databaseUrl = await mariadb.empty('bench');
  const varDir = path.join(folder, 'var');
  const sessionKey = randomBytes(32).toString('hex');
  const prepared = await prepare(databaseUrl, varDir, sessionKey, drafts);

  const programs = new Programs(settings(databaseUrl, varDir, sessionKey));
  const urls = { server: await programs.server(path.join(folder, 'server.log')), floor: await programs.floor() };
  const [load, bare] = [programs.worker('load.ts'), programs.worker('bare.ts')];
  const connection = await mysql.createConnection(addressOf(databaseUrl));

  let next = 1;
  let submitted: Item[] = [];
  const acknowledged: Record<Action, string[]> = { submit: [], approve: [] };

  async function measure(target: Target, action: Action, clients: number, limit: number, items: Item[]) {
    const job = { action, clients, limit, items, prepared };
    const measured = await (target === 'bare' ? bare({ ...job, url: null }) : load({ ...job, url: urls[target] }));
    const done = items.slice(0, measured.operations);
    acknowledged[action].push(...done.map(({ n }) => idOf('case', n)));
    return { measured, done };
  }

  return {
    async submit(target, clients, limit, most = MOST_AT_ONCE) {
      const items = Array.from({ length: Math.min(most, drafts - next + 1) }, (_, at) => ({
        n: next + at,
        taskId: null,
      }));
      const { measured, done } = await measure(target, 'submit', clients, limit, items);
      next += done.length;
      if (next > drafts) throw new Error(`${drafts} prepared drafts were not enough for this machine`);
      submitted = done;
      return measured;
    },
    async approve(target, clients, limit) {
      const numbers = new Map(submitted.map(({ n }) => [idOf('case', n), n]));
      const [open] = await connection.query<RowDataPacket[]>(
        `SELECT id, case_id FROM tasks WHERE status = 'open' AND case_id IN (?)`,
        [[...numbers.keys()]],
      );
      const items = open.map((task) => ({ n: numbers.get(String(task['case_id'])) ?? 0, taskId: String(task['id']) }));
      const { measured, done } = await measure(target, 'approve', clients, limit, items);
      submitted = submitted.filter(({ n }) => !done.some((item) => item.n === n));
      return measured;
    },
    async statementsOf(work) {
      const from = readFileSync(mariadb.generalLog).length;
      await work();
      return executedIn(readFileSync(mariadb.generalLog).subarray(from).toString());
    },
    async stopLogging() {
      await connection.query('SET GLOBAL general_log = 0');
    },
    async faults() {
      const faults: string[] = [];
      for (const [action, checks] of Object.entries(CHECKS) as [Action, string[]][]) {
        await connection.query('CREATE OR REPLACE TEMPORARY TABLE acknowledged (id CHAR(36) PRIMARY KEY)');
        for (let at = 0; at < acknowledged[action].length; at += 1000) {
          const some = acknowledged[action].slice(at, at + 1000).map((id) => [id]);
          await connection.query('INSERT INTO acknowledged VALUES ?', [some]);
        }
        for (const check of checks) {
          const [[found]] = await connection.query<RowDataPacket[]>(`SELECT COUNT(*) AS rows_found FROM ${check}`);
          const count = Number(found?.['rows_found']);
          const expected = acknowledged[action].length;
          if (count !== expected) faults.push(`${expected} ${action}: ${count} rows of ${check}`);
        }
      }
      return faults;
    },
    async close() {
      await connection.end();
      await programs.stop();
      await mariadb.kill();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** Each must count exactly the acknowledged operations: fewer are lost, more are there twice or were never answered. */
const CHECKS: Record<Action, string[]> = {
  submit: [
    'submissions',
    `acknowledged a JOIN submissions s ON s.case_id = a.id AND s.revision = 1`,
    `acknowledged a JOIN cases c ON c.id = a.id AND c.state = 'running' AND c.doc_no IS NOT NULL`,
    `acknowledged a JOIN case_log l ON l.case_id = a.id AND l.seq = 2 AND l.action = 'submit'`,
    `acknowledged a JOIN tasks t ON t.case_id = a.id AND t.task_key = '1'`,
    `acknowledged a JOIN messages m ON m.case_id = a.id AND m.dedupe_key LIKE '%/task/1/%'`,
    `acknowledged a LEFT JOIN task_drafts d ON d.case_id = a.id WHERE d.case_id IS NULL`,
  ],
  approve: [
    'decisions',
    `acknowledged a JOIN decisions d ON d.case_id = a.id AND d.decision = 'approve'`,
    `acknowledged a JOIN cases c ON c.id = a.id AND c.at_step = 'head' AND c.version = 2`,
    `acknowledged a JOIN case_log l ON l.case_id = a.id AND l.seq = 3 AND l.action = 'approve'`,
    `acknowledged a JOIN tasks t ON t.case_id = a.id AND t.task_key = '2' AND t.status = 'open'`,
    `acknowledged a JOIN messages m ON m.case_id = a.id AND m.dedupe_key LIKE '%/task/2/%'`,
  ],
};
