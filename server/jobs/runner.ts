import type { Logger } from '../log.ts';

/** A plain function of the time: it does what is due and says how much that was. */
export interface Job {
  name: string;
  everyMs: number;
  run: (now: number, signal: AbortSignal) => Promise<number>;
}

/** The only loop of the server. `stop` lets a running job come to its end and starts none after it. */
export function startJobs(jobs: Job[], log: Logger, clock: () => number): { stop: () => Promise<void> } {
  const stopping = new AbortController();
  const loops = jobs.map((job) => loop(job, log, clock, stopping.signal));
  return {
    stop: async () => {
      stopping.abort();
      await Promise.all(loops);
    },
  };
}

async function loop(job: Job, log: Logger, clock: () => number, signal: AbortSignal): Promise<void> {
  while (!signal.aborted) {
    try {
      const count = await job.run(clock(), signal);
      if (count > 0) log.debug({ job: job.name, count }, '后台任务');
      // As long as there was something to do there may be more.
      if (count > 0) continue;
    } catch (error) {
      log.error({ err: error, job: job.name }, '后台任务出错');
    }
    await pause(job.everyMs, signal);
  }
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    if (signal.aborted) return resolve();
    const wake = (): void => {
      clearTimeout(timer);
      signal.removeEventListener('abort', wake);
      resolve();
    };
    const timer = setTimeout(wake, ms);
    signal.addEventListener('abort', wake);
  });
}
