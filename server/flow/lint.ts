import type { FieldRights, Rule } from '../../forms/language/dialect.ts';
import { ruleFindings } from './lintRule.ts';
import { shapeFindings, type FlowFinding } from './lintShape.ts';
import type { Branch, Flow, FlowNode, SeatRef, Step } from './model.ts';

/** What the flow may refer to; each part is only checked where it is given. */
export interface Known {
  /** Unit codes. */
  units?: string[];
  /** Seat keys. */
  seats?: string[];
  /** Field keys by form key. */
  forms?: Record<string, string[]>;
}

/** Words the engine gives a meaning of their own. */
const RESERVED = ['initiator', 'previous', 'applicant', 'env', 'row'];
const KEY = /^[a-z][A-Za-z0-9]*$/;

/** What must be put right before the flow may be published. */
export function lint(flow: Flow, known: Known = {}): FlowFinding[] {
  const shape = shapeFindings(flow);
  if (shape.length > 0) return shape;

  const places = placesOf(flow.nodes, 'nodes', []);
  const findings = [
    ...keyFindings(places),
    ...places.flatMap(({ node, path }) => (node.type === 'branch' ? branchFindings(node, path, known) : [])),
    ...places.flatMap((place) => stepFindings(place, places, known)),
    ...flow.amends.flatMap((form, index) => formFindings(form, `amends.${index}`, known)),
    ...rightsFindings(flow.applicantReads, 'applicantReads', known),
    ...rightsFindings(flow.applicantReadsMeanwhile, 'applicantReadsMeanwhile', known),
  ];
  if (alwaysStops(flow.nodes)) return findings;
  const advice = '请至少保留一个无条件的环节，或给分支补上“其他情况”。';
  return [...findings, found('nodes', 'mayBeEmpty', `存在没有任何人审批的走法。${advice}`)];
}

/** A node, where it stands in the document, and which arm of which branch it is in. */
interface Place {
  node: FlowNode;
  path: string;
  arms: Map<string, number>;
}

function placesOf(nodes: FlowNode[], path: string, arms: [string, number][]): Place[] {
  return nodes.flatMap((node, index) => {
    const here = { node, path: `${path}.${index}`, arms: new Map(arms) };
    if (node.type === 'step') return [here];
    const inner = node.arms.flatMap((arm, number) => {
      return placesOf(arm.nodes, `${here.path}.arms.${number}.nodes`, [...arms, [node.key, number]]);
    });
    return [here, ...inner];
  });
}

function keyFindings(places: Place[]): FlowFinding[] {
  return places.flatMap(({ node: { key }, path }, index) => {
    const first = places.findIndex(({ node }) => node.key === key);
    const taken = `环节标识“${key}”与 ${places[first]?.path ?? ''} 重复，请换一个。`;
    const malformed = `“${key}”不能作为环节标识：须以小写字母开头，只含字母和数字，且不能是保留词。`;
    return [
      ...when(first !== index, `${path}.key`, 'duplicateKey', taken),
      ...when(!KEY.test(key) || RESERVED.includes(key), `${path}.key`, 'badKey', malformed),
    ];
  });
}

function branchFindings(branch: Branch, path: string, known: Known): FlowFinding[] {
  const otherwise = branch.arms.findIndex((arm) => arm.when === undefined);
  const arms = branch.arms.flatMap((arm, index) => {
    const late = `分支“${branch.key}”第 ${index + 1} 个走向排在“其他情况”之后，永远走不到。`;
    return [
      ...ruleFindings(arm.when, `${path}.arms.${index}.when`, known.forms),
      ...when(otherwise !== -1 && index > otherwise, `${path}.arms.${index}`, 'unreachable', late),
    ];
  });
  const bare = `分支“${branch.key}”没有任何走向。`;
  return [...when(branch.arms.length === 0, `${path}.arms`, 'branchWithoutArms', bare), ...arms];
}

