import { mkdtempSync, rmSync } from 'node:fs';
import type { Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Db } from '../../server/db/connection.ts';
import { createApp, type Deps } from '../../server/app.ts';
import { hashToken, newToken } from '../../server/crypto.ts';
import { newId } from '../../server/db/ids.ts';
import { people, sessions, units } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { readDistrict } from '../../server/district.ts';
import { readEnv } from '../../server/env.ts';
import { diskStore } from '../../server/integrations/files/disk.ts';
import { createLog } from '../../server/log.ts';
import { findSessionIn } from '../../server/main.ts';
import type { Route } from '../../server/routes/guard.ts';
import { openDatabase } from './database.ts';

/** A morning on which declarations are still open. */
export const MORNING = Date.UTC(2026, 8, 1, 1, 0, 0);
export const SESSION_KEY = 'a key that no installation has, for tests only';

export interface TestApp {
  url: string;
  db: Db;
  deps: Deps;
  folder: string;
  /** What was logged, line by line. */
  logged: string[];
  /** The application's clock, in epoch milliseconds. */
  time: { now: number };
  close(): Promise<void>;
}

interface Options {
  env?: Record<string, string>;
  routes?: (deps: Deps) => Route[];
  deps?: Partial<Deps>;
}

/** The real application on a real port and a real database, with a clock the test holds. */
export async function openApp({ env = {}, routes, deps: own = {} }: Options = {}): Promise<TestApp> {
  const folder = mkdtempSync(join(tmpdir(), 'app-'));
  const { db, close } = await openDatabase();
  const logged: string[] = [];
  const time = { now: MORNING };
  const settings = readEnv({ NODE_ENV: 'test', VAR_DIR: folder, LOG_LEVEL: 'info', ...env });
  const deps: Deps = {
    env: settings,
    db,
    log: createLog('info', { write: (line) => void logged.push(line) }),
    clock: () => time.now,
    district: await readDistrict(),
    store: diskStore(settings.filesDir),
    findSession: findSessionIn(db, settings.sessionIdleMs),
    sessionKey: SESSION_KEY,
    databaseAnswers: () => Promise.resolve(),
    checkResponses: true,
    ...own,
  };
  const server: Server = createApp(deps, routes?.(deps)).listen(0, '127.0.0.1');
  await new Promise((resolve) => server.once('listening', resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    db,
    deps,
    folder,
    logged,
    time,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
      await close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

/** A unit with one person in it, for tests of the boundary that need no district. */
export async function addPerson(db: Db, name: string, status: 'active' | 'disabled' = 'active'): Promise<string> {
  const unitId = newId(MORNING);
  const personId = newId(MORNING);
  await inTransaction(db, async (tx) => {
    await units.insert(tx, {
      id: unitId,
      code: `unit${unitId.slice(-6)}`,
      name,
      type: 'department',
      uscc: null,
      active: true,
    });
    const row = { id: personId, login: `person${personId.slice(-6)}`, name, title: null, phone: '13800001234' };
    await people.insert(tx, { ...row, unitId, status, demo: true });
  });
  return personId;
}

/** A session as signing in makes it; returns its token. */
export async function addSession(
  db: Db,
  personId: string,
  from: number,
  hours = { idle: 12, max: 168 },
): Promise<string> {
  const token = newToken();
  await inTransaction(db, (tx) =>
    sessions.insert(tx, {
      id: newId(from),
      tokenHash: hashToken(SESSION_KEY, token),
      personId,
      createdAt: from,
      lastSeenAt: from,
      expiresAt: from + hours.idle * 3_600_000,
      absoluteExpiresAt: from + hours.max * 3_600_000,
      revokedAt: null,
    }),
  );
  return token;
}
