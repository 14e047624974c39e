import type { Data, Field, Form, Json } from '../../../forms/language/dialect.ts';
import { titleOf } from '../../../forms/language/names.ts';
import { fieldsOf } from '../../../forms/language/submission.ts';
import { holdsFiles, sourceOf } from '../../../forms/language/components.ts';
import type { Casework, CaseworkForm } from '../../db/casework.ts';
import { namedIn } from '../../db/named.ts';
import { cases, files, type FileRow } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import { Refusal } from '../../errors.ts';

/** A value that names something outside the form, where it stands. */
interface Named {
  holder: Data;
  key: string;
  path: string;
  field: Field;
}

/**
 * Data whose attachments and references are what they claim to be: an attachment belongs to this project, a signature is
 * a picture, a reference leads to something this applicant may refer to, and all carry the name we know, not the one that
 * was sent. What was handed in already stays as it is: people leave their seats, records are closed.
 */
export async function vouchFor(tx: Tx, work: Casework, { form, latest }: CaseworkForm, data: Data): Promise<Data> {
  const result = structuredClone(data);
  const named = valuesIn(form, result);
  const attached = await attachmentsOf(tx, work, named);
  const standing = new Set(valuesIn(form, latest?.data ?? {}).map(sameness));
  for (const value of named) {
    const { holder, key, path, field } = value;
    if (holdsFiles(field)) holder[key] = filesOf(value, attached, titleOf(form, path));
    else if (!standing.has(sameness(value))) {
      const id = idOf(holder[key]);
      const applicant = { unitId: work.row.unitId, projectId: work.row.projectId };
      const found = id === null ? null : await namedIn(tx, sourceOf(field) ?? '', applicant, id);
      if (!found?.[0]) throw new Refusal('invalid_value', { field: titleOf(form, path) });
      holder[key] = { id: found[0].id, label: found[0].label };
    }
  }
  return result;
}

/** The same for the same answer in the same field, in whatever row. */
function sameness({ holder, key, field }: Named): string {
  const { id, label } = (holder[key] ?? {}) as Data;
  return JSON.stringify([sourceOf(field), key, id, label]);
}

/** What is stored of the attachments a field names; refuses what is none of this project's. */
function filesOf({ holder, key, field }: Named, attached: Map<string, FileRow>, title: string): Json {
  const found = idsIn(holder[key]).map((id) => {
    const file = attached.get(id);
    if (!file) throw new Refusal('file_not_in_case', { field: title });
    return file;
  });
  if (field['x-component'] === 'Files') {
    return found.map(({ id, name, size, noSecret }) => ({ id, name, size, noSecret }));
  }
  const [picture] = found;
  if (!picture?.mime.startsWith('image/')) throw new Refusal('invalid_value', { field: title });
  return { id: picture.id, name: picture.name, size: picture.size };
}

/** Ids of the attachments that a form's data names. */
export function attachmentsIn(form: Form, data: Data): Set<string> {
  const named = valuesIn(form, data).filter(({ field }) => holdsFiles(field));
  return new Set(named.flatMap(({ holder, key }) => idsIn(holder[key])));
}

function valuesIn(form: Form, data: Data): Named[] {
  const isNamed = (field: Field) => holdsFiles(field) || sourceOf(field) !== null;
  return fieldsOf(form).flatMap(({ key, field }) => {
    if (isNamed(field)) return data[key] === undefined ? [] : [{ holder: data, key, path: key, field }];
    const columns = Object.entries(field.items?.properties ?? {}).filter(([, cell]) => isNamed(cell));
    const rows = Array.isArray(data[key]) ? (data[key] as Data[]) : [];
    return rows.flatMap((row, at) =>
      columns
        .filter(([column]) => row[column] !== undefined)
        .map(([column, cell]) => ({ holder: row, key: column, path: `${key}.${at}.${column}`, field: cell })),
    );
  });
}

/** The attachments named, by id, as far as they belong to a case of this project. */
async function attachmentsOf(tx: Tx, work: Casework, named: Named[]): Promise<Map<string, FileRow>> {
  const ids = named.flatMap(({ holder, key, field }) => (holdsFiles(field) ? idsIn(holder[key]) : []));
  if (ids.length === 0) return new Map();
  const siblings = await cases.find(tx, { projectId: work.row.projectId });
  const rows = await files.find(tx, { id: ids, caseId: siblings.map(({ id }) => id), removedAt: null });
  return new Map(rows.map((row) => [row.id, row]));
}

function idsIn(value: Json | undefined): string[] {
  return (Array.isArray(value) ? value : [value ?? null]).map((item) => idOf(item) ?? '');
}

function idOf(value: Json | undefined): string | null {
  const found = value !== null && typeof value === 'object' && !Array.isArray(value) ? value['id'] : undefined;
  return typeof found === 'string' ? found : null;
}
