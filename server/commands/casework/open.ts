import type { Stage } from '../../../forms/language/stage.ts';
import { formForNewCases, latestFlow } from '../../db/published.ts';
import { newId } from '../../db/ids.ts';
import {
  caseForms,
  caseLog,
  cases,
  formVersions,
  submissions,
  type StageVersionRow,
  type SubmissionRow,
} from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { initialState } from '../../flow/engine.ts';

export interface Opening {
  stage: StageVersionRow;
  projectId: string;
  unitId: string;
  initiatorId: string;
  /** Null when the end of another stage opens it. */
  by: { personId: string; seatId: string | null } | null;
  /** What an earlier stage handed in, for the forms this stage takes over. */
  carried: SubmissionRow[];
}

/**
 * Starts a stage: a case in draft, pinned to the versions published now. A form taken over keeps the version it was
 * filled in with, and begins with what was handed in there.
 */
export async function openCase(tx: Tx, opening: Opening, now: number): Promise<string> {
  const { stage, projectId, unitId, initiatorId, by, carried } = opening;
  const flow = await latestFlow(tx, stage.stageKey);
  if (!flow) throw new Error(`the stage "${stage.stageKey}" has no published flow`);
  const id = newId(now);
  const flowState = initialState();
  await cases.insert(tx, {
    id,
    projectId,
    stageKey: stage.stageKey,
    stageVersionId: stage.id,
    flowVersionId: flow.id,
    docNo: null,
    unitId,
    initiatorId,
    state: flowState.state,
    outcome: flowState.outcome,
    atStep: flowState.at,
    round: flowState.round,
    flowState,
    openedAt: now,
    updatedAt: now,
    endedAt: null,
    version: 0,
  });
  await pinForms(tx, id, stage.body, carried, now);
  await caseLog.insert(tx, {
    id: newId(now),
    caseId: id,
    seq: 1,
    at: now,
    personId: by?.personId ?? null,
    seatId: by?.seatId ?? null,
    action: 'open',
    step: null,
    opinion: null,
    detail: { stageVersion: stage.version, flowVersion: flow.version },
  });
  return id;
}

async function pinForms(tx: Tx, caseId: string, stage: Stage, carried: SubmissionRow[], now: number): Promise<void> {
  for (const { form: formKey, from } of stage.forms) {
    const source = from === undefined ? undefined : carried.find((submission) => submission.formKey === formKey);
    const version = source
      ? await formVersions.one(tx, { id: source.formVersionId })
      : await formForNewCases(tx, formKey);
    if (!version) throw new Error(`the form "${formKey}" of stage "${stage.key}" is not published`);
    await caseForms.insert(tx, { caseId, formKey, formVersionId: version.id });
    if (!source) continue;
    // Sealed and hashed anew: a sealed value belongs to its case.
    const { data, personId, seatId } = source;
    await submissions.insert(tx, version.body, {
      id: newId(now),
      caseId,
      formKey,
      formVersionId: version.id,
      revision: 1,
      data,
      personId,
      seatId,
      taskId: null,
      createdAt: now,
    });
  }
}
