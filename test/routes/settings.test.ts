import { afterEach, describe, expect, test } from '@jest/globals';
import { mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { ENV_NAMES, EnvMistakes, readEnv } from '../../server/env.ts';
import { readSecrets } from '../../server/secrets.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');

const mistakesOf = (source: Record<string, string>): string[] => {
  try {
    readEnv(source);
    return [];
  } catch (error) {
    if (error instanceof EnvMistakes) return error.mistakes;
    throw error;
  }
};

describe('settings', () => {
  test('nothing set is a demonstration on this machine alone', () => {
    expect(readEnv({})).toMatchObject({
      host: '127.0.0.1',
      port: 8080,
      demo: true,
      role: 'web,worker',
      publicUrl: 'http://localhost:8080',
      databaseUrl: `sqlite:${path.resolve('var/xunyang.db')}`,
      filesDir: path.resolve('var/files'),
    });
  });

  test('the demonstration is off by itself on a real database, and never in production', () => {
    const mysql = { DATABASE_URL: 'mysql://app:secret@db/xunyang' };
    expect(readEnv(mysql)).toMatchObject({ demo: false, host: '0.0.0.0' });
    const production = { ...mysql, NODE_ENV: 'production', PUBLIC_URL: 'https://xm.example.gov.cn/' };
    expect(readEnv(production)).toMatchObject({ demo: false, publicUrl: 'https://xm.example.gov.cn' });
    expect(mistakesOf({ ...production, DEMO: '1' })).toEqual([expect.stringContaining('DEMO=1')]);
  });

  test('one message lists every mistake and repeats no password', () => {
    const mistakes = mistakesOf({
      PORT: '80a',
      ROLE: 'cron',
      DEMO: 'yes',
      DATABASE_URL: 'postgres://app:hunter2@db/x',
      PUBLIC_URL: 'somewhere',
      LOG_LEVEL: 'loud',
      SESSION_KEY: 'short',
      SEAL_KEYS: 'k1:0123hunter3',
      SESSION_IDLE_HOURS: '24',
      SESSION_MAX_HOURS: '12',
    });
    const named = [
      'DATABASE_URL',
      'DEMO',
      'PORT',
      'PUBLIC_URL',
      'SESSION_KEY',
      'SEAL_KEYS',
      'SESSION_MAX_HOURS',
      'ROLE',
      'LOG_LEVEL',
    ];
    expect(mistakes.map((mistake) => mistake.split(' ')[0])).toEqual(named);
    expect(mistakes.join()).not.toMatch(/hunter/);
    expect(new EnvMistakes(mistakes).message).toContain(mistakes.at(-1));
  });

  test('.env.example lists exactly the settings that are read, and is itself a good configuration', () => {
    const lines = readFileSync(path.join(ROOT, '.env.example'), 'utf8').split('\n');
    const listed = lines.flatMap(
      (line) => (/^([A-Z_]+)=(.*)$/.exec(line)?.slice(1, 3) as [string, string] | undefined) ?? [],
    );
    const pairs = Object.fromEntries(
      listed.flatMap((name, at) => (at % 2 === 0 ? [[name, listed[at + 1] ?? '']] : [])),
    );
    expect(Object.keys(pairs).sort()).toEqual([...ENV_NAMES].sort());
    expect(readEnv(pairs as Record<string, string>)).toEqual(readEnv({}));
  });
});

describe('secrets', () => {
  const folders: string[] = [];
  const folder = () => {
    const made = mkdtempSync(path.join(tmpdir(), 'secrets-'));
    folders.push(made);
    return made;
  };
  afterEach(() => folders.splice(0).forEach((made) => rmSync(made, { recursive: true, force: true })));

  test('are made once, for the owner alone, also when two programs start at once', async () => {
    const env = { varDir: path.join(folder(), 'var'), sessionKey: null, sealKeys: null };
    const made = await Promise.all([readSecrets(env), readSecrets(env), readSecrets(env)]);
    expect(new Set(made.map((secrets) => JSON.stringify(secrets))).size).toBe(1);
    expect(made[0]?.sealKeys).toMatchObject([{ id: expect.stringMatching(/^k[0-9a-f]{8}$/) }]);
    expect(await readSecrets(env)).toEqual(made[0]);
    for (const file of ['secrets.json', 'seal-keys'])
      expect(statSync(path.join(env.varDir, file)).mode & 0o777).toBe(0o600);
  });

  test('a configured key is used as it is, and a damaged file is refused instead of replaced', async () => {
    const varDir = folder();
    const sessionKey = 'k'.repeat(32);
    const sealKeys = `new:${'1'.repeat(64)},old:destroyed`;
    const master = Buffer.from('1'.repeat(64), 'hex');
    const ring = [
      { id: 'new', master },
      { id: 'old', master: null },
    ];
    expect(await readSecrets({ varDir, sessionKey, sealKeys })).toEqual({ sessionKey, sealKeys: ring });
    for (const [file, text] of [
      ['secrets.json', '{}'],
      ['seal-keys', 'k1:too short'],
    ] as const) {
      const own = file === 'seal-keys' ? { sessionKey, sealKeys: null } : { sessionKey: null, sealKeys };
      writeFileSync(path.join(varDir, file), text);
      await expect(readSecrets({ varDir, ...own })).rejects.toThrow(`${file} 不是有效的密钥文件`);
    }
  });
});
