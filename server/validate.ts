/**
 * The shape of form data, judged by ajv in strict mode. One validator is compiled per published version and kept:
 * compiling costs milliseconds, judging microseconds.
 */
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js';
import { readFileSync } from 'node:fs';
import { RE2JS } from 're2js';
import { compile } from '../forms/language/compile.ts';
import { COMPONENTS } from '../forms/language/components.ts';
import { DATE_PATTERN } from '../forms/language/dates.ts';
import type { Data, Dictionaries, Form, Problem } from '../forms/language/dialect.ts';
import { wordAjvErrors } from '../forms/language/words.ts';
import { Refusal, type ErrorCode } from './errors.ts';

/** `draft`: right types and hard caps. `final`: every limit, pattern and option as well. */
export type Mode = 'draft' | 'final';

/** Patterns of our own components: bounded by themselves, and a native engine is many times faster. */
const OURS = new Set([DATE_PATTERN, ...Object.values(COMPONENTS).flatMap(({ pattern }) => pattern ?? [])]);

/**
 * Patterns written in forms run in linear time. ajv keeps compiled patterns by their text: without a `toString` of its
 * own every one of them would be the first.
 */
const linear = Object.assign(
  (pattern: string, flags: string) => {
    if (OURS.has(pattern)) return new RegExp(pattern, flags);
    const compiled = RE2JS.compile(pattern);
    return {
      test: (text: string): boolean => compiled.matcher(text).find(),
      toString: (): string => `re2 /${pattern}/${flags}`,
    };
  },
  { code: 'linear' },
);

/** A compiler of its own for each: one that compiled many would hold on to all it ever made, at five times the memory. */
const compiler = () =>
  new Ajv2020({
    strict: true,
    ownProperties: true,
    addUsedSchema: false,
    messages: false,
    code: { regExp: linear, optimize: 2 },
  });

/** Two for each of five hundred versions, and some to spare; the one not used for longest goes first. */
const MOST_KEPT = 1200;
const kept = new Map<string, ValidateFunction>();

/** Dictionaries are replaced, never changed in place: the object tells them apart. */
const numbers = new WeakMap<Dictionaries, number>();
let lastNumber = 0;

const numberOf = (dictionaries: Dictionaries): number => {
  const known = numbers.get(dictionaries) ?? ++lastNumber;
  numbers.set(dictionaries, known);
  return known;
};

const validatorFor = (versionId: string, form: Form, dictionaries: Dictionaries, mode: Mode): ValidateFunction => {
  // Dictionaries change while versions do not, and only the final mode reads them.
  const key = mode === 'draft' ? `draft ${versionId}` : `final ${versionId} ${numberOf(dictionaries)}`;
  const known = kept.get(key);
  kept.delete(key);
  const validator = known ?? compiler().compile(compile(form, dictionaries, mode));
  kept.set(key, validator);
  for (const oldest of kept.keys()) {
    if (kept.size <= MOST_KEPT) break;
    kept.delete(oldest);
  }
  return validator;
};

const CODES: Record<string, ErrorCode> = {
  unknownField: 'unknown_field',
  wrongType: 'wrong_type',
  wrongForm: 'wrong_type',
  tooLong: 'too_long',
  tooManyRows: 'too_many_rows',
  tooManyFiles: 'too_many_rows',
  tooManyChoices: 'too_many_rows',
};

/** What is wrong with the shape of the data, in the words of the form: the first thing found. See `judgeForm`. */
export const misshapen = (
  versionId: string,
  form: Form,
  dictionaries: Dictionaries,
  data: Data,
  mode: Mode,
): Problem[] => {
  const validate = validatorFor(versionId, form, dictionaries, mode);
  if (validate(data)) return [];
  const problems = wordAjvErrors(form, validate.errors ?? []);
  const message = `“${form.title}”的内容不符合要求，请刷新页面后更正。`;
  return problems.length > 0 ? problems : [{ path: '', title: form.title, code: 'wrongForm', level: 'block', message }];
};

/**
 * Refuses data of another shape than the form's: unknown fields, wrong types, too much of anything. `versionId` names
 * a published form, which never changes. Expects data that went through `tidy`.
 */
export const judgeForm = (
  versionId: string,
  form: Form,
  dictionaries: Dictionaries,
  data: Data,
  mode: Mode = 'draft',
): void => {
  const problems = misshapen(versionId, form, dictionaries, data, mode);
  const [first] = problems;
  if (!first) return;
  throw new Refusal(CODES[first.code] ?? 'invalid_value', { field: first.title }, { message: first.message, problems });
};

/** The schema every stored form satisfies, before anybody looks at what it says. */
const dialect = new Ajv2020({ strict: false, verbose: false }).compile<Form>(
  JSON.parse(readFileSync(new URL('../forms/language/dialect.schema.json', import.meta.url), 'utf8')) as object,
);

/** Refuses what is no form of the dialect, with the place and what is wrong there. */
export function judgeDialect(candidate: unknown): asserts candidate is Form {
  if (dialect(candidate)) return;
  const [first] = dialect.errors ?? [];
  const place = first?.instancePath === '' ? '最外层' : (first?.instancePath.slice(0, 200) ?? '');
  throw new Refusal('form_malformed', { field: place, reason: first ? reasonOf(first) : '' });
}

const reasonOf = ({ keyword, params }: ErrorObject): string => {
  const about = params as Record<string, unknown>;
  if (keyword === 'additionalProperties') return `不认识的关键字“${String(about['additionalProperty']).slice(0, 60)}”`;
  if (keyword === 'required') return `缺少“${String(about['missingProperty'])}”`;
  if (keyword === 'type') return `应为 ${String(about['type'])}`;
  if (keyword === 'const' || keyword === 'enum') return '不是允许的取值';
  if ('limit' in about) return `限额为 ${String(about['limit'])}`;
  return `不满足 ${keyword}`;
};
