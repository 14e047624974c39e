import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** One configuration for every suite; `npm test` adds nothing to it but the environment. */
const suites = {
  testEnvironment: 'node',
  roots: ['<rootDir>/test'],
  extensionsToTreatAsEsm: ['.ts', '.tsx'],
  transform: {
    '^.+\\.tsx?$': [
      '@swc/jest',
      { jsc: { parser: { syntax: 'typescript', tsx: false }, target: 'es2023' }, module: { type: 'es6' } },
    ],
  },
};

/** Suites that open a database without a word on the engine run a second time, on MariaDB. */
const onMariadb = ['commands', 'jobs', 'regulation', 'routes'].flatMap((room) =>
  readdirSync(join(import.meta.dirname, 'test', room))
    .filter((file) => file.endsWith('.test.ts'))
    .map((file) => `test/${room}/${file}`)
    .filter((file) =>
      /openDistrict\(\)|openApp\(|openDatabase\(/.test(readFileSync(join(import.meta.dirname, file), 'utf8')),
    ),
);

const folders = [...(process.env.PATH ?? '').split(delimiter), '/usr/sbin', '/usr/libexec', '/usr/local/sbin'];
const hasMariadb = folders.some((folder) => folder !== '' && existsSync(join(folder, 'mariadbd')));
if (!hasMariadb) {
  const missing = `${onMariadb.length} suites on MariaDB: apt-get install mariadb-server-core, or put a mariadbd on the PATH`;
  if (process.env.CI) throw new Error(`Nothing may be skipped here: ${missing}`);
  process.stderr.write(`SKIPPED ${missing}\n`);
}

export default {
  testTimeout: 60_000,
  maxWorkers: 2,
  projects: [
    { ...suites, displayName: 'all', testMatch: ['**/*.test.ts'] },
    ...(hasMariadb
      ? [
          {
            ...suites,
            displayName: 'MariaDB',
            testMatch: onMariadb.map((file) => `<rootDir>/${file}`),
            setupFilesAfterEnv: ['<rootDir>/test/support/onMariadb.ts'],
          },
        ]
      : []),
  ],
};
