import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import type { Data } from '../../forms/language/dialect.ts';
import { people, seatHolders } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import { openDistrict, type Actor, type District } from '../support/district.ts';
import { ANSWERS, beginEverything, districtWithEverything, publishEverything } from '../support/everything.ts';
import { mistakesIn } from '../../server/commands/publishing/inspect.ts';

type Found = { items: { id: string; label: string; note: string | null }[] };

/** One white dot. */
const PNG = Buffer.from(
  'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mP8z8BQDwAEhQGAhKmMIQAAAABJRU5ErkJggg==',
  'base64',
);

let district: District;
let clerk: Actor;

beforeAll(async () => {
  district = await openDistrict();
  await publishEverything(district.db, district.time.now);
  clerk = await district.as('jtj.clerk');
});
afterAll(() => district.close());

const look = async (actor: Actor, source: string, rest = '') =>
  (await actor.get<Found>(`/references/${source}${rest}`)).ok.items;
const search = (words: string) => `?q=${encodeURIComponent(words)}`;

/** Uploads a picture as the signature pad does. */
async function sign(actor: Actor, caseId: string): Promise<{ id: string; name: string; size: number }> {
  const answer = await request(district.url)
    .post(`/api/cases/${caseId}/files`)
    .set('Authorization', `Bearer ${actor.token}`)
    .field('noSecret', 'true')
    .attach('file', PNG, { filename: '签名.png', contentType: 'image/png' });
  expect(answer.status).toBe(200);
  return answer.body as { id: string; name: string; size: number };
}

const begin = (rest: { login?: string; projectId?: string } = {}) =>
  beginEverything(district.db, district.time.now, rest);
const submit = (actor: Actor, caseId: string, everything: Data) =>
  actor.post<CaseView>(`/cases/${caseId}/submit`, { version: 0, forms: { everything } });
const refused = async (caseId: string, everything: Data, code: string, field: string) => {
  const { status, body } = await submit(clerk, caseId, everything);
  expect([status >= 400, body.error?.code]).toEqual([true, code]);
  expect(body.error.message).toContain(field);
};
const personNamed = async (name: string) => (await look(clerk, 'person', search(name)))[0] ?? { id: '', label: '' };

describe('people and seats', () => {
  test('people are found by name, unit and seat, each once with all their seats', async () => {
    const [owner] = await look(clerk, 'person', search('顾听澜'));
    expect(owner).toMatchObject({ label: '顾听澜', note: '区教育体育局 项目责任人' });
    expect((await look(clerk, 'person', search('信息办'))).length).toBeGreaterThan(0);
    const all = await look(clerk, 'person');
    expect(new Set(all.map(({ id }) => id)).size).toBe(all.length);
  });

  test('seats are found with whoever sits there', async () => {
    expect(await look(clerk, 'seat', search('区教育体育局 项目责任人'))).toMatchObject([
      { label: '区教育体育局 项目责任人', note: '顾听澜' },
    ]);
  });

  test('who left the seat is found no more and cannot be named anew, but stays where they were handed in', async () => {
    const { caseId } = await begin();
    const leaving = await personNamed('沈怀川');
    const sent = { ...ANSWERS, user: { id: leaving.id, label: '改了名字' }, sign: await sign(clerk, caseId) };
    const filed = (await submit(clerk, caseId, sent)).ok;
    expect(filed.forms[0]?.data['user']).toEqual({ id: leaving.id, label: leaving.label });
    const seated = await seatHolders.find(district.db, { personId: leaving.id, toAt: null });
    const { now } = district.time;
    const move = (toAt: number | null, ids: string[]) =>
      inTransaction(district.db, (tx) => seatHolders.update(tx, { id: ids }, { toAt }));
    const owner = await district.as('jtj.owner');
    await owner.act(caseId, 'return', { to: 'initiator', opinion: '请核对' }).then(({ ok }) => ok);
    const ids = seated.map(({ id }) => id);
    await move(now, ids);
    try {
      expect(await look(clerk, 'person', search(leaving.label))).toEqual([]);
      const { caseId: second } = await begin();
      const again = { ...ANSWERS, user: { id: leaving.id, label: leaving.label }, sign: await sign(clerk, second) };
      await refused(second, again, 'invalid_value', '联系人');
      // Who amends a form sees it in full; who only reads it sees numbers masked.
      const kept = (await clerk.view(caseId)).forms[0]?.data ?? {};
      await clerk.act(caseId, 'resubmit', { forms: { everything: kept } }).then(({ ok }) => ok);
    } finally {
      await move(null, ids);
    }
  });

  test('a person or a seat that does not exist is refused, in a column of a table too', async () => {
    const { caseId } = await begin();
    const user = await personNamed('顾听澜');
    const stranger = { id: caseId, label: '不存在的人' };
    const whole = { ...ANSWERS, user: { id: user.id, label: user.label }, sign: await sign(clerk, caseId) };
    await refused(caseId, { ...whole, user: stranger }, 'invalid_value', '联系人');
    await refused(caseId, { ...whole, seat: stranger }, 'invalid_value', '移交席位');
    await refused(caseId, { ...whole, rows: [{ who: stranger }] }, 'invalid_value', '人员');
    const rows = [{ who: { id: user.id, label: '别名' }, part: 50 }];
    const { data } = (await submit(clerk, caseId, { ...whole, rows })).ok.forms[0] ?? {};
    expect(data?.['rows']).toEqual([{ who: { id: user.id, label: '顾听澜' }, part: 50 }]);
  });
});

