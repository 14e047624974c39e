import type { Data } from '../../forms/language/dialect.ts';
import { nextCounter } from '../db/claim.ts';
import { filedData, type Casework } from '../db/casework.ts';
import type { Db } from '../db/connection.ts';
import type { Tx } from '../db/transaction.ts';
import { step } from '../flow/engine.ts';
import { envFor, factsFor } from '../lifecycle/facts.ts';
import { START } from '../lifecycle/ground.ts';
import { docCounter, docNo, projectCounter, projectNo } from '../lifecycle/numbers.ts';
import { projectFacts, type ProjectFacts } from '../lifecycle/project.ts';
import type { Person } from '../policies.ts';
import { dataWith, fillAll, handIn, openForms } from './casework/fill.ts';
import { passGates } from './casework/gates.ts';
import { openWork, placeOf } from './casework/lock.ts';
import { once, type Idempotency } from './casework/once.ts';
import { saveStep } from './casework/save.ts';

export interface Submission {
  version: number;
  forms: Record<string, Data>;
}

/** Hands a new case in: its forms become revision 1, it gets its numbers, and the first step opens. */
export async function submitCase(
  db: Db,
  person: Person,
  caseId: string,
  { version, forms }: Submission,
  idempotency: Idempotency,
  now: number,
): Promise<{ caseId: string }> {
  const place = await placeOf(db, caseId);
  return once(db, `${person.id} submitCase`, idempotency, now, async (tx, firstTime) => {
    const work = await openWork(tx, person, place, { version }, firstTime);
    const { flow, row, project } = work;
    const env = envFor(work, person, now);
    const action = { type: 'submit', by: person.id } as const;
    const before = factsFor(work, env, filedData(work), now);
    // A second submission hears that it is the second, and one from a seat that was left that it was; not what a form lacks.
    if (row.state !== 'draft' || !before.initiator.inOffice) step(flow, row.flowState, action, before);

    const filled = await fillAll(tx, work, openForms(work, person.id, START, before, forms), forms, env);
    const data = dataWith(work, filled);
    const facts = projectFacts(work.stage, data);
    await passGates(tx, work, 'submit', data, now);
    const after = step(flow, row.flowState, action, factsFor(work, env, data, now));

    const numbers = await numbersFor(tx, work, facts);
    const seat = person.seats.find(({ key, unitId }) => key === work.stage.filledBy && unitId === row.unitId);
    const by = { personId: person.id, seatId: seat?.id ?? null };
    for (const one of filled) await handIn(tx, work, one, START, { ...by, taskId: null }, now);
    const deed = { ...by, action: 'submit', step: null, opinion: null, detail: { from: project.state } };
    await saveStep(tx, work, after, deed, { ...numbers, facts }, now);
    return { caseId };
  });
}

/** A project gets its number once; each document its own. Numbers go up only, so a refused submission leaves a gap at most. */
async function numbersFor(tx: Tx, { project, forms }: Casework, facts: ProjectFacts | null) {
  const no = project.no ?? (await nextProjectNo(tx, facts));
  const abbreviation = forms[0]?.form.abbreviation ?? '';
  return { projectNo: no, docNo: docNo(no, abbreviation, await nextCounter(tx, docCounter(no, abbreviation))) };
}

async function nextProjectNo(tx: Tx, facts: ProjectFacts | null): Promise<string> {
  const { planYear = null, kind = null } = facts ?? {};
  if (planYear === null) throw new Error('a submission that passed its gates has a plan year');
  return projectNo(planYear, kind, await nextCounter(tx, projectCounter(planYear)));
}
