import { afterEach, expect, test } from '@jest/globals';
import { caseLog, cases, projects, submissions } from '../../server/db/tables.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { FILING, openDistrict, type District } from '../support/district.ts';

/** What the intake desk writes when something is missing. */
const LACKING = {
  ...FILING,
  correctionList: [{ item: '年度资金需求依据', requirement: '补充分年度测算说明' }],
  supplementDue: '2026-09-20',
};

describeOnEveryDatabase('a declaration travels from the clerk to the accepted filing', (open) => {
  let district: District;
  afterEach(() => district.close());

  test('screening, draft, return, resubmission, signature, one-time correction, reissue, acceptance', async () => {
    district = await openDistrict({ db: await open() });
    const [clerk, owner, head, intake] = await Promise.all(
      ['jtj.clerk', 'jtj.owner', 'jtj.head', 'xxb.intake'].map((login) => district.as(login)),
    );
    if (!clerk || !owner || !head || !intake) throw new Error('nobody is there');

    // The clerk starts and saves a draft, twice.
    const begun = await clerk.start();
    expect(begun).toMatchObject({
      state: 'draft',
      project: { no: null, state: 'draft' },
      allowed: [{ type: 'submit' }],
    });
    const data = await clerk.declaration(begun);
    const saved = await clerk.put<{ draftVersion: number; problems: unknown[] }>(`/cases/${begun.id}/draft`, {
      form: 'declaration',
      data: { projectName: data['projectName'] },
      task: null,
      draftVersion: 0,
    });
    expect(saved.ok.draftVersion).toBe(1);
    expect(saved.ok.problems.length).toBeGreaterThan(10);
    const draft = await clerk.view(begun.id);
    expect(draft).toMatchObject({
      version: begun.version,
      forms: [{ draftVersion: 1 }],
      project: { title: data['projectName'] },
    });
    expect(draft.forms[0]).toMatchObject({ draft: true, editable: true, revision: 0 });

    // Handed in, it has its numbers and stands with the project owner.
    const body = { version: draft.version, forms: { declaration: data } };
    const submitted = (await clerk.post<typeof draft>(`/cases/${begun.id}/submit`, body)).ok;
    expect(submitted.project).toMatchObject({ no: 'XY-2027-YY-0001', state: 'unitReview', stateTitle: '单位内审' });
    expect(submitted).toMatchObject({ docNo: 'XY-2027-YY-0001-SB-01', state: 'running', at: { key: 'owner' } });
    expect(submitted.forms[0]).toMatchObject({ revision: 1, draft: false, editable: false });
    expect(submitted.forms[0]?.data['dupResult']).toBe('未查重·待人工');
    expect(submitted.holders).toMatchObject([{ seat: '项目责任人', names: ['顾听澜'], days: 0 }]);

    // The owner sends it back; the clerk sees why and changes one thing.
    expect((await owner.act(begun.id, 'return', { opinion: '请补充接入学校名单', to: 'initiator' })).status).toBe(200);
    const returned = await clerk.view(begun.id);
    expect(returned).toMatchObject({
      state: 'returned',
      project: { state: 'draft' },
      returned: { reason: '请补充接入学校名单', by: '顾听澜', from: '项目责任人审核' },
    });
    expect(returned.forms[0]).toMatchObject({ editable: true, draft: false, revision: 1 });
    const outcomes = '停用各校分散系统60个以上，首批接入28所学校。';
    const amended = { ...returned.forms[0]?.data, outcomes };
    expect((await clerk.act(begun.id, 'resubmit', { forms: { declaration: amended } })).ok.round).toBe(2);

    // Owner and head agree: the filing opens by itself, for the same clerk, with the declaration in it.
    await owner.act(begun.id, 'approve', { opinion: '同意' }).then(({ ok }) => ok);
    const signed = (await head.act(begun.id, 'approve', { opinion: '同意申报' })).ok;
    expect(signed).toMatchObject({ state: 'ended', outcome: 'approved', project: { state: 'declared' } });
    const [filing] = (await intake.rows('todo')).items;
    expect(filing).toMatchObject({ stage: 'filing', title: data['projectName'], stepTitle: '区信息办受理' });
    const filingId = filing?.caseId ?? '';
    const atDesk = await intake.view(filingId);
    expect(atDesk.docNo).toBe('XY-2027-YY-0001-SL-01');
    expect(atDesk.forms.map(({ key, editable }) => [key, editable])).toEqual([
      ['declaration', false],
      ['filing', true],
    ]);
    expect(atDesk.forms[0]?.data['outcomes']).toBe(outcomes);
    expect(atDesk.notices.map(({ message }) => message).join()).toContain('未查重·待人工');

    // One list of corrections, once.
    const sentBack = await intake.act(filingId, 'return', {
      opinion: '缺少测算说明',
      to: 'initiator',
      forms: { filing: LACKING },
    });
    expect(sentBack.ok).toMatchObject({ state: 'returned', project: { state: 'supplement' } });
    const supplement = await clerk.view(filingId);
    expect(supplement.forms.find(({ key }) => key === 'filing')?.data['correctionList']).toEqual(
      LACKING.correctionList,
    );
    const own = supplement.forms.find(({ key }) => key === 'declaration');
    const corrected = { ...own?.data, outcomes: `${outcomes}测算说明见附件。` };
    await clerk.act(filingId, 'resubmit', { forms: { declaration: corrected } }).then(({ ok }) => ok);

    // The head signs again, the desk accepts and may not return a second time.
    expect((await head.view(filingId)).at).toMatchObject({ key: 'reissue' });
    await head.act(filingId, 'approve').then(({ ok }) => ok);
    const second = await intake.view(filingId);
    expect(second.allowed.map(({ type, label }) => [type, label])).toEqual([
      ['approve', '受理'],
      ['reject', '不予受理'],
    ]);
    expect(second.notices.map(({ message }) => message).join()).toContain('一次性补正已使用');
    // The list and its date, long past, stay on the sheet as they were told.
    district.time.now = Date.UTC(2026, 8, 25, 1);
    const later = await district.fresh('xxb.intake');
    const accepted = (await later.act(filingId, 'approve', { forms: { filing: LACKING } })).ok;
    expect(accepted).toMatchObject({ outcome: 'approved', project: { state: 'preliminary' } });
    expect(accepted.timeline.map(({ actionTitle }) => actionTitle)).toEqual([
      '自动转入',
      '自动送达',
      '一次性补正',
      '重新提交',
      '重新签发',
      '受理',
    ]);

    // What the tables say.
    const [project] = await projects.find(district.db, {});
    expect(project).toMatchObject({ no: 'XY-2027-YY-0001', state: 'preliminary', planYear: 2027 });
    const revisions = await submissions.find(
      district.db,
      {},
      {
        order: [
          ['formKey', 'asc'],
          ['revision', 'asc'],
        ],
      },
    );
    expect(revisions.map(({ caseId, formKey, revision }) => [caseId === begun.id, formKey, revision])).toEqual(
      expect.arrayContaining([
        [true, 'declaration', 1],
        [true, 'declaration', 2],
        [false, 'declaration', 1],
        [false, 'declaration', 2],
        [false, 'filing', 1],
        [false, 'filing', 2],
      ]),
    );
    expect(revisions).toHaveLength(6);
    for (const { id } of await cases.find(district.db, {})) {
      const lines = await caseLog.find(district.db, { caseId: id }, { order: [['seq', 'asc']] });
      expect(lines.map(({ seq }) => seq)).toEqual(lines.map((_, index) => index + 1));
    }

    // Everybody was told, by number and without content, and once.
    while ((await district.deliver()) > 0);
    const told = (await (await district.fresh('jtj.clerk')).inbox()).items;
    expect(told.map(({ title }) => title)).toEqual([
      '申报受理办结：初审（已受理）',
      '一次性补正：区信息办受理',
      '项目申报办结：已申报（待受理）',
      '退回修改：项目责任人审核',
    ]);
    for (const { text } of told) {
      expect(text).toContain('XY-2027-YY-0001');
      expect(text).not.toContain('智慧校园');
    }
    expect((await later.inbox()).unread).toBe(2);
  });
});
