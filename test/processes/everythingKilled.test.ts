import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect, type Db } from '../../server/db/connection.ts';
import { completeMessage, type Claim } from '../../server/db/claim.ts';
import { migrate } from '../../server/db/migrate.ts';
import {
  caseLog,
  cases,
  idempotencyKeys,
  inboxItems,
  messages,
  submissions,
  tasks,
  type CaseLogRow,
} from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { describeOnMariadb } from '../support/database.ts';
import type { Actor } from '../support/district.ts';
import { openPayments, paymentOf, publishPayments } from '../support/payment.ts';
import { atEach, startServerProcess, type ServerProcess } from '../support/processes.ts';

const PROJECTS = 50;
const EACH = 10;
const ALL = PROJECTS * EACH;
const CLIENTS = 40;
/** So many have been answered when everything is killed. */
const ENOUGH = 120;

describeOnMariadb(
  'everything killed during 500 concurrent submissions',
  (mariadb, folder) => {
    let url: string;
    let db: Db;
    let servers: ServerProcess[] = [];
    const caseIds: string[] = [];

    const start = async () => {
      const settings = ['a', 'b'].map((name) => ({ databaseUrl: url, folder: `${folder}/${name}` }));
      servers = await Promise.all(settings.map((each) => startServerProcess({ ...each, role: 'web,worker' })));
      return atEach(servers, 'jtj.clerk');
    };
    const submit = (clerks: Actor[], id: string, index: number) =>
      clerks[index % 2]!.post<{ id: string }>(`/cases/${id}/submit`, paymentOf(1_000), `all-${id}`);
    /** Sends them all, many at a time; what came back, by case: a status, or null when nobody answered. */
    const submitAll = async (clerks: Actor[], answered: (count: number) => void = () => undefined) => {
      const answers = new Map<string, number | null>();
      const queue = caseIds.map((id, index) => ({ id, index }));
      const client = async () => {
        for (let next = queue.shift(); next; next = queue.shift()) {
          const status = await submit(clerks, next.id, next.index).then(
            (answer) => answer.status,
            () => null,
          );
          answers.set(next.id, status);
          if (status === 200) answered([...answers.values()].filter((each) => each === 200).length);
        }
      };
      await Promise.all(Array.from({ length: CLIENTS }, client));
      return answers;
    };

    beforeAll(async () => {
      url = await mariadb.empty('killed');
      db = connect(url);
      await migrate(db, { now: Date.now });
      await publishPayments(db, Date.now());
      for (let project = 0; project < PROJECTS; project += 1) {
        caseIds.push(...(await openPayments(db, { payments: EACH, no: `E-${project}` }, Date.now())).caseIds);
      }
    });
    afterAll(async () => {
      await Promise.all(servers.map((server) => server.kill()));
      await db.close();
    });

    /** Case, submission, tasks, log, messages and key of every case agree: all of them there once, or none. */
    const expectNothingHalf = async (): Promise<Map<string, boolean>> => {
      const count = <Row extends { caseId: string | null }>(rows: Row[]) => {
        const found = new Map<string | null, number>();
        for (const { caseId } of rows) found.set(caseId, (found.get(caseId) ?? 0) + 1);
        return found;
      };
      const [handedIn, opened, sent] = [
        count(await submissions.find(db, {})),
        count(await tasks.find(db, {})),
        count(await messages.find(db, {})),
      ];
      const lines = count<CaseLogRow>(await caseLog.find(db, {}));
      const keys = new Map((await idempotencyKeys.find(db, {})).map(({ key, answer }) => [key, answer]));
      const done = new Map<string, boolean>();
      for (const { id, state, version, docNo } of await cases.find(db, { id: caseIds })) {
        const whole = state === 'running';
        done.set(id, whole);
        const left = [version, docNo !== null, handedIn.get(id), opened.get(id), sent.get(id), lines.get(id)];
        expect([state, ...left]).toEqual(
          whole ? ['running', 1, true, 1, 5, 5, 2] : ['draft', 0, false, undefined, undefined, undefined, 1],
        );
        expect(keys.has(`all-${id}`)).toBe(whole);
        if (whole) expect(keys.get(`all-${id}`)).toEqual({ caseId: id });
      }
      return done;
    };

    test('what was answered 200 is there once, nothing is half there, and every message arrives once', async () => {
      let clerks = await start();
      let killing: Promise<unknown> | undefined;
      const answers = await submitAll(clerks, (count) => {
        if (count >= ENOUGH) killing ??= Promise.all([mariadb.kill(), ...servers.map((server) => server.kill())]);
      });
      await killing;
      expect([...answers.values()].filter((status) => status === null || status === 503).length).toBeGreaterThan(0);

      await mariadb.start();
      const done = await expectNothingHalf();
      expect(done.size).toBe(ALL);
      for (const [id, status] of answers) if (status === 200) expect([id, done.get(id)]).toEqual([id, true]);

      // A worker that died holds a lease; its message is brought forward to a lease that ran out just now.
      const [kept] = await messages.find(db, {}, { limit: 1, order: [['id', 'asc']] });
      if (!kept) throw new Error('nothing was submitted before everything was killed');
      const late: Pick<Claim, 'id' | 'attempts'> = { id: kept.id, attempts: kept.attempts + 1 };
      await inTransaction(db, async (tx) => {
        const leased = {
          status: 'pending',
          attempts: late.attempts,
          leaseUntil: Date.now(),
          runAt: Date.now(),
        } as const;
        await messages.update(tx, { id: kept.id }, { ...leased, deliveredAt: null });
        await messages.update(tx, { status: 'pending', leaseUntil: { not: null } }, { runAt: Date.now() });
      });

      clerks = await start();
      const repeated = await submitAll(clerks);
      expect(new Set(repeated.values())).toEqual(new Set([200]));
      const all = await expectNothingHalf();
      expect([...all.values()].every(Boolean)).toBe(true);

      while ((await messages.count(db, { status: 'pending' })) > 0) await new Promise((done) => setTimeout(done, 100));
      expect(await inTransaction(db, (tx) => completeMessage(tx, late, { status: 'dead', error: 'late' }))).toBe(false);
      const sent = await messages.find(db, {});
      const received = await inboxItems.find(db, {});
      expect(sent.every(({ status }) => status === 'delivered')).toBe(true);
      expect(received.map(({ messageId }) => messageId).sort()).toEqual(sent.map(({ id }) => id).sort());
    }, 240_000);
  },
  { durable: true },
);
