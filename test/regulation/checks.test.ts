import { describe, expect, test } from '@jest/globals';
import type { Check, Data, Form, Problem } from '../../forms/language/dialect.ts';
import { readsOf } from '../../forms/language/reads.ts';
import { problems, startingData } from '../../forms/language/submission.ts';
import {
  clerkContext,
  clerkEnv,
  DECLARATION,
  FILING,
  sampleDeclaration,
  sampleFiling,
} from '../support/declaration.ts';

type Change = (data: Data) => Data;

/** Changes the rows of a table that answer to `which`: a position, or the value of the first column. */
function rows(data: Data, table: string, which: number | string, change: Data): Data {
  const changed = (data[table] as Data[]).map((row, at) => {
    const hit = typeof which === 'number' ? at === which : Object.values(row)[0] === which;
    return hit ? { ...row, ...change } : row;
  });
  return { [table]: changed };
}

/** Moves the amount of one line of the investment breakdown to another, so that the sum still agrees. */
function move(data: Data, from: string, to: string): Data {
  const lines = data['investBreakdown'] as Data[];
  const amountOf = (item: string): number => Number(lines.find((line) => line['item'] === item)?.['amount']);
  const emptied = rows(data, 'investBreakdown', from, { amount: 0 });
  return rows(emptied, 'investBreakdown', to, { amount: amountOf(to) + amountOf(from) });
}

const set =
  (change: Data): Change =>
  () =>
    change;
const row =
  (table: string, which: number | string, change: Data): Change =>
  (data) =>
    rows(data, table, which, change);
const both =
  (...changes: Change[]): Change =>
  (data) =>
    changes.reduce<Data>((so, change) => ({ ...so, ...change({ ...data, ...so }) }), {});

const LONG = '说明文字，写明原因、依据、打算和完成的时间，供审查时核对。';
const more = (table: string): Change => {
  return (data) => rows(data, table, 0, { amount: Number((data[table] as Data[])[0]?.['amount']) + 1 });
};

/** For each check of the declaration, the smallest change to a good declaration that breaks it and nothing else. */
const DECLARATION_BREAKS: Record<string, Change> = {
  'plan-year': set({ planYear: 2026 }),
  'period-year': set({ period: { start: '2026-12-01', end: '2027-12-20' } }),
  'kind-maintenance': set({ projectKind: 'maintenance' }),
  'sum-invest-breakdown': more('investBreakdown'),
  'sum-fund-by-year': more('fundByYear'),
  'sum-fund-sources': more('fundSources'),
  'fund-year-range': row('fundByYear', 0, { year: 2026 }),
  'fund-transfer-document': row('fundSources', 'transfer', { docNo: null }),
  'R11-6': (data) => move(data, 'security', 'other'),
  'R16-line': (data) => move(data, 'supervision', 'other'),
  'om-share': (data) => ({ omEstimate: Number(data['totalInvest']) / 5, omNote: LONG }),
  'R04-4-common': row('contentItems', 0, { replaceable: 'yes' }),
  'R11-1': both(
    set({ networkBase: 'internet', networkReason: LONG }),
    row('intensiveChecks', 'govNet', { answer: 'no', note: LONG }),
  ),
  'R11-2': both(
    set({ deployTarget: 'other', migrationPlan: LONG }),
    row('intensiveChecks', 'cloud', { answer: 'no', note: LONG }),
  ),
  'R11-4': both(set({ newRoom: true }), row('intensiveChecks', 'room', { answer: 'yes', note: LONG })),
  'R11-4-line': row('contentItems', 0, { concern: 'room' }),
  'R11-4-hosting': row('contentItems', 0, { concern: 'equipment' }),
  'link-scope-none': set({ linkScope: ['none', 'lateral'] }),
  'R12-1': set({ linkScope: ['street'], streetLink: 'rentedLine' }),
  'R12-1-line': both(set({ linkScope: ['street'], streetLink: 'xxt' }), row('contentItems', 0, { concern: 'line' })),
  'R13-1': set({ lateralLink: 'rentedFibre' }),
  'R13-1-line': row('contentItems', 0, { concern: 'fibre' }),
  'line-outside-links': both(set({ linkScope: ['none'] }), row('contentItems', 0, { concern: 'line' })),
  'mlps-level': set({ mlpsLevel: '1' }),
  'R04-4': row('intensiveChecks', 'duplicate', { answer: 'yes' }),
  'intensive-agrees': row('intensiveChecks', 'cloud', { answer: 'na' }),
  'R07-5': row('reqChecks', 'security', { answer: 'no' }),
  'perf-weights': row('indicators', 0, { weight: 11 }),
  'perf-classes': row('indicators', 'satisfaction', { class: 'benefit', group: 'social' }),
  'perf-groups': row('indicators', 0, { group: 'social' }),
  'no-secret-confirm': set({ noSecretConfirm: false }),
  'R24-3': set({ truthPledge: false }),
};

