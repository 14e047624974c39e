/**
 * Who may do what. Pure, deny by default: a verb without a rule here is refused, and a route without a door does not
 * mount. Whether somebody may act on a task is not asked here but of the engine, inside the command, under the lock.
 */

export interface HeldSeat {
  id: string;
  key: string;
  title: string;
  unitId: string;
  unitCode: string;
  /** Keeps the whole register: reads every case that was submitted (Article 5). */
  readsAll: boolean;
}

/** The signed-in person as every route, command and query sees them: seats as held at this moment. */
export interface Person {
  id: string;
  name: string;
  title: string;
  phone: string | null;
  unitId: string;
  unitCode: string;
  unitName: string;
  seats: HeldSeat[];
}

/** The door of a route: who gets as far as the handler. */
export type Door = 'everyone' | 'inDemo' | 'signedIn';

const DOORS: Record<Door, (person: Person | null, demo: boolean) => boolean> = {
  everyone: () => true,
  inDemo: (_person, demo) => demo,
  signedIn: (person) => person !== null,
};

export const isDoor = (name: unknown): name is Door => typeof name === 'string' && Object.hasOwn(DOORS, name);

export const admits = (door: Door, person: Person | null, demo: boolean): boolean => DOORS[door](person, demo);

/** What a decision about a case may read. */
export interface CaseSubject {
  unitId: string;
  initiatorId: string;
  state: 'draft' | 'running' | 'returned' | 'ended';
  /** Seats that had or have a task in the case. */
  taskSeatIds: string[];
  /** People who decided or were asked in person. */
  taskPersonIds: string[];
}

/** For a question about whose turn it is. */
export interface TurnSubject extends CaseSubject {
  /** Seat of the case's unit that fills it in. */
  filledBy: string;
  /** Seats with an open task. */
  openSeatIds: string[];
}

const holds = (person: Person, seatIds: string[]): boolean => person.seats.some((seat) => seatIds.includes(seat.id));

/** A draft is the business of whoever writes it; a submitted case of its unit, of those asked, and of who keeps the register. */
const readsCase = (person: Person, subject: CaseSubject): boolean => {
  if (person.id === subject.initiatorId) return true;
  if (subject.state === 'draft') return false;
  if (subject.taskPersonIds.includes(person.id) || holds(person, subject.taskSeatIds)) return true;
  return person.seats.some((seat) => seat.readsAll || seat.unitId === subject.unitId);
};

/** An attachment, and the case it belongs to. */
export interface FileSubject extends TurnSubject {
  /** A form that names it was handed in. */
  handedIn: boolean;
}

/** Who fills something in now: the initiator, while in office, before and after; between, the seat whose turn it is. */
const fillsIn = (person: Person, subject: TurnSubject): boolean =>
  subject.state === 'draft' || subject.state === 'returned'
    ? person.id === subject.initiatorId &&
      person.seats.some((seat) => seat.key === subject.filledBy && seat.unitId === subject.unitId)
    : subject.state === 'running' && holds(person, subject.openSeatIds);

const compiles = (person: Person, subject: { seat: string; unit: string }): boolean =>
  person.seats.some((seat) => seat.key === subject.seat && seat.unitCode === subject.unit);

/** The seat that designs forms. It signs nothing and reads no case by itself. */
const FORM_ADMIN = 'formAdmin';

interface Subjects {
  readCase: CaseSubject;
  /** What was handed in is read with its case; what was not, by whoever is still filling in. */
  readFile: FileSubject;
  /** Drafts and returned forms belong to the initiator; a step's own form is judged by the engine's task. */
  addFile: TurnSubject;
  /** A declaration is started by the seat the stage names, in the person's own unit. */
  declare: { seat: string };
  /** A project of this unit is found by name by whoever could read its cases for the unit: who holds a seat there. */
  citeProject: { unitId: string };
  /** While filling in a case one finds what its applicant may name. */
  citeFor: TurnSubject;
  /** The annual plan is compiled by the one seat its stage names. */
  compilePlan: { seat: string; unit: string };
  /** It is read by who compiles it and by who keeps the register. */
  readPlan: { seat: string; unit: string };
  /** Forms are the whole district's, so there is nothing to tell apart. */
  designForms: Record<never, never>;
}

export type Verb = keyof Subjects;

const RULES: { [V in Verb]: (person: Person, subject: Subjects[V]) => boolean } = {
  readCase: readsCase,
  readFile: (person, subject) => (subject.handedIn ? readsCase(person, subject) : fillsIn(person, subject)),
  addFile: fillsIn,
  compilePlan: compiles,
  readPlan: (person, subject) => compiles(person, subject) || person.seats.some((seat) => seat.readsAll),
  designForms: (person) => person.seats.some((seat) => seat.key === FORM_ADMIN),
  citeFor: fillsIn,
  citeProject: (person, { unitId }) => person.seats.some((seat) => seat.unitId === unitId),
  declare: (person, subject) => person.seats.some((seat) => seat.key === subject.seat && seat.unitId === person.unitId),
};

/** May this person do this to that? Refuses whatever no rule allows. */
export const can = <V extends Verb>(person: Person, verb: V, subject: Subjects[V]): boolean =>
  Object.hasOwn(RULES, verb) && RULES[verb](person, subject);
