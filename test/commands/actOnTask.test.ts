import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { decisions, people, projects, seatHolders, tasks } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { contentsOf, FILING, openDistrict, type District } from '../support/district.ts';

describeOnEveryDatabase('two decisions at once', (open) => {
  let district: District;
  beforeAll(async () => {
    district = await openDistrict({ db: await open() });
  });
  afterAll(() => district.close());

  test('one takes effect, the other hears so, and there is one decision', async () => {
    const [clerk, owner] = [await district.as('jtj.clerk'), await district.as('jtj.owner')];
    const { id } = await clerk.declare();
    const view = await owner.view(id);
    const task = view.allowed[0]?.task ?? '';
    const act = (action: string) =>
      owner.post(`/tasks/${task}/act`, { version: view.version, action, opinion: '两个窗口', to: 'initiator' });
    const answers = await Promise.all([act('approve'), act('return'), act('approve'), act('return')]);
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409]);
    for (const { status, body } of answers) if (status === 409) expect(body.error.code).toBe('task_closed');
    expect(await decisions.find(district.db, { taskId: task })).toHaveLength(1);
    const left = await tasks.find(district.db, { caseId: id, status: 'open' });
    expect(left).toHaveLength(1);
  });

  test('two clerks who declare one name at once get one project of that name', async () => {
    const clerk = await district.as('wjw.clerk');
    const name = { projectName: '浔阳区同名项目抢注测试平台' };
    const views = [await clerk.start(), await clerk.start()];
    const sent = await Promise.all(
      views.map(async (view) => ({
        place: `/cases/${view.id}/submit`,
        body: { version: view.version, forms: { declaration: await clerk.declaration(view, name) } },
      })),
    );
    const answers = await Promise.all(sent.map(({ place, body }) => clerk.post(place, body)));
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 422]);
    const refused = answers.find(({ status }) => status === 422);
    expect(refused?.body.error).toMatchObject({ code: 'gate_refused', message: expect.stringContaining('同名') });
    const named = await projects.find(district.db, { titleKey: { not: null }, title: name.projectName });
    expect(named).toHaveLength(1);
  });
});

