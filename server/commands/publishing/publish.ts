import { contentHash } from '../../db/json.ts';
import { newId } from '../../db/ids.ts';
import { latestFlow, latestForm, latestStage } from '../../db/published.ts';
import { flowVersions, formVersions, stageVersions } from '../../db/tables.ts';
import type { Tx } from '../../db/transaction.ts';
import type { District } from './district.ts';

/**
 * Publishes what changed as the next version; what has run keeps the version it began with. Returns what is new,
 * as `form declaration 2`.
 */
export async function publishVersions(
  tx: Tx,
  { forms, flows, stages }: Pick<District, 'forms' | 'flows' | 'stages'>,
  now: number,
): Promise<string[]> {
  const published: string[] = [];
  for (const body of forms) {
    const next = nextVersion(await latestForm(tx, body.key), body, now);
    if (!next) continue;
    await formVersions.insert(tx, { ...next, formKey: body.key, body });
    published.push(`form ${body.key} ${next.version}`);
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
  return published;
}

function nextVersion(last: { version: number; hash: string } | null, body: unknown, now: number) {
  const hash = contentHash(body);
  if (last?.hash === hash) return null;
  return { id: newId(now), version: (last?.version ?? 0) + 1, hash, publishedAt: now };
}
