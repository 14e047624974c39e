import { expect, test } from '@jest/globals';
import { playDemo } from '../../scripts/demo.ts';
import { projects } from '../../server/db/tables.ts';
import { DEMO_PROJECTS } from '../support/declaration.ts';
import type { PlanView, PlanYears } from '../../server/routes/contract/plans.ts';
import { connectionOf } from '../../server/db/handle.ts';
import { select } from '../../server/db/sql.ts';
import { PEOPLE } from '../support/catalogue.ts';
import { contentsOf, openDistrict, type District } from '../support/district.ts';

/** Every column of every table, and the log, where a telephone number of the demonstration stands in the open. */
async function sensitiveIn({ db, logged }: District): Promise<string[]> {
  const declared = DEMO_PROJECTS.flatMap(({ declaration }) => Object.entries(declaration))
    .filter(([key]) => key.endsWith('Phone'))
    .map(([, value]) => value as string);
  const numbers = [...new Set([...PEOPLE.map(({ phone }) => phone), ...declared])];
  expect(numbers.length).toBeGreaterThan(10);
  const shown = (text: string) => numbers.some((number) => text.includes(number));
  const found: string[] = [];
  for (const table of await db[connectionOf].getQueryInterface().showAllTables()) {
    const rows = await select<Record<string, unknown>>(db, `SELECT * FROM ${table}`);
    const columns = Object.keys(rows[0] ?? {});
    found.push(
      ...columns
        .filter((column) => rows.some((row) => shown(String(row[column]))))
        .map((column) => `${table}.${column}`),
    );
  }
  return logged.some(shown) ? [...found, 'the log'] : found;
}

test('a demonstration that was interrupted goes on with what is missing, and then does nothing', async () => {
  const district = await openDistrict();
  try {
    // One whose clerk has others: that somebody has cases does not mean that theirs are all there.
    const missing = DEMO_PROJECTS.findLast(({ clerk }, at) =>
      DEMO_PROJECTS.slice(0, at).some((one) => one.clerk === clerk),
    );
    const present = DEMO_PROJECTS.filter((project) => project !== missing);
    for (const { clerk: login, declaration } of present) {
      const clerk = await district.as(login);
      const { id } = await clerk.start();
      const data = { projectName: declaration['projectName'] ?? null };
      await clerk
        .put(`/cases/${id}/draft`, { form: 'declaration', task: null, data, draftVersion: 0 })
        .then(({ ok }) => ok);
    }
    const said: string[] = [];
    expect(await playDemo(district.url, (line) => said.push(line))).toBe(1);
    expect(said[0]).toBe(`演示项目 1/1：${missing?.declaration['projectName'] as string}`);
    expect(await playDemo(district.url)).toBe(0);
    const titles = (await projects.find(district.db, {})).map(({ title }) => title);
    expect(titles.sort()).toEqual(DEMO_PROJECTS.map(({ declaration }) => declaration['projectName']).sort());
  } finally {
    await district.close();
  }
});

test('the whole demonstration leaves the lines of the plan in every place of the review, and is played once', async () => {
  const district = await openDistrict();
  try {
    expect(await playDemo(district.url)).toBe(DEMO_PROJECTS.length);
    const office = await district.as('xxb.director');
    const [year] = (await office.get<PlanYears>('/plans')).ok.years;
    const plan = (await office.get<PlanView>(`/plans/${year?.year}`)).ok;
    expect(year).toMatchObject({ lines: 7, sent: 7, candidates: 0 });
    expect(
      plan.lines.map(({ state, outcome, stepTitle, answered, asked }) => [
        outcome ?? stepTitle,
        state === 'running' ? `${answered}/${asked}` : state,
      ]),
    ).toEqual([
      ['approved', 'ended'],
      ['部门联合初审', '0/5'],
      ['部门联合初审', '3/5'],
      ['初审汇总', '0/1'],
      ['申报单位修改', 'returned'],
      ['主任审定', '0/1'],
      ['部门联合初审', '3/5'],
    ]);
    expect(await sensitiveIn(district)).toEqual(['people.phone']);

    const before = { ...(await contentsOf(district.db)), sessions: '' };
    expect(await playDemo(district.url)).toBe(0);
    expect({ ...(await contentsOf(district.db)), sessions: '' }).toEqual(before);
  } finally {
    await district.close();
  }
}, 120_000);
