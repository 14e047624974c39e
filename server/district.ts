/** Reads the district as it is written in `forms/` and judges it by the schemas that lie beside the form language. */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readdir, readFile } from 'node:fs/promises';
import path from 'node:path';
import type { Form, Option } from '../forms/language/dialect.ts';
import type { Stage } from '../forms/language/stage.ts';
import type {
  Article,
  DemoPerson,
  District,
  DistrictSeat,
  DistrictUnit,
  PlanningClause,
  RecordSource,
  WorkdayYear,
} from './commands/publishing/district.ts';
import type { Flow } from './flow/model.ts';

export type { District } from './commands/publishing/district.ts';

const FORMS = path.resolve(import.meta.dirname, '../forms');

const read = async <T>(...place: string[]): Promise<T> =>
  JSON.parse(await readFile(path.join(FORMS, ...place), 'utf8')) as T;

/** Everything in `forms/` that the server works with. */
export const readDistrict = async (): Promise<District> => {
  const district = await read<Pick<District, 'name' | 'office' | 'secrecy' | 'regulation'>>(
    'catalogue',
    'district.json',
  );
  const [{ units }, { seats }, { clauses }, { articles }, { people }, { years }] = await Promise.all([
    read<{ units: DistrictUnit[] }>('catalogue', 'units.json'),
    read<{ seats: DistrictSeat[] }>('catalogue', 'seats.json'),
    read<{ clauses: PlanningClause[] }>('catalogue', 'planning.json'),
    read<{ articles: Article[] }>('policy', 'articles.json'),
    read<{ people: DemoPerson[] }>('catalogue', 'people.demo.json'),
    read<{ years: WorkdayYear[] }>('catalogue', 'workdays.json'),
  ]);
  return {
    ...district,
    articles,
    units,
    seats,
    dictionaries: await read<Record<string, Option[]>>('catalogue', 'dictionaries.json'),
    planning: clauses,
    workdays: years,
    sources: await read<Record<string, RecordSource>>('catalogue', 'sources.json'),
    demoPeople: people,
    ...(await readStages()),
  };
};

/**
 * One folder per stage: what it is, whose turn it is, and what it asks: `form.json`, and `<key>.form.json` where it asks
 * more than one thing. A folder may hold forms alone.
 */
const readStages = async (): Promise<Pick<District, 'forms' | 'flows' | 'stages'>> => {
  const stages = path.join(FORMS, 'stages');
  const folders = (await readdir(stages, { withFileTypes: true })).filter((entry) => entry.isDirectory());
  const files: string[] = [];
  for (const name of folders.map((folder) => folder.name).sort()) {
    const inside = (await readdir(path.join(stages, name))).sort();
    files.push(...inside.map((file) => path.join(name, file)));
  }
  const all = async <T>(wanted: RegExp, schema: string): Promise<T[]> => {
    const judge = new Ajv2020({ strict: false, allErrors: true }).compile(await read<object>('language', schema));
    return Promise.all(
      files
        .filter((file) => wanted.test(path.basename(file)))
        .map(async (file) => {
          const body = await read<T>('stages', file);
          if (judge(body)) return body;
          const faults = judge.errors?.map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`) ?? [];
          throw new Error(`forms/stages/${file} is not what ${schema} asks for:\n${faults.join('\n')}`);
        }),
    );
  };
  return {
    forms: await all<Form>(/^(?:\w+\.)?form\.json$/, 'dialect.schema.json'),
    flows: await all<Flow>(/^flow\.json$/, 'flow.schema.json'),
    stages: await all<Stage>(/^stage\.json$/, 'stage.schema.json'),
  };
};
