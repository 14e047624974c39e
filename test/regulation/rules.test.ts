import { describe, expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { fieldsOf } from '../../forms/language/submission.ts';
import { entryOf, isErrorCode } from '../../server/errors.ts';
import type { Flow } from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { GATE_NAMES } from '../../server/lifecycle/gates.ts';
import { isSource, projectFiles, textOf } from '../house/files.ts';
import { readForms } from '../support/declaration.ts';

interface PolicyRule {
  id: string;
  article: string;
  sentence: string;
  where: string[];
  status: 'enforced' | 'planned';
}

const RULES = readForms<{ rules: PolicyRule[] }>('policy/rules.json').rules;
const FORMS: Record<string, Form> = Object.fromEntries(
  projectFiles()
    .filter((file) => /^forms\/stages\/.*\bform\.json$/.test(file))
    .map((file) => readForms<Form>(file.slice('forms/'.length)))
    .map((form) => [form.key, form]),
);
const FLOWS: Record<string, Flow> = {
  declaration: readForms<Flow>('stages/10-declaration/flow.json'),
  filing: readForms<Flow>('stages/20-filing/flow.json'),
  preliminary: readForms<Flow>('stages/30-preliminary/flow.json'),
};
const STAGES = ['10-declaration', '20-filing', '30-preliminary'].map((folder) =>
  readForms<Stage>(`stages/${folder}/stage.json`),
);
const CHECKS = Object.values(FORMS).flatMap(({ key, checks }) =>
  (checks ?? []).map((check) => ({ ...check, form: key })),
);
/** Forms that somebody can fill in today: those of a stage. */
const OPEN = new Set(STAGES.flatMap(({ forms }) => forms.map(({ form }) => form)));
const SERVER = projectFiles().filter(
  (file) => file.startsWith('server/') && file !== 'server/errors.ts' && isSource(file),
);

const two = (path: string): [string, string] => {
  const [first = '', second = ''] = path.split('.');
  return [first, second];
};

/** Whether a check goes by this name: by its id in any form, or by `form.id`. */
const isCheck =
  (name: string) =>
  ({ form, id }: { form: string; id: string }): boolean =>
    id === name || `${form}.${id}` === name;

/** Each kind of place a rule may be enforced at, and how to tell that it is there. */
const PLACES: Record<string, (name: string) => boolean> = {
  'form check': (name) => CHECKS.some(isCheck(name)),
  'form field': (path) => {
    const [form, key] = two(path);
    return FORMS[form] !== undefined && fieldsOf(FORMS[form]).some((placed) => placed.key === key);
  },
  'flow step': (path) => {
    const [flow, step] = two(path);
    return stepsOf(FLOWS[flow]?.nodes ?? []).some(({ key }) => key === step);
  },
  gate: (name) => GATE_NAMES.includes(name) && STAGES.some(({ gates }) => gates.some(({ gate }) => gate === name)),
  command: (name) => SERVER.includes(`server/commands/${name}.ts`),
  // A sentence in the catalogue proves nothing: some other file must refuse with it.
  refusal: (code) => isErrorCode(code) && SERVER.some((file) => textOf(file).includes(`'${code}'`)),
};

const missing = (where: string): boolean => {
  const kind = Object.keys(PLACES).find((prefix) => where.startsWith(`${prefix} `));
  return kind === undefined || PLACES[kind]?.(where.slice(kind.length + 1)) !== true;
};

describe('policy/rules.json', () => {
  test('ids are given once and name their article', () => {
    const ids = RULES.map(({ id }) => id);
    expect(ids.filter((id, at) => ids.indexOf(id) !== at)).toEqual([]);
    expect(RULES.filter(({ id, article }) => Number(id.slice(1, 3)) !== Number(article))).toEqual([]);
  });

  test('a rule said to be enforced names where, and every place named exists', () => {
    expect(RULES.filter(({ status, where }) => status === 'enforced' && where.length === 0)).toEqual([]);
    expect(RULES.flatMap(({ id, where }) => where.filter(missing).map((place) => `${id}: ${place}`))).toEqual([]);
  });

  test('a rule is not said to be enforced by forms that no stage opens', () => {
    const isOpen = (where: string): boolean => {
      const name = where.replace(/^form (?:check|field) /, '');
      if (where.startsWith('form check ')) return CHECKS.some((check) => isCheck(name)(check) && OPEN.has(check.form));
      return !where.startsWith('form field ') || OPEN.has(two(name)[0]);
    };
    expect(RULES.filter(({ status, where }) => status === 'enforced' && !where.some(isOpen))).toEqual([]);
  });

  test('a check named after a rule (R19-1, R19-1-test) belongs to that rule of the list and to its article', () => {
    const ruleOf = (id: string) => RULES.find((rule) => rule.id === /^R\d\d-\w+/.exec(id)?.[0]);
    const strays = CHECKS.filter(({ id }) => /^R\d/.test(id)).filter((check) => {
      const rule = ruleOf(check.id);
      const named = rule?.where.some(
        (place) => place.startsWith('form check ') && isCheck(place.slice('form check '.length))(check),
      );
      return named !== true || (check.article !== undefined && check.article !== rule?.article);
    });
    expect(strays.map(({ form, id }) => `${form}.${id}`)).toEqual([]);
  });

  test('a refusal that names a rule names one of the list (R01-1)', () => {
    const named = RULES.flatMap(({ id, where }) => where.map((place) => ({ id, place })))
      .filter(({ place }) => place.startsWith('refusal '))
      .map(({ id, place }) => ({ id, code: place.slice('refusal '.length) }));
    for (const { id, code } of named) {
      if (isErrorCode(code) && entryOf(code).rule !== undefined) expect([code, entryOf(code).rule]).toEqual([code, id]);
    }
    const ids = RULES.map(({ id }) => id);
    const mentioned = SERVER.concat('server/errors.ts').flatMap((file) => textOf(file).match(/'R\d\d-\d+'/g) ?? []);
    expect(mentioned.map((quoted) => quoted.slice(1, -1)).filter((id) => !ids.includes(id))).toEqual([]);
  });

  test('every check says what to do', () => {
    const silent = CHECKS.filter(({ message }) => !/请|须|不能/.test(message) || !message.endsWith('。'));
    expect(silent.map(({ form, id, message }) => `${form}.${id}: ${message}`)).toEqual([]);
  });
});
