import { holdersOf } from './assign.ts';
import { step } from './engine.ts';
import {
  FlowRefusal,
  type Action,
  type AllowedAction,
  type Facts,
  type Flow,
  type FlowState,
  type Resume,
  type Step,
  type TaskState,
} from './model.ts';
import { pathOf, returnTarget, stepOf } from './path.ts';
import { candidatesFor, nameOf } from './recusal.ts';

/** Refusals that depend on the world, not on the person: the button stays and says what must be put right first. */
const BLOCKING = new Set(['seat_empty', 'no_step']);

/** Stands in for the words the person has yet to write. */
const OPINION = '—';

/**
 * What this person may do now, with the words on the buttons. Each candidate is tried on the engine itself, so
 * that a button and the verb behind it cannot disagree; one that is refused only because the world is not ready
 * (the next seat is vacant) is offered with `blocked`.
 */
export function allowedActions(flow: Flow, state: FlowState, personId: string, facts: Facts): AllowedAction[] {
  const offers: AllowedAction[] = [];
  const offer = (action: Action, shown: Omit<AllowedAction, 'type' | 'blocked'>) => {
    const refusal = attempt(flow, state, action, facts);
    if (refusal && !BLOCKING.has(refusal.code)) return;
    const blocked = refusal ? { code: refusal.code, detail: refusal.detail } : undefined;
    offers.push({ type: action.type, ...shown, ...(blocked && { blocked }) });
  };

  offer({ type: 'submit', by: personId }, { task: null, label: '提交', opinionRequired: false });

  for (const task of state.tasks.filter(
    (open) => open.status === 'open' && holdersOf(open, flow, facts).includes(personId),
  )) {
    const on = { task: task.key, by: personId, opinion: OPINION };
    if (task.kind === 'revise') {
      offer({ type: 'resubmit', ...on, note: '' }, { task: task.key, label: '重新提交', opinionRequired: false });
      continue;
    }
    const at = stepOf(flow, task.step);
    if (task.kind === 'nominate') {
      offers.push(nominationOf(task, at, state, facts));
      continue;
    }
    const approve = at.labels?.approve ?? (at.kind === 'handle' ? '办结' : '同意');
    offer({ type: 'approve', ...on }, { task: task.key, label: approve, opinionRequired: false });
    offers.push(...returnOf(flow, state, task, at, personId, facts));
    const reject = at.labels?.reject ?? '不同意';
    offer({ type: 'reject', ...on }, { task: task.key, label: reject, opinionRequired: true });
  }

  offer({ type: 'withdraw', by: personId, reason: OPINION }, { task: null, label: '撤销', opinionRequired: true });
  return offers;
}

/** The nomination with everyone who may be named; blocked where nobody is left. */
function nominationOf(task: TaskState, at: Step, state: FlowState, facts: Facts): AllowedAction {
  const names = candidatesFor(at, state, facts).map(({ unitCode, seat }) => nameOf({ unit: unitCode, seat }));
  return {
    type: 'nominate',
    task: task.key,
    label: '指定替代席位',
    opinionRequired: true,
    targets: names.map((to) => ({ to, label: to, resume: [] })),
    ...(names.length === 0 && { blocked: { code: 'no_substitute', detail: { step: at.title } } }),
  };
}

/** The return with every target that can take the case now; none where the step has no such target. */
function returnOf(flow: Flow, state: FlowState, task: TaskState, at: Step, by: string, facts: Facts): AllowedAction[] {
  const path = pathOf(flow, facts, state.round);
  const reached = new Set<string>();
  const targets = (at.returns ?? []).flatMap((to) => {
    const action: Action = { type: 'return', task: task.key, by, opinion: OPINION, to };
    if (attempt(flow, state, action, facts)) return [];
    const target = returnTarget(path, state, at.key, to);
    const place = typeof target === 'object' && target ? target : null;
    const key = place?.key ?? 'initiator';
    if (reached.has(key)) return [];
    reached.add(key);
    return [{ to, label: place?.title ?? '经办人', resume: resumesOf(at) }];
  });
  if (targets.length === 0) return [];
  return [{ type: 'return', task: task.key, label: at.labels?.return ?? '退回', opinionRequired: true, targets }];
}

/** Both ways to go on, the step's own first. */
function resumesOf(at: Step): Resume[] {
  return at.resume === 'straightBack' ? ['straightBack', 'stepwise'] : ['stepwise', 'straightBack'];
}

function attempt(flow: Flow, state: FlowState, action: Action, facts: Facts): FlowRefusal | null {
  try {
    step(flow, state, action, facts);
    return null;
  } catch (error) {
    if (error instanceof FlowRefusal) return error;
    throw error;
  }
}
