/** What the joint review asks, refuses and adds up (Article 8). */
import { describe, expect, test } from '@jest/globals';
import type { Data, FieldRights } from '../../forms/language/dialect.ts';
import { readsOf } from '../../forms/language/reads.ts';
import { compute, FieldRefusal, merge, problems, prune, redact } from '../../forms/language/submission.ts';
import { stepsOf } from '../../server/flow/path.ts';
import type { Flow } from '../../server/flow/model.ts';
import { clerkContext, clerkEnv, readForms, REVIEW, REVIEW_SEATS, sampleReview } from '../support/declaration.ts';

type Change = (data: Data) => Data;

const FLOW = readForms<Flow>('stages/30-preliminary/flow.json');

/** Changes one row of a table. */
const row =
  (table: string, at: number, change: Data): Change =>
  (data) => ({ [table]: (data[table] as Data[]).map((one, index) => (index === at ? { ...one, ...change } : one)) });
const set =
  (change: Data): Change =>
  () =>
    change;

const found = (data: Data, step: string, decision: string | null = null, rights: FieldRights = { '*': 'edit' }) =>
  problems(REVIEW, data, { ...clerkContext({ ...clerkEnv(), step, decision }), rights }).map(
    ({ path, code, level }) => ({
      path,
      code,
      level,
    }),
  );
const codes = (...args: Parameters<typeof found>): string[] => found(...args).map(({ code }) => code);

const LINE = sampleReview()['cuts'] as Data[];
const first = Number(LINE[0]?.['amount']);
const UNCUT = LINE.map((line) => ({
  ...line,
  agreedAmount: line['amount'] ?? 0,
  agreedReason: null,
  financeAmount: null,
}));
const REASON = '接口数量没有依据，请补充接口清单后再报。';

/** For each check: where it is judged, the decision, and the smallest change to a good review that breaks it alone. */
const BREAKS: Record<string, [step: string, decision: string | null, change: Change]> = {
  'agreed-over': ['summary', null, row('cuts', 0, { agreedAmount: first + 1 })],
  'agreed-cut-reason': ['summary', null, row('cuts', 0, { agreedAmount: first - 1 })],
  'agreed-above': ['summary', null, row('cuts', 0, { planningAmount: 1, planningReason: '压减' })],
  'pass-cuts': ['summary', null, set({ summaryResult: 'pass' })],
  'pass-no-cuts': ['summary', null, set({ cuts: UNCUT })],
  'pass-dissent': ['summary', null, set({ techOpinion: 'defer', techArticle: '7', techReason: REASON })],
  'R08-1': ['director', 'approve', set({ summaryResult: 'fail' })],
  ...Object.fromEntries(
    ['office', 'finance', 'planning'].flatMap((seat) => [
      [`${seat}-over`, ['joint', null, row('cuts', 0, { [`${seat}Amount`]: first + 1 })]],
      [`${seat}-cut-reason`, ['joint', null, row('cuts', 0, { [`${seat}Amount`]: 0 })]],
    ]),
  ),
  ...Object.fromEntries(
    REVIEW_SEATS.flatMap((seat) => [
      [
        `${seat}-note`,
        [
          'joint',
          null,
          (data: Data) => ({
            ...row(`${seat}Checks`, 0, { result: 'notConform' })(data),
            [`${seat}Opinion`]: 'agreeWithChanges',
            [`${seat}Reason`]: REASON,
          }),
        ],
      ],
      [`${seat}-agrees`, ['joint', null, row(`${seat}Checks`, 0, { result: 'notConform', note: REASON })]],
    ]),
  ),
};

describe('checks of the joint review', () => {
  test.each(['joint', 'summary', 'director'])('a good one passes at %s', (step) => {
    expect(found(sampleReview(), step)).toEqual([]);
    expect(found(sampleReview(), step, 'approve')).toEqual([]);
  });

  test('every check has its breaking example', () => {
    expect((REVIEW.checks ?? []).map(({ id }) => id).sort()).toEqual(Object.keys(BREAKS).sort());
  });

  test.each(Object.entries(BREAKS))('%s speaks up, alone', (id, [step, decision, change]) => {
    expect(codes(sampleReview(change(sampleReview())), step, decision)).toEqual([id]);
  });

  test('no check holds up a step that cannot put it right', () => {
    for (const check of REVIEW.checks ?? []) expect(readsOf(check.when ?? null)).toContain('env.step');
  });
});

