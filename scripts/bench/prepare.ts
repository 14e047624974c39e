/** What the bench works on: one draft written through the interface, multiplied by SQL. */
import { mkdirSync } from 'node:fs';
import path from 'node:path';
import mysql, { type Connection, type Pool, type RowDataPacket } from 'mysql2/promise';
import type { Data, Form } from '../../forms/language/dialect.ts';
import type { CryptoProvider } from '../../server/crypto.ts';
import { canonical } from '../../server/db/json.ts';
import { latestForm } from '../../server/db/published.ts';
import { openData, sealData } from '../../server/db/sealing.ts';
import { readEnv } from '../../server/env.ts';
import { startServer } from '../../server/main.ts';
import { sealKeysOf } from '../../server/secrets.ts';
import { softwareCrypto } from '../../server/softwareCrypto.ts';
import { writeDemoDraft } from '../demo.ts';

const PROJECT = 'jtj-campus';
const FORM = 'declaration';
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
    const form = (await latestForm(running.deps.db, FORM))?.body;
    if (!form) throw new Error(`the form ${FORM} is not published`);
    const seal = { form, crypto: softwareCrypto(await sealKeysOf(env)) };
    const connection = await mysql.createConnection(addressOf(databaseUrl));
    try {
      return { clerkToken, ownerToken, declaration: await multiply(connection, caseId, count, seal) };
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
async function multiply(
  connection: Connection,
  caseId: string,
  count: number,
  { form, crypto }: { form: Form; crypto: CryptoProvider },
): Promise<string> {
  const [[draft]] = await connection.execute<RowDataPacket[]>(
    'SELECT d.data, c.project_id FROM task_drafts d JOIN cases c ON c.id = d.case_id WHERE d.case_id = ?',
    [caseId],
  );
  const text = String(draft?.['data']);
  const stored = JSON.parse(text) as Data;
  const opened = await openData(crypto, { caseId, formKey: FORM }, stored);
  const data = opened.data as { projectName: string; proposalDoc: [{ id: string }] };
  const secret = Object.keys(stored).filter((key) => opened.data[key] !== stored[key] && !Array.isArray(stored[key]));
  const pieces = Object.fromEntries(secret.map((key) => [key, opened.data[key] ?? null]));
  const seals = await sealedCopies(connection, count, (n) =>
    sealData(crypto, form, { caseId: idOf('case', n), formKey: FORM }, pieces),
  );
  const numbered = (prefix: string) => `CONCAT('${prefix}', LPAD(LOWER(HEX(copy.n)), 12, '0'))`;
  const project = numbered(PREFIX.project);
  const id = numbered(PREFIX.case);
  const file = numbered(PREFIX.file);
  const resealed = secret.reduce(
    (sql, key) => `REPLACE(${sql}, '${canonical(stored[key])}', JSON_EXTRACT(sealed.pieces, '$.${key}'))`,
    'data',
  );
  const renamed = `REPLACE(${resealed}, '${data.projectName}', CONCAT('${nameOf(0).replace(/0.*/, '')}', copy.n, '${nameOf(0).replace(/.*0/, '')}'))`;
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
       SELECT ${values.join(', ')} FROM ${table}, (SELECT seq AS n FROM seq_1_to_${count}) AS copy JOIN ${seals} AS sealed ON sealed.n = copy.n WHERE ${where}`,
    );
  }
  return marked(data, data.projectName, data.proposalDoc[0].id);
}

/** A sealed value belongs to its case, so every copy has its own: in a table that goes with the connection. */
async function sealedCopies(connection: Connection, count: number, of: (n: number) => Promise<Data>): Promise<string> {
  await connection.query('CREATE TEMPORARY TABLE copies (n INT PRIMARY KEY, pieces TEXT NOT NULL)');
  for (let from = 1; from <= count; from += 1000) {
    const numbers = Array.from({ length: Math.min(1000, count - from + 1) }, (_, at) => from + at);
    const rows = await Promise.all(numbers.map(async (n) => [n, canonical(await of(n))]));
    await connection.query('INSERT INTO copies (n, pieces) VALUES ?', [rows]);
  }
  return 'copies';
}

function marked(data: Data, name: string, file: string): string {
  return JSON.stringify(data).replaceAll(name, NAME).replaceAll(file, FILE);
}
