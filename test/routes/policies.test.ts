import { describe, expect, test } from '@jest/globals';
import { admits, can, isDoor, type HeldSeat, type Person, type TurnSubject, type Verb } from '../../server/policies.ts';

const seat = (id: string, key: string, unitCode: string): HeldSeat => ({
  id,
  key,
  title: key,
  unitId: `unit-${unitCode}`,
  unitCode,
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
const intake = person('intake', 'xxb', seat('s3', 'intake', 'xxb'));
const officeClerk = person('officeClerk', 'xxb', seat('s4', 'clerk', 'xxb'));
const auditor = person('auditor', 'sjj', seat('s5', 'clerk', 'sjj'));

const submitted: TurnSubject = {
  unitId: 'unit-jtj',
  initiatorId: 'clerk',
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

  test('read a submitted case: its unit by a seat, the office, and whoever was asked', () => {
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

  test('declare: the seat the stage names, in the own unit', () => {
    expect(can(clerk, 'declare', { seat: 'clerk' })).toBe(true);
    expect(can(colleague, 'declare', { seat: 'clerk' })).toBe(false);
    expect(can({ ...clerk, unitId: 'unit-wjw' }, 'declare', { seat: 'clerk' })).toBe(false);
  });

  test('anything no rule speaks of: nobody', () => {
    expect(can(clerk, 'dropTables' as Verb, draft as never)).toBe(false);
    expect(can(clerk, 'toString' as Verb, draft as never)).toBe(false);
    expect(isDoor('toString')).toBe(false);
    expect(admits('signedIn', null, true)).toBe(false);
    expect(admits('inDemo', clerk, false)).toBe(false);
  });
});
