import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request, { type Response } from 'supertest';
import type { Data } from '../../forms/language/dialect.ts';
import { submissions } from '../../server/db/tables.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import { contentsOf, openDistrict, type Actor, type District } from '../support/district.ts';

let district: District;
let clerk: Actor;
let draft: CaseView;
let data: Data;
let keys = 0;

beforeAll(async () => {
  district = await openDistrict();
  clerk = await district.as('jtj.clerk');
  // Everybody who asks below is signed in before anything is counted.
  for (const login of ['jtj.owner', 'wjw.clerk', 'wjw.head', 'xxb.intake', 'fgw.reviewer']) await district.as(login);
  draft = await clerk.start();
  data = await clerk.declaration(draft);
});
afterAll(() => district.close());

/** Sends bytes as they are, as a program that does not know our client would. */
function send(place: string, body: string, headers: Record<string, string> = {}): Promise<Response> {
  const call = request(district.url)
    .post(`/api${place}`)
    .set('Authorization', `Bearer ${clerk.token}`)
    .set('Content-Type', 'application/json')
    .set('Idempotency-Key', `raw-key-${(keys += 1)}`);
  for (const [name, value] of Object.entries(headers)) void call.set(name, value);
  return call.send(body).then((answer) => answer);
}

const submit = (forms: Record<string, Data>) =>
  send(`/cases/${draft.id}/submit`, JSON.stringify({ version: draft.version, forms }));

/** Runs what must be refused and holds every row of every table against what was there before. */
async function refused(what: () => Promise<Response>): Promise<{ status: number; code: string; message: string }> {
  const before = await contentsOf(district.db);
  const answer = await what();
  expect(await contentsOf(district.db)).toEqual(before);
  const { code, message } = (answer.body as { error: { code: string; message: string } }).error;
  expect(message).toMatch(/[\u4e00-\u9fff].*。$/);
  return { status: answer.status, code, message };
}

describe('a request that cannot be read', () => {
  test('malformed JSON', async () => {
    const answer = await refused(() => send(`/cases/${draft.id}/submit`, '{"version":0,"forms":{'));
    expect(answer).toMatchObject({ status: 400, code: 'malformed_json' });
  });

  test('sixty megabytes', async () => {
    const body = `{"version":0,"forms":{"declaration":{"goals":"${'字'.repeat(20_000_000)}"}}}`;
    expect(await refused(() => send(`/cases/${draft.id}/submit`, body))).toMatchObject({
      status: 413,
      code: 'body_too_large',
    });
  });

  test('a field the request does not know', async () => {
    const body = JSON.stringify({ version: 0, forms: {}, approve: true });
    expect(await refused(() => send(`/cases/${draft.id}/submit`, body))).toMatchObject({
      status: 400,
      code: 'unknown_field',
      message: expect.stringContaining('approve'),
    });
  });

  test('a version that is no number names the field by its title', async () => {
    const body = JSON.stringify({ version: 'one', forms: {} });
    expect(await refused(() => send(`/cases/${draft.id}/submit`, body))).toMatchObject({
      status: 400,
      code: 'wrong_type',
      message: expect.stringContaining('版本号'),
    });
  });

  test('a write without a key against repetition', async () => {
    const bare = () => send('/screenings', '{"secret":false}', { 'Idempotency-Key': '' });
    expect(await refused(bare)).toMatchObject({ status: 400, code: 'idempotency_key_missing' });
  });
});

