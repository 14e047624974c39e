import { afterAll, beforeAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { connect, type Db } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import { caseLog, cases, submissions } from '../../server/db/tables.ts';
import { describeOnMariadb } from '../support/database.ts';
import type { Actor } from '../support/district.ts';
import { openPayments, paymentOf, publishPayments } from '../support/payment.ts';
import { atEach, startServerProcess, type ServerProcess } from '../support/processes.ts';

const SENTENCE = '系统暂时繁忙，请稍后再试。';
const CASES = 60;

describeOnMariadb(
  'a database that disappears in the middle',
  (mariadb, folder) => {
    let server: ServerProcess;
    let clerk: Actor;
    let db: Db;
    let caseIds: string[];

    beforeAll(async () => {
      const url = await mariadb.empty('gone');
      db = connect(url);
      await migrate(db, { now: Date.now });
      await publishPayments(db, Date.now());
      ({ caseIds } = await openPayments(db, { payments: CASES, no: 'G-1' }, Date.now()));
      server = await startServerProcess({ databaseUrl: url, folder: `${folder}/var`, role: 'web,worker' });
      [clerk] = (await atEach([server], 'jtj.clerk')) as [Actor];
    });
    afterAll(async () => {
      await server.kill();
      await db.close();
    });

    const submit = (id: string) => clerk.post(`/cases/${id}/submit`, paymentOf(1_000), `gone-${id}`);
    const health = () => request(server.url).get('/api/health');

    test('every request is answered, nothing is half done, and the server goes on without being started again', async () => {
      expect((await health()).status).toBe(200);
      let answered = 0;
      let killing: Promise<void> | undefined;
      // Four at a time, so that the database goes while some are under way and others still to come.
      const queue = [...caseIds];
      const statuses = new Map<string, number>();
      await Promise.all(
        [1, 2, 3, 4].map(async () => {
          for (let id = queue.shift(); id !== undefined; id = queue.shift()) {
            const { status, body } = await submit(id);
            statuses.set(id, status);
            if (status !== 200)
              expect([status, body.error.code, body.error.message]).toEqual([503, 'unavailable', SENTENCE]);
            answered += 1;
            if (answered === CASES / 3) killing = mariadb.kill();
          }
        }),
      );
      await killing;
      const tally = [...statuses.values()].filter((status) => status === 200).length;
      expect(tally).toBeGreaterThanOrEqual(CASES / 3);
      expect(statuses.size).toBe(CASES);
      expect(tally).toBeLessThan(CASES);

      const ill = await health();
      expect([ill.status, (ill.body as { error: { code: string } }).error.code]).toEqual([503, 'unavailable']);
      const draft = await clerk.put(`/cases/${caseIds[0] ?? ''}/draft`, { form: 'payment', data: {}, draftVersion: 0 });
      expect([draft.status, draft.body.error.code]).toEqual([503, 'unavailable']);
      const login = await request(server.url).post('/api/demo/login').send({ login: 'jtj.head' });
      expect(login.status).toBe(503);

      await mariadb.start();
      expect((await health()).status).toBe(200);
      for (const row of await cases.find(db, { id: caseIds })) {
        const lines = await caseLog.count(db, { caseId: row.id });
        const handedIn = await submissions.count(db, { caseId: row.id });
        expect([row.state, row.version, lines, handedIn]).toEqual(
          row.state === 'draft' ? ['draft', 0, 1, 0] : ['running', 1, 2, 1],
        );
        if (statuses.get(row.id) === 200) expect(row.state).toBe('running');
      }
      // The same requests with the same keys: what was done is answered, what was not is done.
      for (const id of caseIds) expect((await submit(id)).status).toBe(200);
      expect(await submissions.count(db, { caseId: caseIds })).toBe(CASES);
      expect(server.child.exitCode).toBeNull();
    });
  },
  { durable: true },
);