const CORRECTION = { correctionList: [{ item: '项目建议书第四章', requirement: '补写运行维护管理' }] };

const FILING_BREAKS: Record<string, Change> = {
  'material-issue': both(
    set({ ...CORRECTION, supplementDue: '2026-09-01' }),
    row('materialCheck', 'basis', { state: 'lacking' }),
  ),
  'R07-4': row('materialCheck', 'proposal', { state: 'na' }),
  'chapter-comment': row('chapterCheck', 'risk', { state: 'weak' }),
  'secret-suspected': set({ secretScreen: 'suspected' }),
  'supplement-due': set({ ...CORRECTION, supplementDue: '2026-08-19' }),
  'no-secret-confirm': set({ attachments: sampleDeclaration()['proposalDoc'] ?? null, noSecretConfirm: false }),
};

/** Checks the desk meets when it decides, the decision, and what breaks them. */
const DECISION_BREAKS: [string, string, Change][] = [
  ['return-list', 'return', set({})],
  ['accept-scope', 'approve', set({ scopeResult: 'out', scopeReason: '属于办公设备购置，不是信息化项目。' })],
  ['accept-secret', 'approve', set({ secretScreen: 'suspected' })],
  [
    'accept-materials',
    'approve',
    both(
      set({ ...CORRECTION, supplementDue: '2026-09-01' }),
      row('materialCheck', 'basis', { state: 'lacking', issue: '缺文件' }),
    ),
  ],
];

/** Checks that speak only while somebody decides; they have tests of their own below. */
const waits = ({ id, when = null }: Check): boolean => id === 'R04-3' || readsOf(when).includes('env.decision');

const found = (form: Form, data: Data): Problem[] => problems(form, data, clerkContext());
const codes = (form: Form, data: Data): string[] => found(form, data).map(({ code }) => code);

describe.each([
  ['declaration', DECLARATION, sampleDeclaration, DECLARATION_BREAKS],
  ['filing', FILING, sampleFiling, FILING_BREAKS],
] as const)('checks of the %s', (_, form, sample, breaks) => {
  test('a good one passes', () => {
    expect(found(form, sample())).toEqual([]);
  });

  test('every check has its breaking example', () => {
    const atOnce = (form.checks ?? []).filter((check) => !waits(check));
    expect(atOnce.map(({ id }) => id).sort()).toEqual(Object.keys(breaks).sort());
  });

  test.each(Object.entries(breaks))('%s speaks up, alone', (id, change) => {
    expect(codes(form, sample(change(sample())))).toEqual([id]);
  });
});

test.each(DECISION_BREAKS)('%s speaks up when the desk wants to %s, and not before', (id, decision, change) => {
  const data = sampleFiling(change(sampleFiling()));
  const at = (env: Data) => problems(FILING, data, clerkContext({ ...clerkEnv(), ...env })).map(({ code }) => code);
  expect(at({ decision })).toContain(id);
  expect(at({ decision: null })).not.toContain(id);
  expect(at({ decision: 'reject' })).not.toContain(id);
});

test('every check of a decision has its breaking example', () => {
  const late = (FILING.checks ?? []).filter(({ when }) => readsOf(when ?? null).includes('env.decision'));
  expect(late.map(({ id }) => id).sort()).toEqual(DECISION_BREAKS.map(([id]) => id).sort());
});

test('whoever decides on a declaration is told that nobody looked for duplicates; its writer is not (R04-3)', () => {
  const at = (step: string | null, dupResult: string) =>
    problems(DECLARATION, sampleDeclaration({ dupResult }), clerkContext({ ...clerkEnv(), step })).map(
      ({ code }) => code,
    );
  expect(at('intake', '未查重·待人工')).toEqual(['R04-3']);
  expect(at('intake', '无重复')).toEqual([]);
  for (const step of [null, 'initiator']) expect(at(step, '未查重·待人工')).toEqual([]);
});

/** A change that makes another field necessary, and that field. */
const ASKS: [Data, string][] = [
  [{ nature: 'upgrade' }, 'prevProjectNote'],
  [{ sector: ['education', 'other'] }, 'sectorOther'],
  [{ isInfraSub: true }, 'parentInfra'],
  [{ planningRef: null }, 'planningReason'],
  [{ omEstimate: 0 }, 'omNote'],
  [{ linkScope: ['street'] }, 'streetLink'],
  [{ linkScope: ['lateral'], lateralLink: null }, 'lateralLink'],
  [{ cloudNeed: [] }, 'cloudNeed'],
  [{ ownHardware: true }, 'hardwareList'],
  [{ newMobileApp: true }, 'mobileHome'],
  [{ dataCatalog: [] }, 'dataCatalogReason'],
  [{ xcList: [] }, 'xcList'],
  [{ proposalDoc: [] }, 'proposalDoc'],
  [{ noSecretConfirm: null }, 'noSecretConfirm'],
  [{ truthPledge: null }, 'truthPledge'],
];

