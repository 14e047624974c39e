/** What is tried: for every route, every situation of its object, with what would succeed for the rightful person. */
import type { Data } from '../../forms/language/dialect.ts';
import { acceptance, JOINT, opinionOf, summaryOf, YEAR } from './reviewing.ts';
import type { Situations } from './situations.ts';

export interface Probe {
  /** The route's name in the route table. */
  route: string;
  situation: string;
  params?: Record<string, string>;
  query?: Record<string, string>;
  body?: object;
  /** Sends a small PDF instead of a body. */
  upload?: true;
  /** Asked of a list: is the object in it? */
  shows?: (answer: string) => boolean;
  /** As in production, without the demonstration. */
  production?: true;
}

const CASES: [key: keyof Situations['cases'], words: string][] = [
  ['draft', '草稿'],
  ['atOwner', '待责任人审核'],
  ['atHead', '待负责人签发'],
  ['returned', '退回填报人'],
  ['withdrawn', '已撤销'],
  ['atIntake', '待受理'],
  ['joint', '会签中（信息办已签）'],
  ['summary', '待汇总'],
  ['director', '待主任审定'],
  ['reserved', '已入储备库'],
  ['recused', '财政局的项目，待指定替代席位'],
  ['replaced', '财政局的项目，已指定审计局替代'],
];

/** A row for every situation of a case. */
function perCase(
  { cases }: Situations,
  probe: (id: string, key: string) => Omit<Probe, 'situation'>,
  of = CASES,
): Probe[] {
  return of.map(([key, situation]) => ({ situation, ...probe(cases[key], key) }));
}

const everybody = (route: string, rest: Partial<Probe> = {}): Probe => ({ route, situation: '任何时候', ...rest });

export function probesOf(s: Situations): Probe[] {
  return [...open(s), ...reading(s), ...filling(s), ...acting(s), ...planning(s), ...designing(s)];
}

function open(s: Situations): Probe[] {
  const formVersion = s.views['joint']?.forms[0]?.versionId ?? '';
  return [
    everybody('health'),
    everybody('openapi'),
    everybody('district'),
    everybody('articles'),
    everybody('dictionaries'),
    everybody('personas', { situation: '演示时' }),
    everybody('personas', { situation: '正式使用时', production: true }),
    everybody('signInDemo', { situation: '演示时', body: { login: 'ppjd.head' } }),
    everybody('signInDemo', { situation: '正式使用时', body: { login: 'ppjd.head' }, production: true }),
    everybody('signInDemo', { situation: '演示时，登录已停用的账号', body: { login: 'jtj+stopped' } }),
    everybody('me'),
    everybody('signOut'),
    everybody('formVersion', { params: { id: formVersion } }),
    everybody('screenProject', { situation: '不涉密，新建项目', body: { secret: false } }),
    everybody('screenProject', { situation: '涉密', body: { secret: true } }),
  ];
}

function reading(s: Situations): Probe[] {
  const inList = (route: string, query: Record<string, string>, words: string) =>
    perCase(s, (id) => ({ route, query: { ...query, limit: '100' }, shows: (text) => text.includes(id) })).map(
      (probe) => ({ ...probe, situation: `${words}：${probe.situation}` }),
    );
  const project = s.views['atOwner']?.project.id ?? '';
  const { draft, atOwner, reserved, joint } = s.cases;
  return [
    ...perCase(s, (id) => ({ route: 'caseView', params: { id } })),
    ...inList('cases', { box: 'mine' }, '我的申报里'),
    ...inList('tasks', { box: 'todo' }, '待办里'),
    ...inList('tasks', { box: 'done' }, '已办里'),
    { route: 'readFile', situation: '草稿里的附件', params: { id: s.fileOf(draft) } },
    { route: 'readFile', situation: '单位审核中，已提交的附件', params: { id: s.fileOf(atOwner) } },
    { route: 'readFile', situation: '已受理，已提交的附件', params: { id: s.filedProposal } },
    { route: 'readFile', situation: '会签中，随申报表送审的附件', params: { id: s.reviewedProposal } },
    { route: 'readFile', situation: '退回后新传、还没有提交的附件', params: { id: s.looseFile } },
    everybody('messages', {
      situation: '收到本单位责任人的待办消息',
      query: { limit: '100' },
      shows: (text) => text.includes(s.message),
    }),
    { route: 'readMessage', situation: '本单位责任人的消息', params: { id: s.message } },
    {
      route: 'references',
      situation: '可引用甲单位已有编号的项目',
      params: { source: 'project' },
      shows: (text) => text.includes(project),
    },
    everybody('references', { situation: '规划条目', params: { source: 'planningClause' } }),
    everybody('plans'),
    everybody('planView', { params: { year: String(YEAR) } }),
    everybody('planView', {
      situation: '草案里看得到会签中的项目',
      params: { year: String(YEAR) },
      shows: (text) => text.includes(joint) && text.includes(reserved),
    }),
  ];
}

