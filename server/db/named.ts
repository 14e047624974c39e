/** What a form's field may name outside the form: people, seats, projects, dictionary entries and approved records. */
import type { Data, Json } from '../../forms/language/dialect.ts';
import type { Reader } from './handle.ts';
import { latestStages } from './published.ts';
import { select } from './sql.ts';
import { dictionaryEntries, projects, recordSources, type RecordSourceRow } from './tables.ts';

/** Something that can be chosen: `label` is what a form stores beside the id. */
export interface Named {
  id: string;
  label: string;
  note: string | null;
}

/** Whose records are meant: those of the applicant's unit and, where there is one already, of the project. */
export interface Applicant {
  unitId: string;
  projectId: string | null;
}

const MOST = 1000;

/**
 * Everything of this source the applicant may name, or just the one with this id; null where there is no such source.
 * Without an applicant only what belongs to nobody is found.
 */
export async function namedIn(
  reader: Reader,
  source: string,
  applicant: Applicant | null,
  id = '',
): Promise<Named[] | null> {
  if (source === 'person') return applicant ? inOffice(reader, id) : [];
  if (source === 'seat') return applicant ? seatsOf(reader, id) : [];
  if (source === 'project') return applicant ? numbered(reader, applicant, id) : [];
  const records = await recordSources.one(reader, { key: source });
  if (!records) return entries(reader, source, id);
  if (!applicant) return [];
  return records.formKey === null ? approvedCases(reader, applicant, id) : approved(reader, records, applicant, id);
}

interface Holder {
  personId: string;
  name: string;
  seatId: string;
  seat: string;
  unit: string;
}

/** People who hold a seat today. Whoever holds several is found once, with all of them. */
async function inOffice(reader: Reader, id: string): Promise<Named[]> {
  const sql = `
    SELECT p.id AS personId, p.name AS name, s.id AS seatId, s.title AS seat, u.name AS unit
    FROM seat_holders h JOIN people p ON p.id = h.person_id JOIN seats s ON s.id = h.seat_id
      JOIN units u ON u.id = s.unit_id
    WHERE h.to_at IS NULL AND p.status = 'active' AND ($id = '' OR p.id = $id)
    ORDER BY u.code, p.name, p.id, s.id`;
  const people = new Map<string, Named>();
  for (const { personId, name, seat, unit } of await select<Holder>(reader, sql, { id }, MOST)) {
    const known = people.get(personId);
    if (known) known.note = `${known.note ?? ''}、${seat}`;
    else people.set(personId, { id: personId, label: name, note: `${unit} ${seat}` });
  }
  return [...people.values()];
}

/** Seats, with who holds them today. An empty seat can be named as well: it stays when people go. */
async function seatsOf(reader: Reader, id: string): Promise<Named[]> {
  const sql = `
    SELECT s.id AS seatId, s.title AS seat, u.name AS unit, p.name AS name
    FROM seats s JOIN units u ON u.id = s.unit_id
      LEFT JOIN seat_holders h ON h.seat_id = s.id AND h.to_at IS NULL
      LEFT JOIN people p ON p.id = h.person_id
    WHERE u.active = 1 AND ($id = '' OR s.id = $id)
    ORDER BY u.code, s.id, p.name`;
  const seats = new Map<string, Named>();
  for (const { seatId, seat, unit, name } of await select<Omit<Holder, 'name'> & { name: string | null }>(
    reader,
    sql,
    { id },
    MOST,
  )) {
    const known = seats.get(seatId);
    if (known) known.note = [known.note, name].filter(Boolean).join('、');
    else seats.set(seatId, { id: seatId, label: `${unit} ${seat}`, note: name ?? '暂无人任职' });
  }
  return [...seats.values()];
}

/** Projects of the applicant's unit that have a number. */
async function numbered(reader: Reader, { unitId }: Applicant, id: string): Promise<Named[]> {
  const rows = await projects.find(
    reader,
    { unitId, no: { not: null }, ...(id === '' ? {} : { id }) },
    {
      order: [
        ['updatedAt', 'desc'],
        ['id', 'desc'],
      ],
      limit: MOST,
    },
  );
  return rows.map((row) => ({
    id: row.id,
    label: joined([row.no, row.title]),
    note: row.planYear === null ? null : `${row.planYear} 年度`,
  }));
}

/** Entries of a dictionary that are offered today; null where there is no such dictionary. */
async function entries(reader: Reader, dictionary: string, id: string): Promise<Named[] | null> {
  const rows = await dictionaryEntries.find(reader, { dictionary, active: true }, { order: [['sort', 'asc']] });
  if (rows.length === 0) return null;
  return rows
    .filter(({ value }) => id === '' || value === id)
    .map(({ value, label }) => ({ id: value, label, note: null }));
}

interface Handed {
  caseId: string;
  data: string;
  project: string | null;
}

/** Forms of one key as they were handed in last, in cases that were approved. Their case's id is the record's. */
async function approved(
  reader: Reader,
  { formKey, labels, scope }: RecordSourceRow,
  { unitId, projectId }: Applicant,
  id: string,
): Promise<Named[]> {
  const sql = `
    SELECT c.id AS caseId, s.data AS data, p.title AS project
    FROM submissions s JOIN cases c ON c.id = s.case_id JOIN projects p ON p.id = c.project_id
    WHERE s.form_key = $formKey AND c.outcome = 'approved' AND ($id = '' OR c.id = $id)
      AND ($everybody = 1 OR c.unit_id = $unitId OR c.project_id = $projectId)
      AND NOT EXISTS (SELECT 1 FROM submissions later WHERE later.case_id = s.case_id
        AND later.form_key = s.form_key AND later.revision > s.revision)
    ORDER BY c.ended_at DESC, c.id DESC`;
  const everybody = scope === 'district' ? 1 : 0;
  const values = { formKey: formKey ?? '', id, everybody, unitId, projectId: projectId ?? '' };
  const rows = await select<Handed>(reader, sql, values, MOST);
  return rows.map(({ caseId, data, project }) => {
    const filled = JSON.parse(data) as Data;
    const label = joined(labels.map((key) => plain(filled[key])));
    return { id: caseId, label: label || (project ?? '未命名'), note: scope === 'district' ? null : project };
  });
}

interface Ended {
  id: string;
  docNo: string | null;
  stage: string;
  project: string | null;
}

async function approvedCases(reader: Reader, { unitId, projectId }: Applicant, id: string): Promise<Named[]> {
  const sql = `
    SELECT c.id AS id, c.doc_no AS docNo, c.stage_key AS stage, p.title AS project
    FROM cases c JOIN projects p ON p.id = c.project_id
    WHERE c.outcome = 'approved' AND ($id = '' OR c.id = $id)
      AND (c.unit_id = $unitId OR c.project_id = $projectId)
    ORDER BY c.ended_at DESC, c.id DESC`;
  const rows = await select<Ended>(reader, sql, { id, unitId, projectId: projectId ?? '' }, MOST);
  const titles = new Map((await latestStages(reader)).map(({ stageKey, body }) => [stageKey, body.title]));
  return rows.map(({ id: caseId, docNo, stage, project }) => {
    const title = titles.get(stage) ?? stage;
    return { id: caseId, label: joined([docNo, project]) || title, note: title };
  });
}

/** As long as a form stores it. */
function joined(parts: (string | null)[]): string {
  return parts.filter(Boolean).join(' ').slice(0, 200);
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' ? String(value) : '';
}
