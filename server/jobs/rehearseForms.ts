import { Past } from '../commands/rehearsing/past.ts';
import { Tally } from '../commands/rehearsing/report.ts';
import { RehearsalThread } from '../commands/rehearsing/thread.ts';
import type { Db } from '../db/connection.ts';
import { loadDictionaries } from '../db/published.ts';
import { claimRehearsal, noteRehearsal } from '../db/rehearsing.ts';
import { formVersions, submissions, type RehearsalRow } from '../db/tables.ts';
import type { Logger } from '../log.ts';

export interface RehearsalDeps {
  db: Db;
  log: Logger;
  /** Epoch milliseconds: a rehearsal outlasts the moment it began at. */
  clock: () => number;
}

/** Renewed with every note; a worker that died gives its rehearsal back after this. */
const LEASE_MS = 60_000;
const MOST_ATTEMPTS = 3;
/** Small enough that reading one keeps nobody waiting. */
const BATCH = 50;
const BATCHES_A_NOTE = 10;

/** Does one rehearsal that is due, from its beginning to its end, and returns how many submissions it judged. */
export async function rehearseForms(deps: RehearsalDeps, now: number, signal: AbortSignal): Promise<number> {
  if (signal.aborted) return 0;
  const claim = await claimRehearsal(deps.db, now, LEASE_MS);
  if (!claim) return 0;
  try {
    if (claim.attempts > MOST_ATTEMPTS) throw new Error('its worker died every time');
    return await rehearse(deps, claim, signal);
  } catch (error) {
    deps.log.error({ err: error, rehearsalId: claim.id }, '表单演练失败');
    const lastError = error instanceof Error ? error.message : String(error);
    await noteRehearsal(deps.db, claim, { status: 'failed', endedAt: deps.clock(), lastError });
    return 0;
  }
}

async function rehearse({ db, clock }: RehearsalDeps, claim: RehearsalRow, signal: AbortSignal): Promise<number> {
  const { formKey, body: form, sample } = claim;
  const total = Math.min(sample ?? Infinity, await submissions.count(db, { formKey }));
  const past = new Past(db, form);
  const tally = new Tally();
  const thread = new RehearsalThread({ draft: { id: claim.id, form }, dictionaries: await loadDictionaries(db) });
  const versionOf = async (id: string) => {
    const version = await formVersions.one(db, { id });
    if (!version) throw new Error(`a submission names the version ${id}, which does not exist`);
    return { id, form: version.body };
  };
  let done = 0;
  const note = (leaseMs: number) =>
    noteRehearsal(db, claim, {
      status: 'running',
      leaseUntil: clock() + leaseMs,
      total,
      done,
      broken: tally.broken,
    });
  try {
    if (!(await note(LEASE_MS))) return done;
    let batch = await past.next(Math.min(BATCH, total));
    for (let count = 1; batch.length > 0; count += 1) {
      const left = total - done - batch.length;
      // The next batch is read while this one is judged.
      const [judged, next] = await Promise.all([
        thread.judge(batch, versionOf),
        left > 0 ? past.next(Math.min(BATCH, left)) : [],
      ]);
      tally.add(judged);
      done += batch.length;
      batch = next;
      if (signal.aborted) {
        // Somebody else may begin it anew at once.
        await note(0);
        return done;
      }
      if (count % BATCHES_A_NOTE === 0 && !(await note(LEASE_MS))) return done;
    }
    await noteRehearsal(db, claim, {
      status: 'done',
      endedAt: clock(),
      done,
      broken: tally.broken,
      report: tally.report(),
    });
    return done;
  } finally {
    await thread.close();
  }
}
