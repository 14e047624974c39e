import { OPERATORS } from '../../forms/language/operators.ts';
import { readsOf } from '../../forms/language/reads.ts';
import { expressionOf, RuleError } from '../../forms/language/rule.ts';
import type { Rule } from '../../forms/language/dialect.ts';
import type { FlowFinding } from './lintShape.ts';

/**
 * What is wrong with a condition of a flow. `forms` lists the field keys of each form it may read; without it,
 * reads are not checked. A condition that cannot be evaluated is reported alone.
 */
export function ruleFindings(rule: Rule | undefined, path: string, forms?: Record<string, string[]>): FlowFinding[] {
  if (rule === undefined) return [];
  const report = (code: string, message: string): FlowFinding => ({ path, code, message });
  const broken = brokenPart(rule);
  if (broken !== null) return [report('badRule', `条件写得不对，无法判断：${broken}。`)];
  if (neverTrue(rule)) return [report('unreachable', '这个条件永远不成立，后面的环节永远走不到。')];

  return readsOf(rule).flatMap((read) => {
    const [form = '', field = ''] = read.split('.');
    if (form === 'env' || !forms) return [];
    const fields = Object.hasOwn(forms, form) ? forms[form] : undefined;
    if (!fields) return [report('unknownForm', `条件读取的“${read}”不存在：应写成“表单标识.字段标识”。`)];
    return fields.includes(field) ? [] : [report('unknownField', `条件读取的“${read}”在表单里没有这个字段。`)];
  });
}

/** The first operator that is unknown or has the wrong number of arguments, in words; null when all is well. */
function brokenPart(rule: Rule): string | null {
  if (Array.isArray(rule)) return firstBroken(rule);
  try {
    const expression = expressionOf(rule);
    if (!expression) return null;
    const operator = Object.hasOwn(OPERATORS, expression.name) ? OPERATORS[expression.name] : undefined;
    if (!operator) return `没有“${expression.name}”这种运算`;
    const { length } = expression.args;
    if (length < operator.least || length > operator.most) return `“${expression.name}”的参数个数不对`;
    return firstBroken(expression.args);
  } catch (error) {
    if (error instanceof RuleError) return '一层只能有一个运算';
    throw error;
  }
}

function firstBroken(rules: Rule[]): string | null {
  for (const rule of rules) {
    const broken = brokenPart(rule);
    if (broken !== null) return broken;
  }
  return null;
}

/** A literal other than `true`, or an expression that gives a number: never exactly `true`. */
function neverTrue(rule: Rule): boolean {
  const expression = expressionOf(rule);
  return expression ? OPERATORS[expression.name]?.gives === 'number' : rule !== true;
}
