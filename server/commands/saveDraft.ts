import type { Data, Problem } from '../../forms/language/dialect.ts';
import { loadCasework, filedData, subjectOf } from '../db/casework.ts';
import { lockProject } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { loadDictionaries } from '../db/published.ts';
import { cases, drafts, projects } from '../db/tables.ts';
import { inTransaction } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import { mayFill, rightsTo } from '../flow/rights.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { projectFacts } from '../lifecycle/project.ts';
import { can, type Person } from '../policies.ts';
import { fill } from './casework/fill.ts';

export interface DraftSaved {
  draftVersion: number;
  savedAt: number;
  problems: Problem[];
}

/**
 * Keeps what is being written in one form. Counting the draft's version up takes the case's lock, and a window that
 * did not see the last save does not overwrite it. The case's own version stays: a draft is nobody's decision.
 */
export async function saveDraft(
  db: Db,
  person: Person,
  caseId: string,
  { form: formKey, data, draftVersion }: { form: string; data: Data; draftVersion: number },
  now: number,
): Promise<DraftSaved> {
  // A draft nobody has handed in tells the project's name, and the project is locked before its case. No case becomes
  // such a draft again, so this may be asked outside.
  const begun = await cases.one(db, { id: caseId, state: 'draft' });
  return inTransaction(db, async (tx) => {
    if (begun) await lockProject(tx, begun.projectId);
    const next = draftVersion + 1;
    const counted = await cases.update(tx, { id: caseId, draftVersion }, { draftVersion: next });
    const work = await loadCasework(tx, caseId);
    if (!work || !can(person, 'readCase', subjectOf(work))) throw new Refusal('not_found');
    if (counted === 0) throw new Refusal('stale_draft');
    if (work.row.state === 'ended') throw new Refusal('case_ended');

    const form = work.forms.find(({ key }) => key === formKey);
    if (!form) throw new Refusal('form_not_in_case');
    const env = envFor(work, person, now);
    const facts = factsFor(work, env, filedData(work), now);
    const rights = rightsTo(form, work.flow, work.row.flowState, person.id, facts);
    if (person.id === facts.initiator.personId && !facts.initiator.inOffice) throw new Refusal('left_seat');
    if (!mayFill(rights)) throw new Refusal('forbidden', { what: '在当前环节修改这份表单' });

    const dictionaries = await loadDictionaries(tx);
    const filled = await fill(tx, work, form, data, { env, rights, dictionaries });
    const row = { personId: person.id, data: filled.data, savedAt: now };
    if (form.draft) await drafts.update(tx, { caseId, formKey }, row);
    else await drafts.insert(tx, { caseId, formKey, ...row });
    if (work.row.state === 'draft') {
      await cases.update(tx, { id: caseId }, { updatedAt: now });
      const told = work.stage.facts?.form === formKey ? projectFacts(work.stage, { [formKey]: filled.data }) : null;
      if (told) {
        const { title, planYear, totalInvest } = told;
        await projects.update(tx, { id: work.project.id }, { title, planYear, totalInvest, updatedAt: now });
      }
    }
    return { draftVersion: next, savedAt: now, problems: filled.problems };
  });
}
