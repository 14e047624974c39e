/** The joint review against those who reach beyond their seat: refused in words, and not one byte is written. */
import { afterAll, beforeAll, beforeEach, expect, test } from '@jest/globals';
import type { Data } from '../../forms/language/dialect.ts';
import { newId } from '../../server/db/ids.ts';
import { drafts, people, seatHolders, seats, units } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import { Actor, contentsOf, type Answer, type District } from '../support/district.ts';
import { openReplay, type Replay } from './replay.ts';
import { accepted, answer, answerAll, asIn, JOINT, nominate, opinionOf, reviewOf, sentToReview } from './reviewing.ts';

const [OFFICE, , FINANCE, PLANNING] = JOINT;
let replay: Replay<{ joint: string; recused: string; tokens: Map<string, string> }>;
let joint: string;
let recused: string;

const as = (login: string) => Promise.resolve(new Actor(replay.url, replay.prepared.tokens.get(login) ?? ''));

beforeAll(async () => {
  replay = await openReplay(async (district: District) => {
    const play = asIn(district);
    const own = await accepted(play, 'jtj', '会签的项目');
    const finance = await accepted(play, 'czj', '财政局自己的项目');
    const [first = '', second = ''] = await sentToReview(play, [own.project.id, finance.project.id]);
    const tokens = new Map<string, string>();
    for (const { login } of [...JOINT, { login: 'ldxz.deputy' }, { login: 'sjj.reviewer' }, { login: 'jtj.clerk' }]) {
      tokens.set(login, (await play(login)).token);
    }
    return { joint: first, recused: second, tokens };
  });
  ({ joint, recused } = replay.prepared);
}, 300_000);
afterAll(() => replay.close());
beforeEach(() => replay.rewind());

async function refused<T>(code: string, attempt: () => Promise<Answer<T>>): Promise<string> {
  const before = await contentsOf(replay.db);
  const { body } = await attempt();
  expect(body.error?.code).toBe(code);
  expect(body.error.message).toMatch(/[\u4e00-\u9fff].*。/);
  expect(await contentsOf(replay.db)).toEqual(before);
  return body.error.message;
}

/** What this seat's screen would send to decide now. */
async function decisionOf(seat: (typeof JOINT)[number], change: (review: Data) => Data = (review) => review) {
  const view = await (await as(seat.login)).view(joint);
  const task = view.allowed.find(({ type }) => type === 'approve')?.task ?? '';
  const review = change(opinionOf(seat, reviewOf(view)));
  return { task, review, body: { version: view.version, action: 'approve', opinion: '', forms: { review } } };
}

const decide = async (login: string, { task, body }: { task: string; body: object }) =>
  (await as(login)).post<CaseView>(`/tasks/${task}/act`, body);

test('deciding for another seat', async () => {
  const finance = await decisionOf(FINANCE);
  const planning = await decisionOf(PLANNING);
  await refused('not_your_task', () => decide('fgw.reviewer', finance));
  await refused('not_your_task', () => decide('fgw.reviewer', { ...planning, task: finance.task }));
  await refused('not_your_task', () => decide('jtj.clerk', finance));
});

test('keeping a draft at the task of another seat, where its holder would find it', async () => {
  const finance = await decisionOf(FINANCE);
  const { review } = await decisionOf(PLANNING);
  const draft = { form: 'review', task: finance.task, data: review, draftVersion: 0 };
  const planning = await as('fgw.reviewer');
  await refused('not_your_task', () => planning.put(`/cases/${joint}/draft`, draft));
  expect(await drafts.count(replay.db, { caseId: joint })).toBe(0);
  expect((await decide('czj.reviewer', finance)).status).toBe(200);
});

test('a seat finds its draft again, and its own rows with it', async () => {
  const { task, review } = await decisionOf(FINANCE);
  const finance = await as('czj.reviewer');
  const draft = { form: 'review', task, data: review, draftVersion: 0 };
  expect((await finance.put(`/cases/${joint}/draft`, draft)).status).toBe(200);
  expect(reviewOf(await finance.view(joint))['cuts']).toEqual(review['cuts']);
});

test('deciding twice', async () => {
  const finance = await decisionOf(FINANCE);
  expect((await decide('czj.reviewer', finance)).status).toBe(200);
  await refused('task_closed', () => decide('czj.reviewer', finance));
});

test('an opinion after the round closed, as a decision and as a draft', async () => {
  const { task, body, review } = await decisionOf(FINANCE);
  await answerAll(as, joint);
  await refused('task_closed', () => decide('czj.reviewer', { task, body }));
  const draft = { form: 'review', task, data: review, draftVersion: 0 };
  const finance = await as('czj.reviewer');
  await refused('stale_draft', () => finance.put(`/cases/${joint}/draft`, draft));
});

test('a cut that adds: more than the line was declared with', async () => {
  const more = (review: Data) => ({
    ...review,
    cuts: (review['cuts'] as Data[]).map((row) => ({ ...row, officeAmount: Number(row['amount']) + 1 })),
  });
  const office = await decisionOf(OFFICE, more);
  const before = await contentsOf(replay.db);
  const { status, body } = await decide('xxb.reviewer', office);
  expect([status, body.error.code]).toEqual([422, 'form_incomplete']);
  expect(body.error.problems?.map(({ message }) => message).join()).toContain('初审只核减、不追加');
  expect(await contentsOf(replay.db)).toEqual(before);
});

test('the finance bureau does not review its own project, and its substitute does so once', async () => {
  await nominate(as, recused).then(({ ok }) => ok);
  const screen = await (await as('sjj.reviewer')).view(recused);
  const task = screen.allowed.find(({ type }) => type === 'approve')?.task ?? '';
  const review = opinionOf(FINANCE, reviewOf(screen));
  const decision = { task, body: { version: screen.version, action: 'approve', opinion: '', forms: { review } } };
  await refused('not_your_task', () => decide('czj.reviewer', decision));
  expect((await answer(as, recused, FINANCE, 'sjj.reviewer')).status).toBe(200);
  await refused('task_closed', () => decide('sjj.reviewer', decision));
});

test('a substitute who votes already, is not on the list, or is conflicted too', async () => {
  await refused('not_candidate', () => nominate(as, recused, 'fgw/reviewer'));
  await refused('not_candidate', () => nominate(as, recused, 'czj/reviewer'));
  await inTransaction(replay.db, async (tx) => {
    const unit = await units.one(tx, { code: 'czj' });
    const seat = await seats.one(tx, { unitId: unit?.id ?? '', key: 'projectOwner' });
    const auditor = await people.one(tx, { login: 'sjj.reviewer' });
    const holder = { seatId: seat?.id ?? '', personId: auditor?.id ?? '', fromAt: 1, toAt: null };
    await seatHolders.insert(tx, { id: newId(1), ...holder });
  });
  expect(await refused('substitute_conflicted', () => nominate(as, recused, 'sjj/reviewer'))).toContain('请另选');
  expect((await nominate(as, recused, 'wxb/reviewer')).status).toBe(200);
});
