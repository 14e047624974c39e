import { newId } from '../../db/ids.ts';
import { messages } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import type { Casework } from '../../db/casework.ts';
import type { Effect, FlowState } from '../../flow/model.ts';
import { findStep } from '../../flow/path.ts';
import { PROJECT_STATE_TITLES, projectState } from '../../lifecycle/states.ts';

interface Note {
  personId: string;
  kind: 'task' | 'returned' | 'ended';
  title: string;
  text: string;
  /** Together with the person it makes sending twice impossible. */
  occasion: string;
}

/** What a step left behind. */
export interface Aftermath {
  state: FlowState;
  effects: Effect[];
}

/**
 * Writes what must be said because of a step; a job sends it. A message names the project by its number and never
 * repeats what was filled in: it may leave the house over channels that may not carry it (R03-4).
 */
export async function queueEffects(
  tx: Tx,
  work: Pick<Casework, 'row' | 'stage' | 'flow'>,
  projectNo: string | null,
  after: Aftermath,
  now: number,
): Promise<void> {
  const notes = after.effects.flatMap((effect) => notesOf(effect, work, projectNo ?? '', after));
  await messages.insertMany(
    tx,
    notes.map(({ personId, kind, title, text, occasion }) => ({
      id: newId(now),
      dedupeKey: `${work.row.id}/${occasion}/${personId}`,
      channel: 'inbox',
      personId,
      kind,
      payload: { title, text },
      caseId: work.row.id,
      createdAt: now,
      status: 'pending' as const,
      attempts: 0,
      runAt: now,
    })),
  );
}

function notesOf(
  effect: Effect,
  { stage, flow }: Pick<Casework, 'stage' | 'flow'>,
  no: string,
  after: Aftermath,
): Note[] {
  switch (effect.type) {
    case 'taskOpened': {
      const task = after.state.tasks.find((candidate) => candidate.key === effect.task);
      // Whoever is told that the case came back is not told a second time that it is their turn.
      const step = task && findStep(flow, task.step);
      if (!task || !step || after.effects.some((other) => other.type === 'returned' && other.to === task.step))
        return [];
      const naming = task.kind === 'nominate';
      return effect.holders.map((personId) => ({
        personId,
        kind: 'task',
        title: naming ? `待办：指定替代席位` : `待办：${step.title}`,
        text: naming
          ? `${no} ${stage.title}的“${step.title}”环节有席位回避，请您指定替代席位。`
          : `${no} ${stage.title === step.title ? '' : stage.title}已到“${step.title}”环节，请您办理。`,
        occasion: `task/${task.key}`,
      }));
    }
    case 'returned': {
      const from = findStep(flow, effect.from);
      const label = from?.labels?.return ?? '退回';
      const key = after.state.tasks.at(-1)?.key ?? '';
      return effect.notify.map((personId) => ({
        personId,
        kind: 'returned',
        title: `${label}：${from?.title ?? stage.title}`,
        text: `${no} ${stage.title}被退回（${label}），请打开办件查看原因，修改后重新提交。`,
        occasion: `returned/${key}`,
      }));
    }
    case 'ended': {
      const result = PROJECT_STATE_TITLES[projectState(stage, after.state)];
      return effect.notify.map((personId) => ({
        personId,
        kind: 'ended',
        title: `${stage.title}办结：${result}`,
        text: `${no} ${stage.title}已办结，项目现为“${result}”。`,
        occasion: 'ended',
      }));
    }
    case 'taskClosed':
    case 'recused':
      return [];
  }
}
