import { expect, test } from '@jest/globals';
import { startJobs } from '../../server/jobs/runner.ts';
import { createLog } from '../../server/log.ts';

const quiet = (lines: string[] = []) => createLog('info', { write: (line) => void lines.push(line) });

test('a job runs again as long as there is work, and a failure stops nothing', async () => {
  const lines: string[] = [];
  const left = [1, 1, 'fail', 1, 0];
  let done: () => void = () => undefined;
  const empty = new Promise<void>((resolve) => (done = resolve));
  const run = (): Promise<number> => {
    const next = left.shift();
    if (next === undefined) done();
    return next === 'fail' ? Promise.reject(new Error('once')) : Promise.resolve(Number(next ?? 0));
  };
  const jobs = startJobs([{ name: 'count', everyMs: 1, run }], quiet(lines), () => 0);
  await empty;
  await jobs.stop();
  expect(left).toEqual([]);
  expect(lines.filter((line) => line.includes('once'))).toHaveLength(1);
});

test('stopping waits for what is running and starts nothing more', async () => {
  let runs = 0;
  let release: () => void = () => undefined;
  let started: () => void = () => undefined;
  const begun = new Promise<void>((resolve) => (started = resolve));
  const held = new Promise<void>((resolve) => (release = resolve));
  const signals: AbortSignal[] = [];
  const run = async (_now: number, signal: AbortSignal): Promise<number> => {
    runs += 1;
    signals.push(signal);
    started();
    await held;
    return 1;
  };
  const jobs = startJobs([{ name: 'slow', everyMs: 1, run }], quiet(), () => 0);
  await begun;
  let stopped = false;
  const stopping = jobs.stop().then(() => (stopped = true));
  expect([signals[0]?.aborted, stopped]).toEqual([true, false]);
  release();
  await stopping;
  expect(runs).toBe(1);
});