test.each(ASKS)('%j asks for %s', (change, path) => {
  expect(found(DECLARATION, sampleDeclaration(change)).map((one) => [one.path, one.code])).toEqual([
    [path, 'required'],
  ]);
});

test.each([
  ['dataCatalog', 1, { ground: null }, 'dataCatalog.1.ground'],
  ['xcList', 0, { domestic: 'partly' }, 'xcList.0.reason'],
  ['reqChecks', 0, { evidence: null }, 'reqChecks.0.evidence'],
  ['intensiveChecks', 3, { answer: null }, 'intensiveChecks.3.answer'],
])('%s row %i with %j asks for %s', (table, at, change, path) => {
  const broken = sampleDeclaration(rows(sampleDeclaration(), table, at, change));
  expect(found(DECLARATION, broken).map((one) => [one.path, one.code])).toEqual([[path, 'required']]);
});

test('a system that is already there says when it moves to the cloud (R11-3)', () => {
  const moved = both(
    set({ nature: 'upgrade', prevProjectNote: LONG, deployTarget: 'other' }),
    row('intensiveChecks', 'cloud', { answer: 'no', note: LONG }),
  )(sampleDeclaration());
  expect(found(DECLARATION, sampleDeclaration(moved)).map(({ path }) => path)).toEqual(['migrationPlan']);
});

test('money from above never spares the five requirements (R07-6)', () => {
  const total = sampleDeclaration()['totalInvest'] ?? null;
  const fromAbove: Data = {
    fundSources: [{ source: 'transfer', amount: total, arrival: 'arrived', docNo: '赣财教指〔示例〕12号' }],
    ...rows(sampleDeclaration(), 'reqChecks', 'sharing', { answer: 'no' }),
  };
  expect(codes(DECLARATION, sampleDeclaration(fromAbove))).toEqual(['R07-5']);
});

test('an attachment nobody cleared does not pass (R03-3)', () => {
  const proposalDoc = [{ id: 'a', name: '项目建议书.pdf', size: 1, noSecret: false }];
  expect(codes(DECLARATION, sampleDeclaration({ proposalDoc }))).toEqual(['secretNotCleared']);
});

test('amounts are computed, whatever was sent', () => {
  const forged = sampleDeclaration({ ...rows(sampleDeclaration(), 'contentItems', 0, { amount: 1 }), totalInvest: 1 });
  expect(forged['totalInvest']).toBe(sampleDeclaration()['totalInvest']);
});

test('a new declaration knows its unit, its writer, the open year, and that nobody looked for duplicates (R04-3)', () => {
  const data = startingData(DECLARATION, clerkEnv('wjw', { name: '江晚舟' }));
  expect(data).toMatchObject({
    planYear: 2027,
    applicantUnit: 'wjw',
    applicantType: 'administrative',
    contact: '江晚舟',
    filler: '江晚舟',
    dupResult: '未查重·待人工',
  });
  expect((data['intensiveChecks'] as Data[]).length).toBe(10);
  expect((data['reqChecks'] as Data[]).length).toBe(5);
  const afterDeadline = { ...clerkEnv(), today: '2026-11-20', planYears: [2028, 2029] };
  expect(startingData(DECLARATION, afterDeadline)['planYear']).toBe(2028);
});

describe('the filing', () => {
  test('asks for the list of corrections as soon as something is missing', () => {
    const lacking = rows(sampleFiling(), 'materialCheck', 'proposal', { state: 'lacking', issue: '缺第四章' });
    expect(found(FILING, sampleFiling(lacking)).map(({ path }) => path)).toEqual(['correctionList']);
    const listed = { ...lacking, ...CORRECTION };
    expect(found(FILING, sampleFiling(listed)).map(({ path }) => path)).toEqual(['supplementDue']);
  });

  test.each(['partial', 'high'])('asks what is to be done about %s overlap (R04-2)', (dupConclusion) => {
    expect(found(FILING, sampleFiling({ dupConclusion })).map(({ path }) => path)).toEqual(['dupDecision']);
  });

  test('asks why a project is outside the regulation (R02-2)', () => {
    expect(found(FILING, sampleFiling({ scopeResult: 'out' })).map(({ path }) => path)).toEqual(['scopeReason']);
  });

  test('presumes nothing: neither scope, nor secrecy, nor duplicates are filled in beforehand', () => {
    const data = startingData(FILING, clerkEnv('xxb', { name: '季怀瑾' }));
    const filler = ['fillUnit', 'filler', 'fillerPhone'];
    expect(Object.keys(data).sort()).toEqual(
      [...filler, 'chapterCheck', 'dupReviewer', 'materialCheck', 'receiveDate'].sort(),
    );
  });
});
