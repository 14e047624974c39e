import { describe, expect, test } from '@jest/globals';
import { Ajv2020 } from 'ajv/dist/2020.js';
import type { FieldRights, Form, Right } from '../../forms/language/dialect.ts';
import { columnsOf } from '../../forms/language/outline.ts';
import { rightOf } from '../../forms/language/rights.ts';
import { lint } from '../../forms/language/lint.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { fieldsOf } from '../../forms/language/submission.ts';
import { lint as lintFlow } from '../../server/flow/lint.ts';
import type { Flow } from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { GATE_NAMES } from '../../server/lifecycle/gates.ts';
import { unnamedStates } from '../../server/lifecycle/states.ts';
import { PEOPLE, SEATS } from '../support/catalogue.ts';
import { DICTIONARIES, readForms, UNITS } from '../support/declaration.ts';

const FOLDERS = ['10-declaration', '20-filing', '30-preliminary'];
const STAGES = FOLDERS.map((folder) => ({
  folder,
  stage: readForms<Stage>(`stages/${folder}/stage.json`),
  form: readForms<Form>(`stages/${folder}/form.json`),
  flow: readForms<Flow>(`stages/${folder}/flow.json`),
}));
const ARTICLES = readForms<{ articles: { no: string }[] }>('policy/articles.json').articles.map(({ no }) => no);
/** What the server puts into `env`. */
const ENV = ['today', 'planYears', 'round', 'step', 'decision', 'unit', 'person', 'initiator', 'project'];

const ajv = new Ajv2020({ strict: true, allowUnionTypes: true, allErrors: true });
const validators = {
  form: ajv.compile(readForms<object>('language/dialect.schema.json')),
  stage: ajv.compile(readForms<object>('language/stage.schema.json')),
  flow: ajv.compile(readForms<object>('language/flow.schema.json')),
};

describe.each(STAGES)('stage $folder', ({ stage, form, flow }) => {
  test.each([
    ['stage', stage],
    ['form', form],
    ['flow', flow],
  ] as const)('%s.json has the shape its schema asks for', (kind, document) => {
    const judge = validators[kind];
    judge(document);
    expect(judge.errors ?? []).toEqual([]);
  });

  test('the linter of forms has nothing to say', () => {
    const known = {
      dictionaries: Object.keys(DICTIONARIES),
      sources: ['project', 'planningClause'],
      articles: ARTICLES,
      env: ENV,
      forms: STAGES.map((one) => one.form),
    };
    expect(lint(form, known)).toEqual([]);
  });

  test('the linter of flows has nothing to say', () => {
    const known = {
      units: UNITS.map(({ code }) => code),
      seats: SEATS.map(({ key }) => key),
      forms: Object.fromEntries(STAGES.map((one) => [one.form.key, fieldsOf(one.form).map(({ key }) => key)])),
    };
    expect(lintFlow(flow, known)).toEqual([]);
  });

  test('every gate exists and every place of the flow has a project state', () => {
    expect(stage.gates.filter(({ gate }) => !GATE_NAMES.includes(gate))).toEqual([]);
    const steps = stepsOf(flow.nodes).map(({ key }) => key);
    expect(unnamedStates(stage, steps)).toEqual([]);
    expect(Object.keys(stage.states.at).sort()).toEqual([...steps, 'initiator'].sort());
  });

  test('articles named by form and checks are articles of the regulation', () => {
    const named = [...stage.articles, ...form.articles, ...(form.checks ?? []).flatMap(({ article }) => article ?? [])];
    expect(named.filter((no) => !ARTICLES.includes(no))).toEqual([]);
  });
});

test('the filing opens when the declaration is issued and carries it over', () => {
  const [declaration, filing] = STAGES.map(({ stage }) => stage);
  expect(filing?.opensAfter).toEqual({ stage: declaration?.key, outcome: 'approved' });
  expect(filing?.startedBy).toBeNull();
  expect(filing?.forms).toContainEqual({ form: 'declaration', from: 'declaration', filledAt: 'start' });
});

test('the joint review opens for a line of the plan after the filing, and carries the declaration over', () => {
  const preliminary = STAGES[2]?.stage;
  expect(preliminary?.opensAfter).toEqual({ stage: 'filing', outcome: 'approved' });
  expect(preliminary?.compiledBy).toEqual({ seat: 'reviewer', unit: 'xxb' });
  expect(preliminary?.forms).toContainEqual({ form: 'declaration', from: 'filing', filledAt: 'start' });
});

