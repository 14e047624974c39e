/** What happens to a form's data between a person and the store: one door to the parts. */
export { fieldsOf } from './outline.ts';
export type { PlacedField } from './outline.ts';
export { compute, prune, startingData, startingRow, stateOf } from './states.ts';
export type { FieldState, FillContext } from './states.ts';
export { LOST, maskOf, withoutShown } from './mask.ts';
export { FieldRefusal, isSeen, merge, redact, tidy } from './merge.ts';
export { finished, problems } from './problems.ts';
export { rightOf } from './rights.ts';
