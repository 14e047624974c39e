// Written by scripts/api-types.ts from server/routes/contract. Do not edit: change the contract and run it again.

import type { Data, Env, FieldRights, Form } from '../../../forms/language/dialect.ts';

export type { Data, Env, FieldRights, Form };

export interface ActBody {
  /** 版本号 */
  version: number;
  /** 办理动作 */
  action: 'approve' | 'return' | 'reject' | 'resubmit' | 'nominate';
  /** 意见 */
  opinion: string;
  /** 退回到的环节，或指定的席位 */
  to?: string;
  /** 重新提交后的走法 */
  resume?: 'stepwise' | 'straightBack';
  /** 表单 */
  forms?: Record<string, Data>;
}

export interface AllowedActionView {
  type: 'approve' | 'return' | 'reject' | 'resubmit' | 'nominate' | 'withdraw' | 'submit';
  task: string | null;
  label: string;
  opinionRequired: boolean;
  targets?: {
    to: string;
    label: string;
    resume: ('stepwise' | 'straightBack')[];
  }[];
}

export interface Article {
  no: string;
  chapter: string;
  text: string;
}

export interface Articles {
  articles: Article[];
}

export interface Asked {
  /** The step that asks several seats at once */
  title: string;
  /** What a seat does there, in the words of the step */
  label: string;
  /** Whether the case stands there now */
  open: boolean;
  seats: AskedSeat[];
}

export interface AskedSeat {
  seat: string;
  unit: string;
  status: 'answered' | 'waiting' | 'recused';
  /** Who answered, or who may */
  names: string[];
  since: number;
  at: number | null;
  days: number;
  substitute: string | null;
  standsFor: string | null;
}

export interface CaseForm {
  key: string;
  title: string;
  versionId: string;
  filledAt: 'start' | 'step';
  /** 表单内容 */
  data: Data;
  /** 字段权限 */
  rights: FieldRights;
  editable: boolean;
  task: string | null;
  draft: boolean;
  /** 版本号 */
  draftVersion: number;
  /** 从哪里带入的内容 */
  carried: Record<string, string>;
  revision: number;
  standsFor: string | null;
}

export interface CaseRow {
  taskId?: string;
  caseId: string;
  title: string;
  stage: string;
  stageTitle: string;
  unitName: string;
  amount: number | null;
  state: 'draft' | 'running' | 'returned' | 'ended';
  outcome: 'approved' | 'rejected' | 'withdrawn' | null;
  projectState: string;
  stepTitle: string | null;
  holders: string[];
  since: number;
  days: number;
  updatedAt: number;
  decision?: string | null;
  /** The decision in the step's own words */
  decisionTitle?: string;
  returned: boolean;
}

export interface CaseRows {
  items: CaseRow[];
  nextCursor: string | null;
}

export interface CaseView {
  id: string;
  /** 版本号 */
  version: number;
  stage: {
    key: string;
    title: string;
  };
  project: {
    id: string;
    no: string | null;
    title: string | null;
    state: string;
    stateTitle: string;
  };
  docNo: string | null;
  unit: {
    code: string;
    name: string;
  };
  initiator: {
    name: string;
  };
  state: 'draft' | 'running' | 'returned' | 'ended';
  outcome: 'approved' | 'rejected' | 'withdrawn' | null;
  round: number;
  openedAt: number;
  at: {
    key: string;
    title: string;
  } | null;
  holders: Holder[];
  path: PathPoint[];
  asked: Asked | null;
  forms: CaseForm[];
  /** 规则环境 */
  env: Env;
  allowed: AllowedActionView[];
  returned: {
    from: string;
    by: string;
    reason: string;
    at: number;
    resume: 'stepwise' | 'straightBack';
  } | null;
  notices: Notice[];
  problems: Problem[];
  timeline: TimelineEntry[];
  relatedCases: {
    id: string;
    stageTitle: string;
    state: string;
    outcome: string | null;
  }[];
}

export interface CompileBody {
  /** 版本号 */
  version: number;
  /** 编入的项目 */
  projects: string[];
}

export interface DemoLoginBody {
  /** 演示账号 */
  login: string;
}

