import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { claimMessages } from '../../server/db/claim.ts';
import { inboxItems, messages } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import type { Channel, Envelope } from '../../server/integrations/channel.ts';
import { inboxChannel } from '../../server/integrations/inbox.ts';
import { cleanExpired } from '../../server/jobs/cleanExpired.ts';
import { deliverMessages } from '../../server/jobs/deliverMessages.ts';
import { DECLARATION, openDistrict, type District } from '../support/district.ts';

const DAY = 86_400_000;

let district: District;
beforeEach(async () => {
  district = await openDistrict();
  await (await district.as('jtj.clerk')).declare();
});
afterEach(() => district.close());

const running = new AbortController().signal;
const deliver = (channel: Channel, now: number, signal = running) =>
  deliverMessages({ db: district.db, log: district.deps.log, channels: [channel] }, now, signal);

const broken: Channel = { name: 'inbox', deliver: () => Promise.reject(new Error('the line is dead')) };

describe('delivering', () => {
  test('a message reaches its person once and is done with', async () => {
    expect(await district.deliver()).toBe(1);
    expect(await district.deliver()).toBe(0);
    const inbox = await (await district.as('jtj.owner')).inbox();
    expect(inbox).toMatchObject({ unread: 1, items: [{ title: '待办：项目责任人审核', readAt: null }] });
    const sent = await messages.find(district.db, {});
    expect(sent).toMatchObject([{ status: 'delivered', attempts: 1, leaseUntil: null }]);
    // The inbox names the project; what is sent, and may leave the house, does not.
    const title = inbox.items[0]?.projectTitle ?? '';
    expect(title).toBe(DECLARATION['projectName']);
    expect(JSON.stringify(sent)).not.toContain(title);
  });

  test('reading it marks it read, for its owner alone', async () => {
    await district.deliver();
    const owner = await district.as('jtj.owner');
    const [item] = (await owner.inbox()).items;
    const place = `/messages/${item?.id ?? ''}/read`;
    expect((await (await district.as('jtj.head')).post(place)).status).toBe(404);
    expect((await owner.post(place)).status).toBe(204);
    expect((await owner.post(place)).status).toBe(204);
    expect((await owner.inbox()).unread).toBe(0);
  });

  test('a failed delivery waits longer each time and is given up after the eighth', async () => {
    let { now } = district.time;
    const pauses: number[] = [];
    for (let attempt = 1; attempt <= 8; attempt += 1) {
      expect(await deliver(broken, now)).toBe(0);
      const [row] = await messages.find(district.db, {});
      expect(row).toMatchObject({ attempts: attempt, lastError: 'the line is dead' });
      if (row?.status !== 'pending') continue;
      expect(await deliver(broken, row.runAt - 1)).toBe(0);
      pauses.push((row.runAt - now) / 1000);
      now = row.runAt;
    }
    expect(pauses).toEqual([5, 10, 20, 40, 80, 160, 320]);
    expect(await messages.find(district.db, {})).toMatchObject([{ status: 'dead', attempts: 8 }]);
    expect(await deliver(inboxChannel(district.db), now + DAY)).toBe(0);
    expect(district.logged.filter((line) => line.includes('消息未送达'))).toHaveLength(8);
  });

  test('a worker that died gives its message back; a late one completes nothing', async () => {
    const { now } = district.time;
    const [lost] = await claimMessages(district.db, now, 60_000);
    expect(await district.deliver()).toBe(0);
    district.time.now = now + 60_000;
    expect(await district.deliver()).toBe(1);
    expect(lost?.attempts).toBe(1);
    expect(await messages.find(district.db, {})).toMatchObject([{ status: 'delivered', attempts: 2 }]);
  });

  test('a delivery that could not say it had arrived is not repeated', async () => {
    const inbox = inboxChannel(district.db);
    const forgetful: Channel = {
      name: 'inbox',
      deliver: async (envelope: Envelope, signal) => {
        await inbox.deliver(envelope, signal);
        throw new Error('the answer was lost');
      },
    };
    await deliver(forgetful, district.time.now);
    district.time.now += DAY;
    expect(await district.deliver()).toBe(1);
    expect(await inboxItems.count(district.db, {})).toBe(1);
  });

  test('asked to stop, it takes nothing', async () => {
    const stopping = new AbortController();
    stopping.abort();
    expect(await deliver(inboxChannel(district.db), district.time.now, stopping.signal)).toBe(0);
    expect(await messages.find(district.db, {})).toMatchObject([{ status: 'pending', attempts: 0 }]);
  });

  test('a message for a channel nobody serves is not lost silently', async () => {
    await inTransaction(district.db, (tx) => messages.update(tx, { channel: 'inbox' }, { channel: 'pigeon' }));
    expect(await district.deliver()).toBe(0);
    expect(await messages.find(district.db, {})).toMatchObject([
      { status: 'pending', lastError: expect.stringContaining('pigeon') },
    ]);
  });
});

test('cleaning removes what nobody will ask for again, and nothing else', async () => {
  const { now } = district.time;
  const clean = (at: number) => cleanExpired({ db: district.db }, at, running);
  expect(await clean(now + 6 * DAY)).toBe(0);
  // Two keys: the screening's and the submission's.
  expect(await clean(now + 8 * DAY)).toBe(2);
  expect(await clean(now + 30 * DAY)).toBe(0);
  expect(await clean(now + 31 * DAY)).toBe(1);
});
