import { nextCounter } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { newId } from '../db/ids.ts';
import { CATALOGUE, formForNewCases } from '../db/published.ts';
import { formLog, formRetirements } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { once, type Idempotency } from './casework/once.ts';
import { mustDesign, reasonIn } from './publishing/formDraft.ts';

/**
 * Takes a form out of use: no new case is pinned to it, running ones go on with the version they have. `version` is the
 * number the administrator saw as the latest. Publishing the form again brings it back.
 */
export function retireForm(
  db: Db,
  person: Person,
  formKey: string,
  { version, reason }: { version: number; reason: string },
  idempotency: Idempotency,
  now: number,
): Promise<{ versionId: string }> {
  mustDesign(person);
  const given = reasonIn(reason);
  return once(db, `${person.id} retireForm`, idempotency, now, async (tx, firstTime) => {
    await nextCounter(tx, CATALOGUE);
    await firstTime();
    const latest = await formForNewCases(tx, formKey);
    if (!latest) throw new Refusal('not_found');
    if (latest.version !== version) throw new Refusal('stale_version');
    const why = { formVersionId: latest.id, personId: person.id, reason: given, at: now };
    await formRetirements.insert(tx, why);
    await formLog.insert(tx, { id: newId(now), formKey, action: 'retire', ...why });
    return { versionId: latest.id };
  });
}
