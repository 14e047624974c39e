import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { connect, type Db } from '../../server/db/connection.ts';
import { migrate } from '../../server/db/migrate.ts';
import { FILING, openDistrict, type District } from '../support/district.ts';
import { crypto } from '../support/seals.ts';

const folder = mkdtempSync(join(tmpdir(), 'locks-'));
const statements: string[] = [];
let db: Db;
let district: District;

beforeAll(async () => {
  db = connect(`sqlite:${join(folder, 'a.db')}`, { log: (sql) => statements.push(sql), crypto });
  await migrate(db, { now: Date.now });
  district = await openDistrict({ db });
});
afterAll(async () => {
  await district.close();
  await db.close();
  rmSync(folder, { recursive: true, force: true });
});

/** For each transaction that changed a row of `projects` or `cases`: which ones it locked, in order, each once. */
async function lockedBy(work: () => Promise<unknown>): Promise<string[]> {
  statements.length = 0;
  await work();
  const transactions = new Map<string, Set<string>>();
  for (const line of statements) {
    const [, id = '', table] = /^Executing \((.+?)\): UPDATE `?(projects|cases)`?\b/.exec(line) ?? [];
    if (table) transactions.set(id, (transactions.get(id) ?? new Set<string>()).add(table));
  }
  return [...transactions.values()].map((tables) => [...tables].join(' '));
}

test('every verb on a case takes the project before the case; what touches the case alone takes no project', async () => {
  const [clerk, owner, head, intake] = [
    await district.as('jtj.clerk'),
    await district.as('jtj.owner'),
    await district.as('jtj.head'),
    await district.as('xxb.intake'),
  ];
  const view = await clerk.start();
  const declaration = await clerk.declaration(view);
  const draft = (form: string, task: string | null, data: object) => ({ form, task, data, draftVersion: 0 });
  const both = ['projects cases'];

  const begun = draft('declaration', null, declaration);
  expect(await lockedBy(() => clerk.put(`/cases/${view.id}/draft`, begun).then(({ ok }) => ok))).toEqual(both);
  expect(await lockedBy(() => clerk.attach(view.id))).toEqual(['cases']);
  const forms = { declaration };
  const submit = () => clerk.post(`/cases/${view.id}/submit`, { version: view.version, forms });
  expect(await lockedBy(() => submit().then(({ ok }) => ok))).toEqual(both);
  expect(await lockedBy(() => owner.act(view.id, 'approve').then(({ ok }) => ok))).toEqual(both);
  const back = { to: 'initiator', opinion: '请补充' };
  expect(await lockedBy(() => head.act(view.id, 'return', back).then(({ ok }) => ok))).toEqual(both);
  expect(await lockedBy(() => clerk.act(view.id, 'resubmit').then(({ ok }) => ok))).toEqual(both);
  await owner.act(view.id, 'approve').then(({ ok }) => ok);
  // The last signature opens the filing case in the same transaction, behind the same project.
  expect(await lockedBy(() => head.act(view.id, 'approve').then(({ ok }) => ok))).toEqual(both);

  const filingId = (await intake.rows('todo')).items[0]?.caseId ?? '';
  const task = (await intake.view(filingId)).forms.find(({ editable }) => editable)?.task ?? null;
  const sheet = draft('filing', task, FILING);
  expect(await lockedBy(() => intake.put(`/cases/${filingId}/draft`, sheet).then(({ ok }) => ok))).toEqual(['cases']);

  const other = await clerk.declare({ projectName: '浔阳区教师研训平台' });
  const gone = { version: other.version, reason: '资金未落实' };
  expect(await lockedBy(() => clerk.post(`/cases/${other.id}/withdraw`, gone).then(({ ok }) => ok))).toEqual(both);
});
