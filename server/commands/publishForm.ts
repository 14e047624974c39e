import { nextCounter } from '../db/claim.ts';
import type { Db } from '../db/connection.ts';
import { newId } from '../db/ids.ts';
import { CATALOGUE, latestForm } from '../db/published.ts';
import { formDrafts, formLog, formRetirements, formVersions } from '../db/tables.ts';
import { Refusal } from '../errors.ts';
import type { Person } from '../policies.ts';
import { once, type Idempotency } from './casework/once.ts';
import type { District } from './publishing/district.ts';
import { findingsOf, refuseFindings } from './publishing/findings.ts';
import { hashOf, holdFormDraft, mustDesign, reasonIn } from './publishing/formDraft.ts';

/**
 * Publishes the draft as the form's next version: from now on new cases are pinned to it, running ones stay where they
 * are, and a retired form is in use again. Refuses findings, a draft made from an older version than the latest, and
 * one that changes nothing. The counter taken first keeps two administrators, and a server that starts, apart.
 */
export function publishForm(
  db: Db,
  person: Person,
  district: District,
  formKey: string,
  { version, reason }: { version: number; reason: string },
  idempotency: Idempotency,
  now: number,
): Promise<{ versionId: string; version: number }> {
  mustDesign(person);
  const given = reasonIn(reason);
  return once(db, `${person.id} publishForm`, idempotency, now, async (tx, firstTime) => {
    await nextCounter(tx, CATALOGUE);
    await firstTime();
    const draft = await holdFormDraft(tx, formKey, version);
    const latest = await latestForm(tx, formKey);
    if (draft.baseVersionId !== (latest?.id ?? null)) {
      throw new Refusal('form_base_outdated', { version: latest?.version ?? 0 });
    }
    const hash = hashOf(draft);
    const retired = latest !== null && (await formRetirements.one(tx, { formVersionId: latest.id })) !== null;
    if (latest?.hash === hash && !retired) throw new Refusal('form_unchanged');
    refuseFindings(draft.body, await findingsOf(tx, district, draft.body));
    const next = { id: newId(now), formKey, version: (latest?.version ?? 0) + 1, hash, publishedAt: now };
    await formVersions.insert(tx, { ...next, body: draft.body });
    const line = { formKey, formVersionId: next.id, action: 'publish' as const, personId: person.id, reason: given };
    await formLog.insert(tx, { id: newId(now), ...line, at: now });
    await formDrafts.remove(tx, { id: draft.id });
    return { versionId: next.id, version: next.version };
  });
}