describe('a signature', () => {
  test('is a picture of this project, kept under the name we know', async () => {
    const { caseId } = await begin();
    const { caseId: elsewhere } = await begin();
    const user = await personNamed('顾听澜');
    const whole: Data = { ...ANSWERS, user: { id: user.id, label: user.label } };
    const { id, name, size } = await clerk.attach(caseId);
    const document: Data = { id: id ?? '', name: name ?? '', size: size ?? 0 };
    await refused(caseId, { ...whole, sign: document }, 'invalid_value', '经办人签名');
    await refused(caseId, { ...whole, sign: await sign(clerk, elsewhere) }, 'file_not_in_case', '经办人签名');
    const mine = await sign(clerk, caseId);
    const row = { who: { id: user.id, label: user.label }, signed: document };
    await refused(caseId, { ...whole, sign: mine, rows: [row] }, 'invalid_value', '本人签名');
    const filed = (await submit(clerk, caseId, { ...whole, sign: { ...mine, name: '改名.png', size: 1 } })).ok;
    expect(filed.forms[0]?.data['sign']).toEqual(mine);
    const owner = await district.as('jtj.owner');
    const seen = await request(district.url).get(`/api/files/${mine.id}`).set('Authorization', `Bearer ${owner.token}`);
    expect([seen.status, seen.headers['content-type']]).toEqual([200, 'image/png']);
  });
});

describe('approved records', () => {
  test('are found by the fields that name them, once their case is approved, by their unit and project alone', async () => {
    const { caseId, projectId } = await begin();
    const user = await personNamed('顾听澜');
    const sent = { ...ANSWERS, user: { id: user.id, label: user.label }, sign: await sign(clerk, caseId) };
    await submit(clerk, caseId, { ...sent, expertName: '纪明远' }).then(({ ok }) => ok);
    expect(await look(clerk, 'review', search('纪明远'))).toEqual([]);
    await (await district.as('jtj.owner')).act(caseId, 'approve').then(({ ok }) => ok);
    const [record] = await look(clerk, 'review', search('纪明远'));
    expect(record).toEqual({ id: caseId, label: '纪明远 九江学院', note: '浔阳区智慧社区综合服务平台' });
    expect(await look(clerk, 'case', search('智慧社区'))).toMatchObject([{ id: caseId, note: '评审登记' }]);
    const stranger = await district.as('wjw.clerk');
    expect(await look(stranger, 'review')).toEqual([]);

    const { caseId: theirs } = await begin({ login: 'wjw.clerk', projectId });
    expect(await look(stranger, 'review', `?case=${theirs}`)).toMatchObject([{ id: caseId }]);
    const { caseId: next } = await begin();
    const before = { id: caseId, label: '随便' };
    const filed = (await submit(clerk, next, { ...sent, before, sign: await sign(clerk, next) })).ok;
    expect(filed.forms[0]?.data['before']).toEqual({ id: caseId, label: '纪明远 九江学院' });
    const { caseId: third } = await begin();
    const unapproved = { ...sent, before: { id: next, label: '未办结' }, sign: await sign(clerk, third) };
    await refused(third, unapproved, 'invalid_value', '以前的评审');
  });

  test('of a case are looked up by who fills it in and nobody else', async () => {
    const { caseId } = await begin();
    const stranger = await district.as('wjw.clerk');
    for (const source of ['review', 'person', 'project']) {
      expect((await stranger.get(`/references/${source}?case=${caseId}`)).status).toBe(404);
    }
    expect((await clerk.get('/references/nothing')).status).toBe(404);
    expect((await clerk.get('/references/person?case=1')).status).toBe(400);
  });

  test('a source nobody could name a record of is not published', async () => {
    const whole = await districtWithEverything();
    const source = { title: '评审登记', form: 'everything', label: ['nothing'], of: 'applicant' as const };
    const words = (sources: typeof whole.sources) => mistakesIn({ ...whole, sources }).join('\n');
    expect(words({ ...whole.sources, review: source })).toContain('名称字段“nothing”不是表单“everything”的字段');
    expect(words({ ...whole.sources, review: { ...source, label: [] } })).toContain('没有写明用哪些字段作名称');
    expect(words({ ...whole.sources, review: { ...source, form: 'gone' } })).toContain('表单“gone”不存在');
    expect(words(whole.sources)).toBe('');
  });

  test('nobody without a seat is told who sits where', async () => {
    const visitor = await people.one(district.db, { login: 'wjw.clerk' });
    const seated = await seatHolders.find(district.db, { personId: visitor?.id ?? '', toAt: null });
    const move = (toAt: number | null) =>
      inTransaction(district.db, (tx) => seatHolders.update(tx, { id: seated.map(({ id }) => id) }, { toAt }));
    await move(district.time.now);
    try {
      expect(await look(await district.as('wjw.clerk'), 'person')).toEqual([]);
    } finally {
      await move(null);
    }
  });
});
