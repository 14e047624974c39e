import type { Data } from '../../../forms/language/dialect.ts';
import type { GateRef, Stage } from '../../../forms/language/stage.ts';
import type { Casework } from '../../db/casework.ts';
import { cases, projects, submissions } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { judgeGates, type GateFacts, type GateSum } from '../../lifecycle/gates.ts';
import { projectFacts, titleKey } from '../../lifecycle/project.ts';

/**
 * Refuses with the words of the gate that does not hold, if the stage sets one before this verb. `data` is what the
 * forms of the case hold once this verb has handed them in. The project's lock keeps what is read here as it is.
 */
export async function passGates(
  tx: Tx,
  work: Casework,
  at: GateRef['at'],
  data: Record<string, Data>,
  now: number,
): Promise<void> {
  const { stage, project } = work;
  const refs = stage.gates.filter((ref) => ref.at === at);
  if (refs.length === 0) return;
  const facts = projectFacts(stage, data);
  const key = facts && titleKey(project.unitId, facts);
  const twin = key === null ? null : await projects.one(tx, { titleKey: key });
  const sums: Record<string, GateSum> = {};
  for (const { sum } of refs) if (sum !== undefined) sums[sum] = await addUp(tx, work, sum, data);
  refuse(stage, at, {
    now,
    planYear: facts?.planYear ?? null,
    titleTaken: twin !== null && twin.id !== project.id,
    totalInvest: facts?.totalInvest ?? project.totalInvest,
    sums,
  });
}

/** What this case asks for, and what the project's other cases of the stage have taken already. */
async function addUp(tx: Tx, { row }: Casework, sum: string, data: Record<string, Data>): Promise<GateSum> {
  const [formKey = '', field = ''] = sum.split('.');
  const siblings = await cases.find(tx, { projectId: row.projectId, stageKey: row.stageKey });
  const live = siblings.filter(
    ({ id, state, outcome }) => id !== row.id && state !== 'draft' && (outcome === null || outcome === 'approved'),
  );
  const revisions = await submissions.find(
    tx,
    { caseId: live.map(({ id }) => id), formKey },
    { order: [['revision', 'asc']] },
  );
  const latest = new Map(revisions.map((submission) => [submission.caseId, submission.data]));
  const taken = [...latest.values()].reduce((total, handedIn) => total + (amountIn(handedIn, field) ?? 0), 0);
  return { asked: amountIn(data[formKey] ?? {}, field), taken };
}

function amountIn(data: Data, field: string): number | null {
  const found = data[field];
  return typeof found === 'number' ? found : null;
}

/** The refusal for a name that was taken between the gate and the write. */
export function refuseTwin(now: number): never {
  const stage = { key: '', gates: [{ gate: 'titleUnique', at: 'submit' as const }] };
  refuse(stage, 'submit', { now, planYear: null, titleTaken: true, totalInvest: null, sums: {} });
  throw new Error('the gate titleUnique let a twin pass');
}

function refuse(stage: Pick<Stage, 'key' | 'gates'>, at: GateRef['at'], facts: GateFacts): void {
  const [finding] = judgeGates(stage, at, facts);
  if (!finding) return;
  const { message, article, rule } = finding;
  throw new Refusal('gate_refused', {}, { message, article, rule });
}