export interface DesignedForm {
  key: string;
  title: string;
  /** The latest version; 0 where nothing was published */
  version: number;
  versionId: string | null;
  publishedAt: number | null;
  draft: boolean;
  retired: boolean;
  /** Stages that ask it */
  stages: string[];
  /** The file in forms/ changed after an administrator had published their own; theirs was kept */
  fileDiffers: boolean;
}

export interface DesignedForms {
  forms: DesignedForm[];
}

export interface DictionariesView {
  dictionaries: Record<string, DictionaryOption[]>;
  units: {
    code: string;
    name: string;
  }[];
}

export interface DictionaryOption {
  value: string;
  label: string;
  /** The option this one belongs under */
  parent?: string;
}

export interface DistrictView {
  name: string;
  office: {
    name: string;
    phone: string;
  };
  secrecy: {
    contact: string;
  };
  regulation: {
    title: string;
  };
}

export interface DraftBody {
  /** 表单 */
  form: string;
  task: string | null;
  /** 表单内容 */
  data: Data;
  /** 草稿版本号 */
  draftVersion: number;
}

export interface DraftSaved {
  /** 版本号 */
  draftVersion: number;
  savedAt: number;
  problems: Problem[];
}

export interface ErrorBody {
  error: {
    /** A code from the error catalogue */
    code: string;
    /** A Chinese sentence: what is wrong, why, what to do next */
    message: string;
    /** Article of the regulation that refuses */
    article?: string;
    /** Rule id, e.g. R07-3 */
    rule?: string;
    problems?: Problem[];
    requestId: string;
  };
}

export interface Finding {
  code: string;
  path: string;
  message: string;
}

export interface Findings {
  findings: Finding[];
}

export interface FormDraft {
  /** 草稿版本号 */
  version: number;
  baseVersionId: string | null;
  savedAt: number;
  savedBy: string;
  /** 表单 */
  form: Form;
}

export interface FormDraftBody {
  /** 草稿版本号 */
  version: number;
  baseVersionId: string | null;
  /** 表单 */
  form: Form;
}

export interface FormDraftSaved {
  /** 版本号 */
  version: number;
  savedAt: number;
  findings: Finding[];
}

export interface FormHistory {
  key: string;
  title: string;
  retired: boolean;
  stages: string[];
  file: Form | null;
  versions: {
    id: string;
    version: number;
    hash: string;
    publishedAt: number;
    log: {
      action: 'publish' | 'retire';
      person: string | null;
      reason: string | null;
      at: number;
    }[];
  }[];
  draft: {
    /** 草稿版本号 */
    version: number;
    baseVersionId: string | null;
    savedAt: number;
    savedBy: string;
  } | null;
}

export interface FormVersion {
  id: string;
  key: string;
  version: number;
  /** 表单 */
  form: Form;
}

export interface Health {
  status: 'ok';
}

export interface Holder {
  seat: string;
  unit: string;
  names: string[];
  since: number;
  days: number;
}

export interface LintBody {
  /** 表单 */
  form: Form;
}

export interface Login {
  /** Sent back as `Authorization: Bearer <token>`; stored nowhere in clear */
  token: string;
  person: PersonView;
}

export interface Me {
  person: PersonView;
  unit: {
    id: string;
    code: string;
    name: string;
  };
  seats: SeatView[];
  may: {
    declare: boolean;
    plan: boolean;
  };
  counts: {
    todo: number;
    unread: number;
  };
}

export interface Message {
  id: string;
  title: string;
  text: string;
  caseId: string | null;
  projectTitle: string | null;
  createdAt: number;
  readAt: number | null;
}

export interface Messages {
  items: Message[];
  nextCursor: string | null;
  unread: number;
}

export interface MoveBody {
  /** 版本号 */
  version: number;
  /** 表单 */
  form: string;
  /** 换用的版本 */
  versionId: string;
}

export interface NewerVersion {
  /** 版本号 */
  version: number;
  forms: {
    key: string;
    title: string;
    from: number;
    to: number;
    versionId: string;
    carried: {
      path: string;
      title: string;
    }[];
    dropped: {
      path: string;
      title: string;
      why: 'gone' | 'changed' | 'notOffered';
    }[];
    newlyRequired: {
      path: string;
      title: string;
      when: 'always' | 'sometimes';
    }[];
  }[];
}

