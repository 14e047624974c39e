import { afterEach, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { caseLog, cases, submissions } from '../../server/db/tables.ts';
import type { PlanView } from '../../server/routes/contract/plans.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { contentsOf, openDistrict, type Actor, type District } from '../support/district.ts';
import {
  acceptedProject,
  answer,
  everySeatAnswers,
  REVIEW,
  SEATS,
  sentToReview,
  sheet,
  SUMMARY,
} from '../support/review.ts';

const CAMPUS = '浔阳区智慧校园数据底座';
const LIBRARY = '浔阳区中小学数字图书馆';

describeOnEveryDatabase('the preliminary joint review', (open) => {
  let district: District;
  let office: Actor;
  afterEach(() => district.close());

  const begin = async () => {
    district = await openDistrict({ db: await open() });
    office = await district.as('xxb.reviewer');
  };
  const sumUp = async (caseId: string, action: string, rest: object = {}) =>
    office.act(caseId, action, { forms: sheet(await office.view(caseId), SUMMARY.review ?? {}), ...rest });

  test('the plan takes accepted projects, in order, and sends them together once', async () => {
    await begin();
    const campus = await acceptedProject(district, 'jtj', { projectName: CAMPUS });
    const library = await acceptedProject(district, 'jtj', { projectName: LIBRARY });
    const [clerk, director] = [await district.as('jtj.clerk'), await district.as('xxb.director')];
    const unfinished = (await clerk.declare({ projectName: '浔阳区教师研训平台' })).project.id;

    const plan = (await office.get<PlanView>('/plans/2027')).ok;
    expect(plan).toMatchObject({ version: 0, mayCompile: true, lines: [] });
    expect(plan.candidates.map(({ title }) => title)).toEqual([CAMPUS, LIBRARY]);
    const put = (version: number, projects: string[]) => office.put<PlanView>('/plans/2027', { version, projects });
    const before = await contentsOf(district.db);
    const refused = await put(0, [campus, unfinished]);
    expect([refused.status, refused.body.error.code]).toEqual([409, 'plan_project_refused']);
    expect(refused.body.error.message).toContain('浔阳区教师研训平台');
    expect((await office.post('/plans/2027/send', { version: 0 })).body.error.code).toBe('plan_empty');
    expect((await director.put('/plans/2027', { version: 0, projects: [] })).status).toBe(403);
    expect((await clerk.get('/plans/2027')).status).toBe(403);
    expect(await contentsOf(district.db)).toEqual(before);

    const drafted = (await put(0, [campus, library])).ok;
    expect((await put(0, [library])).body.error.code).toBe('stale_version');
    const turned = (await put(drafted.version, [library, campus])).ok;
    expect(turned.lines.map(({ title, caseId }) => [title, caseId])).toEqual([
      [LIBRARY, null],
      [CAMPUS, null],
    ]);
    const sent = (await office.post<PlanView>('/plans/2027/send', { version: turned.version }, 'send-0001')).ok;
    expect(sent.lines).toMatchObject([
      { title: LIBRARY, batch: 1, stepTitle: '部门联合初审', answered: 0, asked: 5 },
      { title: CAMPUS, batch: 1, answered: 0, asked: 5 },
    ]);
    const again = await office.post<PlanView>('/plans/2027/send', { version: turned.version }, 'send-0001');
    expect(again.ok).toEqual(sent);
    expect((await office.post('/plans/2027/send', { version: sent.version })).body.error.code).toBe('plan_empty');
    expect(await cases.count(district.db, { stageKey: 'preliminary' })).toBe(2);
    for (const login of SEATS) expect((await (await district.as(login)).rows('todo')).items).toHaveLength(2);
  });

  test('five seats answer at once, each in its own part; the office sums up, the director passes', async () => {
    await begin();
    const [caseId = ''] = await sentToReview(office, [await acceptedProject(district, 'jtj', { projectName: CAMPUS })]);
    const finance = await district.as('czj.reviewer');
    const early = await finance.view(caseId);

    // All five look before any of them answers: a colleague who signed first sends nobody away.
    const views = await Promise.all(SEATS.map(async (login) => (await district.as(login)).view(caseId)));
    expect(new Set(views.map(({ version }) => version)).size).toBe(1);
    const acts = SEATS.map(async (login, at) => {
      const actor = await district.as(login);
      const view = views[at];
      const act = REVIEW[at];
      if (!view || !act) throw new Error('a seat is missing');
      return actor.post(`/tasks/${view.allowed[0]?.task ?? ''}/act`, {
        version: view.version,
        action: 'approve',
        opinion: act.opinion,
        forms: sheet(view, act.review ?? {}),
      });
    });
    expect((await Promise.all(acts)).map(({ status }) => status)).toEqual([200, 200, 200, 200, 200]);

    // The proposal came over from the declaration's case, which this seat may not open; the file it may.
    const [proposal] = early.forms.find(({ key }) => key === 'declaration')?.data['proposalDoc'] as Data[];
    expect((await finance.get(`/files/${proposal?.['id'] as string}`)).status).toBe(200);
    const stranger = await district.as('sjj.reviewer');
    expect((await stranger.get(`/files/${proposal?.['id'] as string}`)).status).toBe(404);

    // What one seat wrote no other reads; the office that sums up reads all of it.
    const afterwards = await finance.view(caseId);
    expect(Object.keys(afterwards.forms.find(({ key }) => key === 'review')?.data ?? {}).sort()).toEqual(
      ['cuts', 'financeChecks', 'financeOpinion', 'financeReason'].sort(),
    );
    expect(early.forms.find(({ key }) => key === 'declaration')?.data['ownerPhone']).toBeUndefined();
    expect(early.env).toMatchObject({ initiator: { phone: null } });
    const summed = await office.view(caseId);
    const review = summed.forms.find(({ key }) => key === 'review')?.data ?? {};
    expect(review).toMatchObject({ officeOpinion: 'agree', techOpinion: 'agree', financeOpinion: 'agreeWithChanges' });
    expect((review['cuts'] as Data[]).filter((row) => row['financeAmount'] !== undefined)).toHaveLength(1);
    // A late opinion finds the round closed.
    const late = await finance.post(`/tasks/${early.allowed[0]?.task ?? ''}/act`, {
      version: early.version,
      action: 'approve',
      opinion: '',
    });
    expect([late.status, late.body.error.code]).toEqual([409, 'task_closed']);

    const forwarded = (await sumUp(caseId, 'approve')).ok;
    expect(forwarded).toMatchObject({ at: { key: 'director' }, project: { state: 'preliminary' } });
    const passed = (await (await district.as('xxb.director')).act(caseId, 'approve', { opinion: '同意。' })).ok;
    expect(passed).toMatchObject({
      outcome: 'approved',
      project: { state: 'reserved', stateTitle: '初审通过（储备库）' },
    });
    const seen = await (await district.as('jtj.clerk')).view(caseId);
    const said = ({ timeline }: typeof seen) =>
      timeline.filter(({ step }) => step === '部门联合初审').map(({ opinion }) => opinion);
    expect(said(seen)).toEqual([null, null, null, null, null]);
    expect(said(await finance.view(caseId))).toContain(REVIEW[0]?.opinion);
    const unit = seen.forms.find(({ key }) => key === 'review')?.data;
    expect(unit?.['summaryResult']).toBe('passWithCuts');
    expect(unit?.['financeOpinion']).toBeUndefined();
  });

  test('a cut above the line, a deferral without article and reason: named, and nothing kept', async () => {
    await begin();
    const [caseId = ''] = await sentToReview(office, [await acceptedProject(district, 'jtj', { projectName: CAMPUS })]);
    const finance = await district.as('czj.reviewer');
    const view = await finance.view(caseId);
    const [line] = (view.forms.find(({ key }) => key === 'review')?.data['cuts'] ?? []) as Data[];
    const above = { name: line?.['name'] ?? '', financeAmount: Number(line?.['amount']) + 1, financeReason: '多给' };
    const before = await contentsOf(district.db);
    const refused = await answer(district, caseId, 'czj.reviewer', { cuts: [above] });
    expect([refused.status, refused.body.error.problems?.map(({ path }) => path)]).toEqual([
      422,
      ['cuts.0.financeAmount'],
    ]);
    const deferred = await answer(district, caseId, 'czj.reviewer', { financeOpinion: 'defer', financeReason: null });
    expect(deferred.body.error.problems?.map(({ path }) => path).sort()).toEqual(['financeArticle', 'financeReason']);
    const foreign = await answer(district, caseId, 'czj.reviewer', { techOpinion: 'agree' });
    expect([foreign.status, foreign.body.error.code]).toEqual([403, 'field_not_editable']);
    expect(foreign.body.error.message).toContain('“技术审查 意见”由其他席位填写');
    const column = await answer(district, caseId, 'czj.reviewer', {
      cuts: [{ name: line?.['name'] ?? '', officeAmount: 1 }],
    });
    expect([column.status, column.body.error.code]).toEqual([403, 'field_not_editable']);
    expect(column.body.error.message).toContain('“建设内容核减 第1行 区信息办建议额”由其他席位填写');
    expect(await contentsOf(district.db)).toEqual(before);
  });

  test.each([
    ['stepwise', ['reissue', 'joint']],
    ['straightBack', ['reissue', 'summary']],
  ])('returned to the unit %s, it goes on through %j', async (resume, [first, second]) => {
    await begin();
    const [caseId = ''] = await sentToReview(office, [await acceptedProject(district, 'jtj', { projectName: CAMPUS })]);
    await everySeatAnswers(district, caseId);
    await office.act(caseId, 'return', { opinion: '请核实培训场次。', to: 'initiator', resume }).then(({ ok }) => ok);
    const clerk = await district.as('jtj.clerk');
    const view = await clerk.view(caseId);
    expect(view.returned).toMatchObject({ reason: '请核实培训场次。', resume });
    const declaration = view.forms.find(({ key }) => key === 'declaration')?.data ?? {};
    const amended = (
      await clerk.act(caseId, 'resubmit', { forms: { declaration: { ...declaration, targetUsers: '全区师生' } } })
    ).ok;
    expect(amended.at?.key).toBe(first);
    const signed = (await (await district.as('jtj.head')).act(caseId, 'approve')).ok;
    expect(signed.at?.key).toBe(second);
    const finance = await district.as('czj.reviewer');
    expect((await finance.view(caseId)).allowed.map(({ type }) => type)).toEqual(
      resume === 'stepwise' ? ['approve'] : [],
    );
    if (resume === 'stepwise') {
      // What the seat said before is there to be looked over, not to be typed again.
      const sheetNow = (await finance.view(caseId)).forms.find(({ key }) => key === 'review')?.data;
      expect(sheetNow?.['financeOpinion']).toBe('agreeWithChanges');
      await everySeatAnswers(district, caseId);
    }
    expect((await office.view(caseId)).at?.key).toBe('summary');
  });

  test.each(['saved before', 'sent along'])(
    'a half-typed summary bars no return, and is there again: %s',
    async (how) => {
      await begin();
      const [caseId = ''] = await sentToReview(office, [
        await acceptedProject(district, 'jtj', { projectName: CAMPUS }),
      ]);
      await everySeatAnswers(district, caseId);
      const view = await office.view(caseId);
      const [one, two] = (view.forms.find(({ key }) => key === 'review')?.data['cuts'] ?? []) as Data[];
      const cuts = [one, two].map((line) => ({ name: line?.['name'] ?? '', agreedAmount: 100 }));
      const half = sheet(view, { summaryOpinion: '待核', cuts });
      if (how === 'saved before') {
        const task = view.allowed[0]?.task ?? null;
        const draft = { form: 'review', task, data: half['review'], draftVersion: 0 };
        expect((await office.put(`/cases/${caseId}/draft`, draft)).status).toBe(200);
      }
      const early = await office.act(caseId, 'approve', { forms: half });
      expect([early.status, early.body.error.code]).toEqual([422, 'form_incomplete']);
      const forms = how === 'sent along' ? { forms: half } : {};
      const handedIn = await submissions.count(district.db, { caseId, formKey: 'review' });
      const rest = { opinion: '请核实培训场次。', to: 'initiator', resume: 'straightBack', ...forms };
      expect((await office.act(caseId, 'return', rest)).ok.state).toBe('returned');
      expect(await submissions.count(district.db, { caseId, formKey: 'review' })).toBe(handedIn);
      expect(JSON.stringify(await (await district.as('xxb.director')).view(caseId))).not.toContain('待核');

      // The unit takes its first line out and adds one: what was written keeps to its own line, or goes with it.
      const clerk = await district.as('jtj.clerk');
      const declaration = (await clerk.view(caseId)).forms.find(({ key }) => key === 'declaration')?.data ?? {};
      const [first, ...others] = declaration['contentItems'] as Data[];
      const amended = { ...declaration, contentItems: [...others, { ...first, name: '机房搬迁' }] };
      await clerk.act(caseId, 'resubmit', { forms: { declaration: amended } }).then(({ ok }) => ok);
      await (await district.as('jtj.head')).act(caseId, 'approve').then(({ ok }) => ok);
      const again = (await office.view(caseId)).forms.find(({ key }) => key === 'review');
      expect(again).toMatchObject({ draft: true, data: { summaryOpinion: '待核' } });
      const lines = again?.data['cuts'] as Data[];
      expect(lines.map(({ name }) => name)).toEqual([...others.map(({ name }) => name), '机房搬迁']);
      const answered = lines.filter(({ agreedAmount }) => agreedAmount !== undefined);
      expect(answered.map(({ name }) => name)).toEqual([two?.['name']]);
    },
  );

  test('a seat does not review its own unit: it is recused, and a named substitute answers in its place', async () => {
    await begin();
    const [caseId = ''] = await sentToReview(office, [
      await acceptedProject(district, 'czj', { projectName: '浔阳区财政监管平台' }),
    ]);
    const [own, deputy, audit] = [
      await district.as('czj.reviewer'),
      await district.as('ldxz.deputy'),
      await district.as('sjj.reviewer'),
    ];
    expect((await own.view(caseId)).allowed).toEqual([]);
    expect((await audit.get(`/cases/${caseId}`)).status).toBe(404);
    const asked = await deputy.view(caseId);
    expect(asked.allowed).toMatchObject([{ type: 'nominate', label: '指定替代席位', opinionRequired: true }]);
    expect(asked.path.find(({ key }) => key === 'joint')?.seats).toContain('区财政局审核岗（回避）');
    const name = (to: string, opinion = '由审计部门代为审查资金来源。') =>
      deputy.act(caseId, 'nominate', { to, opinion });
    const before = await contentsOf(district.db);
    expect((await name('czj/reviewer')).body.error.code).toBe('not_candidate');
    expect((await name('sjj/reviewer', ' ')).body.error.code).toBe('opinion_required');
    expect(await contentsOf(district.db)).toEqual(before);
    await name('sjj/reviewer').then(({ ok }) => ok);
    expect((await office.view(caseId)).path.find(({ key }) => key === 'joint')?.seats).toContain(
      '区财政局审核岗（回避，由区审计局审核岗替代）',
    );

    const standsFor = async (actor: Actor) =>
      (await actor.view(caseId)).forms.map((form) => [form.key, form.standsFor]).filter(([, seat]) => seat !== null);
    expect(await standsFor(audit)).toEqual([['review', '区财政局审核岗']]);
    expect(await standsFor(office)).toEqual([]);

    for (const login of SEATS.filter((seat) => seat !== 'czj.reviewer'))
      await answer(district, caseId, login).then(({ ok }) => ok);
    // While the round is open nobody who answers in it reads what a colleague said.
    const opinions = async (actor: Actor) =>
      (await actor.view(caseId)).timeline.flatMap(({ opinion }) => opinion ?? []);
    expect((await office.view(caseId)).at?.key).toBe('joint');
    expect(await opinions(audit)).not.toContain(REVIEW[0]?.opinion);
    expect(await opinions(office)).not.toContain(REVIEW[1]?.opinion);
    expect(await opinions(await district.as('xxb.director'))).toContain(REVIEW[1]?.opinion);
    const finance = REVIEW.find(({ by }) => by === 'czj.reviewer')?.review ?? {};
    const opinion = Object.fromEntries(Object.entries(finance).filter(([key]) => key !== 'cuts'));
    await audit.act(caseId, 'approve', { forms: sheet(await audit.view(caseId), opinion) }).then(({ ok }) => ok);
    const summed = await office.view(caseId);
    expect(summed.at?.key).toBe('summary');
    expect(summed.forms.find(({ key }) => key === 'review')?.data['financeOpinion']).toBe('agreeWithChanges');
    const told = summed.timeline.map(({ actionTitle, unit, person }) => [actionTitle, unit, person]);
    expect(told).toContainEqual(['回避（本单位申报的项目）', '区财政局', null]);
    expect(told).toContainEqual([
      '指定替代席位',
      '区政务信息化建设项目领导小组',
      asked.holders.find(({ unit }) => unit.includes('领导小组'))?.names[0],
    ]);
    expect(await caseLog.count(district.db, { caseId, action: 'recuse' })).toBe(1);
  });
});
