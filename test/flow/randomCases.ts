import fc from 'fast-check';
import type { FieldRights, Rule } from '../../forms/language/dialect.ts';
import { allowedActions } from '../../server/flow/allowed.ts';
import { holdersOf } from '../../server/flow/assign.ts';
import { initialState, step } from '../../server/flow/engine.ts';
import {
  FlowRefusal,
  type Action,
  type AllowedAction,
  type Effect,
  type Facts,
  type Flow,
  type FlowNode,
  type FlowState,
  type Resume,
  type SeatRef,
  type Step,
  type StepSeat,
} from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { nameOf } from '../../server/flow/recusal.ts';
import { factsOf, frozen, type Seating } from '../support/story.ts';

/** Random flows, random worlds, random deeds: cases as nobody would design them. */

export const PEOPLE = ['clerk', 'ann', 'bob', 'dan', 'eve'];
/** Who may sit with the applicant; the others never do. */
const OWN_PEOPLE = ['clerk', 'ann', 'bob'];
const IMPARTIAL = ['dan', 'eve'];
const OWN_SEATS = ['jtj/a', 'jtj/b', 'jtj/c'];
const OTHER_SEATS = ['xxb/a', 'xxb/b', 'sjj/a', 'sjj/b', 'ldx/namer'];
/** What a step may list: the applicant's seats as such, and the same by their unit's code, who must recuse. */
const STEP_SEATS = ['applicant/a', 'applicant/b', 'jtj/a', 'jtj/b', 'jtj/c', 'xxb/a', 'xxb/b'];
const CANDIDATES = ['sjj/a', 'sjj/b', 'xxb/a', 'xxb/b', 'jtj/c'];

type StepSketch = Pick<Step, 'kind' | 'mode' | 'returnOnce' | 'mayReject' | 'resume' | 'rights'> & {
  seats: { name: string; rights: StepSeat['rights'] }[];
  candidates: string[] | undefined;
  everyRound: boolean;
  when: Rule | undefined;
  returns: { initiator: boolean; previous: boolean; named: number | null };
};
type Sketch = { step: StepSketch } | { arms: { when: Rule | undefined; nodes: Sketch[] }[] };

const rule: fc.Arbitrary<Rule> = fc.oneof(
  fc.nat(2).map((round) => ({ '>': [{ var: 'env.round' }, round] })),
  fc.nat(3).map((amount) => ({ '>=': [{ var: 'form.amount' }, amount] })),
);
const perhaps = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });

/** Rights on the two forms of a case: `form`, which the applicant files, and `handled`, which the steps fill in. */
const formRights = fc.record(
  {
    form: fc.constantFrom<FieldRights>({ '*': 'read' }, { '*': 'read', phone: 'hidden' }),
    handled: fc.constantFrom<FieldRights>(
      { '*': 'read' },
      { '*': 'hidden', mine: 'edit', rows: 'read', 'rows.a': 'edit' },
    ),
  },
  { requiredKeys: [] },
);

const stepSketch: fc.Arbitrary<StepSketch> = fc.record({
  kind: fc.constantFrom('approve', 'handle'),
  mode: fc.constantFrom('all', 'any'),
  seats: fc.uniqueArray(fc.record({ name: fc.constantFrom(...STEP_SEATS), rights: perhaps(formRights) }), {
    minLength: 1,
    maxLength: 3,
    selector: ({ name }) => name.replace('applicant', 'jtj'),
  }),
  candidates: perhaps(fc.uniqueArray(fc.constantFrom(...CANDIDATES), { minLength: 2 })),
  everyRound: fc.boolean(),
  rights: perhaps(formRights),
  when: fc.option(rule, { nil: undefined, freq: 1 }),
  returns: fc.record({ initiator: fc.boolean(), previous: fc.boolean(), named: fc.option(fc.nat(9)) }),
  returnOnce: fc.boolean(),
  mayReject: perhaps(fc.boolean()),
  resume: perhaps(fc.constantFrom<Resume>('stepwise', 'straightBack')),
});

/** A joint review of two seats that must recuse, which chance alone would seldom bring about. */
const jointSketch = stepSketch.map((sketch): StepSketch => {
  const own = ['jtj/a', 'jtj/b'].map((name, index) => ({ name, rights: sketch.seats[index]?.rights }));
  const others = sketch.seats.filter(({ name }) => name.startsWith('xxb'));
  return { ...sketch, mode: 'all', seats: [...own, ...others], candidates: CANDIDATES };
});