describe('deciding', () => {
  let district: District;
  beforeEach(async () => {
    district = await openDistrict();
  });
  afterEach(() => district.close());

  const people3 = async () =>
    [await district.as('jtj.clerk'), await district.as('jtj.owner'), await district.as('jtj.head')] as const;

  test('only whoever holds the seat decides, and the case looks different to everyone else', async () => {
    const [clerk, owner, head] = await people3();
    const { id } = await clerk.declare();
    const task = (await owner.view(id)).allowed[0]?.task ?? '';
    for (const login of ['xxb.intake', 'wjw.owner']) await district.as(login);
    const before = await contentsOf(district.db);
    const { version } = await owner.view(id);
    for (const stranger of [head, clerk, await district.as('xxb.intake')]) {
      const view = await stranger.view(id);
      expect(view.allowed.filter(({ type }) => type !== 'withdraw')).toEqual([]);
      const answer = await stranger.post(`/tasks/${task}/act`, { version, action: 'approve', opinion: '' });
      expect([answer.status, answer.body.error.code]).toEqual([403, 'not_your_task']);
    }
    const outsider = await (
      await district.as('wjw.owner')
    ).post(`/tasks/${task}/act`, { version, action: 'approve', opinion: '' });
    expect([outsider.status, outsider.body.error.code]).toEqual([404, 'not_found']);
    expect(await contentsOf(district.db)).toEqual(before);
  });

  test('whoever filled it in does not approve it, in whatever seat', async () => {
    const clerk = await district.as('gtjd.clerk');
    const view = await clerk.declare();
    expect((await clerk.rows('todo')).items).toEqual([]);
    expect(view.holders[0]?.names).not.toContain(view.initiator.name);
    const [task] = await tasks.find(district.db, { caseId: view.id, status: 'open' });
    const answer = await clerk.post(`/tasks/${task?.id ?? ''}/act`, {
      version: view.version,
      action: 'approve',
      opinion: '',
    });
    expect([answer.status, answer.body.error.code]).toEqual([403, 'self_approval']);
  });

  test('a return says why and where to; the approver changes nothing of what was filed', async () => {
    const [clerk, owner] = await people3();
    const { id } = await clerk.declare();
    const silent = await owner.act(id, 'return', { to: 'initiator' });
    expect([silent.status, silent.body.error.code]).toEqual([422, 'opinion_required']);
    const astray = await owner.act(id, 'return', { to: 'head', opinion: '退给负责人' });
    expect(astray.body.error.code).toBe('return_target');
    const meddling = await owner.act(id, 'approve', { forms: { declaration: { projectName: '改名' } } });
    expect(meddling.body.error.code).toBe('form_not_in_case');
    expect((await owner.view(id)).forms[0]).toMatchObject({ editable: false, rights: { '*': 'read' } });
  });

  test('a rejection ends the case and gives the name free', async () => {
    const [clerk, owner, head] = await people3();
    const { id } = await clerk.declare();
    await owner.act(id, 'approve').then(({ ok }) => ok);
    const ended = (await head.act(id, 'reject', { opinion: '与既有平台重复' })).ok;
    expect(ended).toMatchObject({ state: 'ended', outcome: 'rejected', project: { state: 'rejected' }, allowed: [] });
    expect((await clerk.view(id)).allowed).toEqual([]);
    expect((await clerk.declare()).project.no).toBe('XY-2027-YY-0002');
  });

  test('the head may send it back to the owner, who decides again', async () => {
    const [clerk, owner, head] = await people3();
    const { id } = await clerk.declare();
    await owner.act(id, 'approve').then(({ ok }) => ok);
    expect((await head.view(id)).allowed.find(({ type }) => type === 'return')?.targets?.map(({ to }) => to)).toEqual([
      'initiator',
      'previous',
    ]);
    const back = (await head.act(id, 'return', { to: 'previous', opinion: '请再核一次测算' })).ok;
    expect(back).toMatchObject({ state: 'running', at: { key: 'owner' } });
    expect((await owner.rows('todo')).items.map(({ caseId }) => caseId)).toEqual([id]);
  });

  test('a declaration signed after 30 September is refused with article and advice, and stays where it is', async () => {
    const [clerk, owner] = await people3();
    const { id } = await clerk.declare();
    await owner.act(id, 'approve').then(({ ok }) => ok);
    district.time.now = Date.UTC(2026, 8, 30, 16, 0, 0);
    const { body } = await (await district.fresh('jtj.head')).act(id, 'approve');
    expect(body.error).toMatchObject({ code: 'gate_refused', article: '7', rule: 'R07-3' });
    expect(body.error.message).toContain('9 月 30 日截止');
    expect((await (await district.fresh('jtj.clerk')).view(id)).at?.key).toBe('head');
    district.time.now -= 1;
    expect((await (await district.fresh('jtj.head')).act(id, 'approve')).ok.outcome).toBe('approved');
  });

  test('who decided and left the seat reads what they decided, and nothing else', async () => {
    const [clerk, owner] = await people3();
    const decided = await clerk.declare();
    const waiting = await clerk.declare({ projectName: '浔阳区教师发展与研训管理平台' });
    await owner.act(decided.id, 'approve').then(({ ok }) => ok);
    const person = await people.one(district.db, { login: 'jtj.owner' });
    await inTransaction(district.db, (tx) =>
      seatHolders.update(tx, { personId: person?.id ?? '' }, { toAt: district.time.now }),
    );
    expect((await owner.rows('done')).items.map(({ caseId }) => caseId)).toEqual([decided.id]);
    expect((await owner.view(decided.id)).allowed).toEqual([]);
    expect((await owner.rows('todo')).items).toEqual([]);
    expect((await owner.get(`/cases/${waiting.id}`)).status).toBe(404);
    const vacant = (await clerk.rows('mine')).items.find(({ caseId }) => caseId === waiting.id);
    expect(vacant).toMatchObject({ holders: [], stepTitle: '项目责任人审核' });
  });

  test('a vacant seat stops the submission, and the screen says so beforehand', async () => {
    const [clerk, owner] = await people3();
    const view = await clerk.start();
    const person = await people.one(district.db, { login: 'jtj.owner' });
    await inTransaction(district.db, (tx) =>
      seatHolders.update(tx, { personId: person?.id ?? '' }, { toAt: district.time.now }),
    );
    expect((await clerk.view(view.id)).notices).toMatchObject([{ level: 'block' }]);
    const before = await contentsOf(district.db);
    const declaration = await clerk.declaration(view);
    const filed = await contentsOf(district.db);
    const answer = await clerk.post(`/cases/${view.id}/submit`, { version: view.version, forms: { declaration } });
    expect([answer.status, answer.body.error.code]).toEqual([409, 'seat_empty']);
    expect(answer.body.error.message).toContain('项目责任人审核');
    expect(await contentsOf(district.db)).toEqual(filed);
    expect(before['cases']).toEqual(filed['cases']);
    expect((await owner.rows('todo')).items).toEqual([]);
  });

  test('the desk’s own sheet must be complete before it decides', async () => {
    const [clerk, owner, head] = await people3();
    const { id } = await clerk.declare();
    await owner.act(id, 'approve').then(({ ok }) => ok);
    await head.act(id, 'approve').then(({ ok }) => ok);
    const intake = await district.as('xxb.intake');
    const filingId = (await intake.rows('todo')).items[0]?.caseId ?? '';
    const empty = await intake.act(filingId, 'approve');
    expect([empty.status, empty.body.error.code]).toEqual([422, 'form_incomplete']);
    expect(empty.body.error.problems?.length).toBeGreaterThan(3);
    // What it found and what it decides must agree.
    const lists = await intake.act(filingId, 'return', {
      opinion: '请补正',
      to: 'initiator',
      forms: { filing: FILING },
    });
    expect(lists.body.error.problems?.map(({ code }) => code)).toEqual(['return-list']);
    const out = { ...FILING, scopeResult: 'out', scopeReason: '属于办公设备购置，不是信息化项目。' };
    const accepts = await intake.act(filingId, 'approve', { forms: { filing: out } });
    expect(accepts.body.error.problems?.map(({ code }) => code)).toEqual(['accept-scope']);
    // What the desk has begun is its own until it decides.
    const task = (await intake.view(filingId)).forms.find(({ key }) => key === 'filing')?.task ?? null;
    const draft = { form: 'filing', task, data: { ...FILING, remark: '待核' }, draftVersion: 0 };
    expect((await intake.put(`/cases/${filingId}/draft`, draft)).status).toBe(200);
    expect((await clerk.view(filingId)).forms.map(({ key }) => key)).toEqual(['declaration']);
    const done = (await intake.act(filingId, 'reject', { opinion: '不属于本办法范围' })).ok;
    expect(done).toMatchObject({ outcome: 'rejected', project: { state: 'closedNotApplicable' } });
    expect(done.forms.find(({ key }) => key === 'filing')?.data['remark']).toBe('待核');
  });
});

