import { describe, expect, test } from '@jest/globals';
import { admits, can, isDoor, type HeldSeat, type Person, type TurnSubject, type Verb } from '../../server/policies.ts';

const seat = (id: string, key: string, unitCode: string, readsAll = false): HeldSeat => ({
  id,
  key,
  title: key,
  unitId: `unit-${unitCode}`,
  unitCode,
  readsAll,
});

const person = (id: string, unitCode: string, ...seats: HeldSeat[]): Person => ({
  id,
  name: id,
  title: '',
  phone: null,
  unitId: `unit-${unitCode}`,
  unitCode,
  unitName: unitCode,
  seats,
});

const clerk = person('clerk', 'jtj', seat('s1', 'clerk', 'jtj'));
const colleague = person('colleague', 'jtj', seat('s2', 'projectOwner', 'jtj'));
const seatless = person('seatless', 'jtj');
const intake = person('intake', 'xxb', seat('s3', 'intake', 'xxb', true));
const officeClerk = person('officeClerk', 'xxb', seat('s4', 'clerk', 'xxb'));
const auditor = person('auditor', 'sjj', seat('s5', 'clerk', 'sjj'));

const submitted: TurnSubject = {
  unitId: 'unit-jtj',
  initiatorId: 'clerk',
  filledBy: 'clerk',
  state: 'running',
  taskSeatIds: [],
  openSeatIds: [],
  taskPersonIds: [],
};
const draft: TurnSubject = { ...submitted, state: 'draft' };

const readers = (subject: TurnSubject) =>
  [clerk, colleague, seatless, intake, officeClerk, auditor]
    .filter((one) => can(one, 'readCase', subject))
    .map(({ id }) => id);

describe('who may', () => {
  test('read a draft: whoever writes it, and not even the office', () => {
    expect(readers(draft)).toEqual(['clerk']);
  });

  test('read a submitted case: its unit by a seat, who keeps the register, and whoever was asked', () => {
    expect(readers(submitted)).toEqual(['clerk', 'colleague', 'intake']);
    expect(readers({ ...submitted, taskSeatIds: ['s5'] })).toContain('auditor');
    expect(readers({ ...submitted, taskPersonIds: ['seatless'] })).toContain('seatless');
  });

  test('add a file: the initiator while writing, else the seat whose turn it is', () => {
    expect(can(clerk, 'addFile', draft)).toBe(true);
    expect(can(clerk, 'addFile', { ...draft, state: 'returned' })).toBe(true);
    expect(can(clerk, 'addFile', submitted)).toBe(false);
    expect(can(intake, 'addFile', { ...submitted, taskSeatIds: ['s3'] })).toBe(false);
    expect(can(intake, 'addFile', { ...submitted, openSeatIds: ['s3'] })).toBe(true);
    expect(can(intake, 'addFile', { ...submitted, openSeatIds: ['s3'], state: 'ended' })).toBe(false);
  });

  test('add a file or read one not handed in: nobody by a seat they left', () => {
    const left = { ...clerk, seats: [seat('s6', 'unitHead', 'jtj'), seat('s7', 'clerk', 'wjw')] };
    for (const state of ['draft', 'returned'] as const) {
      expect(can(left, 'addFile', { ...draft, state })).toBe(false);
      expect(can(left, 'readFile', { ...draft, state, handedIn: false })).toBe(false);
    }
    expect(can(left, 'readCase', draft)).toBe(true);
  });

  test('read a file: with the case once handed in, before that whoever fills in', () => {
    const returned: TurnSubject = { ...submitted, state: 'returned' };
    const mayRead = (handedIn: boolean) =>
      [clerk, colleague, intake, auditor]
        .filter((one) => can(one, 'readFile', { ...returned, handedIn }))
        .map(({ id }) => id);
    expect(mayRead(true)).toEqual(['clerk', 'colleague', 'intake']);
    expect(mayRead(false)).toEqual(['clerk']);
  });

  test('declare: the seat the stage names, in the own unit', () => {
    expect(can(clerk, 'declare', { seat: 'clerk' })).toBe(true);
    expect(can(colleague, 'declare', { seat: 'clerk' })).toBe(false);
    expect(can({ ...clerk, unitId: 'unit-wjw' }, 'declare', { seat: 'clerk' })).toBe(false);
  });

  test('find a project of a unit by name: who holds a seat there, not whoever merely belongs to it', () => {
    const finders = [clerk, colleague, seatless, intake].filter((one) =>
      can(one, 'citeProject', { unitId: 'unit-jtj' }),
    );
    expect(finders).toEqual([clerk, colleague]);
  });

  test('anything no rule speaks of: nobody', () => {
    expect(can(clerk, 'dropTables' as Verb, draft as never)).toBe(false);
    expect(can(clerk, 'toString' as Verb, draft as never)).toBe(false);
    expect(isDoor('toString')).toBe(false);
    expect(admits('signedIn', null, true)).toBe(false);
    expect(admits('inDemo', clerk, false)).toBe(false);
  });
});
