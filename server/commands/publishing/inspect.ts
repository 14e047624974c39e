import { lint as lintForm, type Known } from '../../../forms/language/lint.ts';
import type { GateRef, Stage } from '../../../forms/language/stage.ts';
import { isServerValue } from '../../../forms/language/components.ts';
import type { Field } from '../../../forms/language/dialect.ts';
import { columnsOf } from '../../../forms/language/outline.ts';
import { mayEdit, rightOf } from '../../../forms/language/rights.ts';
import { isGiven } from '../../../forms/language/states.ts';
import { fieldsOf } from '../../../forms/language/submission.ts';
import { lint as lintFlow } from '../../flow/lint.ts';
import type { Flow } from '../../flow/model.ts';
import { stepsOf } from '../../flow/path.ts';
import { GATE_NAMES, SUMMING_GATES } from '../../lifecycle/gates.ts';
import { unnamedStates } from '../../lifecycle/states.ts';
import type { District } from './district.ts';

/** Names `envFor` provides; a form that reads another one would read nothing. */
export const ENV_NAMES = [
  'today',
  'planYears',
  'round',
  'step',
  'decision',
  'unit',
  'person',
  'initiator',
  'project',
  'earlier',
  'workdays',
];

/** What a `Reference` may lead to without the catalogue saying how. */
export const SOURCES = ['project', 'planningClause'];

/** Everything that keeps this district from being published, one line each. */
export function mistakesIn(district: District): string[] {
  const known = knownTo(district);
  return [
    ...district.forms.flatMap((form) =>
      lintForm(form, known).map(({ path, message }) => `form ${form.key} ${path}: ${message}`),
    ),
    ...usesMistakenIn(district),
  ];
}

/**
 * What a form of this district may name. What the dictionaries hold is not part of it: an entry that goes must not keep
 * a form from being published, or the server from starting; `npm run forms:lint` looks at that too.
 */
export function knownTo({ dictionaries, articles, forms, sources }: District): Known {
  return {
    dictionaries: [...Object.keys(dictionaries), 'units'],
    sources: [...SOURCES, ...Object.keys(sources)],
    articles: articles.map(({ no }) => no),
    env: ENV_NAMES,
    forms,
  };
}

/** What flows and stages say that does not fit these forms, units and seats. */
export function usesMistakenIn(district: District): string[] {
  const { forms, flows, stages, units, seats } = district;
  const flowKnown = {
    units: units.map(({ code }) => code),
    seats: seats.map(({ key }) => key),
    forms: Object.fromEntries(forms.map((form) => [form.key, fieldsOf(form).map(({ key }) => key)])),
  };
  return [
    ...flows.flatMap((flow) =>
      lintFlow(flow, flowKnown).map(({ path, message }) => `flow ${flow.key} ${path}: ${message}`),
    ),
    ...stages.flatMap((stage) => stageMistakes(district, stage)),
    ...sourceMistakes(district),
  ];
}

/** A record nobody can name could not be chosen; one whose form is still to come is not offered to anybody. */
function sourceMistakes({ forms, sources }: District): string[] {
  const used = new Set(
    forms.flatMap((form) =>
      fieldsOf(form).flatMap(({ field }) =>
        [field, ...columnsOf(field).map(([, cell]) => cell)].map((one) => one['x-source']),
      ),
    ),
  );
  return Object.entries(sources).flatMap(([key, { form: formKey, label }]) => {
    if (formKey === null) return [];
    const form = forms.find((one) => one.key === formKey);
    if (!form) return used.has(key) ? [`source ${key}: 表单“${formKey}”不存在，却有字段引用它`] : [];
    const known = new Set(fieldsOf(form).map((placed) => placed.key));
    const unknown = label.filter((name) => !known.has(name));
    if (label.length === 0) return [`source ${key}: 没有写明用哪些字段作名称（label）`];
    return unknown.map((name) => `source ${key}: 名称字段“${name}”不是表单“${formKey}”的字段`);
  });
}

function stageMistakes(district: District, stage: Stage): string[] {
  const { forms, flows, stages, seats } = district;
  const flow = flows.find(({ key }) => key === stage.key);
  const found: string[] = [];
  if (!flow) found.push('没有同名的流程');
  else
    found.push(
      ...unnamedStates(
        stage,
        stepsOf(flow.nodes).map(({ key }) => key),
      ).map((key) => `环节“${key}”没有写明项目状态`),
    );
  for (const { form } of stage.forms) {
    if (!forms.some(({ key }) => key === form)) found.push(`表单“${form}”不存在`);
  }
  found.push(...nobodyFills(forms, flow, stage));
  found.push(...factMistakes(forms, stage));
  found.push(...stage.gates.flatMap((ref) => gateMistakes(forms, stage, ref)));
  const before = stage.opensAfter?.stage;
  if (before !== undefined && !stages.some(({ key }) => key === before)) found.push(`前一阶段“${before}”不存在`);
  if (stage.startedBy !== null && !seats.some(({ key }) => key === stage.startedBy))
    found.push(`席位“${stage.startedBy}”不存在`);
  if (!seats.some(({ key }) => key === stage.filledBy)) found.push(`席位“${stage.filledBy}”不存在`);
  found.push(...compilingMistakes(district, stage));
  return found.map((message) => `stage ${stage.key}: ${message}`);
}

