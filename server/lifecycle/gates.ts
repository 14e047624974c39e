import { formatMoney } from '../../forms/language/format.ts';
import type { GateRef, Stage } from '../../forms/language/stage.ts';
import { declarationDeadline, planYears } from './window.ts';

/** What gates may know of the project and its neighbours. */
export interface GateFacts {
  now: number;
  /** Null while it has not been filled in. */
  planYear: number | null;
  /** Whether another live project of the same applicant and plan year bears the same title. */
  titleTaken: boolean;
  /** Fen; null while the project has no total. */
  totalInvest: number | null;
  /** What is added up, by the name the gate gives it (`GateRef.sum`). */
  sums: Record<string, GateSum>;
}

export interface GateSum {
  /** Fen asked for by this case; null while it has not been filled in. */
  asked: number | null;
  /** Fen taken by the project's other cases of the stage: submitted, and neither rejected nor withdrawn. */
  taken: number;
}

/** A gate that does not hold: the verb is refused with this sentence. */
export interface GateFinding {
  code: string;
  gate: string;
  /** Article and rule of the regulation, where it is the regulation that refuses. */
  article?: string;
  rule?: string;
  message: string;
}

type Gate = (facts: GateFacts, ref: GateRef) => Omit<GateFinding, 'gate'> | null;

const WINDOW = { article: '7', rule: 'R07-3' };

/** G1: a declaration must have left the unit before the deadline of its plan year. A year not given does not pass. */
const declarationWindow: Gate = ({ now, planYear }) => {
  if (planYear === null) {
    return { code: 'plan_year_missing', ...WINDOW, message: '不能申报：尚未填写申报年度。请选择申报年度后再提交。' };
  }
  const open = planYears(now);
  const advice = `可改为申报 ${open.join('、')} 年度`;
  if (now > declarationDeadline(planYear)) {
    return {
      code: 'window_closed',
      ...WINDOW,
      message:
        `不能申报：${planYear} 年度项目申报已于 ${planYear - 1} 年 9 月 30 日截止（依据《办法》第七条）。` +
        `${advice}；确属特殊或紧急的，请联系区信息办，按第九条办理。`,
    };
  }
  if (open.includes(planYear)) return null;
  return {
    code: 'window_not_open',
    ...WINDOW,
    message: `不能申报：${planYear} 年度项目申报尚未开始（依据《办法》第七条）。${advice}。`,
  };
};

/** A project's name is unique within its applicant and plan year, so that every other form may refer to it. */
const titleUnique: Gate = ({ titleTaken }) => {
  if (!titleTaken) return null;
  return {
    code: 'title_taken',
    message: '不能申报：本单位同一年度已有同名项目。请修改项目名称；如是同一个项目，请继续办理原来的申报。',
  };
};

/** What the project's cases of this stage ask for together must not exceed its total investment. */
const withinInvestment: Gate = ({ totalInvest, sums }, { sum = '' }) => {
  const found = Object.hasOwn(sums, sum) ? sums[sum] : undefined;
  if (!found) throw new Error(`nobody added up "${sum}"`);
  const { asked, taken } = found;
  if (totalInvest === null) {
    return { code: 'total_missing', message: '暂不能办理：本项目还没有总投资，无法核对额度。请先补全项目总投资。' };
  }
  if (asked === null) {
    return { code: 'amount_missing', message: '暂不能办理：尚未填写本次金额，无法核对额度。请填写金额后再提交。' };
  }
  const left = totalInvest - taken;
  if (asked <= left) return null;
  return {
    code: 'over_investment',
    message:
      `超出项目总投资：总投资 ${formatMoney(totalInvest)} 万元，本项目其他同类事项已占用 ${formatMoney(taken)} 万元，` +
      `还可使用 ${formatMoney(Math.max(left, 0))} 万元，本次为 ${formatMoney(asked)} 万元。` +
      '请核减本次金额，或先撤销其他同类事项后再办理。',
  };
};

const GATES: Record<string, Gate> = { declarationWindow, titleUnique, withinInvestment };

/** The gates that need a `sum`; the others know none. */
export const SUMMING_GATES = ['withinInvestment'];

/** The codes a stage may name in `gates`. */
export const GATE_NAMES = Object.keys(GATES);

/** Judges the gates a stage sets before this verb; an empty list means the way is free. */
export function judgeGates(stage: Pick<Stage, 'key' | 'gates'>, at: GateRef['at'], facts: GateFacts): GateFinding[] {
  return stage.gates
    .filter((ref) => ref.at === at)
    .flatMap((ref) => {
      const { gate } = ref;
      const judge = Object.hasOwn(GATES, gate) ? GATES[gate] : undefined;
      // A gate nobody implements must never count as passed.
      if (!judge) throw new Error(`stage "${stage.key}" names an unknown gate "${gate}"`);
      const finding = judge(facts, ref);
      return finding ? [{ gate, ...finding }] : [];
    });
}