describe('withdrawing', () => {
  let district: District;
  beforeEach(async () => {
    district = await openDistrict();
  });
  afterEach(() => district.close());

  test('the clerk takes it back with a reason; the task is gone and its holder told', async () => {
    const [clerk, owner] = [await district.as('jtj.clerk'), await district.as('jtj.owner')];
    const view = await clerk.declare();
    const place = `/cases/${view.id}/withdraw`;
    expect((await clerk.post(place, { version: view.version, reason: ' ' })).body.error.code).toBe('opinion_required');
    const other = await owner.post(place, { version: view.version, reason: '不办了' });
    expect([other.status, other.body.error.code]).toEqual([403, 'not_your_task']);
    const gone = (await clerk.post<typeof view>(place, { version: view.version, reason: '资金未落实' })).ok;
    expect(gone).toMatchObject({ outcome: 'withdrawn', project: { state: 'withdrawn', no: view.project.no } });
    expect(gone.timeline.at(-1)).toMatchObject({ actionTitle: '撤销', opinion: '资金未落实' });
    expect((await owner.rows('todo')).items).toEqual([]);
    while ((await district.deliver()) > 0);
    expect((await owner.inbox()).items.map(({ title }) => title)).toContain('项目申报办结：已撤销');
    const again = await clerk.post(place, { version: gone.version, reason: '再撤一次' });
    expect([again.status, again.body.error.code]).toEqual([409, 'case_ended']);
  });
});
