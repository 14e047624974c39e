/** What the list of fields leaves to the flow or to the case itself: proven there, never taken on trust. */
import { existsSync, readdirSync } from 'node:fs';
import path from 'node:path';
import type { Form } from '../../forms/language/dialect.ts';
import type { Stage } from '../../forms/language/stage.ts';
import type { Flow, Step } from '../../server/flow/model.ts';
import { stepsOf } from '../../server/flow/path.ts';
import { CaseView } from '../../server/routes/contract/cases.ts';
import { readForms } from './declaration.ts';
import type { ListedField } from './fieldList.ts';

const STAGES = path.resolve(import.meta.dirname, '../../forms/stages');

/** Steps of the stages in which one of these forms is filled in: anew, not carried over from an earlier stage. */
function stepsFor(forms: Form[]): Step[] {
  const keys = forms.map(({ key }) => key);
  return readdirSync(STAGES)
    .filter((folder) => existsSync(path.join(STAGES, folder, 'stage.json')))
    .filter((folder) =>
      readForms<Stage>(`stages/${folder}/stage.json`).forms.some(
        ({ form, from }) => from === undefined && keys.includes(form),
      ),
    )
    .flatMap((folder) => stepsOf(readForms<Flow>(`stages/${folder}/flow.json`).nodes));
}

/** Whether everyone who opens a case is told this (`project.no`). */
function isTold(fact: string): boolean {
  let inside: unknown = CaseView;
  for (const name of fact.split('.')) {
    const { properties } = inside as { properties?: Record<string, unknown> };
    inside = properties?.[name];
    if (inside === undefined) return false;
  }
  return true;
}

/** Whether a listed field is born by a step or by the case instead of being a field of the form. */
export const bornBy = ({ demands }: ListedField): boolean =>
  demands.some(({ verb }) => verb === '流程' || verb === '事项');

/** What flow and case lack of it, in words. Of the other verbs a step can only answer `选项`: its decisions. */
export function lacksOfFlow(forms: Form[], { name, demands }: ListedField): string[] {
  const wanted = demands.find(({ verb }) => verb === '流程')?.names[0];
  const step = stepsFor(forms).find(({ key }) => key === wanted);
  const isMet: Record<string, (names: string[]) => boolean> = {
    流程: () => step !== undefined,
    席位: (seats) => seats.every((one) => step?.seats.some(({ seat }) => seat === one)),
    选项: (labels) =>
      labels.every((label) => label.split(' 或 ').some((one) => Object.values(step?.labels ?? {}).includes(one))),
    事项: (facts) => facts.every(isTold),
  };
  return demands
    .filter(({ verb, names }) => isMet[verb]?.(names) !== true)
    .map(({ verb, names }) => `“${name}”缺：${verb} ${names.join('、')}`);
}
