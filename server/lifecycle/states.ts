import type { ProjectState, Stage } from '../../forms/language/stage.ts';
import type { FlowState } from '../flow/model.ts';

/** The words people read for a project's main state. */
export const PROJECT_STATE_TITLES: Record<ProjectState, string> = {
  draft: '草稿',
  unitReview: '单位内审',
  declared: '已申报（待受理）',
  supplement: '补正',
  preliminary: '初审（已受理）',
  reserved: '初审通过（储备库）',
  closedNotApplicable: '不予受理',
  rejected: '未通过',
  withdrawn: '已撤销',
};

const OVER: ReadonlySet<ProjectState> = new Set<ProjectState>(['closedNotApplicable', 'rejected', 'withdrawn']);

/** Whether a project in this state has come to its end without being built. */
export function isOver(state: ProjectState): boolean {
  return OVER.has(state);
}

/** The project's main state while its case of this stage stands where it stands. */
export function projectState(stage: Stage, flowState: Pick<FlowState, 'state' | 'outcome' | 'at'>): ProjectState {
  const { states } = stage;
  if (flowState.state === 'draft') return states.draft;
  if (flowState.outcome !== null) return states[flowState.outcome];
  const state = flowState.at === null ? undefined : states.at[flowState.at];
  if (!state) throw new Error(`stage "${stage.key}" names no project state for "${flowState.at ?? ''}"`);
  return state;
}

/** Where a case of this stage may stand (the keys of its flow's steps) and the stage names no project state. */
export function unnamedStates(stage: Stage, stepKeys: string[]): string[] {
  return [...stepKeys, 'initiator'].filter((key) => stage.states.at[key] === undefined);
}