const formIn = (s: Situations, key: string, form: string): Data =>
  s.views[key]?.forms.find((one) => one.key === form)?.data ?? {};

const turnIn = (s: Situations, key: string): string => s.views[key]?.allowed.find(({ task }) => task)?.task ?? '';

/** The opinion each seat of the joint step would hand in, as its own screen has it. */
const opinionIn = (s: Situations, prefix: string): Data =>
  opinionOf({ prefix: prefix as 'tech' }, formIn(s, prefix, 'review'));

const OPEN_SEATS = JOINT.filter(({ prefix }) => prefix !== 'office');
const SEAT_WORDS: Record<string, string> = {
  tech: '技术审查岗',
  finance: '财政局',
  planning: '发改委',
  approval: '审批局',
};

function filling(s: Situations): Probe[] {
  const save = (
    situation: string,
    id: string,
    form: string,
    task: string | null,
    data: Data,
    draftVersion = 0,
  ): Probe => ({
    route: 'saveDraft',
    situation,
    params: { id },
    body: { form, task, data, draftVersion },
  });
  const { draft, atOwner, returned, atIntake, joint, summary, director, reserved, replaced } = s.cases;
  const declaration = formIn(s, 'returned', 'declaration');
  const closed = s.taskOf(joint, 'joint', 'done');
  const substitute = { ...opinionOf({ prefix: 'finance' }, formIn(s, 'replaced', 'review')) };
  return [
    save('草稿：申报表', draft, 'declaration', null, s.draftData, 1),
    save('待责任人审核：申报表', atOwner, 'declaration', turnIn(s, 'atOwner'), formIn(s, 'atOwner', 'declaration')),
    save('退回填报人：申报表', returned, 'declaration', turnIn(s, 'returned'), declaration),
    save('待受理：受理表', atIntake, 'filing', turnIn(s, 'atIntake'), acceptance(s.views['atIntake']!)['filing'] ?? {}),
    ...OPEN_SEATS.map(({ prefix }) =>
      save(`会签中：${SEAT_WORDS[prefix]}的意见`, joint, 'review', turnIn(s, prefix), opinionIn(s, prefix)),
    ),
    save('会签中：信息办已签的意见', joint, 'review', closed, {}),
    save('会签中：发改委的意见写进财政局的任务', joint, 'review', turnIn(s, 'finance'), opinionIn(s, 'planning')),
    save('财政局的项目：替代席位的意见', replaced, 'review', turnIn(s, 'replaced'), substitute),
    save('待汇总：汇总意见', summary, 'review', turnIn(s, 'summary'), summaryOf(formIn(s, 'summary', 'review'))),
    save('待主任审定：优先级', director, 'review', turnIn(s, 'director'), formIn(s, 'director', 'review')),
    save('已入储备库：初审意见', reserved, 'review', null, {}),
    ...perCase(s, (id) => ({ route: 'addFile', params: { id }, upload: true as const })),
    submit('草稿', draft, 0, s.draftData),
    submit('待责任人审核', atOwner, 1, s.draftData),
    submit('已入储备库', reserved, s.views['reserved']?.version ?? 0, {}),
    ...perCase(s, (id, key) => ({
      route: 'withdrawCase',
      params: { id },
      body: { version: s.views[key]?.version ?? 0, reason: '不再申报' },
    })),
  ];
}

const submit = (situation: string, id: string, version: number, declaration: Data): Probe => ({
  route: 'submitCase',
  situation,
  params: { id },
  body: { version, forms: { declaration } },
});

