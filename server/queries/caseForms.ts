import type { Data, Dictionaries, Env, FieldRights, Problem } from '../../forms/language/dialect.ts';
import { compute, problems, redact, rightOf, type FillContext } from '../../forms/language/submission.ts';
import { filedData, type Casework, type CaseworkForm } from '../db/casework.ts';
import { standsFor } from '../flow/recusal.ts';
import { mayFill, rightsTo, taskHeldBy } from '../flow/rights.ts';
import { factsFor } from '../lifecycle/facts.ts';
import { groundOf, START, stillCarried } from '../lifecycle/ground.ts';
import type { Person } from '../policies.ts';
import { seatName } from './askedSeats.ts';

export interface CaseFormView {
  key: string;
  title: string;
  versionId: string;
  filledAt: 'start' | 'step';
  data: Data;
  rights: FieldRights;
  editable: boolean;
  /** Id of the task it is filled in at; null before the first submission, and where nobody fills it in. */
  task: string | null;
  draft: boolean;
  draftVersion: number;
  revision: number;
  /** The recused seat it is filled in for, in words. */
  standsFor: string | null;
  /** Fields that stand as they were carried over, and where from: `unit`, `project` or the key of an earlier form. */
  carried: Record<string, string>;
}

/** A form as this person may see it, and what its rules say about it. */
export interface ShownForm {
  view: CaseFormView;
  problems: Problem[];
}

/** The forms of the case this person sees: those handed in, and those they may fill in now. */
export function formsFor(
  work: Casework,
  person: Person,
  env: Env,
  dictionaries: Dictionaries,
  now: number,
): ShownForm[] {
  const filed = filedData(work);
  const facts = factsFor(work, env, filed, now);
  const held = taskHeldBy(person.id, work.flow, work.row.flowState, facts);
  const taskKey = held?.key ?? START;
  const recused = held && standsFor(held, work.row.flowState);
  const task = work.tasks.find((row) => row.taskKey === taskKey)?.id ?? null;
  return work.forms.flatMap((form) => {
    const rights = rightsTo(form, work.flow, work.row.flowState, person.id, facts);
    const editable = mayFill(rights);
    const draft = form.drafts.find((one) => one.taskKey === taskKey) ?? null;
    const ctx = { env, rights, dictionaries };
    const data = dataFor(form, editable, draft?.data ?? null, filed, ctx);
    if (data === null || isHidden(rights)) return [];
    const { key, filledAt, versionId, latest } = form;
    return [
      {
        view: {
          key,
          title: form.form.title,
          versionId,
          filledAt,
          data: redact(form.form, data, rights, latest?.lost),
          rights,
          editable,
          task: editable ? task : null,
          draft: editable && draft !== null,
          draftVersion: editable ? (draft?.version ?? 0) : 0,
          revision: latest?.revision ?? 0,
          standsFor: editable && recused ? seatName(work, recused.seatId) : null,
          carried: seenOf(editable ? stillCarried(form.form, data, env) : latest?.carried, rights),
        },
        problems: problems(form.form, data, ctx),
      },
    ];
  });
}

/** What a person may not see is not mentioned either. */
function seenOf(carried: Record<string, string> | null | undefined, rights: FieldRights): Record<string, string> {
  return Object.fromEntries(Object.entries(carried ?? {}).filter(([key]) => rightOf(rights, key) !== 'hidden'));
}

/** Drafts are seen by whoever writes them; everybody else sees what was handed in. */
function dataFor(
  { form, latest }: CaseworkForm,
  editable: boolean,
  draft: Data | null,
  others: Record<string, Data>,
  ctx: FillContext,
): Data | null {
  if (!editable) return latest?.data ?? null;
  return compute(form, groundOf({ form, filed: latest?.data ?? null, draft, others }, ctx), ctx);
}

/** A form of which nothing may be seen is not there. */
function isHidden(rights: FieldRights): boolean {
  return rights['*'] === 'hidden' && Object.values(rights).every((right) => right === 'hidden');
}
