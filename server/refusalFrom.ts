import { FieldRefusal } from '../forms/language/submission.ts';
import { isTransient, isUnreachable } from './db/failure.ts';
import { isErrorCode, Refusal } from './errors.ts';
import { FlowRefusal } from './flow/model.ts';

/** What an error means to the person who asked; null when it is ours and must not be shown. */
export const refusalFrom = (error: unknown): Refusal | null => {
  if (error instanceof Refusal) return error;
  if (error instanceof FlowRefusal && isErrorCode(error.code)) return new Refusal(error.code, error.detail);
  if (error instanceof FieldRefusal) return new Refusal('field_not_editable', { field: error.title });
  if (isTransient(error) || isUnreachable(error)) return new Refusal('unavailable');
  return null;
};
