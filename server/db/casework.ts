import { carryOver } from '../../forms/language/carry.ts';
import type { Data, Form, Json } from '../../forms/language/dialect.ts';
import { earlierOf, environmentOf } from '../../forms/language/environment.ts';
import type { Stage } from '../../forms/language/stage.ts';
import type { Flow, FlowNode, SeatFact } from '../flow/model.ts';
import type { Reader } from './handle.ts';
import {
  caseForms,
  cases,
  drafts,
  flowVersions,
  formVersions,
  people,
  projects,
  seatHolders,
  seats,
  stageVersions,
  submissions,
  tasks,
  units,
  workdayYears,
  type CaseRow,
  type DraftRow,
  type PersonRow,
  type ProjectRow,
  type SubmissionRow,
  type TaskRow,
  type UnitRow,
} from './tables.ts';

/** One form of a case: the version it is pinned to, what was handed in last, and what is being written. */
export interface CaseworkForm {
  key: string;
  versionId: string;
  form: Form;
  filledAt: 'start' | 'step';
  latest: SubmissionRow | null;
  /** What is being written, one for each task it is written at. */
  drafts: DraftRow[];
}

/** A seat as the engine and the screens see it. */
export interface CaseworkSeat extends SeatFact {
  title: string;
  unitName: string;
}

/** Everything a decision about one case reads, loaded together. */
export interface Casework {
  row: CaseRow;
  project: ProjectRow;
  unit: UnitRow;
  initiator: PersonRow;
  stage: Stage;
  flow: Flow;
  forms: CaseworkForm[];
  tasks: TaskRow[];
  /** What rules of these forms read of the project's earlier forms, and nothing else of them. */
  earlier: Record<string, Data>;
  /** The working-day calendar, where a rule of these forms counts working days. */
  workdays: Json;
  /** Seats of the applicant's unit and of every unit the flow names. */
  seats: CaseworkSeat[];
}

/** Loads the whole of one case, or null where there is none. */
export async function loadCasework(reader: Reader, caseId: string): Promise<Casework | null> {
  const row = await cases.one(reader, { id: caseId });
  return row && caseworkOf(reader, row);
}

/** The same, around a row that was read already. */
export async function caseworkOf(reader: Reader, row: CaseRow): Promise<Casework> {
  const caseId = row.id;
  const unit = must(await units.one(reader, { id: row.unitId }));
  const stage = must(await stageVersions.one(reader, { id: row.stageVersionId })).body;
  const flow = must(await flowVersions.one(reader, { id: row.flowVersionId })).body;
  const forms = await loadForms(reader, caseId, stage);
  return {
    row,
    stage,
    flow,
    project: must(await projects.one(reader, { id: row.projectId })),
    unit,
    initiator: must(await people.one(reader, { id: row.initiatorId })),
    forms,
    earlier: await loadEarlier(reader, row, forms),
    workdays: await loadWorkdays(reader, forms),
    tasks: await tasks.find(
      reader,
      { caseId },
      {
        order: [
          ['openedAt', 'asc'],
          ['id', 'asc'],
        ],
      },
    ),
    seats: await loadSeats(reader, unit, flow),
  };
}

async function loadForms(reader: Reader, caseId: string, stage: Stage): Promise<CaseworkForm[]> {
  const pinned = await caseForms.find(reader, { caseId });
  const handedIn = await submissions.find(reader, { caseId }, { order: [['revision', 'desc']] });
  const used = new Set([...pinned, ...handedIn].map((row) => row.formVersionId));
  const versions = await formVersions.find(reader, { id: [...used] });
  const bodyOf = (id: string) => must(versions.find((version) => version.id === id)).body;
  const writing = await drafts.find(reader, { caseId });
  return stage.forms.map(({ form: key, filledAt }) => {
    const { formVersionId } = must(pinned.find((form) => form.formKey === key));
    const form = bodyOf(formVersionId);
    const last = handedIn.find((submission) => submission.formKey === key) ?? null;
    const moved = last !== null && last.formVersionId !== formVersionId;
    return {
      key,
      filledAt,
      versionId: formVersionId,
      form,
      // A case that moved to a newer version reads what it handed in before as that version does.
      latest: moved ? { ...last, data: carryOver(bodyOf(last.formVersionId), form, last.data).data } : last,
      drafts: writing.filter((draft) => draft.formKey === key),
    };
  });
}

