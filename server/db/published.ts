import type { Sequelize } from 'sequelize';
import type { Dictionaries } from '../../forms/language/dialect.ts';
import { Refusal } from '../errors.ts';
import { deepFrozen } from './frozen.ts';
import { connectionOf, type Reader } from './handle.ts';
import {
  counters,
  dictionaryEntries,
  flowVersions,
  formRetirements,
  formVersions,
  stageVersions,
  units,
  type FlowVersionRow,
  type FormVersionRow,
  type StageVersionRow,
} from './tables.ts';
import { select } from './sql.ts';

/** The last version published, whether or not it was retired since. */
export const latestForm = (reader: Reader, formKey: string): Promise<FormVersionRow | null> =>
  formVersions.find(reader, { formKey }, { order: [['version', 'desc']], limit: 1 }).then((rows) => rows[0] ?? null);

/** The version new cases are pinned to. Refuses a form that is retired; null where none was published. */
export async function formForNewCases(reader: Reader, formKey: string): Promise<FormVersionRow | null> {
  const latest = await latestForm(reader, formKey);
  if (latest && (await formRetirements.one(reader, { formVersionId: latest.id }))) {
    throw new Refusal('form_retired', { title: latest.body.title });
  }
  return latest;
}

/** Every form as last published, in the order of their keys. */
export async function latestForms(reader: Reader): Promise<FormVersionRow[]> {
  const newest = await select<{ id: string }>(
    reader,
    `SELECT f.id AS id FROM form_versions f
     WHERE f.version = (SELECT MAX(other.version) FROM form_versions other WHERE other.form_key = f.form_key)
     ORDER BY f.form_key`,
  );
  return formVersions.find(reader, { id: newest.map(({ id }) => id) });
}

export const latestFlow = (reader: Reader, flowKey: string): Promise<FlowVersionRow | null> =>
  flowVersions.find(reader, { flowKey }, { order: [['version', 'desc']], limit: 1 }).then((rows) => rows[0] ?? null);

export const latestStage = (reader: Reader, stageKey: string): Promise<StageVersionRow | null> =>
  stageVersions.find(reader, { stageKey }, { order: [['version', 'desc']], limit: 1 }).then((rows) => rows[0] ?? null);

/** Every stage of a project's life as last published, in the order of that life. */
export async function latestStages(reader: Reader): Promise<StageVersionRow[]> {
  const rows = await stageVersions.find(reader, {}, { order: [['version', 'desc']] });
  const latest = new Map<string, StageVersionRow>();
  for (const row of rows) if (!latest.has(row.stageKey)) latest.set(row.stageKey, row);
  return [...latest.values()].sort((left, right) => left.body.order - right.body.order);
}

/** The counter that every transaction moves which changes units or dictionary entries, before it changes them. */
export const CATALOGUE = 'catalogue';

const kept = new WeakMap<Sequelize, { revision: number; dictionaries: Dictionaries }>();

/**
 * What may be chosen: the dictionaries, and the district's units under `units`. Read again when the catalogue's counter
 * has moved; until then everybody gets the same frozen object.
 */
export async function loadDictionaries(reader: Reader): Promise<Dictionaries> {
  const revision = (await counters.one(reader, { name: CATALOGUE }))?.value;
  const known = kept.get(reader[connectionOf]);
  if (known && known.revision === revision) return known.dictionaries;
  const dictionaries = deepFrozen(await readDictionaries(reader));
  if (revision !== undefined) kept.set(reader[connectionOf], { revision, dictionaries });
  return dictionaries;
}

async function readDictionaries(reader: Reader): Promise<Dictionaries> {
  const dictionaries: Dictionaries = {};
  const entries = await dictionaryEntries.find(
    reader,
    { active: true },
    {
      order: [
        ['sort', 'asc'],
        ['id', 'asc'],
      ],
    },
  );
  for (const { dictionary, value, label, parent } of entries) {
    (dictionaries[dictionary] ??= []).push(parent === null ? { value, label } : { value, label, parent });
  }
  // A body without a code of its own, such as the leading group, has seats but neither declares nor uses a project.
  const known = await units.find(reader, { active: true, uscc: { not: null } }, { order: [['code', 'asc']] });
  dictionaries['units'] = known.map(({ code, name }) => ({ value: code, label: name }));
  return dictionaries;
}
