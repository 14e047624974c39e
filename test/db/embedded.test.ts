import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { DatabaseError, ForeignKeyConstraintError, Sequelize, Transaction, UniqueConstraintError } from 'sequelize';
import { Database, embeddedDriver } from '../../server/db/embedded/driver.ts';
import { nativeSqlite } from '../../server/db/embedded/native.ts';

type Answer = { rows: Record<string, unknown>[]; changes: number; lastID: number };

let folder = '';
let path = '';
const opened: Database[] = [];

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'db-'));
  path = join(folder, 'driver.db');
});
afterEach(() => {
  for (const database of opened.splice(0)) database.close();
  rmSync(folder, { recursive: true, force: true });
});

function open(busyMs?: number): Promise<Database> {
  return new Promise((resolve, reject) => {
    const database = new Database(path, 6, (error) => (error ? reject(error) : resolve(database)), busyMs);
    opened.push(database);
  });
}

function ask(database: Database, sql: string, values: unknown[] = []): Promise<Answer> {
  return new Promise((resolve, reject) => {
    database.all(sql, values, function (error, rows = []) {
      if (error) reject(error);
      else resolve({ rows, changes: this.changes, lastID: this.lastID });
    });
  });
}

async function withTable(): Promise<Database> {
  const database = await open();
  await ask(database, 'CREATE TABLE t (id INTEGER PRIMARY KEY, word TEXT UNIQUE, number BIGINT, bytes BLOB)');
  return database;
}

describe('settings', () => {
  test('every connection keeps a write-ahead log, syncs fully and checks foreign keys', async () => {
    const database = await open();
    const settings = await Promise.all(
      ['journal_mode', 'synchronous', 'foreign_keys', 'busy_timeout'].map((name) => ask(database, `PRAGMA ${name}`)),
    );
    expect(settings.map(({ rows }) => Object.values(rows[0]!)[0])).toEqual(['wal', 2, 1, 0]);
  });

  test('a file that cannot be opened is an error of the open, not a crash', async () => {
    path = folder;
    await expect(open()).rejects.toThrow(/unable to open|not a database|is a directory/i);
  });

  test('without any SQLite it says what to do, in both languages', () => {
    const missing = () => {
      throw new Error('Cannot find module');
    };
    expect(() => nativeSqlite(() => undefined, missing)).toThrow(/请改用 Node\.js 22\.13[\s\S]*use Node\.js 22\.13/);
  });

  test("Node's own SQLite is preferred to the package", () => {
    const DatabaseSync = class {};
    const neverLoaded = () => {
      throw new Error('not needed');
    };
    expect(nativeSqlite((name) => (name === 'node:sqlite' ? { DatabaseSync } : undefined), neverLoaded)).toBe(
      DatabaseSync,
    );
  });
});

describe('values', () => {
  test('null, text beyond the basic plane, whole numbers up to 2^53, fractions and blobs come back as they went in', async () => {
    const database = await withTable();
    const bytes = Buffer.from([0, 255, 1]);
    await ask(database, 'INSERT INTO t VALUES (1, $1, $2, $3)', ["𠮷野家'", Number.MAX_SAFE_INTEGER, bytes]);
    await ask(database, 'INSERT INTO t VALUES (2, $1, $2, $3)', [null, 0.1, undefined]);
    const { rows } = await ask(database, 'SELECT word, number, bytes FROM t ORDER BY id');
    expect(rows).toEqual([
      { word: "𠮷野家'", number: Number.MAX_SAFE_INTEGER, bytes },
      { word: null, number: 0.1, bytes: null },
    ]);
    expect(Buffer.isBuffer(rows[0]!['bytes'])).toBe(true);
  });

  test.each([2 ** 53, -(2 ** 53), 2n ** 53n, 2n ** 64n, Number.NaN, Number.POSITIVE_INFINITY])(
    '%p is refused on its way in',
    async (value) => {
      const database = await withTable();
      await expect(ask(database, 'INSERT INTO t (number) VALUES ($1)', [value])).rejects.toThrow(/out of range/);
    },
  );

  test('a whole number beyond 2^53 is refused on its way out', async () => {
    const database = await withTable();
    await ask(database, 'INSERT INTO t (number) VALUES (9007199254740993)');
    await expect(ask(database, 'SELECT number FROM t')).rejects.toThrow(/too large/i);
  });

  test.each([[new Date(0)], [{ a: 1 }], [() => 1], ['a\u0000b']])(
    '%p is refused: it is not a column value',
    async (value) => {
      const database = await withTable();
      await expect(ask(database, 'INSERT INTO t (word) VALUES ($1)', [value])).rejects.toThrow(TypeError);
    },
  );

  test('an insert answers with the new id and the number of changes', async () => {
    const database = await withTable();
    expect(await ask(database, "INSERT INTO t (word) VALUES ('a'), ('b')")).toMatchObject({ changes: 2, lastID: 2 });
    expect(await ask(database, "UPDATE t SET word = word || 'x'")).toMatchObject({ changes: 2 });
  });
});

