/** What the bench works on: one draft written through the interface, multiplied by SQL. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import mysql, { type Connection, type Pool, type RowDataPacket } from 'mysql2/promise';
import type { Data } from '../../forms/language/dialect.ts';
import { readEnv } from '../../server/env.ts';
import { startServer } from '../../server/main.ts';
import { writeDemoDraft } from '../demo.ts';

const PROJECT = 'jtj-campus';
const CLERK = 'jtj.clerk';
const OWNER = 'jtj.owner';

/** What the load generator needs to send real requests. */
export interface Prepared {
  clerkToken: string;
  ownerToken: string;
  /** The declaration as it is sent, with `NAME` and `FILE` where every draft has its own. */
  declaration: string;
}

/** Stand for a project's name and its attachment in the declaration. */
const NAME = '@name@';
const FILE = '@file@';

/** Ids of the prepared rows: they look like ours and sort in the order they were made. */
const PREFIX = {
  project: '01900000-0000-7000-8000-',
  case: '01900000-0001-7000-8000-',
  file: '01900000-0002-7000-8000-',
};
const LOG = '01900000-0003-7000-8000-';

export const idOf = (what: keyof typeof PREFIX, n: number): string => PREFIX[what] + n.toString(16).padStart(12, '0');
const nameOf = (n: number): string => `智慧校园第${n}期`;

/** The settings of every server of the bench. `demo` only while preparing: production has no demonstration. */
export const settings = (databaseUrl: string, folder: string, sessionKey: string) => ({
  DATABASE_URL: databaseUrl,
  VAR_DIR: folder,
  SESSION_KEY: sessionKey,
  HOST: '127.0.0.1',
  PORT: '0',
  RATE_LIMIT: '1000000',
});

/** Migrates, loads the district, writes one draft as its clerk would, and multiplies it `count` times. */
export async function prepare(
  databaseUrl: string,
  folder: string,
  sessionKey: string,
  count: number,
): Promise<Prepared> {
  mkdirSync(folder, { recursive: true });
  const env = readEnv({ ...settings(databaseUrl, folder, sessionKey), DEMO: '1', ROLE: 'web', LOG_LEVEL: 'error' });
  const running = await startServer(env);
  try {
    const url = running.url ?? '';
    const caseId = await writeDemoDraft(url, PROJECT);
    const [clerkToken, ownerToken] = [await signIn(url, CLERK), await signIn(url, OWNER)];
    const connection = await mysql.createConnection(addressOf(databaseUrl));
    try {
      return { clerkToken, ownerToken, declaration: await multiply(connection, caseId, count) };
    } finally {
      await connection.end();
    }
  } finally {
    await running.close();
  }
}

/** The declaration of the n-th draft as its clerk sends it, in JSON. */
export const declarationOf = ({ declaration }: Prepared, n: number): string =>
  declaration.replaceAll(NAME, nameOf(n)).replaceAll(FILE, idOf('file', n));

/** A pool as large as our server's, with the flags it sets. */
export const poolOf = (databaseUrl: string): Pool =>
  mysql.createPool({ ...addressOf(databaseUrl), connectionLimit: 20, flags: ['FOUND_ROWS'] });

/** mysql2's own reading of an address knows no `socket`. */
export function addressOf(databaseUrl: string) {
  const url = new URL(databaseUrl);
  return {
    user: url.username,
    database: path.posix.basename(url.pathname),
    socketPath: url.searchParams.get('socket') ?? undefined,
    charset: 'utf8mb4_bin',
  };
}

async function signIn(url: string, login: string): Promise<string> {
  const answer = await fetch(`${url}/api/demo/login`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ login }),
  });
  if (!answer.ok) throw new Error(`${login} could not sign in: ${await answer.text()}`);
  return ((await answer.json()) as { token: string }).token;
}

/** Copies the draft's rows under ids, names and attachments of their own; returns the declaration with marks in it. */
async function multiply(connection: Connection, caseId: string, count: number): Promise<string> {
  const [[draft]] = await connection.execute<RowDataPacket[]>(
    'SELECT d.data, c.project_id FROM task_drafts d JOIN cases c ON c.id = d.case_id WHERE d.case_id = ?',
    [caseId],
  );
  const text = String(draft?.['data']);
  const data = JSON.parse(text) as { projectName: string; proposalDoc: [{ id: string }] };
  const numbered = (prefix: string) => `CONCAT('${prefix}', LPAD(LOWER(HEX(copy.n)), 12, '0'))`;
  const project = numbered(PREFIX.project);
  const id = numbered(PREFIX.case);
  const file = numbered(PREFIX.file);
  const renamed = `REPLACE(data, '${data.projectName}', CONCAT('${nameOf(0).replace(/0.*/, '')}', copy.n, '${nameOf(0).replace(/.*0/, '')}'))`;
  const copies: [string, string, Record<string, string>][] = [
    ['projects', `id = '${String(draft?.['project_id'])}'`, { id: project }],
    ['cases', `id = '${caseId}'`, { id, project_id: project }],
    ['case_forms', `case_id = '${caseId}'`, { case_id: id }],
    ['files', `case_id = '${caseId}'`, { id: file, case_id: id }],
    [
      'task_drafts',
      `case_id = '${caseId}'`,
      { case_id: id, data: `REPLACE(${renamed}, '${data.proposalDoc[0].id}', ${file})` },
    ],
    ['case_log', `case_id = '${caseId}'`, { id: numbered(LOG), case_id: id }],
  ];
  for (const [table, where, own] of copies) {
    const [columns] = await connection.query<RowDataPacket[]>(`SHOW COLUMNS FROM ${table}`);
    const names = columns.map((column) => String(column['Field']));
    const values = names.map((name) => own[name] ?? `\`${name}\``);
    await connection.query(
      `INSERT INTO ${table} (${names.map((name) => `\`${name}\``).join(', ')})
       SELECT ${values.join(', ')} FROM ${table}, (SELECT seq AS n FROM seq_1_to_${count}) AS copy WHERE ${where}`,
    );
  }
  return marked(data, data.projectName, data.proposalDoc[0].id);
}

function marked(data: Data, name: string, file: string): string {
  return JSON.stringify(data).replaceAll(name, NAME).replaceAll(file, FILE);
}
