/** Starts what ROLE asks for and stops it in order. */
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { fileURLToPath } from 'node:url';
import { createApp, type Deps } from './app.ts';
import { loadDistrict } from './commands/loadDistrict.ts';
import { touchSession } from './commands/touchSession.ts';
import { connect, type Db } from './db/connection.ts';
import { migrate } from './db/migrate.ts';
import { select } from './db/sql.ts';
import { readDistrict } from './district.ts';
import { readEnv, type Env } from './env.ts';
import { diskStore } from './integrations/files/disk.ts';
import { allJobs } from './jobs/jobs.ts';
import { startJobs } from './jobs/runner.ts';
import { createLog, type Logger } from './log.ts';
import type { FindSession } from './middleware/authenticate.ts';
import { sessionFor } from './queries/sessionFor.ts';
import { readSecrets, type Secrets } from './secrets.ts';
import { softwareCrypto } from './softwareCrypto.ts';
import { whyNotStarted } from './startFailure.ts';

export interface Running {
  /** Where it listens; null for a worker alone. */
  url: string | null;
  deps: Deps;
  /** Answers what is under way, finishes the worker's round, closes the database. */
  close(): Promise<void>;
}

/** How long answers under way may take when the process is asked to stop. */
const DRAIN_MS = 10_000;

/** Judges a token against the database and slides the session's end. */
export const findSessionIn =
  (db: Db, idleMs: number): FindSession =>
  async (tokenHash, now) => {
    const answer = await sessionFor(db, tokenHash, now);
    if (answer.state === 'live') await touchSession(db, answer.session, idleMs, now);
    return answer;
  };

const depsFor = async (env: Env, db: Db, log: Logger, { sessionKey }: Secrets): Promise<Deps> => ({
  env,
  db,
  log,
  clock: Date.now,
  district: await readDistrict(),
  store: diskStore(env.filesDir),
  findSession: findSessionIn(db, env.sessionIdleMs),
  sessionKey,
  databaseAnswers: async () => void (await select(db, 'SELECT 1 AS one')),
  checkResponses: !env.production,
});

/** Fails at once when nobody can listen there, before anything is built or a database is made. */
export const tryAddress = async ({ role, host, port }: Pick<Env, 'role' | 'host' | 'port'>): Promise<void> => {
  if (!role.includes('web')) return;
  const probe = createServer();
  await listening(probe, host, port);
  await new Promise((resolve) => probe.close(resolve));
};

/** Connects, migrates, loads the district, then listens and works. */
export const startServer = async (env: Env): Promise<Running> => {
  await tryAddress(env);
  const log = createLog(env.logLevel);
  // Every statement is looked through for literals first, so nobody who is not asked to tell them is told them.
  const traced = env.logLevel === 'trace' ? { log: (sql: string) => log.trace({ sql }, 'SQL') } : {};
  const secrets = await readSecrets(env);
  const db = connect(env.databaseUrl, { ...traced, crypto: softwareCrypto(secrets.sealKeys) });
  try {
    await migrate(db, { now: Date.now, log: (name) => log.info({ name }, '数据库升级') });
    const deps = await depsFor(env, db, log, secrets);
    const onKept = (forms: string[]) =>
      log.error({ forms }, '表单文件有改动，但管理员已另行发布或停用：保留管理员的版本，请在表单管理中核对');
    const published = await loadDistrict(db, deps.district, { demo: env.demo, onKept }, deps.clock());
    if (published.length > 0) log.info({ published }, '发布表单与流程');
    const web = env.role.includes('web') ? await listen(deps) : null;
    const worker = env.role.includes('worker') ? startJobs(allJobs(deps), log, deps.clock) : null;
    return {
      url: web?.url ?? null,
      deps,
      close: async () => {
        // The worker last: answers under way may still queue messages, and the next start finds the rest.
        await web?.close();
        await worker?.stop();
        await db.close();
      },
    };
  } catch (error) {
    // A database that did not open may not close either; the first failure is the one to tell.
    await db.close().catch((closing: unknown) => log.debug({ err: closing }, '关闭数据库时出错'));
    throw error;
  }
};

const listening = (server: Server, host: string, port: number): Promise<void> =>
  new Promise((resolve, reject) => {
    server.once('error', reject);
    server.listen(port, host, resolve);
  });

const listen = async (deps: Deps): Promise<{ url: string; close: () => Promise<void> }> => {
  const handle = createApp(deps).callback();
  const server = createServer((req, res) => void handle(req, res));
  await listening(server, deps.env.host, deps.env.port);
  const { port, address } = server.address() as AddressInfo;
  const host = ['0.0.0.0', '::'].includes(address) ? 'localhost' : deps.env.host;
  return { url: `http://${host}:${port}`, close: () => drained(server) };
};

/** Takes no new connection, lets answers finish, then cuts what is left. */
const drained = (server: Server): Promise<void> =>
  new Promise((resolve) => {
    const impatient = setTimeout(() => server.closeAllConnections(), DRAIN_MS);
    server.close(() => {
      clearTimeout(impatient);
      resolve();
    });
    server.closeIdleConnections();
  });

/**
 * Stops on Ctrl-C or when asked by the system, exit code 0; a second Ctrl-C does not wait. The signal returned is
 * aborted as soon as stopping begins.
 */
export const stopOnSignal = (running: Running): AbortSignal => {
  const stopping = new AbortController();
  const stop = (signal: NodeJS.Signals): void => {
    if (stopping.signal.aborted) process.exit(130);
    stopping.abort();
    running.deps.log.info({ signal }, '正在停止');
    running.close().then(
      () => process.exit(0),
      (error: unknown) => {
        running.deps.log.error({ err: error }, '停止时出错');
        process.exit(1);
      },
    );
  };
  process.on('SIGINT', stop);
  process.on('SIGTERM', stop);
  return stopping.signal;
};

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  try {
    const running = await startServer(readEnv());
    stopOnSignal(running);
    running.deps.log.info({ url: running.url, role: running.deps.env.role }, '已启动');
  } catch (error) {
    process.stderr.write(`${whyNotStarted(error)}\n`);
    process.exitCode = 1;
  }
}