describe('writers and readers', () => {
  test('eight transactions at once all finish, and none loses an increment', async () => {
    await ask(await withTable(), 'INSERT INTO t (id, number) VALUES (1, 0)');
    const writers = await Promise.all(Array.from({ length: 8 }, () => open()));
    await Promise.all(
      writers.map(async (writer) => {
        for (let turn = 0; turn < 5; turn += 1) {
          await ask(writer, 'BEGIN IMMEDIATE');
          const { rows } = await ask(writer, 'SELECT number FROM t');
          await ask(writer, 'UPDATE t SET number = $1', [(rows[0]!['number'] as number) + 1]);
          await ask(writer, 'COMMIT');
        }
      }),
    );
    expect((await ask(writers[0]!, 'SELECT number FROM t')).rows).toEqual([{ number: 40 }]);
  });

  test('writers get their turn in the order they came, and nobody overtakes those who wait', async () => {
    await withTable();
    const [first, second, third] = await Promise.all([open(), open(), open()]);
    const order: string[] = [];
    const transaction = async (writer: Database, name: string) => {
      await ask(writer, 'BEGIN IMMEDIATE');
      order.push(name);
      await ask(writer, 'COMMIT');
    };
    await ask(first, 'BEGIN IMMEDIATE');
    const waiting = [
      transaction(second, 'second'),
      ask(third, "INSERT INTO t (word) VALUES ('third')").then(() => order.push('third')),
    ];
    await ask(first, 'COMMIT');
    await Promise.all([...waiting, transaction(first, 'first again')]);
    expect(order).toEqual(['second', 'third', 'first again']);
  });

  test('a reader does not wait for the writer and sees what was committed', async () => {
    const writer = await withTable();
    const reader = await open();
    await ask(writer, 'BEGIN IMMEDIATE');
    await ask(writer, "INSERT INTO t (word) VALUES ('a')");
    expect((await ask(reader, 'SELECT word FROM t')).rows).toEqual([]);
    await ask(writer, 'COMMIT');
    expect((await ask(reader, 'SELECT word FROM t')).rows).toEqual([{ word: 'a' }]);
  });

  test('a rolled back transaction leaves nothing and frees the way', async () => {
    const writer = await withTable();
    const other = await open();
    await ask(writer, 'BEGIN IMMEDIATE');
    await ask(writer, "INSERT INTO t (word) VALUES ('a')");
    await ask(writer, 'ROLLBACK');
    await ask(other, "INSERT INTO t (word) VALUES ('b')");
    expect((await ask(other, 'SELECT word FROM t')).rows).toEqual([{ word: 'b' }]);
  });

  test('closing a connection ends its transaction and frees the way', async () => {
    const writer = await withTable();
    const other = await open();
    await ask(writer, 'BEGIN IMMEDIATE');
    await ask(writer, "INSERT INTO t (word) VALUES ('a')");
    writer.close();
    await ask(other, "INSERT INTO t (word) VALUES ('b')");
    expect((await ask(other, 'SELECT word FROM t')).rows).toEqual([{ word: 'b' }]);
    await expect(ask(writer, 'SELECT 1')).rejects.toThrow('The connection is closed');
  });

  test('a failed commit ends the transaction and frees the way', async () => {
    const writer = await open();
    await ask(writer, 'CREATE TABLE a (id INTEGER PRIMARY KEY)');
    await ask(writer, 'CREATE TABLE b (a INTEGER REFERENCES a (id) DEFERRABLE INITIALLY DEFERRED)');
    const other = await open();
    await ask(writer, 'BEGIN IMMEDIATE');
    await ask(writer, 'INSERT INTO b VALUES (7)');
    await expect(ask(writer, 'COMMIT')).rejects.toThrow(/FOREIGN KEY constraint failed/);
    await ask(other, 'INSERT INTO a VALUES (1)');
    expect((await ask(other, 'SELECT a FROM b')).rows).toEqual([]);
  });

  test('whoever waits too long for this process gets SQLITE_BUSY, and the queue moves on without them', async () => {
    const writer = await withTable();
    const impatient = await open(1);
    await ask(writer, 'BEGIN IMMEDIATE');
    await expect(ask(impatient, "INSERT INTO t (word) VALUES ('a')")).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    await ask(writer, 'COMMIT');
    await ask(impatient, "INSERT INTO t (word) VALUES ('b')");
    expect((await ask(writer, 'SELECT word FROM t')).rows).toEqual([{ word: 'b' }]);
  });

  test('a file locked by another process is tried again until it is free, and the event loop goes on meanwhile', async () => {
    const here = await withTable();
    const elsewhere = new (nativeSqlite())(path);
    elsewhere.exec('BEGIN IMMEDIATE');
    const write = ask(here, "INSERT INTO t (word) VALUES ('a')");
    await new Promise((resolve) => setImmediate(resolve));
    elsewhere.exec('COMMIT');
    elsewhere.close();
    expect(await write).toMatchObject({ changes: 1 });
  });

  test('a file that stays locked by another process ends in SQLITE_BUSY', async () => {
    await withTable();
    const impatient = await open(1);
    const elsewhere = new (nativeSqlite())(path);
    elsewhere.exec('BEGIN IMMEDIATE');
    await expect(ask(impatient, 'BEGIN IMMEDIATE')).rejects.toMatchObject({ code: 'SQLITE_BUSY' });
    elsewhere.exec('COMMIT');
    elsewhere.close();
    await ask(impatient, 'BEGIN IMMEDIATE');
    await ask(impatient, 'COMMIT');
  });
});

