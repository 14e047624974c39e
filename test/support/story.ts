import { expect } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { allowedActions } from '../../server/flow/allowed.ts';
import { initialState, step } from '../../server/flow/engine.ts';
import { forecast } from '../../server/flow/forecast.ts';
import {
  FlowRefusal,
  type Action,
  type AllowedAction,
  type CaseState,
  type Effect,
  type Facts,
  type Flow,
  type FlowState,
  type Outcome,
  type Resume,
  type Step,
} from '../../server/flow/model.ts';

const MORNING = Date.UTC(2026, 8, 1, 1, 0, 0);
const MINUTE = 60_000;

/** Seats by `unit/seat`, each with the people who hold it; ids are the names themselves. */
export type Seating = Record<string, string[]>;

/** What a `then` may ask. Only what is named is compared. */
interface Standing {
  state?: CaseState;
  at?: string | null;
  outcome?: Outcome | null;
  round?: number;
  /** Everyone who could act on an open task. */
  waitingFor?: string[];
}

/** Writing to anything frozen throws, so a test that passes frozen input proves that nothing was written to. */
export function frozen<T>(value: T): T {
  if (typeof value === 'object' && value !== null && !Object.isFrozen(value)) {
    Object.freeze(value);
    Object.values(value).forEach(frozen);
  }
  return value;
}

export function factsOf(
  seating: Seating,
  data: Record<string, Data> = {},
  initiator = 'clerk',
  unit = 'jtj',
  inOffice = true,
): Facts {
  const seats = Object.entries(seating).map(([name, holders]) => {
    const [unitCode = '', seat = ''] = name.split('/');
    return { seatId: name, seat, unitId: unitCode, unitCode, holders };
  });
  // A stale round: the engine counts for itself.
  const env = { today: '2026-09-01', round: 0 };
  return { now: MORNING, env, data, initiator: { personId: initiator, unitId: unit, unitCode: unit, inOffice }, seats };
}

/** A step with the parts a story does not care about filled in. Seats are `unit/seat`; one word is the applicant's. */
export function stepAt(key: string, seats: string[], rest: Partial<Step> = {}): Step {
  const refs = seats.map((name) => {
    const [unit = '', seat] = name.split('/');
    return seat === undefined ? { unit: 'applicant', seat: unit } : { unit, seat };
  });
  return { type: 'step', key, title: key, kind: 'approve', mode: 'all', seats: refs, ...rest };
}

export function flowOf(nodes: Flow['nodes'], rest: Partial<Flow> = {}): Flow {
  return { key: 'flow', title: '流程', nodes, withdraw: 'untilEnded', amends: [], ...rest };
}

/** A case told as prose: `given(flow, seats).when('clerk').submits().then({ at: 'owner' })`. */
export function given(flow: Flow, seating: Seating): Story {
  return new Story(flow, seating);
}

export class Story {
  readonly flow: Flow;
  state: FlowState = initialState();
  effects: Effect[] = [];
  private facts: Facts;

  constructor(flow: Flow, seating: Seating) {
    this.flow = frozen(flow);
    this.facts = factsOf(seating);
  }

  /** Someone acts, and the engine must accept. */
  when(person: string): Verbs {
    return new Verbs(this, person, null);
  }

  /** Someone tries, and the engine must refuse with this code and change nothing. */
  but(person: string, code: string): Verbs {
    return new Verbs(this, person, code);
  }

  then({ waitingFor, ...standing }: Standing): this {
    expect(this.state).toMatchObject(standing);
    if (waitingFor) expect(this.waiting()).toEqual([...waitingFor].sort());
    return this;
  }

  /** The case is filed by another unit than the usual one. */
  ofUnit(unit: string): this {
    const initiator = { ...this.facts.initiator, unitId: unit, unitCode: unit };
    this.facts = { ...this.facts, initiator };
    return this;
  }

  /** The world changes: a seat changes hands. */
  nowHolds(seat: string, ...holders: string[]): this {
    this.facts = { ...this.facts, seats: this.facts.seats.map((s) => (s.seatId === seat ? { ...s, holders } : s)) };
    return this;
  }

