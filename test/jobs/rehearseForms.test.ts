import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import { fieldsOf } from '../../forms/language/submission.ts';
import { claimRehearsal, noteRehearsal } from '../../server/db/rehearsing.ts';
import { newId } from '../../server/db/ids.ts';
import { rehearsals, submissions } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { rehearseForms } from '../../server/jobs/rehearseForms.ts';
import type { Rehearsal, Rehearsals } from '../../server/routes/contract/design.ts';
import { ADMIN, draft, latestOf, withQuestion } from '../support/design.ts';
import { openDistrict, type Actor, type District } from '../support/district.ts';

const KEY = 'declaration';
const PLACE = `/design/forms/${KEY}/rehearsals`;
const running = new AbortController().signal;

let district: District;
let admin: Actor;
beforeEach(async () => {
  district = await openDistrict();
  admin = await district.as(ADMIN);
});
afterEach(() => district.close());

const work = (signal = running) =>
  rehearseForms({ db: district.db, log: district.deps.log, clock: () => district.time.now }, district.time.now, signal);

async function ask(change: (form: Form) => Form, sample: number | null = null): Promise<Rehearsal> {
  const { id, form } = await latestOf(admin, KEY);
  const { version } = await draft(admin, change(form), id);
  return (await admin.post<Rehearsal>(PLACE, { version, sample })).ok;
}

const shown = async ({ id }: { id: string }) => (await admin.get<Rehearsal>(`/design/rehearsals/${id}`)).ok;
const required = (form: Form) => withQuestion(form, 'localisation', { 'x-required': true });

/** The same declaration, as often as it takes. */
async function multiply(count: number, change: object = {}): Promise<void> {
  const [one] = await submissions.find(district.db, { formKey: KEY }, { limit: 1 });
  if (!one) throw new Error('nothing was handed in');
  const { caseId, formKey, formVersionId, personId, seatId, taskId, createdAt, carried } = one;
  const same = { caseId, formKey, formVersionId, personId, seatId, taskId, createdAt, carried };
  const copies = Array.from({ length: count }, (_, at) => ({
    ...same,
    id: newId(district.time.now),
    revision: 100 + at + Object.keys(change).length * 10_000,
    data: { ...one.data, ...change },
  }));
  const { form } = await latestOf(admin, KEY);
  await inTransaction(district.db, async (tx) => {
    for (const copy of copies) await submissions.insert(tx, form, copy);
  });
}

describe('a rehearsal', () => {
  test('says which submissions would break, on which field, and with links', async () => {
    const { id: caseId, docNo } = await (await district.as('jtj.clerk')).declare();
    await multiply(120);
    const asked = await ask(required);
    expect(asked).toMatchObject({ status: 'queued', askedBy: '乔知夏', current: true });
    expect(await work()).toBe(121);
    const done = await shown(asked);
    expect(done).toMatchObject({ status: 'done', total: 121, done: 121, broken: 121 });
    expect(done.report).toMatchObject({
      brokenBefore: 0,
      places: [{ path: 'localisation', title: '国产化适配说明', code: 'required', count: 121 }],
    });
    expect(done.report?.cases).toHaveLength(50);
    expect(done.report?.cases[0]).toEqual({ caseId, docNo, path: 'localisation', code: 'required' });
    expect(await work()).toBe(0);
  });

  test('finds nothing in a draft that asks no more, and what was broken before is counted apart', async () => {
    await (await district.as('jtj.clerk')).declare();
    await multiply(3, { planYear: null });
    const asked = await ask((form) => withQuestion(form, 'localisation'));
    await work();
    expect(await shown(asked)).toMatchObject({ status: 'done', done: 4, broken: 0, report: { brokenBefore: 3 } });
    const again = await admin.post<Rehearsal>(PLACE, { version: 1, sample: 2 });
    await work();
    expect(await shown(again.ok)).toMatchObject({ total: 2, done: 2, report: { brokenBefore: 2 } });
  });

  test('counts what breaks anew in a submission that was broken elsewhere before, and only that', async () => {
    await (await district.as('jtj.clerk')).declare();
    await multiply(1, { planYear: null });
    const asked = await ask((form) => {
      const changed = required(form);
      const title = fieldsOf(changed).find(({ key }) => key === 'projectName')?.field;
      if (title) title.maxLength = 5;
      return changed;
    });
    await work();
    const { broken, report } = await shown(asked);
    expect(broken).toBe(2);
    expect(report?.places.map(({ path, code, count }) => [path, code, count]).sort()).toEqual([
      ['localisation', 'required', 2],
      ['projectName', 'tooLong', 2],
    ]);
  });

  test('of nothing at all is done at once', async () => {
    const asked = await ask(required);
    await work();
    expect(await shown(asked)).toMatchObject({ status: 'done', total: 0, done: 0, broken: 0 });
  });

  test('is one at a time, can be cancelled, and is not done then', async () => {
    await (await district.as('jtj.clerk')).declare();
    const asked = await ask(required);
    expect((await admin.post(PLACE, { version: 1, sample: null })).body.error.code).toBe('rehearsal_running');
    const cancel = () => admin.post<Rehearsal>(`/design/rehearsals/${asked.id}/cancel`);
    expect((await cancel()).ok.status).toBe('cancelled');
    expect((await cancel()).body.error.code).toBe('rehearsal_ended');
    expect(await work()).toBe(0);
    expect((await admin.get<Rehearsals>(PLACE)).ok.rehearsals).toMatchObject([{ status: 'cancelled' }]);
    expect((await admin.post(PLACE, { version: 1, sample: null })).status).toBe(200);
  });

  test('knows that the draft was changed since', async () => {
    const asked = await ask(required);
    const { id, form } = await latestOf(admin, KEY);
    await draft(admin, withQuestion(form, 'other'), id, 1);
    expect((await shown(asked)).current).toBe(false);
  });

  test('that its worker dropped is taken over from the beginning, and the late worker writes nothing', async () => {
    await (await district.as('jtj.clerk')).declare();
    const asked = await ask(required);
    const { db, time } = district;
    const dead = await claimRehearsal(db, time.now, 60_000);
    if (!dead) throw new Error('nothing was queued');
    expect(await work()).toBe(0);
    time.now += 60_000;
    expect(await work()).toBe(1);
    const news = { status: 'failed', endedAt: time.now, lastError: 'late' } as const;
    expect(await noteRehearsal(db, dead, news)).toBe(false);
    expect(await shown(asked)).toMatchObject({ status: 'done', broken: 1 });
  });

  test('is given back when the worker is asked to stop, and given up after three workers died of it', async () => {
    await (await district.as('jtj.clerk')).declare();
    const asked = await ask(required);
    const stopping = new AbortController();
    const half = work(stopping.signal);
    stopping.abort();
    await half;
    expect(await shown(asked)).toMatchObject({ status: 'running' });
    expect(await work()).toBe(1);
    await inTransaction(district.db, (tx) =>
      rehearsals.update(tx, { id: asked.id }, { status: 'running', attempts: 3, leaseUntil: 0 }),
    );
    expect(await work()).toBe(0);
    expect(await shown(asked)).toMatchObject({ status: 'failed' });
    expect(district.logged.join('')).toContain('表单演练失败');
  });
});
