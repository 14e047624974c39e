import type { Data } from '../../forms/language/dialect.ts';
import { nextCounter } from '../db/claim.ts';
import { filedData, type Casework } from '../db/casework.ts';
import type { Db } from '../db/connection.ts';
import { loadDictionaries } from '../db/published.ts';
import type { Tx } from '../db/transaction.ts';
import { Refusal } from '../errors.ts';
import { step } from '../flow/engine.ts';
import { mayFill, rightsTo } from '../flow/rights.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { docCounter, docNo, projectCounter, projectNo } from '../lifecycle/numbers.ts';
import { projectFacts, type ProjectFacts } from '../lifecycle/project.ts';
import type { Person } from '../policies.ts';
import { fillForGood, groundOf, handIn, type Filled } from './casework/fill.ts';
import { passGates } from './casework/gates.ts';
import { openWork } from './casework/lock.ts';
import { once, type Idempotency } from './casework/once.ts';
import { saveStep } from './casework/save.ts';

export interface Submission {
  version: number;
  forms: Record<string, Data>;
}

/** Hands a new case in: its forms become revision 1, it gets its numbers, and the first step opens. */
export function submitCase(
  db: Db,
  person: Person,
  caseId: string,
  { version, forms }: Submission,
  idempotency: Idempotency,
  now: number,
): Promise<{ caseId: string }> {
  return once(db, `${person.id} submitCase`, idempotency, now, async (tx, firstTime) => {
    const work = await openWork(tx, person, caseId, version, firstTime);
    const { flow, row, project } = work;
    const env = envFor(work, person, now);
    // Asked before anything is judged, so that a second submission hears that it is the second.
    const allowed = rightsOf(work, person, factsFor(work, env, filedData(work), now));
    if (Object.keys(forms).some((key) => !allowed.has(key))) throw new Refusal('form_not_in_case');

    const dictionaries = await loadDictionaries(tx);
    const filled: Filled[] = [];
    for (const form of work.forms) {
      const rights = allowed.get(form.key);
      if (!rights) continue;
      const sent = forms[form.key] ?? groundOf(form, env);
      filled.push(await fillForGood(tx, work, form, sent, { env, rights, dictionaries }));
    }
    const data = { ...filedData(work), ...Object.fromEntries(filled.map(({ form, data: own }) => [form.key, own])) };
    const facts = projectFacts(data['declaration'] ?? {});
    await passGates(tx, work, 'submit', facts, now);
    const after = step(flow, row.flowState, { type: 'submit', by: person.id }, factsFor(work, env, data, now));

    const numbers = await numbersFor(tx, work, facts);
    const seat = person.seats.find(({ key, unitId }) => key === work.stage.startedBy && unitId === row.unitId);
    const by = { personId: person.id, seatId: seat?.id ?? null };
    for (const one of filled) await handIn(tx, work, one, { ...by, taskId: null }, now);
    const deed = { ...by, action: 'submit', step: null, opinion: null, detail: { from: project.state } };
    await saveStep(tx, work, after, deed, { ...numbers, facts }, now);
    return { caseId };
  });
}

function rightsOf(work: Casework, person: Person, facts: ReturnType<typeof factsFor>) {
  // The engine words why a case that is no longer a draft, or is somebody else's, cannot be submitted.
  const probe = { type: 'submit', by: person.id } as const;
  if (work.row.state !== 'draft') step(work.flow, work.row.flowState, probe, facts);
  const open = work.forms
    .map((form) => [form.key, rightsTo(form, work.flow, work.row.flowState, person.id, facts)] as const)
    .filter(([, rights]) => mayFill(rights));
  return new Map(open);
}

/** A project gets its number once; each document its own. Numbers go up only, so a refused submission leaves a gap at most. */
async function numbersFor(tx: Tx, { project, forms }: Casework, { planYear, kind }: ProjectFacts) {
  if (planYear === null) throw new Error('a submission that passed its gates has a plan year');
  const no = project.no ?? projectNo(planYear, kind, await nextCounter(tx, projectCounter(planYear)));
  const abbreviation = forms[0]?.form.abbreviation ?? '';
  return { projectNo: no, docNo: docNo(no, abbreviation, await nextCounter(tx, docCounter(no, abbreviation))) };
}
