import { FlowRefusal } from './model.ts';

/** Every code the engine refuses with. The error catalogue holds one sentence for each. */
export const FLOW_REFUSALS = [
  /** The case is over; nothing moves it any more. */
  'case_ended',
  /** The case is still a draft. */
  'not_submitted',
  /** The case has left the draft; submitting again would file it twice. */
  'already_submitted',
  /** No such task in this case. */
  'not_found',
  /** Someone settled the task before: a second window, a sibling seat, a return. */
  'task_closed',
  /** The person does not hold the seat, or did not start the case they want to submit or withdraw. */
  'not_your_task',
  /** Whoever started the case no longer holds the seat that fills it in. */
  'left_seat',
  /** The initiator may not decide on their own case, whatever seat they hold. */
  'self_approval',
  /** The person also sits in the applicant's unit, at a step that lets nobody review their own. */
  'own_project',
  /** A return, a rejection and a withdrawal say why. */
  'opinion_required',
  /** The step does not reject, or the task does not know this verb (a revision is resubmitted, a step approved). */
  'action_not_offered',
  /** The step does not return to there. */
  'return_target',
  /** The step may return once and has done so. */
  'return_used',
  /** The flow no longer lets, or never let, the applicant withdraw. */
  'withdraw_too_late',
  /** The next step's seat has no holder who may decide. */
  'seat_empty',
  /** The seat is not one of those that may answer for a recused one. */
  'not_candidate',
  /** The seat belongs to the applicant's unit, or someone in it does. */
  'substitute_conflicted',
  /** The seat already answers in this round for itself or for another. */
  'substitute_votes',
  /** Nobody is left who could answer for a recused seat. */
  'no_substitute',
  /** No step applies: a case nobody looks at must not count as approved. */
  'no_step',
] as const;

export type FlowRefusalCode = (typeof FLOW_REFUSALS)[number];

/** Throws the refusal. `detail` fills the blanks of its sentence. */
export function refuse(code: FlowRefusalCode, detail: Record<string, string> = {}): never {
  throw new FlowRefusal(code, detail);
}
