/** A number of clients, each with one operation under way at a time, in a process of their own. */
import type { Measured } from './figures.ts';
import type { Prepared } from './prepare.ts';

export type Action = 'submit' | 'approve';

/** One operation that may be done once: the number of a prepared draft, and the task once there is one. */
export interface Item {
  n: number;
  taskId: string | null;
}

export interface Job {
  /** Where the program under test listens; null: straight to the database. */
  url: string | null;
  action: Action;
  clients: number;
  /** No operation begins after this many milliseconds. */
  limit: number;
  items: Item[];
  prepared: Prepared;
}

export type Answer = { measured: Measured } | { error: string };

/** Does the job; the operations done are the first ones of its items. */
async function work(job: Job, operate: (item: Item) => Promise<void>): Promise<Measured> {
  const latencies: number[] = [];
  let next = 0;
  const from = performance.now();
  const client = async (): Promise<void> => {
    for (;;) {
      const item = job.items[next];
      const began = performance.now();
      if (item === undefined || began - from > job.limit) return;
      next += 1;
      await operate(item);
      latencies.push(performance.now() - began);
    }
  };
  await Promise.all(Array.from({ length: job.clients }, client));
  return { operations: latencies.length, elapsed: performance.now() - from, latencies };
}

/** Does the jobs the bench sends to this process, one after the other, until the bench is gone. */
export function serveJobs(operation: (job: Job) => (item: Item) => Promise<void>): void {
  process.on('disconnect', () => process.exit());
  process.on('message', (job: Job) => {
    work(job, operation(job)).then(
      (measured) => process.send?.({ measured } satisfies Answer),
      (error: unknown) => process.send?.({ error: String(error) } satisfies Answer),
    );
  });
}
