/** Cases of 甲单位 in every situation there is, with what each needs to be acted on rightfully. */
import type { Data } from '../../forms/language/dialect.ts';
import { files, inboxItems, people, tasks } from '../../server/db/tables.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import type { PlanView } from '../../server/routes/contract/plans.ts';
import type { Rehearsal } from '../../server/routes/contract/design.ts';
import { draft as draftForm, latestOf, publish, withQuestion } from '../support/design.ts';
import type { District } from '../support/district.ts';
import { signEverybodyIn } from './personas.ts';
import {
  accepted,
  answer,
  answerAll,
  asIn,
  atIntake,
  compile,
  conclude,
  declared,
  JOINT,
  nominate,
  sentToReview,
  summarise,
  YEAR,
} from './reviewing.ts';

const [OFFICE] = JOINT;

/** Everything a probe may point at. */
export type Situations = Awaited<ReturnType<typeof playSituations>>;

export async function playSituations(district: District) {
  const as = asIn(district);
  const tokens = await signEverybodyIn(district);
  const clerk = await as('jtj.clerk');
  const own = (name: string) => declared(as, 'jtj', name);

  const begun = await clerk.start();
  const draftData = await clerk.declaration(begun, { projectName: '草稿项目' });
  const draft = { form: 'declaration', task: null, data: draftData, draftVersion: 0 };
  await clerk.put(`/cases/${begun.id}/draft`, draft).then(({ ok }) => ok);

  const atOwner = await own('待责任人审核的项目');
  const atHead = await own('待负责人签发的项目');
  await (await as('jtj.owner')).act(atHead.id, 'approve').then(({ ok }) => ok);
  const returned = await own('退回的项目');
  const back = { to: 'initiator', opinion: '请补充名单' };
  await (await as('jtj.owner')).act(returned.id, 'return', back).then(({ ok }) => ok);
  const loose = await clerk.attach(returned.id);
  const withdrawn = await own('撤销的项目');
  const { version } = await clerk.view(withdrawn.id);
  await clerk.post(`/cases/${withdrawn.id}/withdraw`, { version, reason: '不再申报' }).then(({ ok }) => ok);
  const filing = await atIntake(as, 'jtj', '待受理的项目');

  // In review: one for each place where it may stand, and two of the finance bureau's own.
  const projects: string[] = [];
  for (const name of ['会签中的项目', '待汇总的项目', '待审定的项目', '已入库的项目']) {
    projects.push((await accepted(as, 'jtj', name)).project.id);
  }
  for (const name of ['待指定替代的项目', '已指定替代的项目']) {
    projects.push((await accepted(as, 'czj', name)).project.id);
  }
  const [joint = '', summary = '', director = '', reserved = '', recused = '', replaced = ''] = await sentToReview(
    as,
    projects,
  );
  await answer(as, joint, OFFICE).then(({ ok }) => ok);
  for (const id of [summary, director, reserved]) await answerAll(as, id);
  for (const id of [director, reserved]) await summarise(as, id);
  await conclude(as, reserved);
  await nominate(as, replaced).then(({ ok }) => ok);

  // The plan: one line not sent yet, one project not taken in yet.
  const unsent = await accepted(as, 'jtj', '已编未送的项目');
  const candidate = await accepted(as, 'jtj', '尚未编入的项目');
  await compile(as, [unsent.project.id]);
  const plan = (await (await as('xxb.reviewer')).get<PlanView>(`/plans/${YEAR}`)).ok;

  // A newer declaration than the one every case is pinned to, a draft of the intake sheet, and a rehearsal of it.
  const admin = await as('xxb.forms');
  await publish(admin, 'declaration', (form) => withQuestion(form, 'localisation'));
  const { id: base, form: sheet } = await latestOf(admin, 'filing');
  const designed = withQuestion(sheet, 'localisation');
  await draftForm(admin, designed, base);
  const asked = await admin.post<Rehearsal>('/design/forms/filing/rehearsals', { version: 1, sample: null });
  const opinions = await latestOf(admin, 'review');
  // A question no seat of the review may answer would be a finding, and a draft with findings is not rehearsed.
  await draftForm(admin, { ...opinions.form, title: `${opinions.form.title}（修订）` }, opinions.id);
  const newest = (await latestOf(admin, 'declaration')).id;

  while ((await district.deliver()) > 0);
  const addressee = await people.one(district.db, { login: 'jtj.owner' });
  const [message] = await inboxItems.find(district.db, { personId: addressee?.id ?? '' });

  const cases = {
    draft: begun.id,
    atOwner: atOwner.id,
    atHead: atHead.id,
    returned: returned.id,
    withdrawn: withdrawn.id,
    atIntake: filing.id,
    joint,
    summary,
    director,
    reserved,
    recused,
    replaced,
  };
  const attachments = await files.find(district.db, {});
  const given = await tasks.find(district.db, {});
  return {
    tokens,
    cases,
    plan,
    unsent: unsent.project.id,
    candidate: candidate.project.id,
    message: message?.id ?? '',
    newest,
    designed,
    base,
    rehearsal: asked.ok.id,
    draftData,
    /** What this person's screen shows of the case. */
    views: await viewsOf(as, cases),
    fileOf: (id: string) => attachments.find(({ caseId, id: file }) => caseId === id && file !== loose['id'])?.id ?? '',
    looseFile: loose['id'] as string,
    /** The last task this step of the case gave; of a step with several seats, the closed one. */
    taskOf: (id: string, step: string, status = 'open') =>
      given.findLast((task) => task.caseId === id && task.step === step && task.status === status)?.id ?? '',
    /** The proposal of the first declaration that was handed in for a later case lies with its declaration. */
    filedProposal: proposalOf(filing)['id'] as string,
    /** That of a project in review, which its seats read in the carried declaration. */
    reviewedProposal: proposalOf(await (await as('jtj.clerk')).view(joint))['id'] as string,
  };
}

const proposalOf = (view: CaseView): Data => {
  const [proposal] = (view.forms.find(({ key }) => key === 'declaration')?.data['proposalDoc'] ?? []) as Data[];
  return proposal ?? {};
};

/** The screens of those whose turn it is. */
async function viewsOf(as: ReturnType<typeof asIn>, cases: Record<string, string>): Promise<Record<string, CaseView>> {
  const screens: [string, string][] = [
    ['draft', 'jtj.clerk'],
    ['atOwner', 'jtj.owner'],
    ['atHead', 'jtj.head'],
    ['returned', 'jtj.clerk'],
    ['withdrawn', 'jtj.clerk'],
    ['atIntake', 'xxb.intake'],
    ['summary', 'xxb.reviewer'],
    ['director', 'xxb.director'],
    ['reserved', 'jtj.clerk'],
    ['recused', 'ldxz.deputy'],
    ['replaced', 'sjj.reviewer'],
    ['joint', 'jtj.clerk'],
  ];
  const views: [string, CaseView][] = [];
  for (const [name, login] of screens) views.push([name, await (await as(login)).view(cases[name] ?? '')]);
  for (const { login, prefix } of JOINT) views.push([prefix, await (await as(login)).view(cases['joint'] ?? '')]);
  return Object.fromEntries(views);
}