describe('a form that is not what it claims to be', () => {
  test.each<[string, Data, string, string]>([
    ['an unknown field', { backdoor: 1 }, 'unknown_field', 'backdoor'],
    ['a text where money stands', { totalInvest: '一百万' }, 'wrong_type', '总投资'],
    ['a number where a text stands', { projectName: 42 }, 'wrong_type', '项目名称'],
    ['a row that is no row', { contentItems: ['x'] }, 'wrong_type', '建设内容'],
    ['a text far too long', { goals: '字'.repeat(20_000) }, 'too_long', '建设目标'],
  ])('%s', async (_what, change, code, named) => {
    const answer = await refused(() => submit({ declaration: { ...data, ...change } }));
    expect(answer).toMatchObject({ code, message: expect.stringContaining(named) });
    expect(answer.status).toBe(400);
  });

  test('a table of ten thousand rows', async () => {
    const rows = Array.from({ length: 10_000 }, () => ({ module: 'x' }));
    expect(await refused(() => submit({ declaration: { ...data, contentItems: rows } }))).toMatchObject({
      status: 400,
      code: 'too_many_rows',
      message: expect.stringContaining('建设内容'),
    });
  });

  test('a form of another step', async () => {
    expect(await refused(() => submit({ declaration: data, filing: {} }))).toMatchObject({ code: 'form_not_in_case' });
  });

  test('another unit as the applicant', async () => {
    expect(await refused(() => submit({ declaration: { ...data, applicantUnit: 'wjw' } }))).toMatchObject({
      status: 403,
      code: 'field_not_editable',
      message: expect.stringContaining('申报单位'),
    });
  });

  test('an attachment of somebody else', async () => {
    const stranger = await district.as('wjw.clerk');
    const other = await stranger.start();
    const stolen = await stranger.attach(other.id);
    const answer = await refused(() => submit({ declaration: { ...data, proposalDoc: [stolen] } }));
    expect(answer).toMatchObject({
      status: 422,
      code: 'file_not_in_case',
      message: expect.stringContaining('项目建议书'),
    });
  });

  test('half a declaration lists what is missing, by title and in order', async () => {
    const before = await contentsOf(district.db);
    const answer = await submit({ declaration: { projectName: '智慧校园' } });
    const { code, problems } = (
      answer.body as { error: { code: string; problems: { title: string; message: string }[] } }
    ).error;
    expect([answer.status, code]).toEqual([422, 'form_incomplete']);
    expect(problems.length).toBeGreaterThan(10);
    for (const { title, message } of problems) expect([title, message].join()).toMatch(/[\u4e00-\u9fff]/);
    expect(await contentsOf(district.db)).toEqual(before);
  });

  test('sums that disagree', async () => {
    const fundByYear = [{ year: 2027, amount: 1 }];
    const answer = await refused(() => submit({ declaration: { ...data, fundByYear } }));
    expect(answer).toMatchObject({ status: 422, code: 'form_incomplete' });
  });
});

describe('somebody who has no business here', () => {
  test.each(['', 'Bearer x', `Bearer ${'A'.repeat(43)}`, 'Basic eDp5'])('token "%s"', async (header) => {
    const answer = await refused(() => send('/screenings', '{"secret":false}', { Authorization: header }));
    expect(answer).toMatchObject({ status: 401, code: 'unauthenticated' });
  });

  test('a session past its end', async () => {
    const { now } = district.time;
    const { body } = (await request(district.url).post('/api/demo/login').send({ login: 'jtj.head' })) as {
      body: { token: string };
    };
    district.time.now += 13 * 3_600_000;
    try {
      const late = { Authorization: `Bearer ${body.token}` };
      expect(await refused(() => send('/screenings', '{"secret":false}', late))).toMatchObject({
        status: 401,
        code: 'session_expired',
      });
    } finally {
      district.time.now = now;
    }
  });

  test.each(['wjw.clerk', 'wjw.head', 'jtj.owner', 'xxb.intake', 'fgw.reviewer'])(
    '%s finds no draft of the education bureau, by any verb',
    async (login) => {
      const stranger = await district.as(login);
      const before = await contentsOf(district.db);
      const statuses = [
        await stranger.get(`/cases/${draft.id}`),
        await stranger.put(`/cases/${draft.id}/draft`, { form: 'declaration', task: null, data: {}, draftVersion: 0 }),
        await stranger.post(`/cases/${draft.id}/submit`, { version: 0, forms: { declaration: data } }),
        await stranger.post(`/cases/${draft.id}/withdraw`, { version: 0, reason: '不要了' }),
        await stranger.post(`/tasks/${draft.id}/act`, { version: 0, action: 'approve', opinion: '' }),
      ].map(({ status, body }) => [status, body.error.code]);
      expect(statuses).toEqual(Array.from({ length: 5 }, () => [404, 'not_found']));
      expect(await contentsOf(district.db)).toEqual(before);
    },
  );

  test('who holds no clerk’s seat starts nothing', async () => {
    const owner = await district.as('jtj.owner');
    const before = await contentsOf(district.db);
    for (const secret of [true, false]) {
      const answer = await owner.post('/screenings', { secret });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'forbidden']);
    }
    expect(await contentsOf(district.db)).toEqual(before);
  });
});

