import { lint as lintForm } from '../../../forms/language/lint.ts';
import { fieldsOf } from '../../../forms/language/submission.ts';
import { lint as lintFlow } from '../../flow/lint.ts';
import { stepsOf } from '../../flow/path.ts';
import { GATE_NAMES } from '../../lifecycle/gates.ts';
import { unnamedStates } from '../../lifecycle/states.ts';
import type { District } from './district.ts';

/** Names `envFor` provides; a form that reads another one would read nothing. */
const ENV_NAMES = ['today', 'planYears', 'round', 'step', 'decision', 'unit', 'person', 'initiator'];
const SOURCES = ['project', 'planningClause'];

/** Everything that keeps this district from being published, one line each. */
export function mistakesIn(district: District): string[] {
  const { forms, flows, stages, units, seats, dictionaries, articles } = district;
  const known = {
    dictionaries: [...Object.keys(dictionaries), 'units'],
    sources: SOURCES,
    articles: articles.map(({ no }) => no),
    env: ENV_NAMES,
  };
  const flowKnown = {
    units: units.map(({ code }) => code),
    seats: seats.map(({ key }) => key),
    forms: Object.fromEntries(forms.map((form) => [form.key, fieldsOf(form).map(({ key }) => key)])),
  };
  return [
    ...forms.flatMap((form) =>
      lintForm(form, known).map(({ path, message }) => `form ${form.key} ${path}: ${message}`),
    ),
    ...flows.flatMap((flow) =>
      lintFlow(flow, flowKnown).map(({ path, message }) => `flow ${flow.key} ${path}: ${message}`),
    ),
    ...stages.flatMap((stage) => stageMistakes(district, stage)),
  ];
}

function stageMistakes({ forms, flows, stages, seats }: District, stage: District['stages'][number]): string[] {
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
  found.push(...factMistakes(forms, stage));
  for (const { gate } of stage.gates) if (!GATE_NAMES.includes(gate)) found.push(`门槛“${gate}”不存在`);
  const before = stage.opensAfter?.stage;
  if (before !== undefined && !stages.some(({ key }) => key === before)) found.push(`前一阶段“${before}”不存在`);
  if (stage.startedBy !== null && !seats.some(({ key }) => key === stage.startedBy))
    found.push(`席位“${stage.startedBy}”不存在`);
  if (!seats.some(({ key }) => key === stage.filledBy)) found.push(`席位“${stage.filledBy}”不存在`);
  return found.map((message) => `stage ${stage.key}: ${message}`);
}

/** A project whose facts nobody can find would pass every gate unseen, or none. */
function factMistakes(forms: District['forms'], { facts, gates, forms: used }: District['stages'][number]): string[] {
  if (!facts) return gates.length > 0 ? ['设了门槛，却没有写明项目要素（facts）在哪张表单里'] : [];
  const { form: formKey, ...keys } = facts;
  const form = used.some(({ form: key }) => key === formKey) && forms.find(({ key }) => key === formKey);
  if (!form) return [`项目要素所在的表单“${formKey}”不属于本阶段`];
  const known = new Set(fieldsOf(form).map(({ key }) => key));
  return Object.values(keys).flatMap((key) => (known.has(key) ? [] : [`项目要素“${key}”不是表单“${formKey}”的字段`]));
}
