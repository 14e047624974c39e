/**
 * The vocabulary of the approval engine. Pure data: a flow is what was designed, a state is where one case
 * stands, facts are what the engine may know of the world. Nothing here has a clock, a database or a person's name.
 */
import type { Env, FieldRights, Rule, Data } from '../../forms/language/dialect.ts';

export type Mode = 'all' | 'any';
export type Resume = 'stepwise' | 'straightBack';

/** Which seat acts: a seat key within the applicant's unit, or within a named unit. */
export interface SeatRef {
  seat: string;
  /** `applicant` or a unit code from the catalogue. */
  unit: string;
}

/** A seat of a step, with what it alone may read and write there. */
export interface StepSeat extends SeatRef {
  /** By form key; a form named here replaces what the step says of it. */
  rights?: Record<string, FieldRights>;
}

/**
 * What happens where a seat would review its own unit's project: it is recorded as recused, the seat `namedBy` names
 * one of the `candidates`, and that seat answers in its place, with its rights.
 */
export interface Recusal {
  namedBy: SeatRef;
  candidates: SeatRef[];
}

export interface Step {
  type: 'step';
  key: string;
  title: string;
  /** `approve` decides on what is filed; `handle` also fills in a form of its own. */
  kind: 'approve' | 'handle';
  seats: StepSeat[];
  mode: Mode;
  /** The step is passed over while this does not hold. */
  when?: Rule;
  /** Targets offered for 退回: `initiator`, `previous` or a step key. Empty or absent: no return. */
  returns?: string[];
  /** The step may return only once in the life of the case (一次性告知). */
  returnOnce?: boolean;
  /** A return hands the step's form in (一次性补正单). Absent: what is being written stays a draft of the seat's. */
  returnsForm?: boolean;
  /** Where a resubmission goes when the decider does not choose. */
  resume?: Resume;
  /** Absent means `reject` is offered. */
  mayReject?: boolean;
  /** Words on the buttons where the plain ones would mislead (受理, 一次性补正, 不予受理). */
  labels?: Partial<Record<'approve' | 'return' | 'reject', string>>;
  /** Key of the form this step fills in (`handle`). */
  form?: string;
  /** Field rights at this step, by form key. Absent means everything is read-only except `form`, which is editable. */
  rights?: Record<string, FieldRights>;
  /** Absent: a step at which the applicant's own unit has a seat of its own is designed so (单位负责人). */
  recusal?: Recusal;
  /** Its answer does not outlive a resubmission: going straight back passes through it again (重新签发). */
  everyRound?: boolean;
  /** Internal clock in calendar days (内部办理时限, not a rule of the regulation). */
  days?: number;
}

/** The first arm whose `when` holds is walked; an arm without `when` always holds. No arm: passed over. */
export interface Branch {
  type: 'branch';
  key: string;
  arms: { when?: Rule; nodes: FlowNode[] }[];
}

export type FlowNode = Step | Branch;

export interface Flow {
  key: string;
  title: string;
  nodes: FlowNode[];
  /** Until when the applicant may withdraw: until anyone decided, until it ended, or never. */
  withdraw: 'untilDecided' | 'untilEnded' | 'never';
  /** Form keys the initiator may change when the case is returned to them. */
  amends: string[];
  /** What the applicant's unit may read of forms that others fill in, by form key. Absent: everything. */
  applicantReads?: Record<string, FieldRights>;
  /** The same until the case is decided or returned, where what is written is not the result yet. */
  applicantReadsMeanwhile?: Record<string, FieldRights>;
}

/** A seat as the engine sees it. `holders` are person ids in office now. */
export interface SeatFact {
  seatId: string;
  seat: string;
  unitId: string;
  unitCode: string;
  holders: string[];
}

export interface Facts {
  /** Epoch ms. Time is an argument. */
  now: number;
  env: Env;
  /** Current values of every form of the case, by form key. */
  data: Record<string, Data>;
  initiator: {
    personId: string;
    unitId: string;
    unitCode: string;
    /** Still holds the seat that fills in cases of this stage. */
    inOffice: boolean;
  };
  /** Seats of the applicant's unit and of every unit the flow names. */
  seats: SeatFact[];
}

export type CaseState = 'draft' | 'running' | 'returned' | 'ended';
export type Outcome = 'approved' | 'rejected' | 'withdrawn';
/** `recused`: the seat would have reviewed its own unit's project; another answers in its place. */
export type TaskStatus = 'open' | 'done' | 'cancelled' | 'recused';
export type Decision = 'approve' | 'return' | 'reject' | 'resubmit' | 'nominate';

export interface TaskState {
  /** `<seq>`: unique within the case, never reused. */
  key: string;
  /** Step key, or `initiator` for the returned task. */
  step: string;
  /** `nominate`: name the seat that answers for a recused one. */
  kind: 'approve' | 'handle' | 'revise' | 'nominate';
  round: number;
  /** Null for the initiator's own `revise` task, which is bound to the person. */
  seatId: string | null;
  personId: string | null;
  status: TaskStatus;
  openedAt: number;
  closedAt: number | null;
  decision: Decision | null;
  decidedBy: string | null;
  /** Key of the recused task this one is about: it names the substitute, or is the substitute's own. */
  standsFor?: string;
}

export interface FlowState {
  state: CaseState;
  outcome: Outcome | null;
  /** 1 on first submission, +1 with each resubmission. */
  round: number;
  /** Step key the case stands at; `initiator` while returned; null in draft and when ended. */
  at: string | null;
  nextTask: number;
  tasks: TaskState[];
  /** Set while returned: who sent it back, from where, why, and how the resubmission goes on. */
  returned: { from: string; to: string; by: string; reason: string; resume: Resume; at: number } | null;
  /** Step keys that have used their one return. */
  returnsUsed: string[];
}

export type Action =
  | { type: 'submit'; by: string }
  | { type: 'approve'; task: string; by: string; opinion: string }
  | { type: 'return'; task: string; by: string; opinion: string; to: string; resume?: Resume }
  | { type: 'reject'; task: string; by: string; opinion: string }
  | { type: 'resubmit'; task: string; by: string; note: string }
  /** `to` is a candidate's `unit/seat`. */
  | { type: 'nominate'; task: string; by: string; opinion: string; to: string }
  | { type: 'withdraw'; by: string; reason: string };

/** What the outside must do because of a step; saved in the same transaction. */
export type Effect =
  | { type: 'taskOpened'; task: string; holders: string[] }
  | { type: 'taskClosed'; task: string; status: 'done' | 'cancelled' }
  | { type: 'recused'; task: string; seatId: string }
  | { type: 'returned'; to: string; from: string; reason: string; notify: string[] }
  | { type: 'ended'; outcome: Outcome; notify: string[] };

export interface AllowedAction {
  type: 'approve' | 'return' | 'reject' | 'resubmit' | 'nominate' | 'withdraw' | 'submit';
  /** Null for submit and withdraw. */
  task: string | null;
  label: string;
  opinionRequired: boolean;
  /** For `return`: where to, with the words shown. For `nominate`: the seats that may answer, as `unit/seat`. */
  targets?: { to: string; label: string; resume: Resume[] }[];
  /** Set while the world is not ready for it (the next seat is vacant): the refusal it would meet. */
  blocked?: { code: string; detail: Record<string, string> };
}

/** A refusal carries a code from the error catalogue; `server/errors.ts` holds the sentence. */
export class FlowRefusal extends Error {
  readonly code: string;
  readonly detail: Record<string, string>;
  constructor(code: string, detail: Record<string, string> = {}) {
    super(code);
    this.code = code;
    this.detail = detail;
  }
}
