/** What a bundle would bring to a house: new, the same as what is there, or different, with the differences in words. */
import type { Bundle } from './bundle.ts';
import { dictionariesOf } from './bundle.ts';
import { canonicalText } from './canonical.ts';
import type { Change } from './change.ts';
import { listed } from './change.ts';
import type { Dictionaries, Form, Option } from './dialect.ts';
import { diffForms } from './diff.ts';
import { placesOf } from './outline.ts';

/** What a house has now: of each form the version a new one would follow. */
export interface Existing {
  forms: readonly Form[];
  dictionaries: Dictionaries;
}

export interface BundleEntry {
  kind: 'form' | 'dictionary';
  key: string;
  title: string;
  /** `missing`: named by a form of the bundle, but neither in it nor there. */
  state: 'new' | 'same' | 'different' | 'missing';
  /** Of a form that is different: what would change. */
  changes: Change[];
  /** Whole sentence in Chinese. */
  message: string;
}

/** One entry for each form and dictionary of the bundle, then one for each that is missing. Nothing is decided here. */
export function compareBundle(bundle: Bundle, existing: Existing): BundleEntry[] {
  return [
    ...bundle.forms.map((form) => formEntry(form, existing.forms)),
    ...Object.entries(bundle.dictionaries).map(([key, options]) => dictionaryEntry(key, options, bundle, existing)),
    ...missingDictionaries(bundle, existing),
    ...missingForms(bundle, existing),
  ];
}

function formEntry(form: Form, there: readonly Form[]): BundleEntry {
  const { key, title } = form;
  const mine = there.find((other) => other.key === key);
  const entry = { kind: 'form', key, title } as const;
  if (mine === undefined) {
    return { ...entry, state: 'new', changes: [], message: `表单“${title}”是新的，导入后成为草稿。` };
  }
  if (canonicalText(mine) === canonicalText(form)) {
    return { ...entry, state: 'same', changes: [], message: `表单“${title}”和现有的一样，不用导入。` };
  }
  const changes = diffForms(mine, form);
  const breaking = changes.filter(({ breaks }) => breaks).length;
  const risk = breaking === 0 ? '' : `，其中${breaking}处可能使已填的内容不合要求`;
  const what = changes.length === 0 ? '只有写法和排序号不同' : `有${changes.length}处不同${risk}`;
  const message = `表单“${title}”和现有的${what}；导入时另存为新版本的草稿，不改动现有版本。`;
  return { ...entry, state: 'different', changes, message };
}

function dictionaryEntry(key: string, options: Option[], bundle: Bundle, { dictionaries }: Existing): BundleEntry {
  const mine = ownOptions(dictionaries, key);
  const entry = { kind: 'dictionary', key, title: key, changes: [] as Change[] } as const;
  const users = listed(bundle.forms.filter((form) => dictionariesOf(form).includes(key)).map(({ title }) => title));
  if (mine === undefined) return { ...entry, state: 'new', message: `字典“${key}”是新的，共${options.length}项。` };
  if (canonicalText(mine) === canonicalText(options)) {
    return { ...entry, state: 'same', message: `字典“${key}”和现有的一样，不用导入。` };
  }
  const said = [
    worded('多出', absentFrom(mine, options)),
    worded('缺少', absentFrom(options, mine)),
    worded('名称或上级不同的有', differing(mine, options)),
  ].filter((text) => text !== '');
  const how = said.length === 0 ? '顺序不同' : said.join('，');
  const message = `字典“${key}”（用于${users}）和现有的不同：${how}。请选择保留现有的，或者改用新的。`;
  return { ...entry, state: 'different', message };
}

function worded(word: string, options: Option[]): string {
  return options.length === 0 ? '' : `${word}${listed(options.map(({ label }) => label))}`;
}

function absentFrom(some: readonly Option[], others: readonly Option[]): Option[] {
  const values = new Set(some.map(({ value }) => value));
  return others.filter(({ value }) => !values.has(value));
}

function differing(mine: readonly Option[], options: readonly Option[]): Option[] {
  const known = new Map(mine.map((option) => [option.value, option]));
  return options.filter((option) => {
    const other = known.get(option.value);
    return other !== undefined && canonicalText(other) !== canonicalText(option);
  });
}

function missingDictionaries(bundle: Bundle, { dictionaries }: Existing): BundleEntry[] {
  const found = new Map<string, string>();
  for (const form of bundle.forms) {
    for (const key of dictionariesOf(form)) {
      const isThere = ownOptions(bundle.dictionaries, key) ?? ownOptions(dictionaries, key);
      if (isThere === undefined && !found.has(key)) found.set(key, form.title);
    }
  }
  return [...found].map(([key, title]) => ({
    kind: 'dictionary',
    key,
    title: key,
    state: 'missing',
    changes: [],
    message: `表单“${title}”要用的字典“${key}”不在表单包里，本系统也没有，请先补上。`,
  }));
}

/** Forms whose rows the bundle's forms take. */
function missingForms(bundle: Bundle, existing: Existing): BundleEntry[] {
  const there = new Set([...bundle.forms, ...existing.forms].map(({ key }) => key));
  const found = new Map<string, string>();
  for (const form of bundle.forms) {
    for (const { field } of placesOf(form).fields) {
      const from = field['x-rows-from']?.form;
      if (from !== undefined && !there.has(from) && !found.has(from)) found.set(from, form.title);
    }
  }
  return [...found].map(([key, title]) => ({
    kind: 'form',
    key,
    title: key,
    state: 'missing',
    changes: [],
    message: `表单“${title}”要从表单“${key}”取行，它不在表单包里，本系统也没有，请先导入它。`,
  }));
}

function ownOptions(dictionaries: Dictionaries, key: string): Option[] | undefined {
  return Object.prototype.hasOwnProperty.call(dictionaries, key) ? dictionaries[key] : undefined;
}
