/** Starting, filling in, submitting and reading a case. */
import Type, { type Static } from 'typebox';
import type { Data, Env, FieldRights } from '../../../forms/language/dialect.ts';
import { Cursor, PageQuery, Problem } from './common.ts';
import { dialect, Fen, Id, inline, Instant, KeyText, nullable, record, Version } from './shape.ts';

export const FormData = () => dialect<Data>('Data', '表单内容');

export const Forms = () =>
  Type.Record(Type.String({ pattern: '^[A-Za-z][A-Za-z0-9]{0,63}$' }), FormData(), { title: '表单', maxProperties: 8 });

export const ScreeningBody = record('ScreeningBody', {
  secret: Type.Boolean({ title: '是否涉及国家秘密或工作秘密' }),
});
export type ScreeningBody = Static<typeof ScreeningBody>;

export const Screening = Type.Union(
  [
    inline({ outcome: Type.Literal('secret'), message: Type.String(), contact: Type.String() }),
    inline({ outcome: Type.Literal('open'), caseId: Type.String(), projectId: Type.String() }),
  ],
  { $comment: 'Screening' },
);
export type Screening = Static<typeof Screening>;

export const DraftBody = record('DraftBody', {
  form: KeyText('表单'),
  task: nullable(Id('任务')),
  data: FormData(),
  draftVersion: Version('草稿版本号'),
});
export type DraftBody = Static<typeof DraftBody>;

export const DraftSaved = record('DraftSaved', {
  draftVersion: Version(),
  savedAt: Instant(),
  problems: Type.Array(Problem),
});
export type DraftSaved = Static<typeof DraftSaved>;

export const SubmitBody = record('SubmitBody', { version: Version(), forms: Forms() });
export type SubmitBody = Static<typeof SubmitBody>;

export const WithdrawBody = record('WithdrawBody', {
  version: Version(),
  reason: Type.String({ title: '撤回原因', maxLength: 1000 }),
});
export type WithdrawBody = Static<typeof WithdrawBody>;

export const CaseRow = record('CaseRow', {
  taskId: Type.Optional(Type.String()),
  caseId: Type.String(),
  title: Type.String(),
  stage: Type.String(),
  stageTitle: Type.String(),
  unitName: Type.String(),
  amount: nullable(Fen()),
  state: Type.Enum(['draft', 'running', 'returned', 'ended']),
  outcome: nullable(Type.Enum(['approved', 'rejected', 'withdrawn'])),
  projectState: Type.String(),
  stepTitle: nullable(Type.String()),
  holders: Type.Array(Type.String()),
  since: Instant(),
  days: Type.Integer(),
  updatedAt: Instant(),
  decision: Type.Optional(nullable(Type.String())),
  decisionTitle: Type.Optional(Type.String({ description: "The decision in the step's own words" })),
  returned: Type.Boolean(),
});
export type CaseRow = Static<typeof CaseRow>;

export const CaseRows = record('CaseRows', { items: Type.Array(CaseRow), nextCursor: Cursor() });
export type CaseRows = Static<typeof CaseRows>;

export const CasesQuery = inline({ box: Type.Enum(['mine'], { title: '列表' }), ...PageQuery.properties });
export type CasesQuery = Static<typeof CasesQuery>;

export const AllowedActionView = record('AllowedActionView', {
  type: Type.Enum(['approve', 'return', 'reject', 'resubmit', 'nominate', 'withdraw', 'submit']),
  task: nullable(Type.String({ description: 'Id of the task to act on; null for submit and withdraw' })),
  label: Type.String(),
  opinionRequired: Type.Boolean(),
  targets: Type.Optional(
    Type.Array(
      inline({
        to: Type.String(),
        label: Type.String(),
        resume: Type.Array(Type.Enum(['stepwise', 'straightBack'])),
      }),
    ),
  ),
});
export type AllowedActionView = Static<typeof AllowedActionView>;

export const Holder = record('Holder', {
  seat: Type.String(),
  unit: Type.String(),
  names: Type.Array(Type.String()),
  since: Instant(),
  days: Type.Integer(),
});
export type Holder = Static<typeof Holder>;

export const AskedSeat = record('AskedSeat', {
  seat: Type.String(),
  unit: Type.String(),
  status: Type.Enum(['answered', 'waiting', 'recused']),
  names: Type.Array(Type.String(), { description: 'Who answered, or who may' }),
  since: Instant(),
  at: nullable(Instant()),
  days: Type.Integer(),
  substitute: nullable(
    Type.String({ description: 'Who answers in place of a recused seat; null while none is named' }),
  ),
  standsFor: nullable(Type.String({ description: 'The recused seat it answers for' })),
});
export type AskedSeat = Static<typeof AskedSeat>;

