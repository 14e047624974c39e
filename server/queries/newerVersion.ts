import { carryOver } from '../../forms/language/carry.ts';
import { filedData, loadCasework, subjectOf } from '../db/casework.ts';
import type { Reader } from '../db/handle.ts';
import { latestForm, loadDictionaries } from '../db/published.ts';
import { formRetirements, formVersions } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import { mayFill, rightsTo, taskHeldBy } from '../flow/rights.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { groundOf, START } from '../lifecycle/ground.ts';
import { can, type Person } from '../policies.ts';

/**
 * The forms of a case that this person may move to a newer version now, and what would become of the answers: what goes
 * along, what does not, and what is asked newly. Empty for everybody but who writes them.
 */
export async function newerVersion(reader: Reader, person: Person, caseId: string, now: number) {
  const work = await loadCasework(reader, caseId);
  if (!work || !can(person, 'readCase', subjectOf(work))) throw new Refusal('not_found');
  const { row, flow } = work;
  const writing = row.state === 'draft' || row.state === 'returned';
  if (!writing || row.initiatorId !== person.id) return { version: row.version, forms: [] };
  const env = envFor(work, person, now);
  const filed = filedData(work);
  const facts = factsFor(work, env, filed, now);
  const taskKey = taskHeldBy(person.id, flow, row.flowState, facts)?.key ?? START;
  const dictionaries = await loadDictionaries(reader);
  const forms = [];
  for (const one of work.forms) {
    const rights = rightsTo(one, flow, row.flowState, person.id, facts, taskKey);
    const newest = await latestForm(reader, one.key);
    if (!mayFill(rights) || !newest || newest.id === one.versionId) continue;
    if (await formRetirements.one(reader, { formVersionId: newest.id })) continue;
    const draft = one.drafts.find((each) => each.taskKey === taskKey)?.data ?? null;
    const ground = { form: one.form, filed: one.latest?.data ?? null, draft, others: filed };
    const over = carryOver(one.form, newest.body, groundOf(ground, { env, rights, dictionaries }));
    const { carried, dropped, newlyRequired } = over;
    const pinned = await formVersions.one(reader, { id: one.versionId });
    const numbers = { from: pinned?.version ?? 0, to: newest.version, versionId: newest.id };
    forms.push({ key: one.key, title: newest.body.title, ...numbers, carried, dropped, newlyRequired });
  }
  return { version: row.version, forms };
}
