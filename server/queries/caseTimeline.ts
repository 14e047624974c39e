import type { Casework } from '../db/casework.ts';
import type { Reader } from '../db/handle.ts';
import { caseLog, people, seats, units, type CaseLogRow } from '../db/tables.ts';
import { isOfApplicant } from '../flow/assign.ts';
import type { Facts, Flow, Step } from '../flow/model.ts';
import { findStep } from '../flow/path.ts';
import type { Person } from '../policies.ts';

/** The title of a step, or the words for the initiator's own turn. */
export function stepTitleIn(flow: Flow, key: string): string {
  return key === 'initiator' ? '申报单位修改' : (findStep(flow, key)?.title ?? key);
}

/** What happened to the case, in order, with seat, person and, as far as this person may read it, opinion. */
export async function timelineOf(
  reader: Reader,
  work: Casework,
  person: Person,
  facts: Facts,
  known: ReadonlyMap<string, string>,
) {
  const lines = await caseLog.find(reader, { caseId: work.row.id }, { order: [['seq', 'asc']] });
  const named = await namesBeyond(reader, lines, known);
  const seatRows = await seats.find(reader, { id: ids(lines, 'seatId') });
  const unitNames = new Map(
    (await units.find(reader, { id: seatRows.map(({ unitId }) => unitId) })).map(({ id, name }) => [id, name]),
  );
  return lines.map((line) => {
    const seat = seatRows.find(({ id }) => id === line.seatId);
    const own = line.personId === work.row.initiatorId;
    return {
      seq: line.seq,
      at: line.at,
      seat: seat?.title ?? (own ? '填报人' : null),
      person: line.personId === null ? null : (named.get(line.personId) ?? null),
      unit: seat ? (unitNames.get(seat.unitId) ?? null) : own ? work.unit.name : null,
      action: line.action,
      actionTitle: titleOf(line, work.flow),
      step: line.step === null ? null : stepTitleIn(work.flow, line.step),
      opinion: isConfided(line, work, person, facts) ? null : line.opinion,
    };
  });
}

/**
 * What one of several seats asked at once said: its colleagues read it when the round has closed, the applicant reads
 * the summary instead. Who keeps the register and has no seat in the round reads everything.
 */
function isConfided({ step: key, personId }: CaseLogRow, { flow, row }: Casework, person: Person, facts: Facts) {
  const step = key === null ? undefined : findStep(flow, key);
  if (!step || step.mode !== 'all' || step.seats.length < 2 || personId === person.id) return false;
  if (isOfApplicant(person.id, facts)) return true;
  if (row.flowState.at !== step.key) return false;
  return !person.seats.some(({ readsAll }) => readsAll) || sitsAt(step, person);
}

function sitsAt({ seats: refs }: Step, { seats: held }: Person): boolean {
  return refs.some(({ seat, unit }) => held.some(({ key, unitCode }) => key === seat && unitCode === unit));
}

const PLAIN: Record<string, string> = {
  open: '新建',
  submit: '提交',
  approve: '同意',
  return: '退回',
  reject: '不同意',
  resubmit: '重新提交',
  withdraw: '撤销',
  nominate: '指定替代席位',
  moveToVersion: '换用新版表单',
  recuse: '回避（本单位申报的项目）',
};

function titleOf({ action, step: key, personId }: CaseLogRow, flow: Flow): string {
  if (personId === null && action !== 'recuse') return action === 'open' ? '自动转入' : '自动送达';
  return actionTitleIn(flow, key, action);
}

/** What somebody did at a step, in the step's own words. */
export function actionTitleIn(flow: Flow, key: string | null, action: string): string {
  const step = key === null ? undefined : findStep(flow, key);
  const own = action === 'approve' || action === 'return' || action === 'reject' ? step?.labels?.[action] : undefined;
  return own ?? (action === 'approve' && step?.kind === 'handle' ? '办结' : (PLAIN[action] ?? action));
}

async function namesBeyond(reader: Reader, lines: CaseLogRow[], known: ReadonlyMap<string, string>) {
  const missing = ids(lines, 'personId').filter((id) => !known.has(id));
  const found = missing.length === 0 ? [] : await people.find(reader, { id: missing });
  return new Map([...known, ...found.map(({ id, name }) => [id, name] as const)]);
}

function ids(lines: CaseLogRow[], of: 'personId' | 'seatId'): string[] {
  return [...new Set(lines.flatMap((line) => line[of] ?? []))];
}
