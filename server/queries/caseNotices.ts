import type { Casework } from '../db/casework.ts';
import { entryOf, isErrorCode } from '../errors.ts';
import type { AllowedAction, Facts } from '../flow/model.ts';
import { stepsOf } from '../flow/path.ts';
import type { ShownForm } from './caseForms.ts';

export interface Notice {
  level: 'warn' | 'block';
  message: string;
  article?: string;
}

/** What whoever opens the case should know before they act, each as one sentence. */
export function noticesFor(work: Casework, shown: ShownForm[], allowed: AllowedAction[], facts: Facts): Notice[] {
  return [...left(work, facts), ...blocked(allowed), ...usedUp(work), ...warnings(shown)];
}

/** The case waits for somebody who may no longer go on with it. */
function left({ row }: Casework, { initiator }: Facts): Notice[] {
  const waits = row.flowState.state === 'draft' || row.flowState.state === 'returned';
  return waits && !initiator.inOffice ? [{ level: 'block', message: entryOf('left_seat').message({}) }] : [];
}

/** Verbs that would be open if the world were ready (a vacant seat). */
function blocked(allowed: AllowedAction[]): Notice[] {
  const sentences = allowed.flatMap(({ blocked: refusal }) =>
    refusal && isErrorCode(refusal.code) ? [entryOf(refusal.code).message(refusal.detail)] : [],
  );
  return [...new Set(sentences)].map((message) => ({ level: 'block', message }));
}

/** A return that may be made once, and was. */
function usedUp({ flow, row }: Casework): Notice[] {
  if (row.flowState.state === 'ended') return [];
  const { returnsUsed } = row.flowState;
  return stepsOf(flow.nodes)
    .filter((step) => step.returnOnce && returnsUsed.includes(step.key))
    .map((step) => ({
      level: 'warn',
      message: `${step.labels?.return ?? '退回'}已使用：补正内容已一次性告知，${step.title}不能再次退回。`,
    }));
}

function warnings(shown: ShownForm[]): Notice[] {
  return shown
    .flatMap(({ problems }) => problems.filter(({ level }) => level === 'warn'))
    .map(({ message, article }) => ({ level: 'warn', message, ...(article === undefined ? {} : { article }) }));
}
