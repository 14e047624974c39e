/**
 * The forms as they lie in `forms/stages`.
 *
 * `npm run forms:lint` judges every one of them by schema and linter and says what is wrong, where; it ends with 1 where
 * anything is. `npm run forms:docs` writes the page of all forms, which a test holds against the forms.
 */
import { Ajv2020 } from 'ajv/dist/2020.js';
import { readdir, readFile, writeFile } from 'node:fs/promises';
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { format, resolveConfig } from 'prettier';
import type { Dictionaries, Form } from '../forms/language/dialect.ts';
import { lint } from '../forms/language/lint.ts';
import { ENV_NAMES, SOURCES } from '../server/commands/publishing/inspect.ts';
import { formsPage, type PrintedForm } from './formsPage.ts';

const root = path.dirname(path.dirname(fileURLToPath(import.meta.url)));

/** The generated page. */
export const PAGE = path.join(root, 'docs/forms.md');

const read = async <T>(file: string): Promise<T> => JSON.parse(await readFile(path.join(root, file), 'utf8')) as T;

/** Every form under `forms/stages`, with the file it is written in; by folder, then by name. */
export const readFormFiles = async (): Promise<PrintedForm[]> => {
  const files = (await readdir(path.join(root, 'forms/stages'), { recursive: true }))
    .filter((file) => /^(?:\w+\.)?form\.json$/.test(path.basename(file)))
    .map((file) => path.posix.join('forms/stages', file.split(path.sep).join('/')))
    .sort();
  return Promise.all(files.map(async (file) => ({ file, form: await read<Form>(file) })));
};

const readDictionaries = async (): Promise<Dictionaries> => {
  const { units } = await read<{ units: { code: string; name: string }[] }>('forms/catalogue/units.json');
  const dictionaries = await read<Dictionaries>('forms/catalogue/dictionaries.json');
  return { ...dictionaries, units: units.map(({ code, name }) => ({ value: code, label: name })) };
};

/** Everything wrong with these forms, one line each, with file and place; a form the schema refuses is not linted. */
export const findingsIn = async (printed: readonly PrintedForm[]): Promise<string[]> => {
  const dictionaries = await readDictionaries();
  const { articles } = await read<{ articles: { no: string }[] }>('forms/policy/articles.json');
  const schema = await read<object>('forms/language/dialect.schema.json');
  const judge = new Ajv2020({ strict: false, allErrors: true }).compile(schema);
  const known = {
    dictionaries: Object.keys(dictionaries),
    options: dictionaries,
    sources: [...SOURCES, ...Object.keys(await read<object>('forms/catalogue/sources.json'))],
    articles: articles.map(({ no }) => no),
    env: ENV_NAMES,
    forms: printed.map(({ form }) => form),
  };
  const seen = new Map<string, string>();
  return printed.flatMap(({ form, file }) => {
    const before = seen.get(form.key);
    seen.set(form.key, file);
    const twice = before === undefined ? [] : [`${file}：表单键“${form.key}”已用于 ${before}，请改名。`];
    if (!judge(form)) {
      const faults = (judge.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message ?? ''}`);
      return [...twice, ...faults.map((fault) => `${file}：不符合表单格式：${fault}`)];
    }
    return [...twice, ...lint(form, known).map(({ path: place, message }) => `${file}：${place}：${message}`)];
  });
};

/** The whole text of the page of these forms. */
export const formsDocs = async (printed: readonly PrintedForm[]): Promise<string> =>
  format(formsPage(printed, await readDictionaries()), { ...(await resolveConfig(PAGE)), parser: 'markdown' });

const lintAll = async (): Promise<void> => {
  const printed = await readFormFiles();
  const findings = await findingsIn(printed);
  for (const finding of findings) process.stderr.write(`${finding}\n`);
  const faulty = printed.filter(({ file }) => findings.some((finding) => finding.startsWith(`${file}：`)));
  process.stdout.write(`共 ${printed.length} 张表单，${printed.length - faulty.length} 张没有问题。\n`);
  if (findings.length > 0) process.exitCode = 1;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  const [task = ''] = process.argv.slice(2);
  if (task === 'lint') await lintAll();
  else if (task === 'docs') await writeFile(PAGE, await formsDocs(await readFormFiles()));
  else {
    process.stderr.write('用法：npm run forms:lint 或 npm run forms:docs\n');
    process.exitCode = 2;
  }
}
