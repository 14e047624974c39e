import type { Data, Dictionaries, Env, FieldRights, Problem } from '../../forms/language/dialect.ts';
import { compute, problems, redact, startingData } from '../../forms/language/submission.ts';
import { filedData, type Casework, type CaseworkForm } from '../db/casework.ts';
import { mayFill, rightsTo } from '../flow/rights.ts';
import { factsFor } from '../lifecycle/facts.ts';
import type { Person } from '../policies.ts';

export interface CaseFormView {
  key: string;
  title: string;
  versionId: string;
  filledAt: 'start' | 'step';
  data: Data;
  rights: FieldRights;
  editable: boolean;
  draft: boolean;
  revision: number;
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
  const facts = factsFor(work, env, filedData(work), now);
  return work.forms.flatMap((form) => {
    const rights = rightsTo(form, work.flow, work.row.flowState, person.id, facts);
    const editable = mayFill(rights);
    const data = dataFor(form, editable, env);
    if (data === null) return [];
    const { key, filledAt, versionId, latest, draft } = form;
    return [
      {
        view: {
          key,
          title: form.form.title,
          versionId,
          filledAt,
          data: redact(form.form, data, rights),
          rights,
          editable,
          draft: editable && draft !== null,
          revision: latest?.revision ?? 0,
        },
        problems: problems(form.form, data, { env, rights, dictionaries }),
      },
    ];
  });
}

/** Drafts are seen by whoever writes them; everybody else sees what was handed in. */
function dataFor({ form, draft, latest }: CaseworkForm, editable: boolean, env: Env): Data | null {
  if (!editable) return latest?.data ?? null;
  return compute(form, draft?.data ?? latest?.data ?? startingData(form, env), { env });
}
