/** Every form holds what the list kept by hand in `fields/` asks of it. The list is the measure, never the forms. */
import { describe, expect, test } from '@jest/globals';
import { readdirSync } from 'node:fs';
import path from 'node:path';
import type { Field, Form } from '../../forms/language/dialect.ts';
import { fieldsOf } from '../../forms/language/outline.ts';
import { DICTIONARIES, readForms } from '../support/declaration.ts';
import { lacks, VERBS } from '../support/fieldDemands.ts';
import { bornBy } from '../support/fieldFlows.ts';
import { HEADER, LISTED, type ListedField, type ListedForm } from '../support/fieldList.ts';

const stages = path.resolve(import.meta.dirname, '../../forms/stages');
const FORMS = readdirSync(stages, { recursive: true })
  .map(String)
  .filter((file) => /(?:^|[\\/])(?:\w+\.)?form\.json$/.test(file))
  .map((file) => readForms<Form>(path.join('stages', file)));

const formsFor = ({ keys, titles }: ListedForm): Form[] =>
  FORMS.filter(({ key, title }) =>
    keys.length > 0 ? keys.includes(key) : titles.some((one) => title.includes(one.replace(/\s/g, ''))),
  );

/** What a form must have of the common head; its own section may say that flow or case holds one of these. */
const headerFor = ({ header, fields }: ListedForm): ListedField[] =>
  header === null
    ? []
    : HEADER.filter(({ key }) => !fields.some((field) => field.key === key && bornBy(field))).filter(({ demands }) =>
        demands.every(
          ({ verb }) =>
            (verb !== '仅单位' || header.unit) &&
            (verb !== '仅项目' || header.project) &&
            (verb !== '仅签发' || header.issued),
        ),
      );

describe('the list', () => {
  test('is whole: B1 to B24 each have their section', () => {
    const named = new Set(LISTED.flatMap(({ heading }) => heading.match(/\bB\d+|B\d+/g) ?? []));
    expect([...named].sort()).toEqual(Array.from({ length: 24 }, (_, at) => `B${at + 1}`).sort());
    expect(LISTED.flatMap(({ fields }) => fields).length).toBeGreaterThan(400);
  });

  test('says nothing the test does not understand', () => {
    const verbs = [...HEADER, ...LISTED.flatMap(({ fields }) => fields)].flatMap(({ demands }) =>
      demands.map(({ verb }) => verb),
    );
    expect([...new Set(verbs)].filter((verb) => !VERBS.includes(verb))).toEqual([]);
  });
});

/** What is known to be missing (docs/limits.md). A gap that is closed must leave this list. */
const GAPS: Record<string, string[]> = {
  review: [
    '没有“附件 或 其他附件”（attachments）',
    '没有“保密确认 或 本人确认：填报内容和附件不涉及国家秘密、工作秘密”（noSecretConfirm）',
    '没有“（会审批次）”（reviewBatch）',
    '没有“会审方式”（reviewMode）',
    '没有“（会议）”（meeting）',
  ],
};

describe('every form', () => {
  test.each(LISTED.map((listed): [string, ListedForm] => [listed.heading, listed]))('%s', (_heading, listed) => {
    const forms = formsFor(listed);
    expect(forms.map(({ key }) => key)).not.toEqual([]);
    const found = [...headerFor(listed), ...listed.fields].flatMap((field) => lacks(forms, field, DICTIONARIES, FORMS));
    expect(found).toEqual(listed.keys.flatMap((key) => GAPS[key] ?? []));
    expect(forms.flatMap(fieldsOf).length).toBeGreaterThanOrEqual(3);
  });
});

describe('the judge', () => {
  const declaration = FORMS.find(({ key }) => key === 'declaration');
  const listed = LISTED.find(({ keys }) => keys.includes('declaration'));

  /** The declaration with one field changed, or without it. */
  const changed = (key: string, change: (field: Field) => Field | null): Form => {
    const copy = structuredClone(declaration) as Form;
    for (const section of Object.values(copy.properties)) {
      if (section.type !== 'void' || !(key in section.properties)) continue;
      const after = change(section.properties[key] as Field);
      if (after === null) delete section.properties[key];
      else section.properties[key] = after;
    }
    return copy;
  };
  const gaps = (form: Form, key: string): string[] =>
    (listed?.fields ?? []).filter((field) => field.key === key).flatMap((field) => lacks([form], field, DICTIONARIES));

  test.each<[string, string, (field: Field) => Field | null, string]>([
    ['a field left out', 'necessity', () => null, '没有“建设必要性”（necessity）'],
    ['a field no longer required', 'goals', (field) => ({ ...field, 'x-required': false }), '“建设目标”应为 ●，放松了'],
    [
      'another kind',
      'totalInvest',
      (field) => ({ ...field, 'x-component': 'Text' }),
      '“总投资估算”应为 Money，写成了 Text',
    ],
    ['a value typed instead of computed', 'totalInvest', ({ 'x-value': _, ...field }) => field, '缺：计算自'],
    ['a wider limit', 'currentState', (field) => ({ ...field, maxLength: 3000 }), '缺：字数 100–1500'],
    ['a choice left out', 'applicantType', (field) => ({ ...field, 'x-dictionary': 'nature' }), '缺：选项'],
    ['another name', 'omEstimate', (field) => ({ ...field, title: '费用' }), '的标题应为'],
    [
      'a column left out',
      'fundByYear',
      ({ items, ...field }) => ({
        ...field,
        items: { type: 'object', properties: { year: items?.properties['year'] as Field } },
      }),
      '缺：列 年度、金额',
    ],
  ])('sees %s', (_what, key, change, gap) => {
    expect(gaps(declaration as Form, key)).toEqual([]);
    expect(gaps(changed(key, change), key).join()).toContain(gap);
  });

  test.each<[string, string, string[]]>([
    ['a step there is', '流程 head；席位 unitHead；选项 签发、不同意申报', []],
    ['a step there is not', '流程 intake', ['流程 intake']],
    ['a step another seat answers', '流程 head；席位 intake', ['席位 intake']],
    ['a decision the step does not offer', '流程 head；选项 受理', ['选项 受理']],
    ['a fact of the case', '事项 project.no、docNo', []],
    ['no fact of the case', '事项 project.number', ['事项 project.number']],
    ['what no step can answer', '流程 head；计算', ['计算 ']],
  ])('asks flow and case for what they hold: %s', (_what, text, gaps) => {
    const demands = text.split('；').map((part) => {
      const [verb = '', names] = part.split(' ');
      return { verb, names: names?.split('、') ?? [] };
    });
    const field: ListedField = { titles: ['甲'], key: 'a', kinds: ['Text'], mark: '●', demands, name: '甲' };
    expect(lacks([declaration as Form], field, DICTIONARIES)).toEqual(gaps.map((gap) => `“甲”缺：${gap}`));
  });

  test('sees a check left out', () => {
    const bare: Form = { ...(declaration as Form), checks: [] };
    expect(gaps(bare, 'fundSources').join()).toContain('缺：拦截 totalInvest');
  });
});
