import { expect, test } from '@jest/globals';
import { connectionOf } from '../../server/db/handle.ts';
import { migrate, migrations } from '../../server/db/migrate.ts';
import type { Migration } from '../../server/db/migrations/migration.ts';
import { select } from '../../server/db/sql.ts';
import { snake } from '../../server/db/table.ts';
import { cases, drafts, files, projects, seats } from '../../server/db/tables.ts';
import { describeOnEveryDatabase } from '../support/database.ts';
import { caseOfOldTimes, oneCase } from './rows.ts';

const now = () => 1_700_000_000_000;
const NAMES = migrations.map(({ name }) => name);

describeOnEveryDatabase('migrate', (open, engine) => {
  test('builds an empty database once, and then has nothing to do', async () => {
    const db = engine.connect(await engine.empty());
    const seen: string[] = [];
    expect(await migrate(db, { now, log: (name) => seen.push(name) })).toEqual(NAMES);
    expect(seen).toEqual(NAMES);
    expect(await migrate(db, { now })).toEqual([]);
  });

  test('two programs that start at once build it together', async () => {
    const url = await engine.empty();
    const done = await Promise.all([engine.connect(url), engine.connect(url)].map((db) => migrate(db, { now })));
    expect(done.map((names) => names.length).sort((a, b) => a - b)).toEqual([0, NAMES.length]);
  });

  test('adds a column to a table that holds rows, and keeps them', async () => {
    const db = await open();
    const { projectId } = await oneCase(db);
    const sql = 'ALTER TABLE projects ADD COLUMN remark VARCHAR(20) NULL';
    const next: Migration = { name: '9000-remark', sqlite: [sql], mysql: sql };
    expect(await migrate(db, { now, steps: [...migrations, next] })).toEqual(['9000-remark']);
    expect(await select(db, 'SELECT id, remark FROM projects')).toEqual([{ id: projectId, remark: null }]);
    expect(await projects.one(db, { id: projectId })).toMatchObject({ state: 'draft' });
  });

  test('goes on where an earlier start stopped between the statement and its record', async () => {
    const db = await open();
    const { projectId } = await oneCase(db);
    // A table with its indexes is one statement on MySQL; on SQLite the transaction cannot leave this state behind.
    if (engine.dialect === 'mysql') {
      await db[connectionOf].query("DELETE FROM schema_migrations WHERE name = '0020-projects'");
      expect(await migrate(db, { now })).toEqual(['0020-projects']);
    }
    expect(await projects.count(db, { id: projectId })).toBe(1);
  });

  test('drafts written before they belonged to a task go to the one that was open, with their count', async () => {
    const db = engine.connect(await engine.empty());
    const before = migrations.filter(({ name }) => name < '0040');
    await migrate(db, { now, steps: before });
    const rows = [
      { caseId: await caseOfOldTimes(db, 'start', 3), taskKey: 'start', version: 3 },
      { caseId: await caseOfOldTimes(db, '2', 7), taskKey: '2', version: 7 },
    ];
    expect(await migrate(db, { now })).toEqual(NAMES.filter((name) => name >= '0040'));
    for (const row of rows) expect(await drafts.find(db, { caseId: row.caseId })).toMatchObject([row]);
    expect(await cases.count(db, {})).toBe(2);
    // Once more, as after a start that stopped between the statement and its record.
    if (engine.dialect === 'mysql') {
      await db[connectionOf].query("DELETE FROM schema_migrations WHERE name >= '0042'");
      expect(await migrate(db, { now })).toEqual(NAMES.filter((name) => name >= '0042'));
      expect(await drafts.count(db, {})).toBe(2);
    }
  });

  test('an attachment that a form named when it was handed in stays handed in; no seat reads everything by itself', async () => {
    const db = engine.connect(await engine.empty());
    await migrate(db, { now, steps: migrations.filter(({ name }) => name < '0040') });
    const caseId = await caseOfOldTimes(db, 'start', 1);
    await migrate(db, { now });
    const found = await files.find(db, { caseId }, { order: [['name', 'asc']] });
    expect(found.map(({ name, handedIn }) => [name, handedIn])).toEqual([
      ['loose.pdf', false],
      ['named.pdf', true],
    ]);
    expect(await seats.count(db, { readsAll: true })).toBe(0);
    expect(await seats.count(db, { readsAll: false })).toBe(1);
  });

  test('a step that fails is not recorded, and on SQLite leaves nothing of the whole run', async () => {
    const db = engine.connect(await engine.empty());
    const good = 'CREATE TABLE IF NOT EXISTS first (id INTEGER)';
    const steps = [
      { name: '1', sqlite: [good], mysql: good },
      { name: '2', sqlite: ['CREATE NONSENSE'], mysql: 'CREATE NONSENSE' },
    ];
    await expect(migrate(db, { now, steps })).rejects.toThrow(/Migration 2 \(up\) failed/);
    expect(await migrate(db, { now, steps: steps.slice(0, 1) })).toEqual(engine.dialect === 'sqlite' ? ['1'] : []);
  });

  test('refuses a database that a newer program has changed', async () => {
    const db = await open();
    await expect(migrate(db, { now, steps: migrations.slice(0, -1) })).rejects.toThrow(/newer than this program/);
  });

  test('the migrated tables have the columns the models name, with the same nullability', async () => {
    const db = await open();
    const { models } = db[connectionOf];
    const described = await db[connectionOf].getQueryInterface().showAllTables();
    expect(described.filter((name) => name !== 'schema_migrations').sort()).toEqual(Object.keys(models).sort());
    for (const [name, model] of Object.entries(models)) {
      const described = await db[connectionOf].getQueryInterface().describeTable(name);
      const wanted = Object.entries(model.getAttributes()).map(([property, { allowNull, primaryKey }]) => [
        snake(property),
        { allowNull, primaryKey: primaryKey === true },
      ]);
      const found = Object.entries(described).map(([column, { allowNull, primaryKey }]) => [
        column,
        { allowNull, primaryKey },
      ]);
      expect({ [name]: found }).toEqual({ [name]: wanted });
    }
  });
});

test('every step is one statement on MySQL, and every table compares text by code point', () => {
  for (const { mysql } of migrations) {
    expect(mysql).not.toContain(';');
    if (mysql.startsWith('CREATE TABLE')) expect(mysql).toMatch(/CHARSET=utf8mb4 COLLATE=utf8mb4_bin$/);
  }
  expect(new Set(NAMES).size).toBe(NAMES.length);
  expect([...NAMES].sort()).toEqual(NAMES);
});