function stepFindings({ node: step, path, arms }: Place, places: Place[], known: Known): FlowFinding[] {
  if (step.type !== 'step') return [];
  const { days, form, kind, rights } = step;
  const name = `环节“${step.title}”`;
  const badDays = days !== undefined && !(Number.isInteger(days) && days >= 1 && days <= 365);
  return [
    ...when(step.title.trim() === '', `${path}.title`, 'noTitle', `环节“${step.key}”没有名称。`),
    ...ruleFindings(step.when, `${path}.when`, known.forms),
    ...seatFindings(step, path, known),
    ...returnFindings(step, path, arms, places),
    ...when(
      step.mayReject === false && step.labels?.reject !== undefined,
      `${path}.labels.reject`,
      'labelWithoutAction',
      `${name}不能“不同意”，却给它起了按钮名称。`,
    ),
    ...when(badDays, `${path}.days`, 'badDays', `${name}的内部办理时限应为 1 至 365 的整数天。`),
    ...when(
      kind === 'handle' && form === undefined,
      `${path}.form`,
      'handleWithoutForm',
      `${name}是办理环节，须指定要填写的表单。`,
    ),
    ...when(
      kind === 'approve' && form !== undefined,
      `${path}.form`,
      'formOnApprove',
      `${name}是审批环节，不能填写表单；如需填写请改为办理环节。`,
    ),
    ...(form === undefined ? [] : formFindings(form, `${path}.form`, known)),
    ...rightsFindings(rights, `${path}.rights`, known),
    ...recusalFindings(step, path, known),
  ];
}

function seatFindings(step: Step, path: string, known: Known): FlowFinding[] {
  const name = `环节“${step.title}”`;
  const seats = step.seats.flatMap(({ rights, ...ref }, index) => [
    ...refFindings(ref, step.seats.slice(0, index), name, `${path}.seats.${index}`, known),
    ...rightsFindings(rights, `${path}.seats.${index}.rights`, known),
  ]);
  return [...when(step.seats.length === 0, `${path}.seats`, 'noSeats', `${name}没有指定由谁办理。`), ...seats];
}

/** A seat that exists, named once: not among those listed before it. */
function refFindings(ref: SeatRef, before: SeatRef[], name: string, at: string, known: Known): FlowFinding[] {
  const { seat, unit } = ref;
  const again = before.some((other) => other.seat === seat && other.unit === unit);
  const strange = unit !== 'applicant' && known.units?.includes(unit) === false;
  return [
    ...when(again, at, 'duplicateSeat', `${name}重复列了同一个席位。`),
    ...when(known.seats?.includes(seat) === false, at, 'unknownSeat', `${name}的席位“${seat}”不存在。`),
    ...when(strange, at, 'unknownUnit', `${name}的单位“${unit}”不存在。`),
  ];
}

function recusalFindings(step: Step, path: string, known: Known): FlowFinding[] {
  if (!step.recusal) return [];
  const { namedBy, candidates } = step.recusal;
  const name = `环节“${step.title}”`;
  const at = `${path}.recusal`;
  const own = [namedBy, ...candidates].some(({ unit }) => unit === 'applicant');
  const units = new Set(step.seats.map(({ unit }) => unit).filter((unit) => unit !== 'applicant'));
  const short = [...units].find((unit) => {
    const recused = step.seats.filter((seat) => seat.unit === unit).length;
    return candidates.filter((candidate) => candidate.unit !== unit).length < recused;
  });
  const few = `${name}在“${short ?? ''}”回避时，别的单位可替代的席位不够，请补充。`;
  return [
    ...when(step.mode !== 'all', at, 'recusalWithoutAll', `${name}不是会签，无须指定回避的替代席位。`),
    ...when(candidates.length === 0, `${at}.candidates`, 'noCandidates', `${name}没有可以替代回避席位的席位。`),
    ...when(own, at, 'recusalToApplicant', `${name}的替代席位不能由申报单位自己担任或指定。`),
    ...when(candidates.length > 0 && short !== undefined, `${at}.candidates`, 'tooFewCandidates', few),
    ...when(
      units.has(namedBy.unit),
      `${at}.namedBy`,
      'namerMayRecuse',
      `${name}的替代席位由“${namedBy.unit}”指定，而它在本环节有席位：申报单位是它时，无人可以指定。请改由别的单位指定。`,
    ),
    ...refFindings(namedBy, [], name, `${at}.namedBy`, known),
    ...candidates.flatMap((ref, index) =>
      refFindings(
        ref,
        [...step.seats, ...candidates.slice(0, index)],
        `${name}的替代席位`,
        `${at}.candidates.${index}`,
        known,
      ),
    ),
  ];
}