const { node: sketches } = fc.letrec<{ nodes: Sketch[]; node: Sketch }>((tie) => ({
  nodes: fc.array(tie('node'), { maxLength: 4 }),
  node: fc.oneof(
    { maxDepth: 2, withCrossShrink: true },
    { weight: 4, arbitrary: stepSketch.map((sketch) => ({ step: sketch })) },
    { weight: 1, arbitrary: jointSketch.map((sketch) => ({ step: sketch })) },
    {
      weight: 1,
      arbitrary: fc
        .array(fc.record({ when: perhaps(rule), nodes: tie('nodes') }), { minLength: 1, maxLength: 3 })
        .map((arms) => ({ arms })),
    },
  ),
}));

/** Gives every node its key, and named returns a target that lies before the step and not in another arm. */
function build(sketch: Sketch[], counter: { next: number }, before: string[]): FlowNode[] {
  const seen = [...before];
  return sketch.map((node): FlowNode => {
    const key = `n${counter.next++}`;
    if ('arms' in node) {
      const arms = node.arms.map(({ when, nodes }) => ({
        ...(when !== undefined && { when }),
        nodes: build(nodes, counter, seen),
      }));
      seen.push(...arms.flatMap((arm) => stepsOf(arm.nodes).map((step) => step.key)));
      return { type: 'branch', key, arms };
    }
    const { seats, candidates, everyRound, rights, when, returns, returnOnce, resume, ...rest } = node.step;
    const named = returns.named === null ? undefined : seen[returns.named % Math.max(1, seen.length)];
    const targets = [
      ...(returns.initiator ? ['initiator'] : []),
      ...(returns.previous ? ['previous'] : []),
      ...(named === undefined ? [] : [named]),
    ];
    seen.push(key);
    const listed = seats.map(({ name }) => name);
    const free = candidates?.filter((name) => !listed.includes(name)) ?? [];
    const recusal = { namedBy: refOf('ldx/namer'), candidates: free.map(refOf) };
    return {
      type: 'step',
      key,
      title: key,
      ...rest,
      ...(rest.kind === 'handle' && { form: 'handled' }),
      seats: seats.map((seat) => ({ ...refOf(seat.name), ...(seat.rights && { rights: seat.rights }) })),
      returns: targets,
      returnOnce: returnOnce && targets.length > 0,
      ...(targets.length > 0 && resume && { resume }),
      ...(when !== undefined && { when }),
      ...(rest.mode === 'all' && free.length > 0 && { recusal }),
      ...(everyRound && { everyRound }),
      ...(rights && { rights }),
    };
  });
}

function refOf(name: string): SeatRef {
  const [unit = '', seat = ''] = name.split('/');
  return { unit, seat };
}

export const flows: fc.Arbitrary<Flow> = fc
  .record({
    nodes: fc.array(sketches, { minLength: 1, maxLength: 4 }),
    withdraw: fc.constantFrom<Flow['withdraw']>('untilDecided', 'untilEnded', 'never'),
    applicantReads: perhaps(fc.constant<Flow['applicantReads']>({ handled: { '*': 'hidden', result: 'read' } })),
  })
  .map(({ nodes, withdraw, applicantReads }) =>
    frozen({
      key: 'flow',
      title: '流程',
      nodes: build(nodes, { next: 1 }, []),
      withdraw,
      amends: ['form'],
      ...(applicantReads && { applicantReads }),
    }),
  );

/** Every seat has someone who may decide, the initiator and people torn between two units perhaps beside them. */
const staffed = seatingOf((first, others) =>
  fc.tuple(fc.constantFrom(...first), others).map(([one, more]) => [...new Set([one, ...more])]),
);
/** Seats as they come, vacant ones included. */
const seatings: fc.Arbitrary<Seating> = fc.oneof(
  { weight: 3, arbitrary: staffed },
  { weight: 1, arbitrary: seatingOf((_first, others) => others) },
);

