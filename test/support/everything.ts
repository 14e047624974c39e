/** A stage that only tests have: one short form with every component that the real forms are still growing into. */
import type { Data, Form } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import { openCase } from '../../server/commands/casework/open.ts';
import { loadDistrict } from '../../server/commands/loadDistrict.ts';
import type { Db } from '../../server/db/connection.ts';
import { newId } from '../../server/db/ids.ts';
import { latestStage } from '../../server/db/published.ts';
import { people, projects } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { readDistrict, type District } from '../../server/district.ts';
import type { Flow } from '../../server/flow/model.ts';
import { field, formOf } from './forms.ts';

const NOTE =
  '请**如实填写**：评审费按合同支付。\n\n' +
  '- 一人一行，身份证号用于发放劳务费\n- 与项目有利害关系的，请**回避**\n\n' +
  '<b>尖括号</b>只是文字。';

const PLACES = [
  { value: 'xunyang', label: '浔阳区' },
  { value: 'gantang', label: '甘棠街道', parent: 'xunyang' },
  { value: 'renmin', label: '人民路街道', parent: 'xunyang' },
  { value: 'lushanlu', label: '庐山路社区', parent: 'gantang' },
  { value: 'hubin', label: '湖滨社区', parent: 'gantang' },
  { value: 'lianxi', label: '濂溪区' },
  { value: 'shili', label: '十里街道', parent: 'lianxi' },
];

const section = (title: string, index: number, properties: Form['properties']): Form['properties'][string] => ({
  type: 'void',
  title,
  'x-index': index,
  'x-component': 'Section',
  properties,
});

/** The form itself; `sections` says how its sections follow each other. */
export function everythingForm(sections: NonNullable<Form['x-sections']> = 'page'): Form {
  return {
    ...formOf({
      basics: section('专家', 1, {
        note: field('Note', '填写须知', 1, { 'x-text': NOTE }),
        side: {
          type: 'void',
          title: '专家信息',
          'x-index': 2,
          'x-component': 'Columns',
          'x-columns': 3,
          properties: {
            expertName: field('Text', '专家姓名', 1, { 'x-required': true, maxLength: 30 }),
            idCard: field('IdCard', '身份证号', 2, { 'x-required': true }),
            share: field('Percent', '到场比例', 3, { 'x-decimals': 1 }),
          },
        },
        expertUnit: field('Text', '工作单位', 3, { 'x-default': { var: 'env.unit.name' }, maxLength: 30 }),
        place: field('Cascade', '所在社区', 4, { 'x-options': PLACES, 'x-required': true }),
        kind: field('Select', '评审方式', 5, {
          'x-options': [
            { value: 'meeting', label: '会议评审' },
            { value: 'letter', label: '函审' },
            { value: 'site', label: '现场勘查' },
          ],
          'x-offered': { or: [{ '!==': [{ var: 'option.value' }, 'site'] }, { filled: [{ var: 'place' }] }] },
        }),
      }),
      people: section('经办', 2, {
        user: field('User', '联系人', 1, { 'x-required': true }),
        seat: field('Seat', '移交席位', 2),
        before: field('Reference', '以前的评审', 3, { 'x-source': 'review' }),
        rows: field('Table', '到场人员', 4, {
          items: {
            type: 'object',
            properties: {
              who: field('User', '人员', 1, { 'x-required': true }),
              part: field('Percent', '参与比例', 2),
              place: field('Cascade', '来自', 3, { 'x-options': PLACES }),
              signed: field('Signature', '本人签名', 4),
            },
          },
        }),
        sign: field('Signature', '经办人签名', 5, { 'x-required': true }),
      }),
    }),
    'x-sections': sections,
    key: 'everything',
    title: '专家评审登记表',
    abbreviation: 'DJ',
  };
}

const FLOW: Flow = {
  key: 'everything',
  title: '评审登记',
  nodes: [
    {
      type: 'step',
      key: 'confirm',
      title: '确认',
      kind: 'approve',
      seats: [{ seat: 'projectOwner', unit: 'applicant' }],
      mode: 'any',
      returns: ['initiator'],
    },
  ],
  withdraw: 'untilEnded',
  amends: ['everything'],
};

const STAGE: Stage = {
  key: 'everything',
  title: '评审登记',
  order: 95,
  description: '仅供测试：用到全部组件。',
  articles: [],
  subject: 'project',
  line: 'overlay',
  repeatable: true,
  forms: [{ form: 'everything', filledAt: 'start' }],
  startedBy: null,
  filledBy: 'clerk',
  states: {
    draft: 'preliminary',
    at: { initiator: 'preliminary', confirm: 'preliminary' },
    approved: 'preliminary',
    rejected: 'preliminary',
    withdrawn: 'preliminary',
  },
  gates: [],
};

/** The real district with this stage beside its own, and its approved forms as something to refer to. */
export async function districtWithEverything(sections?: Form['x-sections']): Promise<District> {
  const district = await readDistrict();
  return {
    ...district,
    forms: [...district.forms, everythingForm(sections)],
    flows: [...district.flows, FLOW],
    stages: [...district.stages, STAGE],
    sources: {
      ...district.sources,
      review: { title: '评审登记', form: 'everything', label: ['expertName', 'expertUnit'], of: 'applicant' },
    },
  };
}

/** Publishes the district with that stage and seats the demonstration's people. */
export async function publishEverything(db: Db, now: number, sections?: Form['x-sections']): Promise<void> {
  await loadDistrict(db, await districtWithEverything(sections), { demo: true }, now);
}

/** A case of that stage begun by this clerk, in a project of their unit; of a known one where it is named. */
export async function beginEverything(
  db: Db,
  now: number,
  { login = 'jtj.clerk', projectId: known = null }: { login?: string; projectId?: string | null } = {},
): Promise<{ caseId: string; projectId: string }> {
  const clerk = await people.one(db, { login });
  const stage = await latestStage(db, 'everything');
  if (!clerk || !stage) throw new Error('publish the stage first');
  const { unitId } = clerk;
  const projectId = known ?? newId(now);
  const caseId = await inTransaction(db, async (tx) => {
    if (known === null) {
      const title = '浔阳区智慧社区综合服务平台';
      const row = {
        id: projectId,
        no: `T-${projectId.slice(-6)}`,
        title,
        unitId,
        state: 'preliminary',
        totalInvest: null,
      } as const;
      await projects.insert(tx, { ...row, createdAt: now, updatedAt: now, version: 0 });
    }
    const by = { personId: clerk.id, seatId: null };
    return openCase(tx, { stage, projectId, unitId, initiatorId: clerk.id, by, carried: [] }, now);
  });
  return { caseId, projectId };
}

/** Everything that must be answered, but for the person and the signature. */
export const ANSWERS: Data = {
  expertName: '沈知远',
  idCard: '11010519491231002X',
  expertUnit: '九江学院',
  place: 'hubin',
  kind: 'meeting',
};
