import type { Dictionaries } from '../../forms/language/dialect.ts';
import type { Reader } from './handle.ts';
import {
  dictionaryEntries,
  flowVersions,
  formVersions,
  stageVersions,
  units,
  type FlowVersionRow,
  type FormVersionRow,
  type StageVersionRow,
} from './tables.ts';

/** The version new cases are pinned to: the last one published. */
export const latestForm = (reader: Reader, formKey: string): Promise<FormVersionRow | null> =>
  formVersions.find(reader, { formKey }, { order: [['version', 'desc']], limit: 1 }).then((rows) => rows[0] ?? null);

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

/** What may be chosen: the dictionaries, and the district's units under `units`. */
export async function loadDictionaries(reader: Reader): Promise<Dictionaries> {
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
  for (const { dictionary, value, label } of entries) (dictionaries[dictionary] ??= []).push({ value, label });
  // A body without a code of its own, such as the leading group, has seats but neither declares nor uses a project.
  const known = await units.find(reader, { active: true, uscc: { not: null } }, { order: [['code', 'asc']] });
  dictionaries['units'] = known.map(({ code, name }) => ({ value: code, label: name }));
  return dictionaries;
}