describe('the seats of the joint review', () => {
  const flow = STAGES[2]?.flow;
  const form = STAGES[2]?.form;
  const joint = stepsOf(flow?.nodes ?? []).find(({ key }) => key === 'joint');
  const paths = fieldsOf(form ?? ({ properties: {} } as Form)).flatMap(({ key, field }) => [
    key,
    ...columnsOf(field).map(([column]) => `${key}.${column}`),
  ]);
  const rightIn = (rights: FieldRights, path: string): Right => {
    const [key = '', column] = path.split('.');
    return rightOf(rights, key, column);
  };
  const all = (joint?.seats ?? []).map(({ unit, seat, rights }) => ({
    name: `${unit}/${seat}`,
    rights: rights?.['review'] ?? {},
  }));

  test('are five, each with rights of its own', () => {
    expect(all.map(({ name }) => name)).toEqual([
      'xxb/reviewer',
      'xxb/engineer',
      'czj/reviewer',
      'fgw/reviewer',
      'spj/reviewer',
    ]);
  });

  test.each(all)(
    '$name writes what nobody else writes or sees, and sees no other opinion (R05-2)',
    ({ name, rights }) => {
      const own = paths.filter((path) => ['edit', 'require'].includes(rightIn(rights, path)));
      expect(own.filter((path) => path.endsWith('Opinion'))).toHaveLength(1);
      for (const other of all.filter((one) => one.name !== name)) {
        expect(own.filter((path) => rightIn(other.rights, path) !== 'hidden')).toEqual([]);
      }
      const seen = paths.filter((path) => rightIn(rights, path) === 'read');
      expect(seen).toEqual(['cuts', 'cuts.name', 'cuts.category', 'cuts.amount']);
    },
  );

  test('between them they write everything but the summary, which the office writes', () => {
    const unwritten = paths.filter((path) =>
      all.every(({ rights }) => !['edit', 'require'].includes(rightIn(rights, path))),
    );
    expect(unwritten).toEqual([
      ...['cuts', 'cuts.name', 'cuts.category', 'cuts.amount', 'cuts.agreedAmount', 'cuts.agreedReason'],
      ...['declaredTotal', 'agreedTotal', 'cutTotal', 'summaryResult', 'priority', 'summaryOpinion'],
    ]);
  });

  test('telephones are for the office that returns the project to its unit', () => {
    const phones = ['ownerPhone', 'contactPhone', 'fillerPhone'];
    const shown = (joint?.seats ?? []).filter(({ rights }) =>
      phones.some((key) => rightIn(rights?.['declaration'] ?? {}, key) !== 'hidden'),
    );
    expect(shown.map(({ unit, seat }) => `${unit}/${seat}`)).toEqual(['xxb/reviewer']);
  });

  test('telephones are shown unmasked to the unit and to the seats that call it, and to nobody else', () => {
    const phones = ['ownerPhone', 'contactPhone', 'fillerPhone'];
    const named = STAGES.flatMap((stage) => [
      ...stepsOf(stage.flow.nodes).flatMap((step) => [
        { who: step.key, rights: step.rights },
        ...step.seats.map((ref) => ({ who: `${step.key} ${ref.unit}/${ref.seat}`, rights: ref.rights })),
      ]),
      { who: `${stage.flow.key} applicant`, rights: stage.flow.applicantReads },
    ]).filter(({ rights }) => phones.some((key) => rights?.['declaration']?.[key] === 'read'));
    expect(named.map(({ who }) => who)).toEqual([
      ...['owner', 'head', 'declaration applicant'],
      ...['reissue', 'intake', 'filing applicant'],
      ...['reissue', 'joint xxb/reviewer', 'summary', 'preliminary applicant'],
    ]);
  });

  test('the unit reads the result, never who said what', () => {
    const rights = flow?.applicantReads?.['review'] ?? {};
    expect(paths.filter((path) => rightIn(rights, path) !== 'hidden')).toEqual([
      ...['cuts', 'cuts.name', 'cuts.category', 'cuts.amount', 'cuts.agreedAmount', 'cuts.agreedReason'],
      ...['declaredTotal', 'agreedTotal', 'cutTotal', 'summaryResult', 'summaryOpinion'],
    ]);
    const reissue = stepsOf(flow?.nodes ?? []).find(({ key }) => key === 'reissue');
    expect(reissue?.rights?.['review']).toEqual(rights);
    const meanwhile = flow?.applicantReadsMeanwhile?.['review'] ?? {};
    expect(paths.filter((path) => rightIn(meanwhile, path) !== 'hidden')).toEqual([
      ...['cuts', 'cuts.name', 'cuts.category', 'cuts.amount', 'declaredTotal'],
    ]);
  });

  test('a substitute comes from a unit that has no seat of its own in the round', () => {
    const seated = (joint?.seats ?? []).map(({ unit }) => unit);
    const candidates = joint?.recusal?.candidates ?? [];
    expect(candidates.length).toBeGreaterThan(1);
    expect(candidates.filter(({ unit }) => seated.includes(unit))).toEqual([]);
    const kindOf = (code: string) => UNITS.find((unit) => unit.code === code)?.kind ?? '';
    const named = [...candidates, ...(joint?.seats ?? []), ...(joint?.recusal ? [joint.recusal.namedBy] : [])];
    const missing = named.filter(
      ({ seat, unit }) => !SEATS.some(({ key, kinds }) => key === seat && kinds.includes(kindOf(unit))),
    );
    expect(missing).toEqual([]);
    const empty = named.filter(
      ({ seat, unit }) => !PEOPLE.some((one) => one.unit === unit && one.seats.includes(seat)),
    );
    expect(empty).toEqual([]);
  });
});

test('the declaration is cut into sections short enough for a phone', () => {
  const sections = Object.values(STAGES[0]?.form.properties ?? {});
  expect(sections.length).toBeLessThanOrEqual(9);
  for (const section of sections) {
    expect(Object.keys(section.type === 'void' ? section.properties : {}).length).toBeLessThanOrEqual(13);
  }
});

test('the regulation is whole: a notice, seven chapters, 27 articles in order', () => {
  const policy = readForms<{
    notice: string;
    chapters: { title: string }[];
    articles: { no: string; chapter: string; text: string }[];
  }>('policy/articles.json');
  expect(policy.articles.map(({ no }) => no)).toEqual(Array.from({ length: 27 }, (_, at) => String(at + 1)));
  expect(policy.articles.filter(({ text }) => text.trim() === '')).toEqual([]);
  expect([...new Set(policy.articles.map(({ chapter }) => chapter))]).toEqual(
    policy.chapters.map(({ title }) => title),
  );
  expect(policy.notice).toContain('2022年10月14日');
});
