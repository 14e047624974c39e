/** Forms as administrators change them: versions, drafts, publishing, rehearsals. */
import Type, { type Static } from 'typebox';
import type { Form } from '../../../forms/language/dialect.ts';
import { dialect, Id, inline, Instant, nullable, record, Version } from './shape.ts';

const FormKey = () => Type.String({ title: '表单标识', pattern: '^[a-z][A-Za-z0-9]{0,39}$' });
const Reason = () => Type.String({ title: '理由', maxLength: 1000 });

export const FormParams = inline({ key: FormKey() });
export type FormParams = Static<typeof FormParams>;

export const DesignedForm = record('DesignedForm', {
  key: Type.String(),
  title: Type.String(),
  version: Type.Integer({ description: 'The latest version; 0 where nothing was published' }),
  versionId: nullable(Type.String()),
  publishedAt: nullable(Instant()),
  draft: Type.Boolean(),
  retired: Type.Boolean(),
  stages: Type.Array(Type.String(), { description: 'Stages that ask it' }),
  fileDiffers: Type.Boolean({
    description: 'The file in forms/ changed after an administrator had published their own; theirs was kept',
  }),
});
export type DesignedForm = Static<typeof DesignedForm>;

export const DesignedForms = record('DesignedForms', { forms: Type.Array(DesignedForm) });
export type DesignedForms = Static<typeof DesignedForms>;

const draftWords = {
  version: Version('草稿版本号'),
  baseVersionId: nullable(Type.String()),
  savedAt: Instant(),
  savedBy: Type.String(),
};

export const FormHistory = record('FormHistory', {
  key: Type.String(),
  title: Type.String(),
  retired: Type.Boolean(),
  stages: Type.Array(Type.String()),
  file: nullable(dialect<Form>('Form', '表单')),
  versions: Type.Array(
    inline({
      id: Type.String(),
      version: Type.Integer(),
      hash: Type.String(),
      publishedAt: Instant(),
      log: Type.Array(
        inline({
          action: Type.Enum(['publish', 'retire']),
          person: nullable(Type.String({ description: 'Null: published from forms/ by a start of the server' })),
          reason: nullable(Type.String()),
          at: Instant(),
        }),
      ),
    }),
  ),
  draft: nullable(inline(draftWords)),
});
export type FormHistory = Static<typeof FormHistory>;

export const FormDraft = record('FormDraft', { ...draftWords, form: dialect<Form>('Form', '表单') });
export type FormDraft = Static<typeof FormDraft>;

export const Finding = record('Finding', { code: Type.String(), path: Type.String(), message: Type.String() });
export type Finding = Static<typeof Finding>;

export const Findings = record('Findings', { findings: Type.Array(Finding) });
export type Findings = Static<typeof Findings>;

export const FormDraftBody = record('FormDraftBody', {
  version: Version('草稿版本号'),
  baseVersionId: nullable(Id('改自的版本')),
  form: dialect<Form>('Form', '表单'),
});
export type FormDraftBody = Static<typeof FormDraftBody>;

export const FormDraftSaved = record('FormDraftSaved', {
  version: Version(),
  savedAt: Instant(),
  findings: Type.Array(Finding),
});
export type FormDraftSaved = Static<typeof FormDraftSaved>;

export const LintBody = record('LintBody', { form: dialect<Form>('Form', '表单') });
export type LintBody = Static<typeof LintBody>;

/** A version in an address arrives as text and is turned into a number. */
export const DiscardQuery = inline({ version: Version('草稿版本号') });
export type DiscardQuery = Static<typeof DiscardQuery>;

export const PublishBody = record('PublishBody', { version: Version('草稿版本号'), reason: Reason() });
export type PublishBody = Static<typeof PublishBody>;

export const RetireBody = record('RetireBody', { version: Version('现行版本号'), reason: Reason() });
export type RetireBody = Static<typeof RetireBody>;

export const RehearsalBody = record('RehearsalBody', {
  version: Version('草稿版本号'),
  sample: nullable(Type.Integer({ title: '抽取份数', minimum: 1, maximum: 1_000_000 })),
});
export type RehearsalBody = Static<typeof RehearsalBody>;

const rehearsalWords = {
  id: Type.String(),
  formKey: Type.String(),
  status: Type.Enum(['queued', 'running', 'done', 'failed', 'cancelled']),
  sample: nullable(Type.Integer({ description: 'The newest so many submissions; null: all' })),
  total: Type.Integer(),
  done: Type.Integer(),
  broken: Type.Integer(),
  createdAt: Instant(),
  endedAt: nullable(Instant()),
  askedBy: Type.String(),
  current: Type.Boolean({ description: 'The draft is still the one that was rehearsed' }),
};

export const RehearsalRow = record('RehearsalRow', rehearsalWords);
export type RehearsalRow = Static<typeof RehearsalRow>;

export const Rehearsals = record('Rehearsals', { rehearsals: Type.Array(RehearsalRow) });
export type Rehearsals = Static<typeof Rehearsals>;

export const Rehearsal = record('Rehearsal', {
  ...rehearsalWords,
  report: nullable(
    inline({
      brokenBefore: Type.Integer({ description: 'Submissions that break their own version as well' }),
      places: Type.Array(
        inline({ path: Type.String(), title: Type.String(), code: Type.String(), count: Type.Integer() }),
      ),
      cases: Type.Array(
        inline({
          caseId: Type.String(),
          docNo: nullable(Type.String()),
          path: Type.String(),
          code: Type.String(),
        }),
      ),
    }),
  ),
});
export type Rehearsal = Static<typeof Rehearsal>;
