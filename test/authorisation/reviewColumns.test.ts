/**
 * Form B4 column by column: who reads what while the departments review and afterwards, and who writes what, over HTTP,
 * held against `reviewColumns.expected.md`, which a person reads and signs.
 */
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { drafts, submissions } from '../../server/db/tables.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import { REVIEW } from '../support/declaration.ts';
import { Actor, type District } from '../support/district.ts';
import { differences, readTables, writeForReading, type Tables } from './approved.ts';
import { columnsIn, otherThan, valueIn, withValue, type FormColumn } from './columns.ts';
import { openReplay, type Replay } from './replay.ts';
import {
  accepted,
  answer,
  answerAll,
  asIn,
  conclude,
  JOINT,
  nominate,
  opinionOf,
  reviewOf,
  sentToReview,
  summarise,
  summaryOf,
  type As,
} from './reviewing.ts';

const COLUMNS = columnsIn(REVIEW);
const SEATS: [title: string, login: string][] = [
  ['信息办审核岗', 'xxb.reviewer'],
  ['技术审查岗', 'xxb.engineer'],
  ['财政局', 'czj.reviewer'],
  ['发改委', 'fgw.reviewer'],
  ['审批局', 'spj.reviewer'],
];
const OTHERS: [title: string, login: string][] = [
  ['信息办主任', 'xxb.director'],
  ['填报人', 'jtj.clerk'],
  ['本单位责任人', 'jtj.owner'],
  ['本单位负责人', 'jtj.head'],
  ['外单位经办人', 'wjw.clerk'],
  ['受理岗', 'xxb.intake'],
];
const EVERYBODY = [...SEATS, ...OTHERS];
const SUBSTITUTE = 'sjj.reviewer';

interface Prepared {
  joint: string;
  recused: string;
  summary: string;
  director: string;
  tokens: Map<string, string>;
}

let replay: Replay<Prepared>;
const as: As = (login) => Promise.resolve(new Actor(replay.url, replay.prepared.tokens.get(login) ?? ''));

beforeAll(async () => {
  replay = await openReplay(prepare);
}, 300_000);
afterAll(() => replay.close());

async function prepare(district: District): Promise<Prepared> {
  const play = asIn(district);
  const projects: string[] = [];
  for (const name of ['会签的项目', '汇总的项目', '审定的项目']) {
    projects.push((await accepted(play, 'jtj', name)).project.id);
  }
  projects.push((await accepted(play, 'czj', '财政局自己的项目')).project.id);
  const [joint = '', summary = '', director = '', recused = ''] = await sentToReview(play, projects);
  for (const id of [summary, director]) await answerAll(play, id);
  await summarise(play, director);
  await nominate(play, recused).then(({ ok }) => ok);
  const logins = [...EVERYBODY.map(([, login]) => login), SUBSTITUTE, 'czj.clerk'];
  const tokens = new Map<string, string>();
  for (const login of logins) tokens.set(login, (await play(login)).token);
  return { joint, recused, summary, director, tokens };
}

/** What this person's screen shows of the review; null where they do not find the case. */
async function screenOf(login: string, id: string): Promise<Data | null> {
  const { status, body } = await (await as(login)).get<CaseView>(`/cases/${id}`);
  return status === 404 ? null : reviewOf(body);
}

type Sheet = Map<string, Map<string, string>>;
const sheet = (): Sheet => new Map(COLUMNS.map(({ words }) => [words, new Map<string, string>()]));

/** Adds a screen to a table: what was seen once stays seen. */
function look(into: Sheet, title: string, data: Data | null): void {
  for (const column of COLUMNS) {
    const cells = into.get(column.words);
    if (cells?.get(title) === '见') continue;
    cells?.set(title, data === null ? '看不到' : valueIn(data, column) === undefined ? '不见' : '见');
  }
}

async function reading(found: Tables): Promise<void> {
  const { joint, recused, summary } = replay.prepared;
  const unsigned = sheet();
  const signed = sheet();
  // Every seat answers before and after every other: each screen is looked at before its owner signs.
  for (const order of [JOINT, [...JOINT].reverse()]) {
    for (const seat of order) {
      const [title = ''] = SEATS.find(([, login]) => login === seat.login) ?? [];
      look(unsigned, title, await screenOf(seat.login, joint));
      if (seat === order.at(-1)) break;
      await answer(as, joint, seat).then(({ ok }) => ok);
    }
    for (const { login } of order.slice(0, -1)) {
      const [title = ''] = SEATS.find((one) => one[1] === login) ?? [];
      look(signed, title, await screenOf(login, joint));
    }
    for (const [title, login] of OTHERS) look(signed, title, await screenOf(login, joint));
    await replay.rewind();
  }
  for (const seat of JOINT.filter(({ prefix }) => prefix !== 'finance'))
    await answer(as, recused, seat).then(({ ok }) => ok);
  look(unsigned, '替代财政局的审计局', await screenOf(SUBSTITUTE, recused));
  look(unsigned, '回避的财政局', await screenOf('czj.reviewer', recused));
  await replay.rewind();

  const closed = sheet();
  for (const [title, login] of EVERYBODY) look(closed, title, await screenOf(login, summary));
  await summarise(as, summary);
  const awaiting = sheet();
  for (const [title, login] of EVERYBODY) look(awaiting, title, await screenOf(login, summary));
  await conclude(as, summary);
  const ended = sheet();
  for (const [title, login] of EVERYBODY) look(ended, title, await screenOf(login, summary));
  await replay.rewind();
  found.set('读：会签中，自己还没有签', unsigned);
  found.set('读：会签中，自己已签；不参加会签的人', signed);
  found.set('读：会签结束，待汇总', closed);
  found.set('读：待主任审定', awaiting);
  found.set('读：已入储备库', ended);
}

