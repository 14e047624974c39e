import { Model, type InferAttributes, type InferCreationAttributes } from 'sequelize';
import type { CaseState, FlowState, Outcome } from '../../flow/model.ts';
import { id, instant, json, optional, whole, word } from '../columns.ts';
import { table, type RowOf } from '../table.ts';

/** One stage under way: pinned to one stage version, one flow version and, per form, one form version. */
class Case extends Model<InferAttributes<Case>, InferCreationAttributes<Case>> {
  declare id: string;
  declare projectId: string;
  declare stageKey: string;
  declare stageVersionId: string;
  declare flowVersionId: string;
  declare docNo: string | null;
  /** The applicant. */
  declare unitId: string;
  declare initiatorId: string;
  /** `state`, `outcome`, `atStep` and `round` repeat what `flowState` says, so that lists can be read by index. */
  declare state: CaseState;
  declare outcome: Outcome | null;
  declare atStep: string | null;
  declare round: number;
  declare flowState: FlowState;
  declare openedAt: number;
  declare updatedAt: number;
  declare endedAt: number | null;
  declare version: number;
}

class CaseForm extends Model<InferAttributes<CaseForm>, InferCreationAttributes<CaseForm>> {
  declare caseId: string;
  declare formKey: string;
  declare formVersionId: string;
}

export const cases = table(
  Case,
  'cases',
  {
    id: id(),
    projectId: id(),
    stageKey: word(),
    stageVersionId: id(),
    flowVersionId: id(),
    docNo: optional(word()),
    unitId: id(),
    initiatorId: id(),
    state: word(16),
    outcome: optional(word(16)),
    atStep: optional(word()),
    round: whole(),
    flowState: json<FlowState>(),
    openedAt: instant(),
    updatedAt: instant(),
    endedAt: optional(instant()),
    version: whole(),
  },
  ['id'],
);

export const caseForms = table(CaseForm, 'case_forms', { caseId: id(), formKey: word(), formVersionId: id() }, [
  'caseId',
  'formKey',
]);

export type CaseRow = RowOf<typeof cases>;
export type CaseFormRow = RowOf<typeof caseForms>;
