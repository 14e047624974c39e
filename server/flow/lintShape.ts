/** One thing wrong with a flow. */
export interface FlowFinding {
  /** `nodes.0.arms.1.nodes.0.returns.0` */
  path: string;
  code: string;
  /** A whole sentence in Chinese for the person who designs the flow. */
  message: string;
}

/**
 * What a flow read from storage may look like. The types are gone by then, and a misspelt `when` would silently
 * make a step unconditional, so every property is named here.
 */
type Shape =
  | 'text'
  | 'number'
  | 'flag'
  | 'rule'
  | { oneOf: readonly string[] }
  | { list: Shape }
  | { map: Shape }
  | { node: true }
  | { object: Record<string, Shape>; optional: readonly string[] };

const TEXT_LIST: Shape = { list: 'text' };
const RIGHT: Shape = { oneOf: ['hidden', 'read', 'edit', 'require'] };
const NODES: Shape = { list: { node: true } };

const SEAT_REF: Shape = { object: { seat: 'text', unit: 'text' }, optional: [] };
const RIGHTS: Shape = { map: { map: RIGHT } };

const STEP: Shape = {
  object: {
    type: 'text',
    key: 'text',
    title: 'text',
    kind: { oneOf: ['approve', 'handle'] },
    seats: { list: { object: { seat: 'text', unit: 'text', rights: RIGHTS }, optional: ['rights'] } },
    mode: { oneOf: ['all', 'any'] },
    when: 'rule',
    returns: TEXT_LIST,
    returnOnce: 'flag',
    returnsForm: 'flag',
    resume: { oneOf: ['stepwise', 'straightBack'] },
    mayReject: 'flag',
    labels: {
      object: { approve: 'text', return: 'text', reject: 'text' },
      optional: ['approve', 'return', 'reject'],
    },
    form: 'text',
    rights: RIGHTS,
    recusal: { object: { namedBy: SEAT_REF, candidates: { list: SEAT_REF } }, optional: [] },
    everyRound: 'flag',
    days: 'number',
  },
  optional: [
    'when',
    'returns',
    'returnOnce',
    'returnsForm',
    'resume',
    'mayReject',
    'labels',
    'form',
    'rights',
    'recusal',
    'everyRound',
    'days',
  ],
};

const BRANCH: Shape = {
  object: {
    type: 'text',
    key: 'text',
    arms: { list: { object: { when: 'rule', nodes: NODES }, optional: ['when'] } },
  },
  optional: [],
};

const FLOW: Shape = {
  object: {
    key: 'text',
    title: 'text',
    nodes: NODES,
    withdraw: { oneOf: ['untilDecided', 'untilEnded', 'never'] },
    amends: TEXT_LIST,
    applicantReads: RIGHTS,
    applicantReadsMeanwhile: RIGHTS,
  },
  optional: ['applicantReads', 'applicantReadsMeanwhile'],
};

/** Findings about the shape alone: missing, unknown and wrongly typed properties. */
export function shapeFindings(flow: unknown): FlowFinding[] {
  return check(flow, FLOW, '');
}

function check(value: unknown, shape: Shape, path: string): FlowFinding[] {
  const wrong = (expected: string): FlowFinding[] => {
    return [{ path, code: 'badValue', message: `“${path || '流程'}”应为${expected}。` }];
  };
  if (shape === 'rule') return [];
  if (shape === 'text') return typeof value === 'string' ? [] : wrong('文字');
  if (shape === 'number') return typeof value === 'number' ? [] : wrong('数字');
  if (shape === 'flag') return typeof value === 'boolean' ? [] : wrong('是或否');
  if ('oneOf' in shape) {
    return typeof value === 'string' && shape.oneOf.includes(value) ? [] : wrong(shape.oneOf.join('、') + '之一');
  }
  if ('list' in shape) {
    if (!Array.isArray(value)) return wrong('列表');
    return value.flatMap((item, index) => check(item, shape.list, join(path, String(index))));
  }
  if (!isObject(value)) return wrong('一组属性');
  if ('map' in shape) return Object.entries(value).flatMap(([key, item]) => check(item, shape.map, join(path, key)));
  if ('node' in shape) return nodeFindings(value, path);
  return objectFindings(value, shape, path);
}

function nodeFindings(node: Record<string, unknown>, path: string): FlowFinding[] {
  if (node['type'] === 'step') return check(node, STEP, path);
  if (node['type'] === 'branch') return check(node, BRANCH, path);
  return [{ path: join(path, 'type'), code: 'badValue', message: `“${path}.type”应为 step、branch 之一。` }];
}

function objectFindings(
  value: Record<string, unknown>,
  { object, optional }: { object: Record<string, Shape>; optional: readonly string[] },
  path: string,
): FlowFinding[] {
  const unknown = Object.keys(value)
    .filter((key) => value[key] !== undefined && !Object.hasOwn(object, key))
    .map((key) => ({
      path: join(path, key),
      code: 'unknownProperty',
      message: `“${join(path, key)}”不是流程认识的属性，请核对拼写。`,
    }));
  const known = Object.entries(object).flatMap(([key, shape]): FlowFinding[] => {
    if (Object.hasOwn(value, key) && value[key] !== undefined) return check(value[key], shape, join(path, key));
    if (optional.includes(key)) return [];
    return [{ path: join(path, key), code: 'missingProperty', message: `缺少“${join(path, key)}”。` }];
  });
  return [...unknown, ...known];
}

function join(path: string, key: string): string {
  return path === '' ? key : `${path}.${key}`;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}