function seatingOf(
  holders: (first: string[], others: fc.Arbitrary<string[]>) => fc.Arbitrary<string[]>,
): fc.Arbitrary<Seating> {
  const own = holders(['ann', 'bob'], fc.subarray(OWN_PEOPLE));
  const others = holders(IMPARTIAL, fc.oneof(fc.subarray(IMPARTIAL), fc.subarray(PEOPLE)));
  return fc.record(
    Object.fromEntries([
      ...OWN_SEATS.map((seat) => [seat, own] as const),
      ...OTHER_SEATS.map((seat) => [seat, others] as const),
    ]),
  );
}

/** What happens next: the world changes, somebody does something offered, or somebody tries anything at all. */
type Deed =
  | { world: { seating: Seating | null; inOffice: boolean; amount: number } }
  | { offered: { who: number; which: number; resume: Resume | undefined } }
  | { anything: { who: number; verb: number; task: number; to: number; words: string; resume: Resume | undefined } };

const resumes = perhaps(fc.constantFrom<Resume>('stepwise', 'straightBack'));
const offered = fc.record({ who: fc.nat(99), which: fc.nat(99), resume: resumes }).map((it) => ({ offered: it }));
const anything = fc
  .record({
    who: fc.nat(99),
    verb: fc.nat(6),
    task: fc.nat(99),
    to: fc.nat(99),
    words: fc.constantFrom('', ' ', '说明', '说明'),
    resume: resumes,
  })
  .map((it) => ({ anything: it }));
const stillInOffice = fc.oneof(
  { weight: 3, arbitrary: fc.constant(true) },
  { weight: 1, arbitrary: fc.constant(false) },
);
const world = fc
  .record({ seating: fc.option(seatings), inOffice: stillInOffice, amount: fc.nat(3) })
  .map((it) => ({ world: it }));

/** One offered deed in so many may end the case early; more would leave little to see of the rest. */
const ENDING = 12;

/** One deed done: what was asked in which state of case and world, and what came of it. */
export interface Turn {
  before: FlowState;
  facts: Facts;
  action: Action;
  after: FlowState;
  effects: Effect[];
  /** Null when accepted. */
  refused: FlowRefusal | null;
}

export interface Case {
  flow: Flow;
  turns: Turn[];
  /** Where it stands in the end, and in which world. */
  state: FlowState;
  facts: Facts;
}

/** Cases in a world that changes under them. */
export const cases = casesOf(seatings, [
  { weight: 6, arbitrary: offered },
  { weight: 3, arbitrary: anything },
  { weight: 1, arbitrary: world },
]);

/** Cases in a world that stands still and where every seat is filled. */
export const calmCases = casesOf(staffed, [
  { weight: 6, arbitrary: offered },
  { weight: 1, arbitrary: anything },
]);

function casesOf(seating: fc.Arbitrary<Seating>, deeds: { weight: number; arbitrary: fc.Arbitrary<Deed> }[]) {
  return fc
    .record({ flow: flows, seating, amount: fc.nat(3), deeds: fc.array(fc.oneof(...deeds), { maxLength: 30 }) })
    .map(({ flow, seating: start, amount, deeds: list }) => play(flow, factsOf(start, { form: { amount } }), list));
}

function play(flow: Flow, start: Facts, deeds: Deed[]): Case {
  const turns: Turn[] = [];
  let facts = frozen(start);
  let state = frozen(initialState());
  for (const deed of [{ offered: { who: 0, which: 0, resume: undefined } } as Deed, ...deeds]) {
    facts = frozen({ ...facts, now: facts.now + 60_000 });
    if ('world' in deed) {
      const { seating, inOffice, amount } = deed.world;
      const seats = seating ? factsOf(seating).seats : facts.seats;
      facts = frozen({ ...facts, seats, initiator: { ...facts.initiator, inOffice }, data: { form: { amount } } });
      continue;
    }
    const action =
      'offered' in deed ? offeredAction(flow, state, facts, deed.offered) : anyAction(flow, state, facts, deed);
    if (!action) continue;
    const turn = attempt(flow, state, action, facts);
    turns.push(turn);
    state = turn.after;
  }
  return { flow, turns, state, facts };
}

export function attempt(flow: Flow, before: FlowState, action: Action, facts: Facts): Turn {
  try {
    const { state, effects } = step(flow, before, action, facts);
    return { before, facts, action, after: frozen(state), effects, refused: null };
  } catch (error) {
    if (!(error instanceof FlowRefusal)) throw error;
    return { before, facts, action, after: before, effects: [], refused: error };
  }
}

