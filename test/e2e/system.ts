import { mkdtemp, rm } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { build } from '../../scripts/build.ts';
import { readEnv } from '../../server/env.ts';
import { startServer } from '../../server/main.ts';

/** The whole system as a browser meets it, in a folder of its own. */
export interface System {
  url: string;
  /** Stops it and leaves nothing behind. */
  close: () => Promise<void>;
}

/** Builds what is out of date and starts web and worker with the demonstration's people; `settings` as in the environment. */
export async function openSystem(settings: Record<string, string> = {}): Promise<System> {
  await build(() => {});
  const folder = await mkdtemp(path.join(os.tmpdir(), 'xy-e2e-'));
  const env = { NODE_ENV: 'test', VAR_DIR: folder, PORT: '0', LOG_LEVEL: 'error', DEMO: '1', ...settings };
  const running = await startServer(readEnv(env));
  return {
    url: String(running.url),
    async close() {
      await running.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