/** Somebody at a task, with everything filled in that is theirs: only one column is changed at a time. */
interface Writer {
  title: string;
  login: string;
  caseId: string;
  task: string;
  version: number;
  data: Data;
}

async function writers(): Promise<Writer[]> {
  const { joint, recused, summary, director } = replay.prepared;
  const at = async (title: string, login: string, caseId: string, fill: (data: Data) => Data): Promise<Writer> => {
    const view = await (await as(login)).view(caseId);
    const task = view.allowed.find((offer) => offer.type === 'approve')?.task ?? '';
    return { title, login, caseId, task, version: view.version, data: fill(reviewOf(view)) };
  };
  const found: Writer[] = [];
  for (const seat of JOINT) {
    const [title = ''] = SEATS.find(([, login]) => login === seat.login) ?? [];
    found.push(await at(`会签：${title}`, seat.login, joint, (data) => opinionOf(seat, data)));
  }
  const finance = found[2] as Writer;
  const substitute = await at('会签：替代财政局的审计局', SUBSTITUTE, recused, (data) =>
    opinionOf({ prefix: 'finance' }, data),
  );
  found.push(substitute);
  found.push(await at('汇总：信息办审核岗', 'xxb.reviewer', summary, summaryOf));
  found.push(await at('审定：信息办主任', 'xxb.director', director, (data) => data));
  for (const [title, login] of OTHERS) found.push({ ...finance, title: `会签：${title}`, login });
  found.push({ ...substitute, title: '会签：回避的财政局', login: 'czj.reviewer' });
  return found;
}

const WORDS: Record<string, string> = {
  field_not_editable: '不可写',
  forbidden: '无任务',
  not_your_task: '无任务',
  not_found: '看不到',
};

/** Tries one column both ways, as a draft and with the decision; two words where they disagree. */
async function writing({ login, caseId, task, version, data }: Writer, column: FormColumn): Promise<string> {
  const actor = await as(login);
  const value = otherThan(valueIn(data, column), column);
  const review = withValue(data, column, value);
  const draft = { form: 'review', task, data: review, draftVersion: 0 };
  const decision = { version, action: 'approve', opinion: '', forms: { review } };
  const tries = [
    () => actor.put<object>(`/cases/${caseId}/draft`, draft),
    () => actor.post<object>(`/tasks/${task}/act`, decision),
  ];
  const words: string[] = [];
  for (const [at, attempt] of tries.entries()) {
    const { status, body } = await attempt();
    const changed = replay.changed();
    const stored = at === 0 ? drafts.find(replay.db, { caseId, formKey: 'review' }) : latest(caseId);
    const kept = changed && (await stored).some((row) => valueIn(row.data, column) === value);
    if (changed) await replay.rewind();
    if (status < 300) words.push(kept ? '可写' : '系统算');
    // The decision hears what else the change asks for: the column itself was taken.
    else if (body.error.code === 'form_incomplete' && !changed) words.push('可写');
    else words.push(changed ? `${body.error.code} 却有写入` : (WORDS[body.error.code] ?? body.error.code));
  }
  return [...new Set(words)].join('／');
}

const latest = (caseId: string) =>
  submissions.find(replay.db, { caseId, formKey: 'review' }, { order: [['revision', 'desc']], limit: 1 });

test('who reads and who writes every column is what was approved', async () => {
  const approved = readTables('reviewColumns.expected.md');
  const found: Tables = new Map();
  await reading(found);
  const written = sheet();
  for (const writer of await writers()) {
    for (const column of COLUMNS) written.get(column.words)?.set(writer.title, await writing(writer, column));
  }
  found.set('写', written);
  const wrong = differences(approved, found);
  const hint = wrong.length === 0 ? [] : [`for reading: ${writeForReading('reviewColumns.found.md', found)}`];
  expect([...wrong, ...hint]).toEqual([]);
}, 600_000);
