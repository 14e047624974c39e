import { expect, test } from '@jest/globals';
import { playDemo } from '../../scripts/demo.ts';
import { projects } from '../../server/db/tables.ts';
import { DEMO_PROJECTS } from '../support/declaration.ts';
import { openDistrict } from '../support/district.ts';

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
    expect(said).toEqual([`演示项目 1/1：${missing?.declaration['projectName'] as string}`]);
    expect(await playDemo(district.url)).toBe(0);
    const titles = (await projects.find(district.db, {})).map(({ title }) => title);
    expect(titles.sort()).toEqual(DEMO_PROJECTS.map(({ declaration }) => declaration['projectName']).sort());
  } finally {
    await district.close();
  }
});
