import type { Data, Dictionaries, Field, Form, Json } from '../../../forms/language/dialect.ts';
import { titleOf } from '../../../forms/language/names.ts';
import { fieldsOf } from '../../../forms/language/submission.ts';
import type { Casework } from '../../db/casework.ts';
import { cases, files, projects } from '../../db/tables.ts';
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
 * Data whose attachments and references are what they claim to be: an attachment belongs to this project, a reference
 * leads to something this applicant may refer to, and both carry the name we know, not the one that was sent.
 */
export async function vouchFor(
  tx: Tx,
  work: Casework,
  form: Form,
  data: Data,
  dictionaries: Dictionaries,
): Promise<Data> {
  const result = structuredClone(data);
  const named = namedIn(form, result);
  const attached = await attachmentsOf(tx, work, named);
  for (const { holder, key, path, field } of named) {
    if (field['x-component'] === 'Files') {
      holder[key] = idsIn(holder[key]).map((id) => {
        const file = attached.get(id);
        if (!file) throw new Refusal('file_not_in_case', { field: titleOf(form, path) });
        return file;
      });
    } else {
      const label = await labelOf(tx, work, field, holder[key], dictionaries);
      if (label === null) throw new Refusal('invalid_value', { field: titleOf(form, path) });
      holder[key] = label;
    }
  }
  return result;
}

/** Ids of the attachments that a form's data names. */
export function attachmentsIn(form: Form, data: Data): Set<string> {
  const named = namedIn(form, data).filter(({ field }) => field['x-component'] === 'Files');
  return new Set(named.flatMap(({ holder, key }) => idsIn(holder[key])));
}

function namedIn(form: Form, data: Data): Named[] {
  const isNamed = ({ 'x-component': name }: Field) => name === 'Files' || name === 'Reference';
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
async function attachmentsOf(tx: Tx, work: Casework, named: Named[]): Promise<Map<string, Data>> {
  const ids = named.flatMap(({ holder, key, field }) => (field['x-component'] === 'Files' ? idsIn(holder[key]) : []));
  if (ids.length === 0) return new Map();
  const siblings = await cases.find(tx, { projectId: work.row.projectId });
  const rows = await files.find(tx, { id: ids, caseId: siblings.map(({ id }) => id), removedAt: null });
  return new Map(rows.map(({ id, name, size, noSecret }) => [id, { id, name, size, noSecret }]));
}

async function labelOf(
  tx: Tx,
  work: Casework,
  field: Field,
  value: Json | undefined,
  dictionaries: Dictionaries,
): Promise<Data | null> {
  const id = idOf(value);
  if (id === null) return null;
  if (field['x-source'] === 'project') {
    const found = await projects.one(tx, { id, unitId: work.row.unitId });
    return found?.no ? { id, label: `${found.no} ${found.title ?? ''}`.trim() } : null;
  }
  const option = dictionaries[field['x-source'] ?? '']?.find((candidate) => candidate.value === id);
  return option ? { id, label: option.label } : null;
}

function idsIn(value: Json | undefined): string[] {
  return Array.isArray(value) ? value.map((item) => idOf(item) ?? '') : [];
}

function idOf(value: Json | undefined): string | null {
  const found = value !== null && typeof value === 'object' && !Array.isArray(value) ? value['id'] : undefined;
  return typeof found === 'string' ? found : null;
}