describe('somebody who is late', () => {
  test('a draft saved in another window meanwhile is not overwritten', async () => {
    const view = await clerk.start();
    const save = (goals: string) =>
      clerk.put(`/cases/${view.id}/draft`, { form: 'declaration', task: null, data: { goals }, draftVersion: 0 });
    expect((await save('第一次保存的建设目标')).status).toBe(200);
    const before = await contentsOf(district.db);
    const second = await save('第二个窗口的建设目标');
    expect([second.status, second.body.error.code]).toEqual([409, 'stale_draft']);
    expect(await contentsOf(district.db)).toEqual(before);
  });

  test('an outdated screen decides nothing', async () => {
    const outdated = { version: draft.version + 1, forms: { declaration: data } };
    const answer = await refused(() => send(`/cases/${draft.id}/submit`, JSON.stringify(outdated)));
    expect(answer).toMatchObject({ status: 409, code: 'stale_version' });
  });
});

describe('the same request again', () => {
  test('a submission sent twice with one key is one submission', async () => {
    const view = await clerk.start();
    const forms = { declaration: await clerk.declaration(view, { projectName: '浔阳区教育资源统一管理平台' }) };
    const body = { version: view.version, forms };
    const place = `/cases/${view.id}/submit`;
    const [one, two] = await Promise.all([
      clerk.post(place, body, 'same-key-1'),
      clerk.post(place, body, 'same-key-1'),
    ]);
    expect([one.status, two.status]).toEqual([200, 200]);
    const after = await contentsOf(district.db);
    expect((await clerk.post(place, body, 'same-key-1')).ok).toEqual(one.ok);
    expect(await contentsOf(district.db)).toEqual(after);
    expect(await submissions.find(district.db, { caseId: view.id })).toHaveLength(1);
  });

  test('a key is its sender’s own: the same request and key of somebody else is another request', async () => {
    const begun = await clerk.post<{ caseId: string }>('/screenings', { secret: false }, 'same-key-2');
    const stranger = await district.as('wjw.clerk');
    const other = await stranger.post<{ caseId: string }>('/screenings', { secret: false }, 'same-key-2');
    expect([begun.status, other.status]).toEqual([200, 200]);
    expect(other.ok.caseId).not.toBe(begun.ok.caseId);
    expect((await stranger.view(other.ok.caseId)).unit.code).toBe('wjw');
  });

  test('a refusal is no answer to keep: its key is free again', async () => {
    const view = await clerk.start();
    const changed = await contentsOf(district.db);
    const first = await clerk.post(`/cases/${view.id}/withdraw`, { version: 0, reason: '甲' }, 'same-key-3');
    expect(first.body.error.code).toBe('not_submitted');
    const second = await clerk.post(`/cases/${view.id}/withdraw`, { version: 0, reason: '乙' }, 'same-key-3');
    expect(second.body.error.code).toBe('not_submitted');
    expect(await contentsOf(district.db)).toEqual(changed);
  });

  test('one key with another body after it took effect', async () => {
    const view = await clerk.start();
    const forms = { declaration: await clerk.declaration(view, { projectName: '浔阳区教师发展与研训管理平台' }) };
    const place = `/cases/${view.id}/submit`;
    await clerk.post(place, { version: view.version, forms }, 'same-key-4').then(({ ok }) => ok);
    const before = await contentsOf(district.db);
    const again = await clerk.post(place, { version: view.version + 1, forms }, 'same-key-4');
    expect([again.status, again.body.error.code]).toEqual([409, 'idempotency_key_reused']);
    const twice = await clerk.post(place, { version: view.version + 1, forms });
    expect([twice.status, twice.body.error.code]).toEqual([409, 'already_submitted']);
    expect(await contentsOf(district.db)).toEqual(before);
  });
});
