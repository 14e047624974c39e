import type { FieldRights } from '../../forms/language/dialect.ts';
import { rightOf } from '../../forms/language/rights.ts';
import { holdersOf } from './assign.ts';
import type { Facts, Flow, FlowState, SeatRef, Step, StepSeat, TaskState } from './model.ts';
import { stepOf, stepsOf } from './path.ts';
import { standsFor } from './recusal.ts';

const READ: FieldRights = { '*': 'read' };
const EDIT: FieldRights = { '*': 'edit' };

/** A form of the case, as far as rights go. */
export interface FormPlace {
  key: string;
  filledAt: 'start' | 'step';
}

/**
 * What this person may do with one form of the case now. The initiator, as long as they hold their seat, writes before
 * the first submission and, when the case is returned, what the flow lets them amend. Whoever holds a task has the
 * rights of its seat (of `task`, where they hold several), and a substitute those of the seat they stand in for.
 * Everybody else reads: the applicant's unit what the flow lets it, others all but what is hidden wherever they sit or
 * decided before they left their seat.
 */
export function rightsTo(
  form: FormPlace,
  flow: Flow,
  state: FlowState,
  personId: string,
  facts: Facts,
  task?: string,
): FieldRights {
  if (personId === facts.initiator.personId) {
    const writing =
      facts.initiator.inOffice &&
      (state.state === 'draft'
        ? form.filledAt === 'start'
        : state.state === 'returned' && state.at === 'initiator' && flow.amends.includes(form.key));
    return writing ? EDIT : (flow.applicantReads?.[form.key] ?? READ);
  }
  const inHand = taskHeldBy(personId, state, facts, task);
  if (inHand && inHand.kind !== 'revise') return rightsOfTask(inHand, form.key, flow, state, facts);
  if (isOfApplicant(personId, facts)) return flow.applicantReads?.[form.key] ?? READ;

  const decided = state.tasks.filter((done) => done.decidedBy === personId && done.kind !== 'revise');
  const places = [
    ...decided.map((done) => rightsOfTask(done, form.key, flow, state, facts)),
    ...stepsOf(flow.nodes).flatMap((step) =>
      step.seats.filter((ref) => sitsIn(ref, personId, facts)).map((ref) => rightsAt(step, form.key, ref, flow)),
    ),
  ];
  return places.length === 0 ? READ : readingOf(places);
}

/** The open task this person may act on: the one named where it is theirs, else the first. */
export function taskHeldBy(personId: string, state: FlowState, facts: Facts, task?: string): TaskState | undefined {
  const held = state.tasks.filter((open) => open.status === 'open' && holdersOf(open, facts).includes(personId));
  return held.find(({ key }) => key === task) ?? held[0];
}

/** Whether these rights let anything be filled in. */
export function mayFill(rights: FieldRights): boolean {
  return Object.values(rights).some((right) => right === 'edit' || right === 'require');
}

function rightsOfTask(task: TaskState, formKey: string, flow: Flow, state: FlowState, facts: Facts): FieldRights {
  const step = stepOf(flow, task.step);
  if (task.kind === 'nominate') return readingOf([step.rights?.[formKey] ?? READ]);
  const { seatId } = standsFor(task, state) ?? task;
  const seat = facts.seats.find((candidate) => candidate.seatId === seatId);
  const ref = step.seats.find((one) => one.seat === seat?.seat && unitOf(one, facts) === seat.unitCode);
  return rightsAt(step, formKey, ref, flow);
}

/** The seat's own rights come before the step's; a step of the applicant's unit sees no more than its unit. */
function rightsAt(step: Step, formKey: string, ref: StepSeat | undefined, flow: Flow): FieldRights {
  const fallback = ref?.unit === 'applicant' ? (flow.applicantReads?.[formKey] ?? READ) : READ;
  return ref?.rights?.[formKey] ?? step.rights?.[formKey] ?? (step.form === formKey ? EDIT : fallback);
}

function sitsIn(ref: SeatRef, personId: string, facts: Facts): boolean {
  return facts.seats.some(
    (seat) => seat.seat === ref.seat && seat.unitCode === unitOf(ref, facts) && seat.holders.includes(personId),
  );
}

function unitOf(ref: SeatRef, facts: Facts): string {
  return ref.unit === 'applicant' ? facts.initiator.unitCode : ref.unit;
}

function isOfApplicant(personId: string, facts: Facts): boolean {
  return facts.seats.some(
    ({ unitCode, holders }) => unitCode === facts.initiator.unitCode && holders.includes(personId),
  );
}

/** Reading rights that hide what all of these hide. */
function readingOf(all: FieldRights[]): FieldRights {
  const paths = new Set(['*', ...all.flatMap((rights) => Object.keys(rights))]);
  const hiddenByAll = (path: string) => {
    const [key = '', column = null] = path.split('.');
    return all.every((rights) => rightOf(rights, key, column) === 'hidden');
  };
  return Object.fromEntries([...paths].map((path) => [path, hiddenByAll(path) ? 'hidden' : 'read']));
}
