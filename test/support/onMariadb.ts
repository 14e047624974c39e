/** Before every suite of the run on MariaDB: one private server, and every database the suite asks for is made there. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from '@jest/globals';
import { makeDatabasesOn } from './database.ts';
import { findMariadbd, HOW_TO_GET_MARIADB, mariadbIn } from '../../scripts/mariadb.ts';

const program = findMariadbd();
if (!program) throw new Error(`MariaDB is missing: ${HOW_TO_GET_MARIADB}`);
const folder = mkdtempSync(join(tmpdir(), 'db-'));
const server = mariadbIn(program, folder);
makeDatabasesOn(server);

beforeAll(() => server.start());
afterAll(async () => {
  await server.kill();
  rmSync(folder, { recursive: true, force: true });
});
