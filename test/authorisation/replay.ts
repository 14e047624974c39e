/** One prepared database, and the real application upon a copy of it that can be had anew after every write. */
import { copyFileSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createApp } from '../../server/app.ts';
import { connect, type Db } from '../../server/db/connection.ts';
import { nativeSqlite } from '../../server/db/embedded/native.ts';
import { migrate } from '../../server/db/migrate.ts';
import { select } from '../../server/db/sql.ts';
import { findSessionIn } from '../../server/main.ts';
import { openDistrict, type District } from '../support/district.ts';
import { crypto } from '../support/seals.ts';

export interface Replay<Prepared> {
  prepared: Prepared;
  /** With the demonstration's doors open, and as in production. */
  url: string;
  productionUrl: string;
  /** The copy that is played on now. */
  readonly db: Db;
  /** Whether anything was committed since the last rewind, be it one byte. */
  changed(): boolean;
  rewind(): Promise<void>;
  close(): Promise<void>;
}

interface Take {
  db: Db;
  demo: RequestListener;
  production: RequestListener;
  changed(): boolean;
  end(): Promise<void>;
}

/** Opens the district, lets `prepare` play in it, and keeps what is there then as the beginning of every replay. */
export async function openReplay<Prepared>(
  prepare: (district: District) => Promise<Prepared>,
): Promise<Replay<Prepared>> {
  const folder = mkdtempSync(join(tmpdir(), 'replay-'));
  const stage = connect(`sqlite:${join(folder, 'stage.db')}`, { crypto });
  await migrate(stage, { now: Date.now });
  const district = await openDistrict({ db: stage });
  const prepared = await prepare(district).catch(async (error: unknown) => {
    await district.close();
    await stage.close();
    throw error;
  });
  const beginning = join(folder, 'beginning.db');
  const native = new (nativeSqlite())(join(folder, 'stage.db'));
  native.exec(`VACUUM INTO '${beginning}'`);
  native.close();

  let count = 0;
  const take = async (): Promise<Take> => {
    const file = join(folder, `take-${(count += 1)}.db`);
    copyFileSync(beginning, file);
    const db = connect(`sqlite:${file}`, { crypto });
    const deps = { ...district.deps, db, findSession: findSessionIn(db, district.deps.env.sessionIdleMs) };
    const appWith = (demo: boolean): RequestListener => {
      const answer = createApp({ ...deps, env: { ...deps.env, demo } }).callback();
      return (request, response) => void answer(request, response);
    };
    // The first connection turns the copy to write-ahead logging, which is a write of its own.
    await select(db, 'SELECT 1 AS warm');
    // SQLite counts for each connection what the others commit.
    const watcher = new (nativeSqlite())(file);
    const version = () => JSON.stringify(watcher.prepare('PRAGMA data_version').all());
    const first = version();
    return {
      db,
      demo: appWith(true),
      production: appWith(false),
      changed: () => version() !== first,
      end: async () => {
        watcher.close();
        await db.close();
        rmSync(file, { force: true });
      },
    };
  };
  let now = await take();
  const servers = [
    createServer((req, res) => now.demo(req, res)),
    createServer((req, res) => now.production(req, res)),
  ] as const;
  const [url, productionUrl] = await Promise.all([listen(servers[0]), listen(servers[1])]);
  return {
    prepared,
    url,
    productionUrl,
    get db() {
      return now.db;
    },
    changed: () => now.changed(),
    rewind: async () => {
      await now.end();
      now = await take();
    },
    close: async () => {
      await Promise.all(servers.map(stop));
      await now.end();
      await district.close();
      await stage.close();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

async function listen(server: Server): Promise<string> {
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return `http://127.0.0.1:${(server.address() as AddressInfo).port}`;
}

async function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  await new Promise((resolve) => server.close(resolve));
}
