import { describe, expect, test } from '@jest/globals';
import type { Form } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { fieldsOf } from '../../forms/language/submission.ts';
import { entryOf, isErrorCode } from '../../server/errors.ts';
import type { Flow } from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { GATE_NAMES } from '../../server/lifecycle/gates.ts';
import { isSource, projectFiles, textOf } from '../house/files.ts';
import { DECLARATION, FILING, readForms, REVIEW } from '../support/declaration.ts';

interface PolicyRule {
  id: string;
  article: string;
  sentence: string;
  where: string[];
  status: 'enforced' | 'planned';
}

const RULES = readForms<{ rules: PolicyRule[] }>('policy/rules.json').rules;
const FORMS: Record<string, Form> = { declaration: DECLARATION, filing: FILING, review: REVIEW };
const FLOWS: Record<string, Flow> = {
  declaration: readForms<Flow>('stages/10-declaration/flow.json'),
  filing: readForms<Flow>('stages/20-filing/flow.json'),
  preliminary: readForms<Flow>('stages/30-preliminary/flow.json'),
};
const STAGES = ['10-declaration', '20-filing', '30-preliminary'].map((folder) =>
  readForms<Stage>(`stages/${folder}/stage.json`),
);
const CHECKS = Object.values(FORMS).flatMap(({ checks }) => checks ?? []);
const SERVER = projectFiles().filter(
  (file) => file.startsWith('server/') && file !== 'server/errors.ts' && isSource(file),
);

const two = (path: string): [string, string] => {
  const [first = '', second = ''] = path.split('.');
  return [first, second];
};

/** Each kind of place a rule may be enforced at, and how to tell that it is there. */
const PLACES: Record<string, (name: string) => boolean> = {
  'form check': (id) => CHECKS.some((check) => check.id === id),
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

  test('a check named after a rule belongs to a rule of the list and to its article', () => {
    const strays = CHECKS.filter(({ id }) => /^R\d/.test(id)).filter(
      ({ id, article }) => !RULES.some((rule) => rule.where.includes(`form check ${id}`) && rule.article === article),
    );
    expect(strays.map(({ id }) => id)).toEqual([]);
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
    expect(silent.map(({ id }) => id)).toEqual([]);
  });
});