/** A plan nobody can compile, or for which no project is ever ready, would keep every project waiting. */
function compilingMistakes({ seats, units }: District, { compiledBy, opensAfter }: Stage): string[] {
  if (!compiledBy) return [];
  const unit = units.find(({ code }) => code === compiledBy.unit);
  const seated = seats.some(({ key, kinds }) => key === compiledBy.seat && unit && kinds.includes(unit.kind));
  return [
    ...(seated ? [] : [`编制计划的席位“${compiledBy.unit}/${compiledBy.seat}”不存在`]),
    ...(opensAfter ? [] : ['由年度计划送审，却没有写明前一阶段（opensAfter）']),
  ];
}

/** Fields of a form filled in at a step that no seat of any step may fill in: they would stay empty for ever. */
function nobodyFills(forms: District['forms'], flow: Flow | undefined, stage: Stage): string[] {
  if (!flow) return [];
  return stage.forms.flatMap(({ form: key, filledAt }) => {
    const form = forms.find((one) => one.key === key);
    if (!form || filledAt !== 'step') return [];
    const granted = stepsOf(flow.nodes).flatMap((step) => [
      step.rights?.[key] ?? (step.form === key ? { '*': 'edit' as const } : {}),
      ...step.seats.map((seat) => seat.rights?.[key] ?? {}),
    ]);
    const open = (place: string, column: string | null = null) =>
      granted.some((rights) => mayEdit(rightOf(rights, place, column)));
    return fieldsOf(form).flatMap(({ key: place, field }) => {
      const columns = columnsOf(field).filter(([column, cell]) => isTyped(cell) && !isGiven(field, 0, column));
      if (columns.length > 0) {
        const closed = columns.filter(([column]) => !open(place, column));
        return closed.map(([, cell]) => `表单“${key}”的“${field.title}”中，“${cell.title}”没有任何环节可以填写`);
      }
      return isTyped(field) && !field.items && !open(place)
        ? [`表单“${key}”的“${field.title}”没有任何环节可以填写`]
        : [];
    });
  });
}

function isTyped(field: Field): boolean {
  return !isServerValue(field) && field['x-editable'] !== false;
}

/** A gate that adds something up names a field of money in a form of this stage; no other gate names anything. */
function gateMistakes(forms: District['forms'], stage: Stage, { gate, sum }: GateRef): string[] {
  if (!GATE_NAMES.includes(gate)) return [`门槛“${gate}”不存在`];
  if (!SUMMING_GATES.includes(gate)) return sum === undefined ? [] : [`门槛“${gate}”不汇总金额，不能写 sum`];
  if (sum === undefined) return [`门槛“${gate}”没有写明汇总哪张表单的哪个金额（sum）`];
  const [formKey = '', key = ''] = sum.split('.');
  const form = stage.forms.some((used) => used.form === formKey) && forms.find((each) => each.key === formKey);
  if (!form) return [`门槛“${gate}”汇总的表单“${formKey}”不属于本阶段`];
  const place = fieldsOf(form).find((each) => each.key === key);
  if (place?.field['x-component'] === 'Money') return [];
  return [`门槛“${gate}”汇总的“${key}”不是表单“${formKey}”的金额字段`];
}

/** A project whose facts nobody can find would pass every gate unseen, or none. */
function factMistakes(forms: District['forms'], { facts, gates, forms: used }: Stage): string[] {
  if (!facts)
    return gates.some(({ gate }) => !SUMMING_GATES.includes(gate))
      ? ['设了门槛，却没有写明项目要素（facts）在哪张表单里']
      : [];
  const { form: formKey, ...keys } = facts;
  const form = used.some(({ form: key }) => key === formKey) && forms.find(({ key }) => key === formKey);
  if (!form) return [`项目要素所在的表单“${formKey}”不属于本阶段`];
  const known = new Set(fieldsOf(form).map(({ key }) => key));
  return Object.values(keys).flatMap((key) => (known.has(key) ? [] : [`项目要素“${key}”不是表单“${formKey}”的字段`]));
}
