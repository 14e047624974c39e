import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { CaseRows, CaseView } from '../../server/routes/contract/cases.ts';
import { FILING, openDistrict, type Actor, type District } from '../support/district.ts';

const DAY = 86_400_000;

let district: District;
let clerk: Actor;
let owner: Actor;
const declared: CaseView[] = [];

beforeAll(async () => {
  district = await openDistrict();
  clerk = await district.as('jtj.clerk');
  owner = await district.as('jtj.owner');
  // Two of the five share one instant: the order must not depend on luck.
  for (const [index, hour] of [0, 1, 1, 2, 3].entries()) {
    district.time.now += index === 0 ? 0 : (hour - ([0, 1, 1, 2, 3][index - 1] ?? 0)) * 3_600_000;
    declared.push(await clerk.declare({ projectName: `浔阳区第${index + 1}个教育信息化项目` }));
  }
});
afterAll(() => district.close());

const ids = (rows: CaseRows) => rows.items.map(({ caseId }) => caseId);

describe('lists', () => {
  test('to do: the longest waiting first, page by page without gap or repetition', async () => {
    const seen: string[] = [];
    let cursor: string | null = '';
    while (cursor !== null) {
      const page: CaseRows = await owner.rows('todo', `&limit=2${cursor === '' ? '' : `&cursor=${cursor}`}`);
      expect(page.items.length).toBeLessThanOrEqual(2);
      seen.push(...ids(page));
      cursor = page.nextCursor;
    }
    expect(seen).toEqual(declared.map(({ id }) => id));
  });

  test('mine: the newest first', async () => {
    const rows = await clerk.rows('mine');
    expect(new Set(ids(rows))).toEqual(new Set(declared.map(({ id }) => id)));
    expect(rows.items[0]).toMatchObject({
      caseId: declared[4]?.id,
      title: '浔阳区第5个教育信息化项目',
      amount: 299_720_000,
    });
    expect(rows.nextCursor).toBeNull();
  });

  test('a row says where the case stands, who holds it and for how many days', async () => {
    const { now } = district.time;
    district.time.now += 3 * DAY;
    try {
      const [row] = (await (await district.fresh('jtj.owner')).rows('todo')).items;
      expect(row).toMatchObject({
        stage: 'declaration',
        stageTitle: '项目申报',
        unitName: '区教育体育局',
        state: 'running',
        projectState: 'unitReview',
        stepTitle: '项目责任人审核',
        holders: ['顾听澜'],
        days: 3,
        returned: false,
      });
    } finally {
      district.time.now = now;
    }
  });

  test('what is decided moves from to do to done, with the decision', async () => {
    const id = declared[0]?.id ?? '';
    await owner.act(id, 'return', { opinion: '请补充', to: 'initiator' }).then(({ ok }) => ok);
    expect(ids(await owner.rows('todo'))).not.toContain(id);
    expect((await owner.rows('done')).items).toMatchObject([{ caseId: id, decision: 'return', returned: true }]);
    const [todo] = (await clerk.rows('todo')).items;
    expect(todo).toMatchObject({ caseId: id, stepTitle: '申报单位修改', holders: ['林墨白'], returned: true });
    const me = await clerk.get<{ counts: { todo: number }; may: { declare: boolean } }>('/me');
    expect(me.ok).toMatchObject({ counts: { todo: 1 }, may: { declare: true } });
  });

  test('nobody sees the lists of others, and a cursor we did not write is refused', async () => {
    for (const login of ['wjw.clerk', 'wjw.owner', 'xxb.intake']) {
      const stranger = await district.as(login);
      for (const box of ['todo', 'done', 'mine'] as const) expect((await stranger.rows(box)).items).toEqual([]);
    }
    const forged = await owner.get('/tasks?box=todo&cursor=bm9wZQ');
    expect([forged.status, forged.body.error.code]).toEqual([400, 'invalid_value']);
    expect((await owner.get('/tasks?box=everything')).status).toBe(400);
    expect((await owner.get('/tasks?box=todo&limit=1000')).status).toBe(400);
  });
});

describe('what a case shows', () => {
  test('an approver sees the declaration as it was handed in, not what the clerk is writing', async () => {
    const id = declared[0]?.id ?? '';
    const view = await clerk.view(id);
    const data = { ...view.forms[0]?.data, goals: '正在修改、尚未提交的建设目标，只有填报人自己看得到' };
    const save = { form: 'declaration', data, task: view.forms[0]?.task ?? null, draftVersion: 0 };
    expect((await clerk.put(`/cases/${id}/draft`, save)).status).toBe(200);
    expect((await clerk.view(id)).forms[0]).toMatchObject({ draft: true, data: { goals: data.goals } });
    const seen = (await owner.view(id)).forms[0];
    expect(seen).toMatchObject({ draft: false, editable: false, revision: 1 });
    expect(seen?.data['goals']).not.toBe(data.goals);
  });

  test('after the return the resubmission takes the saved draft', async () => {
    const id = declared[0]?.id ?? '';
    const again = (await clerk.act(id, 'resubmit')).ok;
    expect(again.forms[0]).toMatchObject({
      revision: 2,
      draft: false,
      data: { goals: '正在修改、尚未提交的建设目标，只有填报人自己看得到' },
    });
    expect(again.timeline.map(({ actionTitle, person }) => [actionTitle, person])).toEqual([
      ['新建', '林墨白'],
      ['提交', '林墨白'],
      ['退回修改', '顾听澜'],
      ['重新提交', '林墨白'],
    ]);
  });

  test('the office finds the case in the register, the clerk finds both stages', async () => {
    const id = declared[1]?.id ?? '';
    const [head, intake] = [await district.as('jtj.head'), await district.as('xxb.intake')];
    await owner.act(id, 'approve').then(({ ok }) => ok);
    await head.act(id, 'approve').then(({ ok }) => ok);
    const [related] = (await clerk.view(id)).relatedCases;
    expect(related).toMatchObject({ stageTitle: '申报受理', state: 'running' });
    const filing = await intake.view(related?.id ?? '');
    expect(filing.relatedCases.map((one) => one.id)).toEqual([id]);
    expect((await intake.act(filing.id, 'approve', { forms: { filing: FILING } })).ok.project.state).toBe(
      'preliminary',
    );
    expect((await (await district.as('xxb.director')).view(filing.id)).allowed).toEqual([]);
    expect((await (await district.as('fgw.reviewer')).get(`/cases/${filing.id}`)).status).toBe(404);
  });

  test('references lead to one’s own numbered projects and to the clauses of the plan', async () => {
    type Found = { items: { id: string; label: string }[] };
    const own = (await clerk.get<Found>(`/references/project?q=${encodeURIComponent('第2个')}`)).ok.items;
    expect(own.map(({ label }) => label)).toEqual(['XY-2027-YY-0002 浔阳区第2个教育信息化项目']);
    expect((await (await district.as('wjw.clerk')).get<Found>('/references/project')).ok.items).toEqual([]);
    expect((await clerk.get<Found>('/references/planningClause')).ok.items.length).toBeGreaterThan(5);
    expect((await clerk.get('/references/people')).status).toBe(404);
  });
});
