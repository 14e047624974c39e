/**
 * Forms with the dictionaries they choose from, as one JSON document with a hash: what one house hands to another.
 * Reading a bundle changes nothing; what it would change is listed, so that nothing is overwritten unseen.
 */
import { BOUNDS_WORDS, outOfBounds } from './bounds.ts';
import { formFault, isRecord, optionsFault } from './bundleShape.ts';
import { canonicalText } from './canonical.ts';
import type { Dictionaries, Field, Form } from './dialect.ts';
import { columnsOf, placesOf } from './outline.ts';

export interface Bundle {
  bundle: 1;
  /** Which house it comes from, in words. */
  exportedFrom: string;
  forms: Form[];
  dictionaries: Dictionaries;
  /** Over the canonical text of all the rest. It shows damage and changes by hand; it proves no author. */
  hash: string;
}

export interface BundleFault {
  /** Stable word for tests and help pages. */
  code: string;
  path: string;
  /** Whole sentence in Chinese. */
  message: string;
}

/** The bundle, or why there is none. */
export type BundleReading = { bundle: Bundle; faults: [] } | { bundle: null; faults: BundleFault[] };

/** Hex digest, or whatever the house hashes with, of a text. */
export type HashOf = (canonicalText: string) => string;

const BOUNDS = { depth: 120, values: 500_000, text: 8_000_000 };
const MOST_FORMS = 100;
const MOST_DICTIONARIES = 200;
const MEMBERS = ['bundle', 'exportedFrom', 'forms', 'dictionaries', 'hash'];

/** Names of the dictionaries a form chooses from, each once. Units are the house's own and never part of a bundle. */
export function dictionariesOf(form: Form): string[] {
  const found = new Set<string>();
  const look = (field: Field): void => {
    if (field['x-dictionary'] !== undefined) found.add(field['x-dictionary']);
  };
  for (const { field } of placesOf(form).fields) {
    look(field);
    columnsOf(field).forEach(([, cell]) => look(cell));
  }
  return [...found].sort();
}

/** Packs the forms with those of the dictionaries that they name. A dictionary that is missing is a fault. */
export function bundleOf(
  forms: readonly Form[],
  dictionaries: Dictionaries,
  exportedFrom: string,
  hashOf: HashOf,
): BundleReading {
  const packed: Dictionaries = {};
  const faults: BundleFault[] = [];
  for (const form of forms) {
    for (const name of dictionariesOf(form)) {
      const options = Object.prototype.hasOwnProperty.call(dictionaries, name) ? dictionaries[name] : undefined;
      if (options !== undefined) packed[name] = options;
      else
        faults.push(fault('missingDictionary', form.key, `表单“${form.title}”要用的字典“${name}”不存在，请先补上字典`));
    }
  }
  if (faults.length > 0) return { bundle: null, faults };
  const rest = { bundle: 1, exportedFrom, forms: [...forms], dictionaries: packed } as const;
  return readBundle({ ...rest, hash: hashOf(canonicalText(rest)) }, hashOf);
}

/**
 * Judges a document from outside: size, names, structure and hash. The forms in it can then be linted and compared; they
 * must still be judged by the dialect's schema and the linter before they are kept.
 */
export function readBundle(document: unknown, hashOf: HashOf): BundleReading {
  const found = documentFault(document) ?? hashFault(document, hashOf);
  return found === null ? { bundle: document as Bundle, faults: [] } : { bundle: null, faults: [found] };
}

function fault(code: string, path: string, message: string): BundleFault {
  return { code, path, message: `${message}。` };
}

function documentFault(document: unknown): BundleFault | null {
  const bounds = outOfBounds(document, BOUNDS);
  if (bounds !== null) {
    const where = bounds.path === '' ? '整份内容' : `“${bounds.path}”处`;
    return fault(bounds.code, bounds.path, `没有导入：${where}${BOUNDS_WORDS[bounds.code]}`);
  }
  if (!isRecord(document) || document['bundle'] === undefined) {
    return fault('notABundle', '', '这不是表单包，请选择从本系统导出的文件');
  }
  if (document['bundle'] !== 1) {
    return fault('otherVersion', 'bundle', '表单包的版本和本系统不同，请升级系统，或用同一版本重新导出');
  }
  const stray = Object.keys(document).find((name) => !MEMBERS.includes(name));
  if (stray !== undefined)
    return fault('badShape', stray.slice(0, 40), `表单包里有不认识的内容“${stray.slice(0, 40)}”`);
  const { exportedFrom, forms, dictionaries, hash } = document;
  if (typeof exportedFrom !== 'string' || exportedFrom.length > 200) {
    return fault('badShape', 'exportedFrom', '没有写明从哪里导出，或者写得太长');
  }
  if (typeof hash !== 'string') return fault('badShape', 'hash', '没有校验值，请重新导出');
  return formsFault(forms) ?? dictionariesFault(dictionaries);
}

function formsFault(forms: unknown): BundleFault | null {
  if (!Array.isArray(forms) || forms.length === 0) return fault('noForms', 'forms', '表单包里没有表单');
  if (forms.length > MOST_FORMS) return fault('tooManyForms', 'forms', `一个表单包最多${MOST_FORMS}张表单，请分开导出`);
  const keys = new Set<string>();
  for (const [at, form] of (forms as unknown[]).entries()) {
    const found = formFault(form, `forms.${at}`);
    if (found !== null) return fault('badForm', found.path, `表单包里“${found.path}”处${found.message}`);
    const { key } = form as Form;
    if (keys.has(key)) return fault('duplicateForm', `forms.${at}`, `表单“${key}”在表单包里有两份，请只留一份`);
    keys.add(key);
  }
  return null;
}

function dictionariesFault(dictionaries: unknown): BundleFault | null {
  if (!isRecord(dictionaries)) return fault('badShape', 'dictionaries', '字典写得不对');
  const names = Object.keys(dictionaries);
  if (names.length > MOST_DICTIONARIES) {
    return fault('tooManyDictionaries', 'dictionaries', `一个表单包最多${MOST_DICTIONARIES}个字典，请分开导出`);
  }
  for (const name of names) {
    const found = optionsFault(dictionaries[name], `dictionaries.${name}`);
    if (found !== null) return fault('badDictionary', found.path, `表单包里“${found.path}”处${found.message}`);
  }
  return null;
}

function hashFault(document: unknown, hashOf: HashOf): BundleFault | null {
  const { hash, ...rest } = document as Bundle;
  if (hashOf(canonicalText(rest)) === hash) return null;
  return fault('wrongHash', 'hash', '校验值不符：文件在导出后被改动或损坏，请重新导出');
}