function acting(s: Situations): Probe[] {
  const act = (situation: string, key: string, action: string, rest: object = {}, task = turnIn(s, key)): Probe => ({
    route: 'actOnTask',
    situation,
    params: { id: task },
    body: { version: s.views[key]?.version ?? 0, action, opinion: '意见', ...rest },
  });
  const back = { to: 'initiator' };
  const { joint, reserved, atHead } = s.cases;
  const substitute = opinionOf({ prefix: 'finance' }, formIn(s, 'replaced', 'review'));
  return [
    act('待责任人审核：审核通过', 'atOwner', 'approve'),
    act('待责任人审核：退回', 'atOwner', 'return', back),
    act('待负责人签发：签发', 'atHead', 'approve'),
    act('待负责人签发：退回', 'atHead', 'return', back),
    act('待负责人签发：不同意申报', 'atHead', 'reject'),
    act('待负责人签发：责任人已办的任务', 'atHead', 'approve', {}, s.taskOf(atHead, 'owner', 'done')),
    act('退回填报人：重新提交', 'returned', 'resubmit', {
      forms: { declaration: formIn(s, 'returned', 'declaration') },
    }),
    act('待受理：受理', 'atIntake', 'approve', { forms: acceptance(s.views['atIntake']!) }),
    act('待受理：一次性补正', 'atIntake', 'return', { ...back, forms: correction(s) }),
    act('待受理：不予受理', 'atIntake', 'reject', { forms: rejection(s) }),
    ...OPEN_SEATS.map(({ prefix }) =>
      act(`会签中：${SEAT_WORDS[prefix]}提交意见`, prefix, 'approve', { forms: { review: opinionIn(s, prefix) } }),
    ),
    act('会签中：信息办已办的任务', 'joint', 'approve', {}, s.taskOf(joint, 'joint', 'done')),
    act('待指定替代席位：指定审计局', 'recused', 'nominate', { to: 'sjj/reviewer' }),
    act('已指定审计局替代：提交意见', 'replaced', 'approve', { forms: { review: substitute } }),
    act('待汇总：汇总上报', 'summary', 'approve', { forms: { review: summaryOf(formIn(s, 'summary', 'review')) } }),
    act('待汇总：退回修改', 'summary', 'return', back),
    act('待主任审定：初审通过', 'director', 'approve', { forms: { review: formIn(s, 'director', 'review') } }),
    act('待主任审定：退回重新汇总', 'director', 'return', { to: 'previous' }),
    act('待主任审定：退回申报单位', 'director', 'return', back),
    act('待主任审定：初审不通过', 'director', 'reject'),
    act('已入储备库：主任已办的任务', 'reserved', 'approve', {}, s.taskOf(reserved, 'director', 'done')),
  ];
}

/** What the desk writes when it does not accept: the same sheet. */
const rejection = (s: Situations): Record<string, Data> => acceptance(s.views['atIntake']!);

/** What it writes when the unit is to correct something, once. */
function correction(s: Situations): Record<string, Data> {
  const correctionList = [{ item: '运维经费测算', requirement: '补充三年运维经费的测算依据。' }];
  return { filing: { ...acceptance(s.views['atIntake']!)['filing'], correctionList, supplementDue: '2026-09-20' } };
}

function planning(s: Situations): Probe[] {
  const params = { year: String(YEAR) };
  const { version } = s.plan;
  return [
    everybody('compilePlan', {
      situation: '编入一个已受理的项目',
      params,
      body: { version, projects: [s.unsent, s.candidate] },
    }),
    everybody('sendPlan', { situation: '有一个项目待送审', params, body: { version } }),
  ];
}

function designing(s: Situations): Probe[] {
  const params = { key: 'filing' };
  const draft = { version: 1, baseVersionId: s.base, form: s.designed };
  const move = (situation: string, id: string, key: string): Probe => ({
    route: 'moveToVersion',
    situation,
    params: { id },
    body: { version: s.views[key]?.version ?? 0, form: 'declaration', versionId: s.newest },
  });
  const { draft: begun, atOwner, returned, reserved } = s.cases;
  return [
    everybody('designForms'),
    everybody('designForm', { params }),
    everybody('formDraft', { situation: '有草稿', params }),
    everybody('saveFormDraft', { situation: '有草稿', params, body: draft }),
    everybody('discardFormDraft', { situation: '有草稿', params, query: { version: '1' } }),
    everybody('lintForm', { params, body: { form: s.designed } }),
    everybody('publishForm', { situation: '有草稿', params, body: { version: 1, reason: '按新要求修订' } }),
    everybody('retireForm', { situation: '在用', params, body: { version: 1, reason: '表式作废' } }),
    everybody('rehearsals', { params }),
    everybody('startRehearsal', {
      situation: '没有正在进行的演练',
      params: { key: 'review' },
      body: { version: 1, sample: null },
    }),
    everybody('rehearsal', { params: { id: s.rehearsal } }),
    everybody('cancelRehearsal', { situation: '等待中', params: { id: s.rehearsal } }),
    ...perCase(s, (id) => ({
      route: 'newerVersion',
      params: { id },
      shows: (text) => text.includes('"key":"declaration"'),
    })),
    move('草稿', begun, 'draft'),
    move('待责任人审核', atOwner, 'atOwner'),
    move('退回填报人', returned, 'returned'),
    move('已入储备库', reserved, 'reserved'),
  ];
}