describe('a department', () => {
  const rights = stepsOf(FLOW.nodes).find(({ key }) => key === 'joint')?.seats[2]?.rights?.['review'] ?? {};
  const empty = (): Data => ({
    cuts: LINE.map(({ name = '', category = '', amount = 0 }) => ({ name, category, amount })),
    financeChecks: (sampleReview()['financeChecks'] as Data[]).map(({ item = '', content = '' }) => ({
      item,
      content,
    })),
  });

  test('is asked for its own checklist and opinion, and for no other', () => {
    expect(found(empty(), 'joint', 'approve', rights).map(({ path }) => path)).toEqual([
      ...[0, 1, 2, 3].map((at) => `financeChecks.${at}.result`),
      'financeOpinion',
    ]);
  });

  test.each([
    ['agree', []],
    ['agreeWithChanges', ['financeReason']],
    ['defer', ['financeArticle', 'financeReason']],
    ['disagree', ['financeArticle', 'financeReason']],
  ])('that says %s is asked for %j', (financeOpinion, asked) => {
    const checks = (sampleReview()['financeChecks'] as Data[]).map((one) => ({ ...one, result: 'conform' }));
    const data = { ...empty(), financeChecks: checks, financeOpinion };
    expect(found(data, 'joint', 'approve', rights).map(({ path }) => path)).toEqual(asked);
  });

  test('is not told what is wrong in the part of another', () => {
    const wrong = sampleReview(row('cuts', 0, { officeAmount: first + 1 })(sampleReview()));
    expect(codes(wrong, 'joint', 'approve', rights)).toEqual([]);
    expect(codes(wrong, 'joint', 'approve')).toEqual(['office-over']);
  });
});

describe.each(stepsOf(FLOW.nodes).find(({ key }) => key === 'joint')?.seats ?? [])(
  'the client of $unit/$seat',
  (seat) => {
    const rights = seat.rights?.['review'] ?? {};
    const ctx = { ...clerkContext({ ...clerkEnv(), step: 'joint' }), rights };
    const stored = sampleReview();
    const shown = redact(REVIEW, stored, rights);

    test('sends back what it was shown and has computed, and nothing changes', () => {
      const sent = redact(REVIEW, prune(REVIEW, compute(REVIEW, shown, ctx), ctx), rights);
      expect(Object.keys(sent).sort()).toEqual(Object.keys(shown).sort());
      expect(merge(REVIEW, stored, sent, ctx)).toEqual(stored);
    });

    test('is refused a word in the part of another', () => {
      const other = rights['approvalOpinion'] === undefined ? 'approvalOpinion' : 'techOpinion';
      expect(() => merge(REVIEW, stored, { ...shown, [other]: 'agree' }, ctx)).toThrow(FieldRefusal);
    });
  },
);

describe('the summary', () => {
  const rights = stepsOf(FLOW.nodes).find(({ key }) => key === 'summary')?.rights?.['review'] ?? {};
  const answered = sampleReview({
    cuts: LINE.map(({ agreedAmount: _, agreedReason: __, ...line }) => line),
    summaryResult: null,
    priority: null,
    summaryOpinion: null,
  });

  test('decides every line before it goes to the director (R08-1)', () => {
    const paths = found(answered, 'summary', 'approve', rights).map(({ path }) => path);
    expect(paths).toEqual([...LINE.map((_, at) => `cuts.${at}.agreedAmount`), 'summaryResult', 'summaryOpinion']);
  });

  test('asks nothing of the office that returns the project', () => {
    expect(found(answered, 'summary', 'return', rights)).toEqual([]);
  });

  test('asks for a priority only of a project that passes', () => {
    expect(found(sampleReview({ priority: null }), 'summary', 'approve', rights).map(({ path }) => path)).toEqual([
      'priority',
    ]);
    expect(found(sampleReview({ priority: null, summaryResult: 'fail' }), 'summary', 'approve', rights)).toEqual([]);
  });

  test('adds up only what is decided line by line', () => {
    const total = LINE.reduce((sum, line) => sum + Number(line['amount']), 0);
    const half = Number(LINE.at(-1)?.['amount']) / 2;
    expect(sampleReview()).toMatchObject({ declaredTotal: total, agreedTotal: total - half, cutTotal: half });
    const open = sampleReview(row('cuts', 0, { agreedAmount: null })(sampleReview()));
    expect(open['declaredTotal']).toBe(total);
    expect([open['agreedTotal'], open['cutTotal']]).toEqual([undefined, undefined]);
  });
});

test('the director is told of dissent, and may always return or refuse', () => {
  const dissent = sampleReview({ techOpinion: 'disagree', techArticle: '7', techReason: REASON });
  expect(found(dissent, 'director', 'approve')).toEqual([
    { path: 'summaryOpinion', code: 'pass-dissent', level: 'warn' },
  ]);
  const failed = sampleReview({ summaryResult: 'fail' });
  for (const decision of ['return', 'reject']) expect(codes(failed, 'director', decision)).toEqual([]);
});
