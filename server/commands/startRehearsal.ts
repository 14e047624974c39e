import type { Db } from '../db/connection.ts';
import { newId } from '../db/ids.ts';
import { rehearsals } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { once, type Idempotency } from './casework/once.ts';
import type { District } from './publishing/district.ts';
import { findingsOf, refuseFindings } from './publishing/findings.ts';
import { hashOf, holdFormDraft, mustDesign } from './publishing/formDraft.ts';

/**
 * Asks for the draft to be tried on what was handed in: on everything, or on the newest `sample` submissions. A worker
 * does it in the background. One at a time for each form, and only of a draft in which the linter finds nothing.
 */
export function startRehearsal(
  db: Db,
  person: Person,
  district: District,
  formKey: string,
  { version, sample }: { version: number; sample: number | null },
  idempotency: Idempotency,
  now: number,
): Promise<{ rehearsalId: string }> {
  mustDesign(person);
  return once(db, `${person.id} startRehearsal`, idempotency, now, async (tx, firstTime) => {
    const draft = await holdFormDraft(tx, formKey, version);
    await firstTime();
    if ((await rehearsals.count(tx, { formKey, status: ['queued', 'running'] })) > 0) {
      throw new Refusal('rehearsal_running');
    }
    refuseFindings(draft.body, await findingsOf(tx, district, draft.body));
    const id = newId(now);
    await rehearsals.insert(tx, {
      id,
      formKey,
      draftHash: hashOf(draft),
      body: draft.body,
      personId: person.id,
      createdAt: now,
      status: 'queued',
      sample,
      total: 0,
      done: 0,
      broken: 0,
      report: null,
      attempts: 0,
      leaseUntil: now,
      endedAt: null,
      lastError: null,
    });
    return { rehearsalId: id };
  });
}
