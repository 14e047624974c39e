import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import request from 'supertest';
import { migrations } from '../../server/db/migrate.ts';
import { select } from '../../server/db/sql.ts';
import { flowVersions, formVersions, people, stageVersions, units } from '../../server/db/tables.ts';
import { readDistrict } from '../../server/district.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { startServerProcess, tokenOf, type ServerProcess } from '../support/processes.ts';

describeOnEveryDatabase('two processes that start at once on an empty database', (_, engine) => {
  const folder = mkdtempSync(join(tmpdir(), 'start-'));
  let servers: ServerProcess[] = [];
  afterAll(async () => {
    await Promise.all(servers.map((server) => server.kill()));
    rmSync(folder, { recursive: true, force: true });
  });

  test('build it once, publish the district once, and both serve it', async () => {
    const databaseUrl = await engine.empty();
    servers = await Promise.all(
      ['a', 'b'].map((name) => startServerProcess({ databaseUrl, folder: join(folder, name), role: 'web,worker' })),
    );
    const db = engine.connect(databaseUrl);
    const steps = await select<{ name: string }>(db, 'SELECT name FROM schema_migrations ORDER BY name');
    expect(steps.map(({ name }) => name)).toEqual(migrations.map(({ name }) => name));
    const district = await readDistrict();
    const counts = [units, formVersions, flowVersions, stageVersions, people].map((table) => table.count(db, {}));
    const { units: all, forms, flows, stages, demoPeople } = district;
    expect(await Promise.all(counts)).toEqual([all, forms, flows, stages, demoPeople].map(({ length }) => length));
    const said = servers.map(({ logged }) => logged.filter((line) => line.includes('发布表单与流程')).length);
    expect(said.sort()).toEqual([0, 1]);

    const token = await tokenOf(servers[0]!.url, 'jtj.clerk');
    for (const { url } of servers) {
      expect((await request(url).get('/api/me').set('Authorization', `Bearer ${token}`)).status).toBe(200);
      expect((await request(url).get('/api/health')).status).toBe(200);
    }
  });
});
