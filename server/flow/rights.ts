import type { FieldRights } from '../../forms/language/dialect.ts';
import { isNamed, rightOf } from '../../forms/language/rights.ts';
import { holdersOf, isOfApplicant, unitOf } from './assign.ts';
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
    return writing ? EDIT : (told(flow, state, form.key) ?? READ);
  }
  const own = isOfApplicant(personId, facts);
  const inHand = taskHeldBy(personId, flow, state, facts, task);
  if (inHand && inHand.kind !== 'revise') return rightsOfTask(inHand, form.key, flow, state, facts, own);
  if (own) return told(flow, state, form.key) ?? READ;

  // Tasks of a seat they sit in count too: a substitute and whoever names one have no seat among the step's.
  const seats = facts.seats.filter(({ holders }) => holders.includes(personId)).map(({ seatId }) => seatId);
  const had = state.tasks.filter(({ kind, decidedBy, seatId }) => {
    return kind !== 'revise' && (decidedBy === personId || (seatId !== null && seats.includes(seatId)));
  });
  // Until a step is settled, who has answered there learns no more than at their seat, wherever else they sit.
  const here = had.filter(({ step }) => step === state.at);
  if (here.length > 0) return readingOf(here.map((past) => rightsOfTask(past, form.key, flow, state, facts)));
  const places = [
    ...had.map((past) => rightsOfTask(past, form.key, flow, state, facts)),
    ...stepsOf(flow.nodes).flatMap((step) =>
      step.seats.filter((ref) => sitsIn(ref, personId, facts)).map((ref) => rightsAt(step, form.key, ref, flow, state)),
    ),
  ];
  // A result is no secret to those who worked towards it; what the applicant reads of its own form is no result.
  const result = form.filledAt === 'step' && isDecided(state) ? told(flow, state, form.key) : undefined;
  return places.length === 0 ? READ : readingOf(result ? [...places, result] : places);
}

/** The open task this person may act on: the one named where it is theirs, else the first. */
export function taskHeldBy(
  personId: string,
  flow: Flow,
  state: FlowState,
  facts: Facts,
  task?: string,
): TaskState | undefined {
  const held = state.tasks.filter((open) => open.status === 'open' && holdersOf(open, flow, facts).includes(personId));
  return held.find(({ key }) => key === task) ?? held[0];
}

/** Whether these rights let anything be filled in. */
export function mayFill(rights: FieldRights): boolean {
  return Object.values(rights).some((right) => right === 'edit' || right === 'require');
}

function rightsOfTask(
  task: TaskState,
  formKey: string,
  flow: Flow,
  state: FlowState,
  facts: Facts,
  own = false,
): FieldRights {
  const step = stepOf(flow, task.step);
  if (task.kind === 'nominate') return readingOf([step.rights?.[formKey] ?? READ]);
  const { seatId } = standsFor(task, state) ?? task;
  const seat = facts.seats.find((candidate) => candidate.seatId === seatId);
  const ref = step.seats.find((one) => one.seat === seat?.seat && unitOf(one, facts) === seat.unitCode);
  return rightsAt(step, formKey, ref, flow, state, own);
}

/**
 * The seat's own rights come before the step's. Where neither says anything, a seat of the applicant's unit, and
 * whoever else also sits in that unit (`own`), sees no more than the unit.
 */
function rightsAt(
  step: Step,
  formKey: string,
  ref: StepSeat | undefined,
  flow: Flow,
  state: FlowState,
  own = false,
): FieldRights {
  const fallback = own || ref?.unit === 'applicant' ? (told(flow, state, formKey) ?? READ) : READ;
  return ref?.rights?.[formKey] ?? step.rights?.[formKey] ?? (step.form === formKey ? EDIT : fallback);
}

/** What the flow lets the applicant's unit read of this form now; undefined where it says nothing. */
function told(flow: Flow, state: FlowState, formKey: string): FieldRights | undefined {
  const meanwhile =
    isDecided(state) || state.state === 'returned' ? undefined : flow.applicantReadsMeanwhile?.[formKey];
  return meanwhile ?? flow.applicantReads?.[formKey];
}

/** Nobody decided on what was withdrawn. */
function isDecided({ outcome }: FlowState): boolean {
  return outcome === 'approved' || outcome === 'rejected';
}

function sitsIn(ref: SeatRef, personId: string, facts: Facts): boolean {
  return facts.seats.some(
    (seat) => seat.seat === ref.seat && seat.unitCode === unitOf(ref, facts) && seat.holders.includes(personId),
  );
}

/**
 * Reading rights that hide what all of these hide, and name what one of them names: naming a field shows it unmasked,
 * so what each merely reaches through `*` or the table is not named here either.
 */
function readingOf(all: FieldRights[]): FieldRights {
  const paths = new Set(['*', ...all.flatMap((rights) => Object.keys(rights))]);
  const reading: FieldRights = {};
  for (const path of paths) {
    const [key = '', column = null] = path.split('.');
    const showing = all.filter((rights) => rightOf(rights, key, column) !== 'hidden');
    if (showing.length === 0) reading[path] = 'hidden';
    else if (path === '*' || showing.some((rights) => isNamed(rights, key, column))) reading[path] = 'read';
  }
  return reading;
}
