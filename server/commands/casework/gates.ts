import type { GateRef, Stage } from '../../../forms/language/stage.ts';
import type { Casework } from '../../db/casework.ts';
import { projects } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';
import { judgeGates, type GateFacts } from '../../lifecycle/gates.ts';
import { titleKey, type ProjectFacts } from '../../lifecycle/project.ts';

/** Refuses with the words of the gate that does not hold, if the stage sets one before this verb. */
export async function passGates(
  tx: Tx,
  { stage, project }: Pick<Casework, 'stage' | 'project'>,
  at: GateRef['at'],
  facts: ProjectFacts | null,
  now: number,
): Promise<void> {
  const key = facts && titleKey(project.unitId, facts);
  const twin = key === null ? null : await projects.one(tx, { titleKey: key });
  refuse(stage, at, { now, planYear: facts?.planYear ?? null, titleTaken: twin !== null && twin.id !== project.id });
}

/** The refusal for a name that was taken between the gate and the write. */
export function refuseTwin(now: number): never {
  const stage = { key: '', gates: [{ gate: 'titleUnique', at: 'submit' as const }] };
  refuse(stage, 'submit', { now, planYear: null, titleTaken: true });
  throw new Error('the gate titleUnique let a twin pass');
}

function refuse(stage: Pick<Stage, 'key' | 'gates'>, at: GateRef['at'], facts: GateFacts): void {
  const [finding] = judgeGates(stage, at, facts);
  if (!finding) return;
  const { message, article, rule } = finding;
  throw new Refusal('gate_refused', {}, { message, article, rule });
}