export interface Notice {
  level: 'warn' | 'block';
  message: string;
  article?: string;
}

export interface PathPoint {
  key: string;
  title: string;
  status: 'done' | 'current' | 'ahead' | 'skipped';
  seats: string[];
  by?: string;
  at?: number;
}

export interface Persona {
  login: string;
  name: string;
  title: string;
  unit: string;
  seats: string[];
  note: string;
}

export interface Personas {
  personas: Persona[];
}

export interface PersonView {
  id: string;
  name: string;
  title: string;
  phone: string | null;
}

export interface PlanCandidate {
  projectId: string;
  no: string | null;
  title: string | null;
  unitName: string;
  amount: number | null;
}

export interface PlanLine {
  projectId: string;
  no: string | null;
  title: string | null;
  unitName: string;
  amount: number | null;
  batch: number | null;
  caseId: string | null;
  state: 'draft' | 'running' | 'returned' | 'ended';
  outcome: 'approved' | 'rejected' | 'withdrawn' | null;
  stateTitle: string;
  stepTitle: string | null;
  /** Seats of the step it stands at that have answered in this round */
  answered: number;
  asked: number;
}

export interface PlanView {
  /** 年度 */
  year: number;
  /** 版本号 */
  version: number;
  mayCompile: boolean;
  /** Seats a line is sent to, all at once */
  asks: string[];
  lines: PlanLine[];
  candidates: PlanCandidate[];
}

export interface PlanYears {
  years: {
    /** 年度 */
    year: number;
    lines: number;
    sent: number;
    candidates: number;
  }[];
}

export interface Problem {
  path: string;
  title: string;
  code: string;
  level: 'block' | 'warn';
  message: string;
  article?: string;
}

export interface PublishBody {
  /** 草稿版本号 */
  version: number;
  /** 理由 */
  reason: string;
}

export interface Reference {
  id: string;
  label: string;
  note: string | null;
}

export interface References {
  items: Reference[];
}

export interface Rehearsal {
  id: string;
  formKey: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  sample: number | null;
  total: number;
  done: number;
  broken: number;
  createdAt: number;
  endedAt: number | null;
  askedBy: string;
  /** The draft is still the one that was rehearsed */
  current: boolean;
  report: {
    /** Submissions that break their own version as well */
    brokenBefore: number;
    places: {
      path: string;
      title: string;
      code: string;
      count: number;
    }[];
    cases: {
      caseId: string;
      docNo: string | null;
      path: string;
      code: string;
    }[];
  } | null;
}

export interface RehearsalBody {
  /** 草稿版本号 */
  version: number;
  sample: number | null;
}

export interface RehearsalRow {
  id: string;
  formKey: string;
  status: 'queued' | 'running' | 'done' | 'failed' | 'cancelled';
  sample: number | null;
  total: number;
  done: number;
  broken: number;
  createdAt: number;
  endedAt: number | null;
  askedBy: string;
  /** The draft is still the one that was rehearsed */
  current: boolean;
}

export interface Rehearsals {
  rehearsals: RehearsalRow[];
}

export interface RetireBody {
  /** 现行版本号 */
  version: number;
  /** 理由 */
  reason: string;
}

export type Screening =
  | {
      outcome: 'secret';
      message: string;
      contact: string;
    }
  | {
      outcome: 'open';
      caseId: string;
      projectId: string;
    };

export interface ScreeningBody {
  /** 是否涉及国家秘密或工作秘密 */
  secret: boolean;
}

export interface SeatView {
  id: string;
  key: string;
  title: string;
  unit: {
    code: string;
    name: string;
  };
}

export interface SendPlanBody {
  /** 版本号 */
  version: number;
}

export interface SubmitBody {
  /** 版本号 */
  version: number;
  /** 表单 */
  forms: Record<string, Data>;
}

export interface TimelineEntry {
  seq: number;
  at: number;
  seat: string | null;
  person: string | null;
  unit: string | null;
  action: string;
  actionTitle: string;
  step: string | null;
  opinion: string | null;
}

export interface UploadedFile {
  id: string;
  name: string;
  size: number;
}

export interface WithdrawBody {
  /** 版本号 */
  version: number;
  /** 撤回原因 */
  reason: string;
}
