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
  /** Seats with an open task. */
  openSeatIds: string[];
}

/** Seats of the informatization office that keep the whole register (Article 5). */
const OFFICE_UNIT = 'xxb';
const OFFICE_SEATS = ['intake', 'reviewer', 'director'];

const holds = (person: Person, seatIds: string[]): boolean => person.seats.some((seat) => seatIds.includes(seat.id));

const isOffice = (person: Person): boolean =>
  person.seats.some((seat) => seat.unitCode === OFFICE_UNIT && OFFICE_SEATS.includes(seat.key));

/** A draft is the business of whoever writes it; a submitted case of its unit, of those asked, and of the office. */
const readsCase = (person: Person, subject: CaseSubject): boolean => {
  if (person.id === subject.initiatorId) return true;
  if (subject.state === 'draft') return false;
  if (subject.taskPersonIds.includes(person.id) || holds(person, subject.taskSeatIds)) return true;
  return isOffice(person) || person.seats.some((seat) => seat.unitId === subject.unitId);
};

interface Subjects {
  readCase: CaseSubject;
  readFile: CaseSubject;
  /** Drafts and returned forms belong to the initiator; a step's own form is judged by the engine's task. */
  addFile: TurnSubject;
  /** A declaration is started by the seat the stage names, in the person's own unit. */
  declare: { seat: string };
}

export type Verb = keyof Subjects;

const RULES: { [V in Verb]: (person: Person, subject: Subjects[V]) => boolean } = {
  readCase: readsCase,
  readFile: readsCase,
  addFile: (person, subject) =>
    subject.state === 'draft' || subject.state === 'returned'
      ? person.id === subject.initiatorId
      : subject.state === 'running' && holds(person, subject.openSeatIds),
  declare: (person, subject) => person.seats.some((seat) => seat.key === subject.seat && seat.unitId === person.unitId),
};

/** May this person do this to that? Refuses whatever no rule allows. */
export const can = <V extends Verb>(person: Person, verb: V, subject: Subjects[V]): boolean =>
  Object.hasOwn(RULES, verb) && RULES[verb](person, subject);