/** Of each earlier form the fields that are read: as handed in last, in a case of this project that did not fail. */
async function loadEarlier(reader: Reader, row: CaseRow, forms: CaseworkForm[]): Promise<Record<string, Data>> {
  const wanted: Record<string, string[]> = {};
  for (const { form } of forms) {
    for (const [key, fields] of Object.entries(earlierOf(form))) (wanted[key] ??= []).push(...fields);
  }
  const keys = Object.keys(wanted);
  if (keys.length === 0) return {};
  const siblings = await cases.find(reader, { projectId: row.projectId });
  const standing = siblings.filter(({ id, outcome }) => id !== row.id && (outcome === null || outcome === 'approved'));
  const handedIn = await submissions.find(
    reader,
    { caseId: standing.map(({ id }) => id), formKey: keys },
    {
      order: [
        ['createdAt', 'asc'],
        ['revision', 'asc'],
      ],
    },
  );
  const earlier: Record<string, Data> = {};
  for (const { formKey, data } of handedIn) {
    const fields = wanted[formKey] ?? [];
    earlier[formKey] = Object.fromEntries(Object.entries(data).filter(([field]) => fields.includes(field)));
  }
  return earlier;
}

async function loadWorkdays(reader: Reader, forms: CaseworkForm[]): Promise<Json> {
  if (!forms.some(({ form }) => environmentOf(form).includes('workdays'))) return null;
  const years = await workdayYears.find(reader, {}, { order: [['year', 'asc']] });
  return {
    years: years.map(({ year }) => year),
    off: years.flatMap(({ off }) => off),
    on: years.flatMap(({ worked }) => worked),
  };
}

/** Seats with who holds them now: of this unit, and of every unit the flow names by its code. */
async function loadSeats(reader: Reader, own: UnitRow, flow: Flow): Promise<CaseworkSeat[]> {
  const named = await units.find(reader, { code: [...unitCodes(flow.nodes)] });
  const byId = new Map([...named, own].map((unit) => [unit.id, unit]));
  const found = await seats.find(reader, { unitId: [...byId.keys()] }, { order: [['id', 'asc']] });
  const holders = await seatHolders.find(reader, { seatId: found.map((seat) => seat.id), toAt: null });
  return found.map((seat) => {
    const unit = must(byId.get(seat.unitId));
    return {
      seatId: seat.id,
      seat: seat.key,
      title: seat.title,
      unitId: unit.id,
      unitCode: unit.code,
      unitName: unit.name,
      holders: holders.filter((holder) => holder.seatId === seat.id).map((holder) => holder.personId),
    };
  });
}

/** What a form of the case holds now: what was handed in last, else nothing. */
export function filedData(work: Casework): Record<string, Data> {
  return Object.fromEntries(work.forms.flatMap(({ key, latest }) => (latest ? [[key, latest.data] as const] : [])));
}

/** What the policies must know of the case. */
export function subjectOf({ row, tasks: all }: Pick<Casework, 'row' | 'tasks'>) {
  const seatsOf = (some: TaskRow[]) => some.flatMap(({ seatId }) => (seatId === null ? [] : [seatId]));
  return {
    unitId: row.unitId,
    initiatorId: row.initiatorId,
    state: row.state,
    taskSeatIds: seatsOf(all),
    openSeatIds: seatsOf(all.filter((task) => task.status === 'open')),
    taskPersonIds: row.flowState.tasks.flatMap(({ personId, decidedBy }) =>
      [personId, decidedBy].filter((id) => id !== null),
    ),
  };
}

function unitCodes(nodes: FlowNode[]): Set<string> {
  return new Set(
    nodes.flatMap((node) =>
      node.type === 'step'
        ? [...node.seats, ...(node.recusal ? [node.recusal.namedBy, ...node.recusal.candidates] : [])]
            .map((seat) => seat.unit)
            .filter((unit) => unit !== 'applicant')
        : node.arms.flatMap((arm) => [...unitCodes(arm.nodes)]),
    ),
  );
}

/** A pinned version or a referenced row that is missing is a broken database, not a refusal. */
function must<T>(row: T | null | undefined): T {
  if (row === null || row === undefined) throw new Error('a case refers to a row that does not exist');
  return row;
}
