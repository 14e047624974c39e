/**
 * `npm run bench`: our server beside a hand-written floor that sends the database the same statements, and both beside
 * those statements alone. What the figures mean, and what they do not, stands in `docs/performance.md`.
 *
 * `npm run bench -- forms` measures the form language instead, see `bench/forms.ts`.
 * `--quick` takes one short round: a look, not a result. `--statements` only lists what both send for one action.
 */
import { fileURLToPath } from 'node:url';
import type { Action } from './bench/clients.ts';
import { type Measured, percentile, rateOf, table, together } from './bench/figures.ts';
import { ACTIONS, openStand, type Stand, type Target, TARGETS } from './bench/stand.ts';
import { benchForms } from './bench/forms.ts';
import { differences, normalised } from './bench/statements.ts';

/** What our server must reach of the floor's throughput at `JUDGED` clients. */
const TARGET_RATIO = 0.4;
const JUDGED = 8;
/** A floor slower than this share of the bare transaction is no measure, and the run is void. */
const FLOOR_OF_BARE = 0.6;

const MINUTE = 60_000;
const CLIENTS = [1, 8, 32];
const FULL = { rounds: 4, limit: 1500, drafts: 40_000 };
const QUICK = { rounds: 1, limit: 700, drafts: 8_000 };

type Cells = Map<string, Measured[]>;
type Statements = Record<Action, Record<'server' | 'floor', string[]>>;

const cellOf = (cells: Cells, target: Target, action: Action, clients: number): Measured[] => {
  const key = `${target} ${action} ${clients}`;
  const known = cells.get(key) ?? [];
  cells.set(key, known);
  return known;
};

/** What each side sends for one action, after a few that fill what a process keeps. */
async function recordStatements(stand: Stand): Promise<Statements> {
  const recorded: Statements = { submit: { server: [], floor: [] }, approve: { server: [], floor: [] } };
  for (const target of ['server', 'floor'] as const) {
    await stand.submit(target, 1, MINUTE, 3);
    await stand.approve(target, 1, MINUTE);
    recorded.submit[target] = await stand.statementsOf(() => stand.submit(target, 1, MINUTE, 1));
    const approving = await stand.statementsOf(() => stand.approve(target, 1, MINUTE));
    // The first one is the bench's own: it looks the task up.
    recorded.approve[target] = approving.slice(1);
  }
  return recorded;
}

/** Prints how the two compare; returns whether they do the same. */
function compare(statements: Statements): boolean {
  let same = true;
  for (const action of ACTIONS) {
    const { server, floor } = statements[action];
    const found = differences(server, floor);
    console.log(`${action}: ${server.length} statements of the server, ${floor.length} of the floor`);
    for (const one of found) console.log(`  server ${one.server}, floor ${one.floor}: ${one.statement}`);
    same &&= found.length === 0;
  }
  console.log(same ? 'The floor does what the server does.\n' : 'The floor does something else; see actions.ts.\n');
  return same;
}

function list(statements: Statements): void {
  for (const action of ACTIONS) {
    for (const side of ['server', 'floor'] as const) {
      console.log(`\n${action}, ${side}:`);
      for (const sql of statements[action][side]) console.log(`  ${normalised(sql)}`);
    }
  }
}

/** The programs take turns within each round, so that a slower minute of the machine is every program's minute. */
async function measureAll(stand: Stand, { rounds, limit }: typeof FULL): Promise<Cells> {
  const cells: Cells = new Map();
  for (const target of TARGETS) {
    await stand.submit(target, JUDGED, limit);
    await stand.approve(target, JUDGED, limit);
  }
  for (let round = 1; round <= rounds; round += 1) {
    for (const clients of CLIENTS) {
      for (const target of TARGETS) {
        cellOf(cells, target, 'submit', clients).push(await stand.submit(target, clients, limit));
        cellOf(cells, target, 'approve', clients).push(await stand.approve(target, clients, limit));
      }
    }
    console.log(`round ${round} of ${rounds} done`);
  }
  return cells;
}

/** Prints the table; returns what falls short. */
function report(cells: Cells, statements: Statements): { void: string[]; short: string[] } {
  const judged = { void: [] as string[], short: [] as string[] };
  const rows = ACTIONS.flatMap((action) =>
    CLIENTS.map((clients) => {
      const rounds = (target: Target) => cellOf(cells, target, action, clients);
      const [server, floor, bare] = [together(rounds('server')), together(rounds('floor')), together(rounds('bare'))];
      const ratio = rateOf(server) / rateOf(floor);
      const each = rounds('server').map((one, at) => rateOf(one) / rateOf(rounds('floor')[at] ?? floor));
      const ofBare = rateOf(floor) / rateOf(bare);
      const where = `${action} at ${clients} clients`;
      if (ofBare < FLOOR_OF_BARE)
        judged.void.push(`${where}: the floor reaches ${share(ofBare)} of the bare statements`);
      if (clients === JUDGED && ratio < TARGET_RATIO) judged.short.push(`${where}: ${share(ratio)} of the floor`);
      return [
        action,
        String(clients),
        String(statements[action].server.length),
        ...columns(server),
        ...columns(floor),
        rateOf(bare).toFixed(0),
        share(ofBare),
        share(ratio),
        `${share(Math.min(...each))}–${share(Math.max(...each))}`,
      ];
    }),
  );
  const timed = (name: string) => [`${name}/s`, 'p50 ms', 'p99 ms'];
  const head = ['action', 'clients', 'statements', ...timed('server'), ...timed('floor')];
  console.log(`\n${table([...head, 'bare/s', 'floor/bare', 'server/floor', 'by round'], rows)}\n`);
  return judged;
}

const share = (of: number): string => `${(of * 100).toFixed(0)} %`;
const columns = (measured: Measured): string[] => [
  rateOf(measured).toFixed(0),
  percentile(measured.latencies, 0.5).toFixed(1),
  percentile(measured.latencies, 0.99).toFixed(1),
];

/** Returns the exit code: 0 when the target is met, 1 when it is not or the run is void. */
async function bench(args: string[]): Promise<number> {
  if (args.includes('forms')) return benchForms();
  const size = args.includes('--quick') ? QUICK : FULL;
  const stand = await openStand(size.drafts);
  try {
    const statements = await recordStatements(stand);
    await stand.stopLogging();
    if (args.includes('--statements')) list(statements);
    if (!compare(statements)) return 1;
    if (args.includes('--statements')) return 0;
    const cells = await measureAll(stand, size);
    const faults = await stand.faults();
    const judged = report(cells, statements);
    for (const fault of faults) console.log(`WRONG: ${fault}`);
    for (const reason of judged.void) console.log(`VOID: ${reason}`);
    for (const reason of judged.short) console.log(`FALLS SHORT: ${reason}, the target is ${share(TARGET_RATIO)}`);
    const ok = faults.length + judged.void.length + judged.short.length === 0;
    if (ok) console.log(`ok: every answered operation is stored once, and the target of ${share(TARGET_RATIO)} is met`);
    return ok ? 0 : 1;
  } finally {
    await stand.close();
  }
}

if (process.argv[1] === fileURLToPath(import.meta.url)) {
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => process.exit(130));
  process.exit(await bench(process.argv.slice(2)));
}
