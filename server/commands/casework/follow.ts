import type { Data } from '../../../forms/language/dialect.ts';
import { holds } from '../../../forms/language/rule.ts';
import { loadCasework, filedData, type Casework } from '../../db/casework.ts';
import { nextCounter } from '../../db/claim.ts';
import { latestStages } from '../../db/published.ts';
import type { Tx } from '../../db/transaction.ts';
import { step } from '../../flow/engine.ts';
import type { FlowState } from '../../flow/model.ts';
import { envFor, factsFor } from '../../lifecycle/facts.ts';
import { docCounter, docNo } from '../../lifecycle/numbers.ts';
import type { StageVersionRow } from '../../db/tables.ts';
import { openCase, type Opening } from './open.ts';
import { saveStep } from './save.ts';

/**
 * Opens the stages that begin by themselves when this one ends as it did, and hands what they take over straight to
 * their first step: nobody has to fetch a declaration that was signed.
 */
export async function openFollowing(
  tx: Tx,
  work: Casework,
  ended: FlowState,
  data: Record<string, Data>,
  now: number,
): Promise<void> {
  if (ended.outcome === null || ended.outcome === 'withdrawn') return;
  const env = envFor(work, work.initiator, now);
  for (const stage of await latestStages(tx)) {
    const after = stage.body.opensAfter;
    if (stage.body.compiledBy || after?.stage !== work.row.stageKey || after.outcome !== ended.outcome) continue;
    if (after.when !== undefined && !holds(after.when, { ...data, env })) continue;
    await openAfter(tx, stage, work.row.id, null, now);
  }
}

/** Opens this stage behind that case, with what was handed in there, and lets it begin. Returns the new case's id. */
export async function openAfter(
  tx: Tx,
  stage: StageVersionRow,
  caseId: string,
  by: Opening['by'],
  now: number,
): Promise<string> {
  const before = await loadCasework(tx, caseId);
  if (!before) throw new Error('the case a stage follows cannot be read');
  const { row, forms } = before;
  const carried = forms.flatMap(({ latest }) => (latest ? [latest] : []));
  const { projectId, unitId, initiatorId } = row;
  const opened = await openCase(tx, { stage, projectId, unitId, initiatorId, by, carried }, now);
  await submitByItself(tx, opened, now);
  return opened;
}

async function submitByItself(tx: Tx, caseId: string, now: number): Promise<void> {
  const next = await loadCasework(tx, caseId);
  if (!next) throw new Error('a case just opened cannot be read');
  const { flow, row, initiator, project, forms } = next;
  const facts = factsFor(next, envFor(next, initiator, now), filedData(next), now);
  // The unit signed what is carried over; whether its clerk is still in office stops nothing here.
  const signed = { ...facts, initiator: { ...facts.initiator, inOffice: true } };
  const after = step(flow, row.flowState, { type: 'submit', by: row.initiatorId }, signed);
  const deed = {
    personId: null,
    seatId: null,
    action: 'submit',
    step: null,
    opinion: null,
    detail: { from: project.state },
  };
  const no = project.no ?? '';
  const abbreviation =
    forms.find(({ filledAt }) => filledAt === 'step')?.form.abbreviation ?? forms[0]?.form.abbreviation ?? '';
  const number = docNo(no, abbreviation, await nextCounter(tx, docCounter(no, abbreviation)));
  await saveStep(tx, next, after, deed, { projectNo: project.no, docNo: number }, now);
}