export const Asked = record('Asked', {
  title: Type.String({ description: 'The step that asks several seats at once' }),
  label: Type.String({ description: 'What a seat does there, in the words of the step' }),
  open: Type.Boolean({ description: 'Whether the case stands there now' }),
  seats: Type.Array(AskedSeat),
});
export type Asked = Static<typeof Asked>;

export const PathPoint = record('PathPoint', {
  key: Type.String(),
  title: Type.String(),
  status: Type.Enum(['done', 'current', 'ahead', 'skipped']),
  seats: Type.Array(Type.String()),
  by: Type.Optional(Type.String()),
  at: Type.Optional(Instant()),
});
export type PathPoint = Static<typeof PathPoint>;

export const CaseForm = record('CaseForm', {
  key: Type.String(),
  title: Type.String(),
  versionId: Type.String(),
  filledAt: Type.Enum(['start', 'step']),
  data: FormData(),
  rights: dialect<FieldRights>('FieldRights', '字段权限'),
  editable: Type.Boolean(),
  task: nullable(Type.String({ description: 'Task it is filled in at; null before the first submission' })),
  draft: Type.Boolean(),
  draftVersion: Version(),
  carried: Type.Record(Type.String(), Type.String(), { title: '从哪里带入的内容' }),
  revision: Type.Integer(),
  standsFor: nullable(Type.String({ description: 'The recused seat it is filled in for, in words' })),
});
export type CaseForm = Static<typeof CaseForm>;

export const Notice = record('Notice', {
  level: Type.Enum(['warn', 'block']),
  message: Type.String(),
  article: Type.Optional(Type.String()),
});
export type Notice = Static<typeof Notice>;

export const TimelineEntry = record('TimelineEntry', {
  seq: Type.Integer(),
  at: Instant(),
  seat: nullable(Type.String()),
  person: nullable(Type.String()),
  unit: nullable(Type.String()),
  action: Type.String(),
  actionTitle: Type.String(),
  step: nullable(Type.String()),
  opinion: nullable(Type.String()),
});
export type TimelineEntry = Static<typeof TimelineEntry>;

export const CaseView = record('CaseView', {
  id: Type.String(),
  version: Version(),
  stage: inline({ key: Type.String(), title: Type.String() }),
  project: inline({
    id: Type.String(),
    no: nullable(Type.String()),
    title: nullable(Type.String()),
    state: Type.String(),
    stateTitle: Type.String(),
  }),
  docNo: nullable(Type.String()),
  unit: inline({ code: Type.String(), name: Type.String() }),
  initiator: inline({ name: Type.String() }),
  state: Type.Enum(['draft', 'running', 'returned', 'ended']),
  outcome: nullable(Type.Enum(['approved', 'rejected', 'withdrawn'])),
  round: Type.Integer(),
  openedAt: Instant(),
  at: nullable(inline({ key: Type.String(), title: Type.String() })),
  holders: Type.Array(Holder),
  path: Type.Array(PathPoint),
  asked: nullable(Asked),
  forms: Type.Array(CaseForm),
  env: dialect<Env>('Env', '规则环境'),
  allowed: Type.Array(AllowedActionView),
  returned: nullable(
    inline({
      from: Type.String(),
      by: Type.String(),
      reason: Type.String(),
      at: Instant(),
      resume: Type.Enum(['stepwise', 'straightBack']),
    }),
  ),
  notices: Type.Array(Notice),
  problems: Type.Array(Problem),
  timeline: Type.Array(TimelineEntry),
  relatedCases: Type.Array(
    inline({
      id: Type.String(),
      stageTitle: Type.String(),
      state: Type.String(),
      outcome: nullable(Type.String()),
    }),
  ),
});
export type CaseView = Static<typeof CaseView>;

const place = { path: Type.String(), title: Type.String() };

export const NewerVersion = record('NewerVersion', {
  version: Version(),
  forms: Type.Array(
    inline({
      key: Type.String(),
      title: Type.String(),
      from: Type.Integer(),
      to: Type.Integer(),
      versionId: Type.String(),
      carried: Type.Array(inline(place)),
      dropped: Type.Array(inline({ ...place, why: Type.Enum(['gone', 'changed', 'notOffered']) })),
      newlyRequired: Type.Array(inline({ ...place, when: Type.Enum(['always', 'sometimes']) })),
    }),
  ),
});
export type NewerVersion = Static<typeof NewerVersion>;

export const MoveBody = record('MoveBody', {
  version: Version(),
  form: KeyText('表单'),
  versionId: Id('换用的版本'),
});
export type MoveBody = Static<typeof MoveBody>;
