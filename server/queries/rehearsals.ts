import type { Reader } from '../db/handle.ts';
import { contentHash } from '../db/json.ts';
import { formDrafts, people, rehearsals, type RehearsalRow } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { can, type Person } from '../policies.ts';

/** As many as anybody looks back on. */
const MOST_SHOWN = 20;

/** One rehearsal: how far it is and what it found. */
export async function rehearsal(reader: Reader, person: Person, id: string) {
  refuseOthers(person);
  const row = await rehearsals.one(reader, { id });
  if (!row) throw new Refusal('not_found');
  const [shown] = await shownOf(reader, row.formKey, [row]);
  if (!shown) throw new Refusal('not_found');
  return { ...shown, report: row.report };
}

/** The last rehearsals of a form, the newest first, without what they found. */
export async function rehearsalsOf(reader: Reader, person: Person, formKey: string) {
  refuseOthers(person);
  const rows = await rehearsals.find(reader, { formKey }, { order: [['createdAt', 'desc']], limit: MOST_SHOWN });
  return { rehearsals: await shownOf(reader, formKey, rows) };
}

async function shownOf(reader: Reader, formKey: string, rows: RehearsalRow[]) {
  const draft = await formDrafts.one(reader, { formKey });
  const hash = draft && contentHash(draft.body);
  const askers = await people.find(reader, { id: [...new Set(rows.map(({ personId }) => personId))] });
  return rows.map((row) => {
    const { id, status, sample, total, done, broken, createdAt, endedAt, draftHash, personId } = row;
    const askedBy = askers.find((one) => one.id === personId)?.name ?? '';
    return {
      id,
      formKey,
      status,
      sample,
      total,
      done,
      broken,
      createdAt,
      endedAt,
      askedBy,
      current: draftHash === hash,
    };
  });
}

function refuseOthers(person: Person): void {
  if (!can(person, 'designForms', {})) throw new Refusal('forbidden', { what: '管理表单' });
}
