import { holds } from '../../forms/language/rule.ts';
import type { Rule } from '../../forms/language/dialect.ts';
import type { Facts, Flow, FlowNode, FlowState, Step } from './model.ts';
import { isPassed, lastOpening } from './votes.ts';

/** A step in reading order, and whether the case's data puts it on the path now. */
export interface PathStep {
  step: Step;
  applies: boolean;
}

/**
 * Every step of the flow in reading order. Rules read the case's forms by key (`declaration.totalInvest`)
 * and the environment (`env.round`, which is the round asked for, whatever the facts say).
 */
export function pathOf(flow: Flow, facts: Facts, round: number): PathStep[] {
  const scope = { ...facts.data, env: { ...facts.env, round } };
  const applies = (when: Rule | undefined) => when === undefined || holds(when, scope);

  const walk = (nodes: FlowNode[], onPath: boolean): PathStep[] =>
    nodes.flatMap((node) => {
      if (node.type === 'step') return [{ step: node, applies: onPath && applies(node.when) }];
      const taken = onPath ? node.arms.findIndex((arm) => applies(arm.when)) : -1;
      return node.arms.flatMap((arm, index) => walk(arm.nodes, index === taken));
    });
  return walk(flow.nodes, true);
}

/** Every step of the flow in reading order, whatever the data. */
export function stepsOf(nodes: FlowNode[]): Step[] {
  return nodes.flatMap((node) => (node.type === 'step' ? [node] : node.arms.flatMap((arm) => stepsOf(arm.nodes))));
}

/** The step of that key; none for `initiator`, whose turn is no step. */
export function findStep(flow: Flow, key: string): Step | undefined {
  return stepsOf(flow.nodes).find((step) => step.key === key);
}

/** The step of that key. A running case whose step is missing from its pinned flow is a defect, not a refusal. */
export function stepOf(flow: Flow, key: string): Step {
  const step = findStep(flow, key);
  if (!step) throw new Error(`flow "${flow.key}" has no step "${key}"`);
  return step;
}

/** Whether the step's latest opening ended in approval: it has an answer that may be kept. */
export function hasPassed(step: Step, state: FlowState): boolean {
  return isPassed(step.mode, lastOpening(state.tasks, step.key));
}

/** Whether it still has that answer in this round; some answers are asked for anew with every resubmission. */
export function keepsAnswer(step: Step, state: FlowState, round: number): boolean {
  const stale = step.everyRound === true && lastOpening(state.tasks, step.key).at(-1)?.round !== round;
  return hasPassed(step, state) && !stale;
}

/** Steps strictly after one key and before another; `null` means from the beginning, or to the end. */
export function between(path: PathStep[], after: string | null, before: string | null): PathStep[] {
  const indexOf = (key: string) => path.findIndex(({ step }) => step.key === key);
  return path.slice(after === null ? 0 : indexOf(after) + 1, before === null ? path.length : indexOf(before));
}

/** Going on step by step: the first step after `after` that applies. */
export function stepwise(path: PathStep[], after: string | null): Step | null {
  return between(path, after, null).find(({ applies }) => applies)?.step ?? null;
}

/**
 * Going straight back to the step that returned the case. Steps in between keep the answer they gave; one that
 * applies but has never answered (the amendment brought it onto the path) cannot be passed over and comes first.
 * The returning step is reached even where its own condition no longer holds: whoever asked sees the answer.
 */
export function straightBack(path: PathStep[], state: FlowState, after: string | null, from: string): Step | null {
  const unanswered = between(path, after, from).find(
    ({ step, applies }) => applies && !keepsAnswer(step, state, state.round),
  );
  return unanswered?.step ?? path.find(({ step }) => step.key === from)?.step ?? null;
}

/**
 * Where `to` leads from this step: a step, the initiator, or null where it leads nowhere.
 * `previous` is the nearest earlier step on the path that has answered, the initiator where there is none.
 * A named step must lie before this one and have answered.
 */
export function returnTarget(path: PathStep[], state: FlowState, from: string, to: string): Step | 'initiator' | null {
  if (to === 'initiator') return 'initiator';
  const answered = between(path, null, from).filter(({ step }) => hasPassed(step, state));
  if (to === 'previous') return answered.findLast(({ applies }) => applies)?.step ?? 'initiator';
  return answered.find(({ step }) => step.key === to)?.step ?? null;
}
