import type { Reader } from '../db/handle.ts';
import { dictionaryEntries, projects } from '../db/tables.ts';
import { can, type Person } from '../policies.ts';

const MOST = 50;

/** What a reference field may lead to: projects of one's own unit that have a number, or clauses of the plan. */
export async function references(reader: Reader, person: Person, source: 'project' | 'planningClause', q = '') {
  const found = source === 'project' ? await ownProjects(reader, person) : await clauses(reader);
  const wanted = q.trim().toLowerCase();
  return { items: found.filter(({ label }) => label.toLowerCase().includes(wanted)).slice(0, MOST) };
}

async function ownProjects(reader: Reader, person: Person) {
  if (!can(person, 'citeProject', { unitId: person.unitId })) return [];
  const rows = await projects.find(
    reader,
    { unitId: person.unitId, no: { not: null } },
    {
      order: [
        ['updatedAt', 'desc'],
        ['id', 'desc'],
      ],
      limit: 500,
    },
  );
  return rows.map(({ id, no, title, planYear }) => ({
    id,
    label: `${no ?? ''} ${title ?? ''}`.trim(),
    note: planYear === null ? null : `${planYear} 年度`,
  }));
}

async function clauses(reader: Reader) {
  const rows = await dictionaryEntries.find(
    reader,
    { dictionary: 'planningClause', active: true },
    { order: [['sort', 'asc']] },
  );
  return rows.map(({ value, label }) => ({ id: value, label, note: null }));
}
