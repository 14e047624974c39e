/**
 * `npx tsx scripts/bench/rehearsal.ts [submissions]`: how long one rehearsal of the declaration takes, and what a reader of
 * a case notices of it. Server, worker and reader are one process on the embedded database: the least favourable place.
 */
import { randomBytes } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import type { Form } from '../../forms/language/dialect.ts';
import { newId } from '../../server/db/ids.ts';
import { caseForms, drafts, formVersions, submissions } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { readEnv } from '../../server/env.ts';
import { startServer, type Running } from '../../server/main.ts';
import { writeDemoDraft } from '../demo.ts';
import { settings } from './prepare.ts';

const FORM = 'declaration';
const QUIET_MS = 8_000;
const PAUSE_MS = 10;

const [count = 10_000] = process.argv.slice(2).map(Number);

type Ask = <T>(method: string, place: string, body?: object) => Promise<T>;

const asking =
  (url: string, token: string | null): Ask =>
  async <T>(method: string, place: string, body?: object) => {
    const headers = {
      'Content-Type': 'application/json',
      'Idempotency-Key': randomBytes(8).toString('hex'),
      ...(token === null ? {} : { Authorization: `Bearer ${token}` }),
    };
    const answer = await fetch(`${url}/api${place}`, { method, headers, body: body && JSON.stringify(body) });
    if (!answer.ok) throw new Error(`${method} ${place} was answered ${answer.status}: ${await answer.text()}`);
    return (await answer.json()) as T;
  };

async function signedIn(url: string, login: string): Promise<Ask> {
  const { token } = await asking(url, null)<{ token: string }>('POST', '/demo/login', { login });
  return asking(url, token);
}

/** One complete declaration, handed in as often as asked for. */
async function fill({ url, deps: { db } }: Running): Promise<void> {
  const caseId = await writeDemoDraft(url ?? '', 'jtj-campus');
  const draft = await drafts.one(db, { caseId, formKey: FORM, taskKey: 'start' });
  const pinned = await caseForms.one(db, { caseId, formKey: FORM });
  if (!draft || !pinned) throw new Error('the demonstration wrote no draft');
  const { data, personId } = draft;
  const { formVersionId } = pinned;
  const version = await formVersions.one(db, { id: formVersionId });
  if (!version) throw new Error('the draft is pinned to nothing');
  const same = { caseId, formKey: FORM, formVersionId, data, personId, createdAt: Date.now(), carried: null };
  for (let start = 0; start < count; start += 1_000) {
    const rows = Array.from({ length: Math.min(1_000, count - start) }, (_, at) => ({
      ...same,
      id: newId(Date.now()),
      revision: start + at + 1,
      seatId: null,
      taskId: null,
    }));
    await inTransaction(db, async (tx) => {
      for (const row of rows) await submissions.insert(tx, version.body, row);
    });
  }
}

/** Reads the case again and again until told to stop; returns how long each answer took. */
async function reading(ask: Ask, caseId: string, isOver: () => boolean): Promise<number[]> {
  const took: number[] = [];
  while (!isOver()) {
    const start = performance.now();
    await ask('GET', `/cases/${caseId}`);
    took.push(performance.now() - start);
    await new Promise((resolve) => setTimeout(resolve, PAUSE_MS));
  }
  return took;
}

const words = (took: number[]): string => {
  const sorted = [...took].sort((a, b) => a - b);
  const at = (share: number) => (sorted[Math.floor(sorted.length * share)] ?? NaN).toFixed(1);
  return `p50 ${at(0.5)} ms, p99 ${at(0.99)} ms, longest ${at(0.9999)} ms, of ${sorted.length}`;
};

async function rehearse(admin: Ask): Promise<string> {
  const { versions } = await admin<{ versions: { id: string }[] }>('GET', `/design/forms/${FORM}`);
  const baseVersionId = versions[0]?.id ?? '';
  const { form } = await admin<{ form: Form }>('GET', `/forms/${baseVersionId}`);
  const changed = structuredClone(form);
  const [section] = Object.values(changed.properties);
  if (section?.type !== 'void') throw new Error('the declaration does not begin with a section');
  const question = {
    type: 'string',
    title: '新问题',
    'x-component': 'Text',
    'x-index': 999,
    'x-required': true,
  } as const;
  section.properties['newlyAsked'] = question;
  const place = `/design/forms/${FORM}`;
  const { version } = await admin<{ version: number }>('PUT', `${place}/draft`, {
    version: 0,
    baseVersionId,
    form: changed,
  });
  return (await admin<{ id: string }>('POST', `${place}/rehearsals`, { version, sample: null })).id;
}

const folder = mkdtempSync(path.join(tmpdir(), 'rehearsal-'));
const database = `sqlite:${path.join(folder, 'bench.db')}`;
const key = randomBytes(32).toString('hex');
const running = await startServer(readEnv({ ...settings(database, folder, key), DEMO: '1', LOG_LEVEL: 'error' }));
try {
  await fill(running);
  const caseId = await writeDemoDraft(running.url ?? '', 'jtj-campus');
  const [clerk, admin] = [
    await signedIn(running.url ?? '', 'jtj.clerk'),
    await signedIn(running.url ?? '', 'xxb.forms'),
  ];
  await reading(
    clerk,
    caseId,
    (
      (until) => () =>
        Date.now() > until
    )(Date.now() + 2_000),
  );
  const quiet = await reading(
    clerk,
    caseId,
    (
      (until) => () =>
        Date.now() > until
    )(Date.now() + QUIET_MS),
  );

  const started = performance.now();
  const id = await rehearse(admin);
  let over = false;
  const busy = reading(clerk, caseId, () => over);
  let state: { status: string; done: number; broken: number };
  do {
    await new Promise((resolve) => setTimeout(resolve, 250));
    state = await admin('GET', `/design/rehearsals/${id}`);
  } while (state.status === 'queued' || state.status === 'running');
  const seconds = (performance.now() - started) / 1000;
  over = true;
  console.log(`rehearsal: ${state.status}, ${state.done} judged, ${state.broken} broken, ${seconds.toFixed(1)} s`);
  console.log(`reading a case without it: ${words(quiet)}`);
  console.log(`reading a case beside it:  ${words(await busy)}`);
} finally {
  await running.close();
  rmSync(folder, { recursive: true, force: true });
}
