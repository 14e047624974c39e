import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { cases, decisions, messages, submissions, tasks } from '../../server/db/tables.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { contentsOf, openDistrict, type Actor, type District } from '../support/district.ts';
import { MILLION, openPayments, paymentOf, publishPayments, SIGNERS } from '../support/payment.ts';

describeOnEveryDatabase('signing together', (open) => {
  let district: District;
  let clerk: Actor;
  let signers: Actor[];
  let count = 0;
  beforeAll(async () => {
    district = await openDistrict({ db: await open() });
    await publishPayments(district.db, district.time.now);
    clerk = await district.as('jtj.clerk');
    signers = await Promise.all(SIGNERS.map((login) => district.as(login)));
  });
  afterAll(() => district.close());

  /** A submitted payment, and what each signer's screen shows of it before anybody signed. */
  const submitted = async () => {
    const { caseIds } = await openPayments(district.db, { payments: 1, no: `T-${(count += 1)}` }, district.time.now);
    const id = caseIds[0] ?? '';
    await clerk.post(`/cases/${id}/submit`, paymentOf(MILLION)).then(({ ok }) => ok);
    const screens = await Promise.all(signers.map((signer) => signer.view(id)));
    const sign = (at: number, body: object = {}) =>
      signers[at]?.post<{ state: string }>(`/tasks/${screens[at]?.allowed[0]?.task ?? ''}/act`, {
        version: screens[at]?.version,
        action: 'approve',
        opinion: '',
        ...body,
      }) ?? Promise.reject(new Error('no such signer'));
    return { id, sign, screens };
  };

  test('five who saw the same version all sign at once, and the next step opens once', async () => {
    const { id, sign } = await submitted();
    const answers = await Promise.all(SIGNERS.map((_, at) => sign(at)));
    expect(answers.map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);
    expect(await decisions.count(district.db, { caseId: id })).toBe(5);
    expect(await tasks.count(district.db, { caseId: id, step: 'release' })).toBe(2);
    expect(await cases.one(district.db, { id })).toMatchObject({ atStep: 'release', version: 6 });
    const told = await messages.find(district.db, { caseId: id });
    expect(new Set(told.map(({ dedupeKey }) => dedupeKey)).size).toBe(told.length);
  });

  test('a second signature on one’s own task is refused as closed, whatever the others did', async () => {
    const { id, sign } = await submitted();
    expect((await sign(0)).status).toBe(200);
    const before = await contentsOf(district.db);
    const again = await sign(0);
    expect([again.status, again.body.error.code]).toEqual([409, 'task_closed']);
    expect(await contentsOf(district.db)).toEqual(before);
    expect((await sign(1)).status).toBe(200);
    expect(await decisions.count(district.db, { caseId: id })).toBe(2);
  });

  test('who saw it before a return is told that there is something new, also after the resubmission', async () => {
    const { id, sign } = await submitted();
    expect((await sign(0, { action: 'return', to: 'initiator', opinion: '请核对金额' })).status).toBe(200);
    const late = async () => {
      const before = await contentsOf(district.db);
      const answer = await sign(1);
      expect([answer.status, answer.body.error.code]).toEqual([409, 'stale_version']);
      expect(answer.body.error.message).toContain('请刷新后核对再办理');
      expect(await contentsOf(district.db)).toEqual(before);
    };
    await late();
    const { version, allowed } = await clerk.view(id);
    const resubmit = { version, action: 'resubmit', opinion: '', forms: { payment: { amount: 1_000, purpose: '改' } } };
    const place = `/tasks/${allowed.find(({ type }) => type === 'resubmit')?.task ?? ''}/act`;
    await clerk.post(place, resubmit).then(({ ok }) => ok);
    await late();
    expect((await signers[1]!.act(id, 'approve')).status).toBe(200);
  });

  test('what a colleague wrote into the same field meanwhile is not written over unseen', async () => {
    const { id, sign } = await submitted();
    const note = (text: string) => ({ forms: { payment: { note: text } } });
    expect((await sign(0, note('同意，请尽快'))).status).toBe(200);
    const over = await sign(1, note('我也写一句'));
    expect([over.status, over.body.error.code]).toEqual([409, 'stale_version']);
    expect((await sign(2)).status).toBe(200);
    const seen = await signers[1]!.act(id, 'approve', note('同意，请尽快；已核'));
    expect(seen.status).toBe(200);
    const handedIn = await submissions.find(district.db, { caseId: id }, { order: [['revision', 'asc']] });
    expect(handedIn.map(({ data }) => data['note'] ?? null)).toEqual([null, '同意，请尽快', '同意，请尽快；已核']);
  });

  test('a version nobody has seen yet is no current one', async () => {
    const { sign, screens } = await submitted();
    const ahead = await sign(0, { version: (screens[0]?.version ?? 0) + 1 });
    expect([ahead.status, ahead.body.error.code]).toEqual([409, 'stale_version']);
  });
});
