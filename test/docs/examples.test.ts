import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { connect } from '../../server/db/connection.ts';
import * as tables from '../../server/db/tables.ts';
import { ROOT } from '../house/files.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { commandsIn, fencesOf, PAGES } from './pages.ts';

/** Each `curl` of a page with the JSON printed below it. */
const EXAMPLES = PAGES.flatMap((page) => {
  const fences = fencesOf(page);
  return fences.flatMap(({ text }, at): [string, string, string][] =>
    text.startsWith('curl ') ? [[page, text, fences[at + 1]?.text ?? '']] : [],
  );
});

describe('examples', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  test('there is one', () => expect(EXAMPLES.map(([page]) => page)).toContain('docs/api.md'));

  test.each(EXAMPLES)('%s: %s', async (_page, command, printed) => {
    const place = /^curl -s http:\/\/localhost:8080(\/\S+)$/.exec(command)?.[1];
    if (place === undefined) throw new Error(`this test does not know how to run: ${command}`);
    const answer = await fetch(`${app.url}${place}`);
    expect(await answer.json()).toEqual(JSON.parse(printed));
  });

  test('the description of the interface is where the page says', async () => {
    expect((await fetch(`${app.url}/api/openapi.json`)).status).toBe(200);
  });
});

describe('npm run migrate', () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'migrate-'));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  test('fills an empty database, and finds nothing left to do the second time', async () => {
    expect(commandsIn('docs/operations.md')).toContain('npm run migrate');
    const url = `sqlite:${path.join(folder, 'empty.db')}`;
    const env = { ...process.env, NODE_OPTIONS: '', NODE_ENV: 'development', VAR_DIR: folder, DATABASE_URL: url };
    const migrate = () => spawnSync('npm', ['run', '--silent', 'migrate'], { cwd: ROOT, env, encoding: 'utf8' });
    const first = migrate();
    expect([first.status, first.stdout]).toEqual([0, expect.stringMatching(/数据库已升级：共 [1-9]\d* 步。/)]);
    const db = connect(url);
    try {
      for (const table of Object.values(tables)) expect(await table.count(db, {})).toBe(0);
    } finally {
      await db.close();
    }
    const second = migrate();
    expect([second.status, second.stdout.trim()]).toEqual([0, '数据库已是最新，无需升级。']);
  });
});