describe('under Sequelize', () => {
  let sequelize: Sequelize;
  beforeEach(async () => {
    sequelize = new Sequelize({
      dialect: 'sqlite',
      storage: path,
      dialectModule: embeddedDriver(),
      logging: false,
    });
    await sequelize.query('CREATE TABLE parent (id INTEGER PRIMARY KEY, word TEXT NOT NULL UNIQUE CHECK (word <> 0))');
    await sequelize.query('CREATE TABLE child (parent_id INTEGER NOT NULL REFERENCES parent (id))');
    await sequelize.query("INSERT INTO parent VALUES (1, 'a')");
  });
  afterEach(() => sequelize.close());

  test('a unique violation names its columns', async () => {
    const failure = sequelize.query("INSERT INTO parent VALUES (2, 'a')");
    await expect(failure).rejects.toBeInstanceOf(UniqueConstraintError);
    await expect(failure).rejects.toMatchObject({ fields: ['word'] });
  });

  test('a dangling reference is a foreign key error', async () => {
    await expect(sequelize.query('INSERT INTO child VALUES (9)')).rejects.toBeInstanceOf(ForeignKeyConstraintError);
  });

  test('a commit that fails reports why, saves nothing and leaves the way free', async () => {
    const warning = jest.spyOn(console, 'warn').mockImplementation(() => undefined);
    const work = sequelize.transaction({ type: Transaction.TYPES.IMMEDIATE }, async (transaction) => {
      await sequelize.query('PRAGMA defer_foreign_keys = ON', { transaction });
      await sequelize.query('INSERT INTO child VALUES (9)', { transaction });
    });
    await expect(work).rejects.toBeInstanceOf(ForeignKeyConstraintError);
    await sequelize.query('INSERT INTO child VALUES (1)');
    expect((await sequelize.query('SELECT * FROM child'))[0]).toEqual([{ parent_id: 1 }]);
    warning.mockRestore();
  });

  test.each(['INSERT INTO parent VALUES (3, NULL)', 'INSERT INTO parent VALUES (3, 0)', 'NONSENSE'])(
    '%s is a plain database error, not a unique violation',
    async (sql) => {
      const failure = sequelize.query(sql);
      await expect(failure).rejects.toBeInstanceOf(DatabaseError);
      await expect(failure).rejects.not.toBeInstanceOf(UniqueConstraintError);
    },
  );
});
