import type { Form } from '../../../forms/language/dialect.ts';
import { contentHash } from '../../db/json.ts';
import { newId } from '../../db/ids.ts';
import { latestFlow, latestForm, latestStage } from '../../db/published.ts';
import {
  flowVersions,
  formFiles,
  formLog,
  formRetirements,
  formVersions,
  stageVersions,
  type FormVersionRow,
} from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import type { District } from './district.ts';

/**
 * Publishes what changed as the next version; what has run keeps the version it began with. Returns what is new,
 * as `form declaration 2`, and the keys of forms that both the files and an administrator changed: those stay as the
 * administrator left them.
 */
export async function publishVersions(
  tx: Tx,
  { forms, flows, stages }: Pick<District, 'forms' | 'flows' | 'stages'>,
  now: number,
): Promise<{ published: string[]; kept: string[] }> {
  const published: string[] = [];
  const kept: string[] = [];
  for (const body of forms) {
    const outcome = await publishFromFile(tx, body, now);
    if (outcome === 'kept') kept.push(body.key);
    else if (outcome !== 'same') published.push(`form ${body.key} ${outcome}`);
  }
  for (const body of flows) {
    const next = nextVersion(await latestFlow(tx, body.key), body, now);
    if (!next) continue;
    await flowVersions.insert(tx, { ...next, flowKey: body.key, body });
    published.push(`flow ${body.key} ${next.version}`);
  }
  for (const body of stages) {
    const next = nextVersion(await latestStage(tx, body.key), body, now);
    if (!next) continue;
    await stageVersions.insert(tx, { ...next, stageKey: body.key, body });
    published.push(`stage ${body.key} ${next.version}`);
  }
  return { published, kept };
}

/**
 * A form is published from its file when the file changed since its text was last published from there. Where an
 * administrator published or retired meanwhile, theirs stays until the two agree: a restart overturns nobody's decision.
 * Returns the new version's number, or why there is none.
 */
async function publishFromFile(tx: Tx, body: Form, now: number): Promise<number | 'same' | 'kept'> {
  const formKey = body.key;
  const hash = contentHash(body);
  const latest = await latestForm(tx, formKey);
  const file = await formFiles.one(tx, { formKey });
  if (latest?.hash === hash || file?.hash === hash) {
    if (latest?.hash === hash && file?.hash !== hash) await noteFile(tx, formKey, hash, now);
    return 'same';
  }
  if (latest && (await isAdministrators(tx, latest, file?.hash ?? null))) return 'kept';
  const next = { id: newId(now), version: (latest?.version ?? 0) + 1, hash, publishedAt: now };
  await formVersions.insert(tx, { ...next, formKey, body });
  const line = { formKey, formVersionId: next.id, action: 'publish' as const, personId: null, reason: null, at: now };
  await formLog.insert(tx, { id: newId(now), ...line });
  await noteFile(tx, formKey, hash, now);
  return next.version;
}

/** Databases from before administrators could publish have no note of their files: everything in them is from files. */
async function isAdministrators(tx: Tx, latest: FormVersionRow, fileHash: string | null): Promise<boolean> {
  if (await formRetirements.one(tx, { formVersionId: latest.id })) return true;
  return fileHash === null
    ? (await formLog.count(tx, { formVersionId: latest.id, personId: { not: null } })) > 0
    : latest.hash !== fileHash;
}

async function noteFile(tx: Tx, formKey: string, hash: string, now: number): Promise<void> {
  const known = await formFiles.update(tx, { formKey }, { hash, readAt: now });
  if (known === 0) await formFiles.insert(tx, { formKey, hash, readAt: now });
}

function nextVersion(last: { version: number; hash: string } | null, body: unknown, now: number) {
  const hash = contentHash(body);
  if (last?.hash === hash) return null;
  return { id: newId(now), version: (last?.version ?? 0) + 1, hash, publishedAt: now };
}
