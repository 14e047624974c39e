/**
 * `npm run bench -- forms`: checking one full declaration, beside compiled ajv alone, Formily without a screen and
 * form.io's server validation, in turns within one run; and what five hundred published versions cost in memory.
 */
import { performance } from 'node:perf_hooks';
import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { compile } from '../../forms/language/compile.ts';
import type { Form } from '../../forms/language/dialect.ts';
import { percentile, table } from './figures.ts';
import { check, readSubject, type Subject } from './formsSubject.ts';
import { formilyCheck } from './peers/formily.ts';
import { formioCheck, HOW_TO_GET_PEERS } from './peers/formio.ts';

const ROUNDS = 5;
const TURN_MS = 1500;
const VERSIONS = 500;
const LIMITS = { formily: 100, formio: 10, ajv: 30, p99Ms: 2, megabytes: 150 };

type Check = () => unknown;

interface Timed {
  name: string;
  run: Check;
  /** Milliseconds of each check. */
  took: number[];
}

/** Prints the figures; returns the exit code: 0 when all of them are met. */
export async function benchForms(): Promise<number> {
  const subject = await readSubject();
  const formio = formioCheck(subject);
  if (!formio) {
    console.log(`form.io is not installed here: ${HOW_TO_GET_PEERS}`);
    return 1;
  }
  const ours: Timed = { name: 'server', run: () => check(subject, 'bench'), took: [] };
  const ajv: Timed = { name: 'ajv alone', run: ajvAlone(subject), took: [] };
  const formily: Timed = { name: 'Formily', run: formilyCheck(subject), took: [] };
  const io: Timed = { name: 'form.io', run: formio, took: [] };
  const all = [ours, ajv, formily, io];
  for (const one of all) await turn(one, TURN_MS);
  for (const one of all) one.took = [];
  for (let round = 0; round < ROUNDS; round += 1) for (const one of all) await turn(one, TURN_MS);

  const rows = all.map((one) => [
    one.name,
    rateOf(one).toFixed(0),
    percentile(one.took, 0.5).toFixed(3),
    percentile(one.took, 0.99).toFixed(3),
    (rateOf(ours) / rateOf(one)).toFixed(2),
  ]);
  console.log(`\n${table(['what', 'checks/s', 'p50 ms', 'p99 ms', 'server is × as fast'], rows)}\n`);
  const megabytes = memoryOf(subject);
  console.log(`${VERSIONS} published versions, each checked with once: ${megabytes.toFixed(0)} MB\n`);

  const short = [
    rateOf(ours) / rateOf(formily) < LIMITS.formily && `less than ${LIMITS.formily} times Formily`,
    rateOf(ours) / rateOf(io) < LIMITS.formio && `less than ${LIMITS.formio} times form.io`,
    rateOf(ajv) / rateOf(ours) > LIMITS.ajv && `more than ${LIMITS.ajv} times what ajv alone costs`,
    percentile(ours.took, 0.99) >= LIMITS.p99Ms && `p99 not under ${LIMITS.p99Ms} ms`,
    megabytes >= LIMITS.megabytes && `${VERSIONS} versions not under ${LIMITS.megabytes} MB`,
  ].filter((one) => one !== false);
  for (const one of short) console.log(`FALLS SHORT: ${one}`);
  if (short.length === 0) console.log('ok: every figure is met');
  return short.length === 0 ? 0 : 1;
}

async function turn({ run, took }: Timed, limit: number): Promise<void> {
  const end = performance.now() + limit;
  for (let now = performance.now(); now < end;) {
    await run();
    const after = performance.now();
    took.push(after - now);
    now = after;
  }
}

function rateOf({ took }: Timed): number {
  return (took.length / took.reduce((sum, one) => sum + one, 0)) * 1000;
}

function ajvAlone({ form, data, ctx }: Subject): Check {
  const validate = new Ajv2020({ strict: true }).compile(compile(form, ctx.dictionaries, 'final'));
  return () => {
    if (!validate(data)) throw new Error(`ajv refuses the declaration: ${JSON.stringify(validate.errors)}`);
  };
}

/** Heap in megabytes that so many versions hold once each of them was used. */
function memoryOf(subject: Subject): number {
  setFlagsFromString('--expose-gc');
  const collect = runInNewContext('gc') as () => void;
  const held: Subject[] = [];
  const text = JSON.stringify(subject.form);
  collect();
  const before = process.memoryUsage().heapUsed;
  for (let at = 0; at < VERSIONS; at += 1) {
    // As the database gives it.
    const form = JSON.parse(text) as Form;
    form.title = `${form.title}（第${at + 1}版）`;
    const one = { ...subject, form };
    check(one, `version ${at}`);
    held.push(one);
  }
  collect();
  const used = process.memoryUsage().heapUsed - before;
  if (held.length !== VERSIONS) throw new Error('a version was let go');
  return used / 1_000_000;
}
