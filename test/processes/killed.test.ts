import { once } from 'node:events';
import type { ChildProcess } from 'node:child_process';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { submitCase } from '../../server/commands/submitCase.ts';
import { hashToken } from '../../server/crypto.ts';
import type { Db } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import { caseLog, cases, idempotencyKeys, messages, people, submissions, tasks } from '../../server/db/tables.ts';
import type { Person } from '../../server/policies.ts';
import { sessionFor } from '../../server/queries/sessionFor.ts';
import { addSession, SESSION_KEY } from '../support/app.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { contentsOf } from '../support/district.ts';
import { openPayments, paymentOf, publishPayments } from '../support/payment.ts';
import { killed, spawnOurs } from '../support/processes.ts';
import type { Moment } from '../support/statements.ts';
import type { Order } from '../support/submitOnce.ts';

/** How many children stand ready: loading the program takes far longer than running it. */
const READY = 2;
const AMOUNT = 1_000;

describeOnEveryDatabase('a process killed between two statements', (_, engine) => {
  let db: Db;
  let url: string;
  let person: Person;
  let count = 0;
  const ready: ChildProcess[] = [];
  const next = (): ChildProcess => {
    while (ready.length <= READY) ready.push(spawnOurs(['test/support/submitOnce.ts'], {}));
    return ready.shift()!;
  };

  beforeAll(async () => {
    url = await engine.empty();
    db = engine.connect(url);
    await migrate(db, { now: Date.now });
    await publishPayments(db, Date.now());
    const clerk = await people.one(db, { login: 'jtj.clerk' });
    const token = await addSession(db, clerk?.id ?? '', Date.now());
    const found = await sessionFor(db, hashToken(SESSION_KEY, token), Date.now());
    if (found.state !== 'live') throw new Error('the clerk is not signed in');
    person = found.person;
  });
  afterAll(() => Promise.all(ready.map(killed)));

  const begun = async () => {
    const { caseIds } = await openPayments(db, { payments: 1, no: `K-${(count += 1)}` }, Date.now());
    return { caseId: caseIds[0] ?? '', key: `killed-key-${count}` };
  };
  type Begun = Awaited<ReturnType<typeof begun>>;

  /** Submits in a child; says how it ended and what it answered. */
  const inChild = async ({ caseId, key }: Begun, die: { at: number; moment: Moment } | null) => {
    const child = next();
    let answer = '';
    let complaint = '';
    child.stdout!.on('data', (text: Buffer) => (answer += String(text)));
    child.stderr!.on('data', (text: Buffer) => (complaint += String(text)));
    const order: Order = { databaseUrl: url, person, caseId, key, amount: AMOUNT, now: Date.now(), die };
    const ended = once(child, 'close');
    child.stdin!.end(`${JSON.stringify(order)}\n`);
    const [code, signal] = (await ended) as [number | null, NodeJS.Signals | null];
    if (code !== null && code !== 0) throw new Error(complaint);
    return { signal, statements: Number(answer) };
  };

  const again = ({ caseId, key }: Begun) =>
    submitCase(db, person, caseId, paymentOf(AMOUNT), { key, requestHash: 'the same' }, Date.now());

  /** All that one submission leaves behind, each exactly once. */
  const expectWhole = async ({ caseId, key }: Begun) => {
    expect(await cases.one(db, { id: caseId })).toMatchObject({ state: 'running', version: 1, atStep: 'sign' });
    expect(await idempotencyKeys.one(db, { key })).toMatchObject({ answer: { caseId } });
    const rows = await Promise.all([tasks, submissions, messages].map((table) => table.count(db, { caseId })));
    expect([...rows, await caseLog.count(db, { caseId })]).toEqual([5, 1, 5, 2]);
  };

  test('leaves nothing before the COMMIT, whichever statement was the last, and the same request then succeeds', async () => {
    const { statements } = await inChild(await begun(), null);
    expect(statements).toBeGreaterThan(10);
    for (let at = 1; at <= statements; at += 1) {
      const work = await begun();
      const before = await contentsOf(db);
      expect(await inChild(work, { at, moment: 'before' })).toMatchObject({ signal: 'SIGKILL' });
      expect({ at, ...(await contentsOf(db)) }).toEqual({ at, ...before });
      expect(await again(work)).toEqual({ caseId: work.caseId });
      await expectWhole(work);
    }
  }, 240_000);

  test('leaves all or nothing when it dies with the COMMIT under way, and the same request is answered', async () => {
    const { statements } = await inChild(await begun(), null);
    const work = await begun();
    expect(await inChild(work, { at: statements, moment: 'sent' })).toMatchObject({ signal: 'SIGKILL' });
    const row = await cases.one(db, { id: work.caseId });
    if (row?.state === 'running') await expectWhole(work);
    else expect(row).toMatchObject({ state: 'draft', version: 0 });
    expect(await again(work)).toEqual({ caseId: work.caseId });
    await expectWhole(work);
  });
});
