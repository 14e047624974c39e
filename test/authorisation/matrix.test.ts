/**
 * Every route × every kind of person × every situation of the object, over HTTP, held against `matrix.expected.md`: a
 * table a person reads and signs, not computed from the policies it judges.
 */
import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import request from 'supertest';
import { proposalPdf } from '../../scripts/proposalPdf.ts';
import { allRoutes } from '../../server/routes/index.ts';
import type { Route } from '../../server/routes/guard.ts';
import { PEOPLE } from '../support/catalogue.ts';
import { openApp } from '../support/app.ts';
import { differences, readTables, writeForReading, type Tables } from './approved.ts';
import { COLUMNS, columnsOfPeople } from './personas.ts';
import { probesOf, type Probe } from './probes.ts';
import { openReplay, type Replay } from './replay.ts';
import { playSituations, type Situations } from './situations.ts';

/** What a cell says for each answer. A code without a word is shown as it is, and approved by nobody. */
const WORDS: Record<string, string> = {
  unauthenticated: '请登录',
  session_expired: '已过期',
  account_disabled: '已停用',
  not_found: '看不到',
  forbidden: '不可',
  not_your_task: '非其任务',
  already_submitted: '已提交过',
  not_submitted: '尚未提交',
  case_ended: '已办结',
  task_closed: '任务已结',
  stale_draft: '任务已结',
  field_not_editable: '栏目不归他',
};

const PEOPLE_TABLE = '人员归类';
const approved = readTables('matrix.expected.md');
let replay: Replay<Situations>;
let routes: Map<string, Route>;
let keys = 0;

const headingOf = ({ summary, method, path }: Route): string => `${summary} ${method.toUpperCase()} ${path}`;

beforeAll(async () => {
  const app = await openApp();
  routes = new Map(allRoutes(app.deps).map((route) => [route.name, route]));
  await app.close();
  replay = await openReplay(playSituations);
}, 300_000);
afterAll(() => replay.close());

const PDF = Buffer.from(proposalPdf('matrix'));
/** One list answers many rows: whatever is in it, it is asked for once by each person. */
const lists = new Map<string, Promise<request.Response>>();

function answerTo(probe: Probe, route: Route, token: string | null): Promise<request.Response> {
  if (!probe.shows) return ask(probe, route, token);
  const { params, query } = probe;
  const key = JSON.stringify([route.name, params, query, token]);
  const known = lists.get(key) ?? ask(probe, route, token);
  lists.set(key, known);
  return known;
}

function ask(probe: Probe, { method, path, idempotent }: Route, token: string | null): Promise<request.Response> {
  const place = path.replace(/:(\w+)/g, (_, name: string) => {
    const value = probe.params?.[name];
    if (!value) throw new Error(`${probe.route}, ${probe.situation}: no ${name}`);
    return value;
  });
  const call = request(probe.production ? replay.productionUrl : replay.url)[method](`/api${place}`);
  void call.query(probe.query ?? {});
  if (token !== null) void call.set('Authorization', `Bearer ${token}`);
  if (idempotent) void call.set('Idempotency-Key', `matrix-key-${(keys += 1)}`);
  if (probe.upload) {
    const pdf = { filename: '附件.pdf', contentType: 'application/pdf' };
    void call.field('noSecret', 'true').attach('file', PDF, pdf);
  } else if (probe.body) void call.send(probe.body);
  return call.then((answer) => answer);
}

/** One cell. A refusal and a question leave every byte as it was; after anything else the beginning is put back. */
async function cellOf(probe: Probe, route: Route, token: string | null): Promise<string> {
  const answer = await answerTo(probe, route, token);
  const changed = replay.changed();
  if (changed) await replay.rewind();
  if (answer.status < 300) {
    if (route.method === 'get' && changed) return '读时写入';
    return probe.shows ? (probe.shows(answer.text) ? '有' : '没有') : '可';
  }
  const { code, message } = (answer.body as { error: { code: string; message: string } }).error;
  if (changed) return `${code} 却有写入`;
  return /[\u4e00-\u9fff].*。/.test(message) ? (WORDS[code] ?? code) : `${code} 没有说明`;
}

test('the whole matrix is what was approved', async () => {
  const found: Tables = new Map();
  const people = [...columnsOfPeople()].map(
    ([login, column]) => [login, new Map([['列', column ?? '新的一类']])] as const,
  );
  found.set(PEOPLE_TABLE, new Map(people));
  for (const probe of probesOf(replay.prepared)) {
    const route = routes.get(probe.route);
    if (!route) throw new Error(`a probe of a route that is gone: ${probe.route}`);
    const rows = found.get(headingOf(route)) ?? new Map<string, Map<string, string>>();
    found.set(headingOf(route), rows);
    if (rows.has(probe.situation)) throw new Error(`${probe.route}, ${probe.situation}: tried twice`);
    const cells = new Map<string, string>();
    rows.set(probe.situation, cells);
    for (const { title } of COLUMNS) {
      cells.set(title, await cellOf(probe, route, replay.prepared.tokens.get(title) ?? null));
    }
  }
  const wrong = differences(approved, found);
  const hint = wrong.length === 0 ? [] : [`for reading: ${writeForReading('matrix.found.md', found)}`];
  expect([...wrong, ...hint]).toEqual([]);
}, 600_000);

describe('what the file speaks of', () => {
  test('every route there is, and no other', () => {
    const headings = [...approved.keys()].filter((heading) => heading !== PEOPLE_TABLE);
    expect(headings.sort()).toEqual([...routes.values()].map(headingOf).sort());
  });

  test('every demonstration person, by a kind that is tried', () => {
    const column = (login: string) => approved.get(PEOPLE_TABLE)?.get(login)?.get('列');
    const titles = COLUMNS.map(({ title }) => title);
    for (const { login } of PEOPLE) expect(titles).toContain(column(login));
  });
});
