/** A stage of a project's life as stored in `forms/stages/<nn-stage>/stage.json`. */
import type { Rule } from './dialect.ts';

/** Main states of a project (lifecycle). A word means one thing from URL to table to event. */
export type ProjectState =
  | 'draft'
  | 'unitReview'
  | 'declared'
  | 'supplement'
  | 'preliminary'
  | 'reserved'
  | 'closedNotApplicable'
  | 'rejected'
  | 'withdrawn';

export interface StageForm {
  /** Form key. */
  form: string;
  /** Carried over from the case of this earlier stage; amended only when the case is returned. */
  from?: string;
  /** When it is filled: by the initiator at the start, or at the step that names it. */
  filledAt: 'start' | 'step';
}

/** Where a project's own facts stand: the form, and the key of each field in it. */
export interface StageFacts {
  form: string;
  title: string;
  planYear: string;
  totalInvest: string;
  kind: string;
}

/** A gate that must hold before the named verb; the code of the gate lives in `server/lifecycle/gates.ts`. */
export interface GateRef {
  gate: string;
  at: 'submit' | 'approved';
  /** For gates that add something up over the project's cases of this stage: `<form>.<money field>`. */
  sum?: string;
}

export interface Stage {
  key: string;
  title: string;
  order: number;
  /** Sentence a person reads before starting. */
  description: string;
  articles: string[];
  subject: 'project';
  line: 'main' | 'overlay';
  repeatable: boolean;
  forms: StageForm[];
  /** What the project takes over from a form handed in, so that lists and gates need not open it. */
  facts?: StageFacts;
  /** Seat that may start it by hand; null when only another stage opens it. */
  startedBy: string | null;
  /** Seat of the applicant's unit whose holder fills in, submits, amends and withdraws its cases. */
  filledBy: string;
  /** Opened by the end of another stage's case; what that case handed in is carried over. */
  opensAfter?: { stage: string; outcome: 'approved' | 'rejected'; when?: Rule };
  /** It waits for the annual plan: this seat takes projects into the draft and sends them on together (Article 8). */
  compiledBy?: { seat: string; unit: string };
  /** Project state while the case is a draft, stands at a step (`initiator` while returned), or has ended. */
  states: {
    draft: ProjectState;
    at: Record<string, ProjectState>;
    approved: ProjectState;
    rejected: ProjectState;
    withdrawn: ProjectState;
  };
  gates: GateRef[];
}
