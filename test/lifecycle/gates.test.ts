import { describe, expect, test } from '@jest/globals';
import { judgeGates, type GateFacts } from '../../server/lifecycle/gates.ts';
import { declarationDeadline, planYears } from '../../server/lifecycle/window.ts';

const shanghai = (text: string) => Date.parse(`${text}+08:00`);
const facts = (rest: Partial<GateFacts>): GateFacts => ({
  now: shanghai('2026-09-01T09:00:00'),
  planYear: 2027,
  titleTaken: false,
  totalInvest: null,
  sums: {},
  ...rest,
});
const stage = {
  key: 'declaration',
  gates: [
    { gate: 'titleUnique', at: 'submit' as const },
    { gate: 'declarationWindow', at: 'submit' as const },
    { gate: 'declarationWindow', at: 'approved' as const },
  ],
};

describe('the declaration window (Article 7)', () => {
  test('closes with the last millisecond of 30 September in Shanghai', () => {
    expect(declarationDeadline(2027)).toBe(shanghai('2026-09-30T23:59:59.999'));
  });

  test.each([
    ['2026-09-30T23:59:59.999', []],
    ['2026-10-01T00:00:00.000', ['window_closed']],
  ])('a declaration for 2027 leaving the unit at %s', (at, codes) => {
    const findings = judgeGates(stage, 'approved', facts({ now: shanghai(at) }));
    expect(findings.map(({ code }) => code)).toEqual(codes);
  });

  test('the refusal says since when, by which article, and what to do', () => {
    const [finding] = judgeGates(stage, 'approved', facts({ now: shanghai('2026-10-08T09:00:00') }));
    expect(finding).toMatchObject({ gate: 'declarationWindow', article: '7', rule: 'R07-3' });
    expect(finding?.message).toContain('2027 年度项目申报已于 2026 年 9 月 30 日截止（依据《办法》第七条）');
    expect(finding?.message).toContain('2028、2029 年度');
  });

  test('a year too far ahead is not open yet, and a year not given does not pass', () => {
    expect(judgeGates(stage, 'submit', facts({ planYear: 2029 }))[0]?.code).toBe('window_not_open');
    expect(judgeGates(stage, 'submit', facts({ planYear: null }))[0]?.code).toBe('plan_year_missing');
  });

  test.each([
    ['2026-01-01T00:00:00.000', [2027, 2028]],
    ['2026-09-30T23:59:59.999', [2027, 2028]],
    ['2026-10-01T00:00:00.000', [2028, 2029]],
    // 1 January in Shanghai is still the old year in UTC.
    ['2026-12-31T23:59:59.999', [2028, 2029]],
    ['2027-01-01T00:00:00.000', [2028, 2029]],
  ])('the years open at %s', (at, years) => {
    expect(planYears(shanghai(at))).toEqual(years);
  });

  test('the two first years open are exactly those that pass the gate', () => {
    for (const at of ['2026-03-01T08:00:00', '2026-09-30T23:59:59.999', '2026-10-01T00:00:00', '2026-12-31T23:00:00']) {
      const now = shanghai(at);
      const passing = [2025, 2026, 2027, 2028, 2029, 2030].filter((planYear) => {
        return judgeGates(stage, 'submit', facts({ now, planYear })).length === 0;
      });
      expect(passing).toEqual(planYears(now));
    }
  });
});

describe('gates', () => {
  test('a title taken in the same unit and year is refused, without quoting an article that does not say so', () => {
    const [finding, ...rest] = judgeGates(stage, 'submit', facts({ titleTaken: true }));
    expect(rest).toEqual([]);
    expect(finding).toMatchObject({ code: 'title_taken', gate: 'titleUnique' });
    expect(finding).not.toHaveProperty('article');
  });

  test('are judged at their own verb only, and all findings are told at once', () => {
    expect(judgeGates(stage, 'approved', facts({ titleTaken: true }))).toEqual([]);
    const codes = judgeGates(stage, 'submit', facts({ titleTaken: true, planYear: 2020 })).map(({ code }) => code);
    expect(codes).toEqual(['title_taken', 'window_closed']);
  });

  test('a gate nobody implements stops the verb instead of letting it through', () => {
    for (const gate of ['paymentGate', 'constructor']) {
      expect(() => judgeGates({ key: 's', gates: [{ gate, at: 'submit' }] }, 'submit', facts({}))).toThrow(gate);
    }
  });
});

describe('what cases of one stage ask for together', () => {
  const paying = {
    key: 'payment',
    gates: [{ gate: 'withinInvestment', at: 'submit' as const, sum: 'payment.amount' }],
  };
  const codes = (totalInvest: number | null, asked: number | null, taken: number) =>
    judgeGates(paying, 'submit', facts({ totalInvest, sums: { 'payment.amount': { asked, taken } } })).map(
      ({ code }) => code,
    );

  test('may be the whole of the total investment and not a fen more', () => {
    expect(codes(1_000, 400, 600)).toEqual([]);
    expect(codes(1_000, 401, 600)).toEqual(['over_investment']);
    expect(codes(1_000, 1, 1_200)).toEqual(['over_investment']);
  });

  test('does not pass while there is nothing to compare', () => {
    expect(codes(null, 1, 0)).toEqual(['total_missing']);
    expect(codes(1_000, null, 0)).toEqual(['amount_missing']);
    expect(() => judgeGates(paying, 'submit', facts({}))).toThrow('payment.amount');
  });

  test('is refused with how much is taken and how much is left', () => {
    const sums = { 'payment.amount': { asked: 60_000_000, taken: 75_000_000 } };
    const [finding] = judgeGates(paying, 'submit', facts({ totalInvest: 100_000_000, sums }));
    expect(finding?.message).toContain('总投资 100.00 万元');
    expect(finding?.message).toContain('已占用 75.00 万元，还可使用 25.00 万元，本次为 60.00 万元');
  });
});
