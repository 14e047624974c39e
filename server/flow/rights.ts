import type { FieldRights } from '../../forms/language/dialect.ts';
import { holdersOf } from './assign.ts';
import type { Facts, Flow, FlowState, Step } from './model.ts';
import { stepOf, stepsOf } from './path.ts';

const READ: FieldRights = { '*': 'read' };
const EDIT: FieldRights = { '*': 'edit' };

/** A form of the case, as far as rights go. */
export interface FormPlace {
  key: string;
  filledAt: 'start' | 'step';
}

/**
 * What this person may do with one form of the case now. The initiator, as long as they hold their seat, writes before the
 * first submission and, when the case is returned, what the flow lets them amend; whoever holds a step has the rights of that step. Everybody
 * else reads, except what is hidden at every step where they sit, or decided before they left their seat.
 */
export function rightsTo(form: FormPlace, flow: Flow, state: FlowState, personId: string, facts: Facts): FieldRights {
  if (personId === facts.initiator.personId) {
    if (!facts.initiator.inOffice) return READ;
    if (state.state === 'draft' && form.filledAt === 'start') return EDIT;
    if (state.state === 'returned' && state.at === 'initiator' && flow.amends.includes(form.key)) return EDIT;
    return READ;
  }
  const held = state.tasks.find((task) => task.status === 'open' && holdersOf(task, facts).includes(personId));
  if (held && held.kind !== 'revise') return rightsAt(stepOf(flow, held.step), form.key);
  const decided = new Set(state.tasks.filter((task) => task.decidedBy === personId).map((task) => task.step));
  const places = stepsOf(flow.nodes).filter((step) => decided.has(step.key) || sitsAt(step, personId, facts));
  return places.length === 0 ? READ : onlyHidden(places.map((step) => rightsAt(step, form.key)));
}

/** Whether these rights let anything be filled in. */
export function mayFill(rights: FieldRights): boolean {
  return Object.values(rights).some((right) => right === 'edit' || right === 'require');
}

function rightsAt(step: Step, formKey: string): FieldRights {
  return step.rights?.[formKey] ?? (step.form === formKey ? EDIT : READ);
}

function sitsAt(step: Step, personId: string, facts: Facts): boolean {
  return step.seats.some((ref) => {
    const unitCode = ref.unit === 'applicant' ? facts.initiator.unitCode : ref.unit;
    return facts.seats.some(
      (seat) => seat.seat === ref.seat && seat.unitCode === unitCode && seat.holders.includes(personId),
    );
  });
}

/** Reading rights that hide what all of these hide. */
function onlyHidden(all: FieldRights[]): FieldRights {
  const [first = {}, ...others] = all;
  const hidden = Object.keys(first).filter(
    (path) => first[path] === 'hidden' && others.every((rights) => rights[path] === 'hidden'),
  );
  return { ...READ, ...Object.fromEntries(hidden.map((path) => [path, 'hidden' as const])) };
}
