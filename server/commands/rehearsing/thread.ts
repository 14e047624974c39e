import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import type { Dictionaries } from '../../../forms/language/dialect.ts';
import type { Judged, Version } from './judge.ts';
import type { PastSubmission } from './past.ts';

/** What a thread is started with. */
export interface Order {
  draft: Version;
  dictionaries: Dictionaries;
}

/** What it is sent, one at a time. */
export interface Batch {
  past: PastSubmission[];
  /** Versions that these submissions were handed in under and that were not sent before. */
  newVersions: Version[];
}

/** A form of 300 fields and its validators take a few megabytes; a draft that wants more ends its thread, not the server. */
const MOST_MEMORY_MB = 512;

/** One thread that judges submissions, so that whoever uses the server does not wait for it. Always `close` it. */
export class RehearsalThread {
  readonly #worker: Worker;
  readonly #sent = new Set<string>();
  /** Never resolves; fails when the thread does, also while nobody waits for an answer. */
  readonly #failure: Promise<never>;

  constructor(order: Order) {
    this.#worker = new Worker(new URL('./thread.js', import.meta.url), {
      workerData: order,
      resourceLimits: { maxOldGenerationSizeMb: MOST_MEMORY_MB },
    });
    this.#failure = new Promise((_, reject) => {
      this.#worker.once('error', reject);
      this.#worker.once('exit', (code) => reject(new Error(`the rehearsing thread ended with ${code}`)));
    });
    // `judge` hears of it; a thread that was closed has nobody left to tell.
    this.#failure.catch(() => undefined);
  }

  /** Judges a batch; wait for the answer before the next one. Fails when the thread does. */
  async judge(past: PastSubmission[], versionOf: (id: string) => Promise<Version>): Promise<Judged> {
    const missing = [...new Set(past.map(({ versionId }) => versionId))].filter((id) => !this.#sent.has(id));
    const newVersions = await Promise.all(missing.map(versionOf));
    for (const id of missing) this.#sent.add(id);
    this.#worker.postMessage({ past, newVersions } satisfies Batch);
    const [judged] = (await Promise.race([once(this.#worker, 'message'), this.#failure])) as [Judged];
    return judged;
  }

  async close(): Promise<void> {
    await this.#worker.terminate();
  }
}
