import { expect, test } from '@jest/globals';
import { claimMessages, completeMessage, countSecretScreening, lockCase, nextCounter } from '../../server/db/claim.ts';
import type { Db } from '../../server/db/connection.ts';
import { newId } from '../../server/db/ids.ts';
import { caseLog, cases, messages, secretScreenings } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { oneCase } from './rows.ts';

const LEASE = 1000;
const times = <T>(count: number, make: (index: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));

async function withMessages(db: Db, count: number, runAt = 0): Promise<void> {
  const { personId } = await oneCase(db);
  await inTransaction(db, (tx) =>
    messages.insertMany(
      tx,
      times(count, (index) => ({
        id: newId(1),
        dedupeKey: `m${index}`,
        channel: 'inbox',
        personId,
        kind: 'taskOpened',
        payload: {},
        createdAt: 0,
        status: 'pending' as const,
        attempts: 0,
        runAt,
      })),
    ),
  );
}

describeOnEveryDatabase('the drawer', (open) => {
  test('locking a case counts its version up and returns it; one that does not exist is no row', async () => {
    const db = await open();
    const { caseId } = await oneCase(db);
    const lock = (id: string) => inTransaction(db, (tx) => lockCase(tx, id));
    expect(await lock(caseId)).toMatchObject({ id: caseId, version: 1 });
    expect(await lock(caseId)).toMatchObject({ version: 2 });
    expect(await lock(newId(1))).toBeNull();
    expect((await cases.one(db, { id: caseId }))?.version).toBe(2);
  });

  test('behind the lock, what is read is what is true: no two commands take the same number', async () => {
    const db = await open();
    const { caseId, personId } = await oneCase(db);
    const line = () =>
      inTransaction(db, async (tx) => {
        await lockCase(tx, caseId);
        const seq = (await caseLog.count(tx, { caseId })) + 1;
        await caseLog.insert(tx, { id: newId(1), caseId, seq, at: 1, personId, action: 'approve', detail: {} });
      });
    await Promise.all(times(12, line));
    const lines = await caseLog.find(db, { caseId }, { order: [['seq', 'asc']] });
    expect(lines.map(({ seq }) => seq)).toEqual(times(12, (index) => index + 1));
    expect((await cases.one(db, { id: caseId }))?.version).toBe(12);
  });

  test('of many who saw the same version one gets the case', async () => {
    const db = await open();
    const { caseId } = await oneCase(db);
    const act = () =>
      inTransaction(db, async (tx) => {
        if ((await lockCase(tx, caseId))?.version !== 1) throw new Error('stale');
      });
    const attempts = await Promise.allSettled(times(8, act));
    expect(attempts.filter(({ status }) => status === 'fulfilled')).toHaveLength(1);
    expect((await cases.one(db, { id: caseId }))?.version).toBe(1);
  });

  test('numbers of a series are handed out once, without a gap, also when many start it at once', async () => {
    const db = await open();
    const numbers = await Promise.all(times(10, () => inTransaction(db, (tx) => nextCounter(tx, 'project-2027'))));
    expect(numbers.sort((a, b) => a - b)).toEqual(times(10, (index) => index + 1));
    const undone = inTransaction(db, async (tx) => {
      await nextCounter(tx, 'project-2027');
      throw new Error('no');
    });
    await expect(undone).rejects.toThrow('no');
    expect(await inTransaction(db, (tx) => nextCounter(tx, 'project-2027'))).toBe(11);
    expect(await inTransaction(db, (tx) => nextCounter(tx, 'project-2028'))).toBe(1);
  });

  test('secret screenings are counted by day and unit', async () => {
    const db = await open();
    const { unitId } = await oneCase(db);
    await Promise.all(times(3, () => inTransaction(db, (tx) => countSecretScreening(tx, '2027-03-01', unitId))));
    await inTransaction(db, (tx) => countSecretScreening(tx, '2027-03-02', unitId));
    expect(await secretScreenings.find(db, {}, { order: [['day', 'asc']] })).toEqual([
      { day: '2027-03-01', unitId, count: 3 },
      { day: '2027-03-02', unitId, count: 1 },
    ]);
  });
});

describeOnEveryDatabase('leases', (open) => {
  test('only what is due is claimed, oldest first, up to the limit', async () => {
    const db = await open();
    await withMessages(db, 3, 50);
    expect(await claimMessages(db, 49, LEASE)).toEqual([]);
    const claims = await claimMessages(db, 50, LEASE, 2);
    expect(claims.map(({ dedupeKey, attempts, leaseUntil }) => [dedupeKey, attempts, leaseUntil])).toEqual([
      ['m0', 1, 50 + LEASE],
      ['m1', 1, 50 + LEASE],
    ]);
  });

  test('workers that claim at once share the messages and none is taken twice', async () => {
    const db = await open();
    await withMessages(db, 30);
    const taken = (await Promise.all(times(6, () => claimMessages(db, 1, LEASE, 30)))).flat();
    expect(new Set(taken.map(({ id }) => id)).size).toBe(taken.length);
    expect(taken).toHaveLength(30);
  });

  test('a lease that ran out is claimed by another, and the late worker completes nothing', async () => {
    const db = await open();
    await withMessages(db, 1);
    const [late] = await claimMessages(db, 10, LEASE);
    expect(await claimMessages(db, 10 + LEASE - 1, LEASE)).toEqual([]);
    const [next] = await claimMessages(db, 10 + LEASE, LEASE);
    expect(next).toMatchObject({ id: late!.id, attempts: 2 });

    const settle = (claim: typeof late, at: number) =>
      inTransaction(db, (tx) => completeMessage(tx, claim!, { status: 'delivered', at }));
    expect(await settle(late, 1)).toBe(false);
    expect(await settle(next, 2)).toBe(true);
    expect(await settle(next, 3)).toBe(false);
    expect(await messages.one(db, { id: late!.id })).toMatchObject({
      status: 'delivered',
      deliveredAt: 2,
      leaseUntil: null,
      attempts: 2,
    });
    expect(await claimMessages(db, 1_000_000, LEASE)).toEqual([]);
  });

  test('a failed delivery waits until its next time; one given up is never claimed again', async () => {
    const db = await open();
    await withMessages(db, 1);
    const settle = async (now: number, settled: Parameters<typeof completeMessage>[2]) => {
      const [claim] = await claimMessages(db, now, LEASE);
      return inTransaction(db, (tx) => completeMessage(tx, claim!, settled));
    };
    expect(await settle(0, { status: 'pending', runAt: 500, error: 'offline' })).toBe(true);
    expect(await claimMessages(db, 499, LEASE)).toEqual([]);
    expect(await settle(500, { status: 'dead', error: 'gone' })).toBe(true);
    expect(await messages.find(db, {})).toMatchObject([{ status: 'dead', lastError: 'gone', attempts: 2 }]);
    expect(await claimMessages(db, 1_000_000, LEASE)).toEqual([]);
  });
});