function offeredAction(
  flow: Flow,
  state: FlowState,
  facts: Facts,
  { who, which, resume }: { who: number; which: number; resume: Resume | undefined },
): Action | null {
  const inTurn = [...PEOPLE.slice(who % PEOPLE.length), ...PEOPLE.slice(0, who % PEOPLE.length)];
  let offers: Action[] = [];
  for (const by of inTurn) {
    offers = allowedActions(flow, state, by, facts)
      .flatMap((offer) => asActions(offer, by, '说明'))
      .filter(({ type }) => which % ENDING === 0 || (type !== 'withdraw' && type !== 'reject'));
    if (offers.length > 0) break;
  }
  const action = offers[which % Math.max(1, offers.length)];
  return action?.type === 'return' && resume ? { ...action, resume } : (action ?? null);
}

/** Anything at all; but half of it by a holder, on an open task and to an offered place: the refusals that are subtle. */
function anyAction(flow: Flow, state: FlowState, facts: Facts, { anything: it }: Extract<Deed, { anything: unknown }>) {
  const open = state.tasks.filter((task) => task.status === 'open');
  const returns = stepsOf(flow.nodes).find((node) => node.key === state.at)?.returns ?? [];
  const holders = open.flatMap((task) => holdersOf(task, flow, facts));
  const subtle = it.who % 2 === 0 && holders.length > 0;
  const by = subtle ? holders[it.task % holders.length] : PEOPLE[(it.who >> 1) % PEOPLE.length];

  const verbs = ['submit', 'approve', 'return', 'reject', 'resubmit', 'withdraw', 'nominate'] as const;
  const kind = universe(flow, state, by ?? '', it.words).filter((action) => {
    if (action.type !== verbs[it.verb]) return false;
    if (!subtle || !('task' in action)) return true;
    if (action.type === 'return' && !returns.includes(action.to)) return false;
    return open.some((task) => task.key === action.task && (task.kind === 'nominate') === (action.type === 'nominate'));
  });
  return kind[(it.task + it.to) % Math.max(1, kind.length)] ?? null;
}

/** The actions behind one button. */
export function asActions({ type, task, targets }: AllowedAction, by: string, opinion: string): Action[] {
  if (type === 'submit') return [{ type, by }];
  if (type === 'withdraw') return [{ type, by, reason: opinion }];
  const on = { task: task ?? '', by };
  if (type === 'resubmit') return [{ type, ...on, note: opinion }];
  if (type === 'return') return (targets ?? []).map(({ to }) => ({ type, ...on, opinion, to }));
  // Blocked it has no target; then it is refused whoever is named.
  if (type === 'nominate') {
    const names = targets?.length ? targets.map(({ to }) => to) : ['nowhere/a'];
    return names.map((to) => ({ type, ...on, opinion, to }));
  }
  return [{ type, ...on, opinion }];
}

/** Everything a person could try in this state: every verb, to every place, on open tasks, some closed ones and none. */
export function universe(flow: Flow, state: FlowState, by: string, words: string): Action[] {
  const places = ['initiator', 'previous', 'nowhere', ...stepsOf(flow.nodes).map((node) => node.key)];
  const candidates = stepsOf(flow.nodes).flatMap((node) => node.recusal?.candidates.map(nameOf) ?? []);
  const seats = new Set(['nowhere/a', 'jtj/a', 'ldx/namer', ...candidates]);
  const open = state.tasks.filter((task) => task.status === 'open');
  const closed = state.tasks.filter((task) => task.status !== 'open').slice(-2);
  const onTasks = [...[...open, ...closed].map((task) => task.key), 'none'].flatMap((task): Action[] => [
    { type: 'approve', task, by, opinion: words },
    { type: 'reject', task, by, opinion: words },
    { type: 'resubmit', task, by, note: words },
    ...places.map((to): Action => ({ type: 'return', task, by, opinion: words, to })),
    ...[...seats].map((to): Action => ({ type: 'nominate', task, by, opinion: words, to })),
  ]);
  return [{ type: 'submit', by }, { type: 'withdraw', by, reason: words }, ...onTasks];
}