function rightsFindings(rights: Record<string, FieldRights> | undefined, path: string, known: Known): FlowFinding[] {
  return Object.entries(rights ?? {}).flatMap(([form, fields]) => [
    ...formFindings(form, `${path}.${form}`, known),
    ...Object.keys(fields).flatMap((field) => rightFindings(form, field, `${path}.${form}.${field}`, known)),
  ]);
}

function returnFindings(step: Step, path: string, arms: Place['arms'], places: Place[]): FlowFinding[] {
  const { returns = [], labels, resume, returnOnce = false, returnsForm = false, form } = step;
  const name = `环节“${step.title}”`;
  const formless = when(
    returnsForm && form === undefined,
    `${path}.returnsForm`,
    'returnsFormWithoutForm',
    `${name}没有要填写的表单，退回时无可提交。`,
  );
  const here = places.findIndex(({ node }) => node === step);
  const targets = returns.flatMap((to, index) => {
    const at = `${path}.returns.${index}`;
    if (returns.indexOf(to) !== index) return [found(at, 'duplicateReturn', `${name}的退回对象“${to}”重复。`)];
    if (to === 'initiator' || to === 'previous') return [];
    const there = places.findIndex(({ node }) => node.type === 'step' && node.key === to);
    const target = places[there];
    if (!target) return [found(at, 'unknownReturn', `${name}的退回对象“${to}”不存在。`)];
    const forward = `${name}只能退回到它之前的环节，不能退回到“${to}”。`;
    const across = `${name}与“${to}”在同一分支的不同走向里，不会先后经过，不能退回。`;
    return there >= here
      ? [found(at, 'returnForward', forward)]
      : when(exclusive(target.arms, arms), at, 'returnAcross', across);
  });
  if (returns.length > 0) return [...targets, ...formless];
  const idle = (what: string) => `${name}${what}，却没有退回对象。`;
  return [
    ...formless,
    ...when(returnsForm, `${path}.returnsForm`, 'returnsFormWithoutReturns', idle('定了退回时提交表单')),
    ...when(returnOnce, `${path}.returnOnce`, 'returnOnceWithoutReturns', idle('限退回一次')),
    ...when(resume !== undefined, `${path}.resume`, 'resumeWithoutReturns', idle('定了退回后的走法')),
    ...when(labels?.return !== undefined, `${path}.labels.return`, 'labelWithoutAction', idle('给退回起了按钮名称')),
  ];
}

function formFindings(form: string, path: string, { forms }: Known): FlowFinding[] {
  return when(forms !== undefined && !forms[form], path, 'unknownForm', `表单“${form}”不存在。`);
}

function rightFindings(form: string, right: string, path: string, { forms }: Known): FlowFinding[] {
  const field = right.split('.')[0] ?? '';
  const strange = field !== '*' && forms?.[form]?.includes(field) === false;
  return when(strange, path, 'unknownField', `表单“${form}”没有字段“${field}”，这条字段权限不起作用。`);
}

/** Whether two places lie in different arms of one branch, so that no case meets both in one walk. */
function exclusive(one: Place['arms'], other: Place['arms']): boolean {
  return [...one].some(([branch, arm]) => other.has(branch) && other.get(branch) !== arm);
}

/** Whether every way through these nodes meets a step. */
function alwaysStops(nodes: FlowNode[]): boolean {
  const always = (rule: Rule | undefined) => rule === undefined || rule === true;
  return nodes.some((node) => {
    if (node.type === 'step') return always(node.when);
    return node.arms.some((arm) => always(arm.when)) && node.arms.every((arm) => alwaysStops(arm.nodes));
  });
}

function found(path: string, code: string, message: string): FlowFinding {
  return { path, code, message };
}

function when(wrong: boolean, path: string, code: string, message: string): FlowFinding[] {
  return wrong ? [found(path, code, message)] : [];
}