  /** The world changes: whoever started the case leaves the seat that fills it in. */
  clerkLeaves(): this {
    this.facts = { ...this.facts, initiator: { ...this.facts.initiator, inOffice: false } };
    return this;
  }

  /** The world changes: a form of the case is filled in or amended. */
  filed(form: string, data: Data): this {
    this.facts = { ...this.facts, data: { ...this.facts.data, [form]: data } };
    return this;
  }

  /** The progress line as words: `initiator:done owner:current head:ahead`. */
  line(): string {
    return forecast(this.flow, this.state, this.facts)
      .map(({ key, status }) => `${key}:${status}`)
      .join(' ');
  }

  offers(person: string): AllowedAction[] {
    return allowedActions(this.flow, this.state, person, this.facts);
  }

  /** The button texts a person sees. */
  buttons(person: string): string[] {
    return this.offers(person).map(({ label }) => label);
  }

  /** The key of the open task this person may act on, else of any open task, else of the last one. */
  taskFor(person: string): string {
    const open = this.state.tasks.filter((task) => task.status === 'open');
    const holds = (seatId: string | null) =>
      this.facts.seats.some((s) => s.seatId === seatId && s.holders.includes(person));
    const own = open.find((task) => task.personId === person || holds(task.seatId));
    return (own ?? open[0] ?? this.state.tasks.at(-1))?.key ?? 'none';
  }

  act(action: Action, refusal: string | null): this {
    const facts = frozen({ ...this.facts, now: this.facts.now + MINUTE });
    if (refusal !== null) {
      expect(refusalOf(() => step(this.flow, frozen(this.state), action, facts))).toBe(refusal);
      return this;
    }
    const { state, effects } = step(this.flow, frozen(this.state), action, facts);
    Object.assign(this, { state, effects, facts });
    return this;
  }

  private waiting(): string[] {
    const open = this.state.tasks.filter((task) => task.status === 'open');
    const people = open.flatMap((task) => {
      return task.personId ?? this.facts.seats.find((seat) => seat.seatId === task.seatId)?.holders ?? [];
    });
    return [...new Set(people)].sort();
  }
}

class Verbs {
  private readonly story: Story;
  private readonly by: string;
  private readonly refusal: string | null;
  private task: string;

  constructor(story: Story, by: string, refusal: string | null) {
    this.story = story;
    this.by = by;
    this.refusal = refusal;
    this.task = story.taskFor(by);
  }

  onTask(key: string): this {
    this.task = key;
    return this;
  }

  submits(): Story {
    return this.story.act({ type: 'submit', by: this.by }, this.refusal);
  }

  approves(opinion = ''): Story {
    return this.story.act({ type: 'approve', task: this.task, by: this.by, opinion }, this.refusal);
  }

  returnsTo(to: string, opinion = '材料不全', resume?: Resume): Story {
    const action: Action = { type: 'return', task: this.task, by: this.by, opinion, to, ...(resume && { resume }) };
    return this.story.act(action, this.refusal);
  }

  rejects(opinion = '不符合条件'): Story {
    return this.story.act({ type: 'reject', task: this.task, by: this.by, opinion }, this.refusal);
  }

  /** Names the seat, as `unit/seat`, that answers for a recused one. */
  nominates(to: string, opinion = '与本项目无利害关系'): Story {
    return this.story.act({ type: 'nominate', task: this.task, by: this.by, opinion, to }, this.refusal);
  }

  resubmits(): Story {
    return this.story.act({ type: 'resubmit', task: this.task, by: this.by, note: '' }, this.refusal);
  }

  withdraws(reason = '不再申报'): Story {
    return this.story.act({ type: 'withdraw', by: this.by, reason }, this.refusal);
  }
}

/** The code of the refusal; null when accepted. Any other error is a defect and passes through. */
export function refusalOf(attempt: () => unknown): string | null {
  try {
    attempt();
    return null;
  } catch (error) {
    if (error instanceof FlowRefusal) return error.code;
    throw error;
  }
}
