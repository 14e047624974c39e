import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect, type Db } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import {
  caseLog,
  cases,
  decisions,
  idempotencyKeys,
  messages,
  projects,
  submissions,
  tasks,
} from '../../server/db/tables.ts';
import { describeOnMariadb } from '../support/database.ts';
import type { Actor, Answer } from '../support/district.ts';
import { MILLION, openPayments, paymentOf, publishPayments, SIGNERS } from '../support/payment.ts';
import { atEach, startServerProcess, type ServerProcess } from '../support/processes.ts';

const ROUNDS = Array.from({ length: 6 }, (_, round) => round);
const REFRESH = '内容已有更新，您看到的不是最新的，本次没有保存。请刷新后核对再办理。';
const CLOSED = '这项任务已经办结，不需要再办理。请返回待办列表核对。';

describeOnMariadb('two processes on one database', (mariadb, folder) => {
  let db: Db;
  let url: string;
  let servers: ServerProcess[];
  /** Each person at both processes, by login. */
  const people: Record<string, Actor[]> = {};
  let count = 0;

  beforeAll(async () => {
    url = await mariadb.empty('race');
    db = connect(url);
    await migrate(db, { now: Date.now });
    await publishPayments(db, Date.now());
    servers = await Promise.all(
      [1, 2].map((each) => startServerProcess({ databaseUrl: url, folder: `${folder}/${each}` })),
    );
    for (const login of ['jtj.clerk', 'xxb.intake', 'xxb.director', ...SIGNERS])
      people[login] = await atEach(servers, login);
  });
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.kill()));
    await db.close();
  });

  const at = (login: string, process: number): Actor => people[login]![process]!;

  /**
   * Sends these at one instant: a third party holds the project's row until the database says that every one of them
   * waits for it, and then lets go. None is answered before all have begun.
   */
  async function together<T>(projectId: string, requests: (() => Promise<T>)[]): Promise<T[]> {
    const holder = await mariadb.connect(url);
    const watcher = await mariadb.connect(url);
    try {
      await holder.query('START TRANSACTION');
      await holder.execute('UPDATE projects SET version = version WHERE id = ?', [projectId]);
      const answers = requests.map((send) => send());
      for (let waiting = 0, looks = 0; waiting < requests.length; looks += 1) {
        if (looks > 2_000) throw new Error(`only ${waiting} of ${requests.length} requests wait for the project`);
        const [rows] = await watcher.query("SHOW GLOBAL STATUS LIKE 'Innodb_row_lock_current_waits'");
        waiting = Number((rows as { Value: string }[])[0]?.Value);
      }
      await holder.query('ROLLBACK');
      return await Promise.all(answers);
    } finally {
      await Promise.all([holder.end(), watcher.end()]);
    }
  }

  const open = async (payments = 1) => {
    const opened = await openPayments(db, { payments, no: `R-${(count += 1)}` }, Date.now());
    return { ...opened, id: opened.caseIds[0] ?? '' };
  };
  const submitted = async () => {
    const opened = await open();
    await at('jtj.clerk', 0)
      .post(`/cases/${opened.id}/submit`, paymentOf(MILLION))
      .then(({ ok }) => ok);
    return opened;
  };
  /** What this person would send now from their screen, held back until it is called. */
  const decision = async (login: string, process: number, caseId: string, body: object = {}) => {
    const actor = at(login, process);
    const { version, allowed } = await actor.view(caseId);
    const task = allowed.find(({ type }) => type === 'approve')?.task ?? '';
    return (key?: string) =>
      actor.post(`/tasks/${task}/act`, { version, action: 'approve', opinion: '', ...body }, key);
  };
  const back = { action: 'return', to: 'initiator', opinion: '请核对' };
  const said = ({ status, body }: Answer<unknown>) => (status === 200 ? '200' : `${status} ${body.error.code}`);
  const refusal = (answers: Answer<unknown>[]) => answers.find(({ status }) => status !== 200)?.body.error.message;

  /** Everything a case has left in the tables, counted; and that its numbers and keys are in order. */
  const rowsOf = async (caseId: string) => {
    const log = await caseLog.find(db, { caseId }, { order: [['seq', 'asc']] });
    expect(log.map(({ seq }) => seq)).toEqual(log.map((_, index) => index + 1));
    const row = await cases.one(db, { id: caseId });
    // Every line of the log but the first is one counted change of the case.
    expect(row?.version).toBe(log.length - 1);
    const all = await tasks.find(db, { caseId });
    expect(all.map(({ taskKey, status }) => [taskKey, status]).sort()).toEqual(
      row?.flowState.tasks.map(({ key, status }) => [key, status]).sort(),
    );
    return {
      log: log.length,
      decisions: await decisions.count(db, { caseId }),
      open: all.filter(({ status }) => status === 'open').length,
      submissions: await submissions.count(db, { caseId }),
      messages: await messages.count(db, { caseId }),
    };
  };

  test.each(ROUNDS)(
    'two last signers at the same instant: both signed, and the next step opened once (%i)',
    async () => {
      const { id, projectId } = await submitted();
      for (const login of SIGNERS.slice(0, 3)) await (await decision(login, 0, id))().then(({ ok }) => ok);
      const last = [await decision('czj.reviewer', 0, id), await decision('fgw.reviewer', 1, id)];
      const answers = await together(
        projectId,
        last.map((send) => () => send()),
      );
      expect(answers.map(said)).toEqual(['200', '200']);
      // Open, submitted, five signatures; five told of the first step and two of the second.
      expect(await rowsOf(id)).toEqual({ log: 7, decisions: 5, open: 2, submissions: 1, messages: 7 });
    },
  );

  test.each(ROUNDS)(
    'one signs while the other sends it back: never both a return and a later signature (%i)',
    async (round) => {
      const { id, projectId } = await submitted();
      for (const login of SIGNERS.slice(0, 3)) await (await decision(login, 0, id))().then(({ ok }) => ok);
      const sign = await decision('czj.reviewer', round % 2, id);
      const giveBack = await decision('fgw.reviewer', (round + 1) % 2, id, back);
      const answers = await together(projectId, [() => sign(), () => giveBack()]);
      const late = answers.map(said).join() === '409 stale_version,200';
      if (late) expect(refusal(answers)).toBe(REFRESH);
      else expect(answers.map(said)).toEqual(['200', '200']);
      expect(await cases.one(db, { id })).toMatchObject({ state: 'returned', atStep: 'initiator' });
      expect(await rowsOf(id)).toMatchObject({ decisions: late ? 4 : 5, open: 1, log: late ? 6 : 7 });
    },
  );

  test.each(ROUNDS)('two of whom one suffices: one releases, the other is told to look again (%i)', async () => {
    const { id, projectId } = await submitted();
    for (const login of SIGNERS) await (await decision(login, 0, id))().then(({ ok }) => ok);
    const two = [await decision('xxb.intake', 0, id), await decision('xxb.director', 1, id)];
    const answers = await together(
      projectId,
      two.map((send) => () => send()),
    );
    expect(answers.map(said).sort()).toEqual(['200', '409 stale_version']);
    expect(refusal(answers)).toBe(REFRESH);
    expect(await cases.one(db, { id })).toMatchObject({ state: 'ended', outcome: 'approved' });
    expect(await rowsOf(id)).toEqual({ log: 8, decisions: 6, open: 0, submissions: 1, messages: 8 });
  });

  test.each(ROUNDS)(
    'one task decided from two processes: one decision, the other is told it is done (%i)',
    async () => {
      const { id, projectId } = await submitted();
      const two = [await decision('czj.reviewer', 0, id), await decision('czj.reviewer', 1, id)];
      const answers = await together(
        projectId,
        two.map((send) => () => send()),
      );
      expect(answers.map(said).sort()).toEqual(['200', '409 task_closed']);
      expect(refusal(answers)).toBe(CLOSED);
      expect(await rowsOf(id)).toEqual({ log: 3, decisions: 1, open: 4, submissions: 1, messages: 5 });
    },
  );

  test.each(ROUNDS)('one key at two processes: one submission, the same answer twice (%i)', async (round) => {
    const { id, projectId } = await open();
    const key = `the-same-key-${round}`;
    const send = (process: number) => () =>
      at('jtj.clerk', process).post<{ docNo: string }>(`/cases/${id}/submit`, paymentOf(MILLION), key);
    const answers = await together(projectId, [send(0), send(1)]);
    expect(answers.map(said)).toEqual(['200', '200']);
    expect(answers[0]?.body).toEqual(answers[1]?.body);
    expect(await idempotencyKeys.count(db, { key })).toBe(1);
    expect(await rowsOf(id)).toEqual({ log: 2, decisions: 0, open: 5, submissions: 1, messages: 5 });
  });

  test.each(ROUNDS)(
    'one key on two different contents: the second is refused and nothing of it stays (%i)',
    async (round) => {
      const { id, projectId } = await open();
      const key = `another-key-${round}`;
      const send = (process: number, amount: number) => () =>
        at('jtj.clerk', process).post(`/cases/${id}/submit`, paymentOf(amount), key);
      const answers = await together(projectId, [send(0, 100), send(1, 200)]);
      expect(answers.map(said).sort()).toEqual(['200', '409 idempotency_key_reused']);
      const won = answers.findIndex(({ status }) => status === 200);
      const [handedIn] = await submissions.find(db, { caseId: id });
      expect(handedIn?.data['amount']).toBe([100, 200][won]);
      expect(await rowsOf(id)).toEqual({ log: 2, decisions: 0, open: 5, submissions: 1, messages: 5 });
    },
  );

  test.each(ROUNDS)(
    'two payments that fit alone and not together: one is in, the other hears what is left (%i)',
    async () => {
      const { caseIds, projectId } = await open(2);
      const send = (process: number) => () =>
        at('jtj.clerk', process).post(`/cases/${caseIds[process] ?? ''}/submit`, paymentOf(0.6 * MILLION));
      const answers = await together(projectId, [send(0), send(1)]);
      expect(answers.map(said).sort()).toEqual(['200', '422 gate_refused']);
      expect(refusal(answers)).toContain('已占用 60.00 万元，还可使用 40.00 万元，本次为 60.00 万元');
      const states = (await cases.find(db, { projectId })).map(({ state, version }) => `${state} ${version}`).sort();
      expect(states).toEqual(['draft 0', 'running 1']);
      expect(await submissions.count(db, { caseId: caseIds })).toBe(1);
      expect(await projects.one(db, { id: projectId })).toMatchObject({ version: 1 });
    },
  );
});
