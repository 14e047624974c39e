/** `npm test`: builds what the suites look at, checks types, style and words, then runs every suite. */
import { spawn } from 'node:child_process';
import { mkdir, readFile, rm } from 'node:fs/promises';
import { createRequire } from 'node:module';
import path from 'node:path';
import { build, MINI_PROGRAMS, SITES } from './build.ts';

const ROOT = path.resolve(import.meta.dirname, '..');
const REPORT = path.join(ROOT, 'var/test/report.json');

function run(command: string, args: string[], env: NodeJS.ProcessEnv = {}): Promise<number> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, args, { cwd: ROOT, stdio: 'inherit', env: { ...process.env, ...env } });
    child.on('error', reject);
    child.on('close', (code) => resolve(code ?? 1));
  });
}

const require = createRequire(path.join(ROOT, 'package.json'));
const npm = process.env.npm_execpath;
if (npm === undefined) throw new Error('run this as "npm test"');

await mkdir(path.dirname(REPORT), { recursive: true });
await rm(REPORT, { force: true });
await build((line) => console.log(line), [...SITES, ...MINI_PROGRAMS]);

const checked = await run(process.execPath, [npm, 'run', '--silent', 'check']);

const jest = path.join(path.dirname(require.resolve('jest/package.json')), 'bin/jest.js');
const tested = await run(
  process.execPath,
  ['--experimental-vm-modules', jest, '--json', `--outputFile=${REPORT}`, ...process.argv.slice(2)],
  { NODE_NO_WARNINGS: '1', NODE_ENV: 'test' },
);

interface Report {
  numPassedTests: number;
  numFailedTests: number;
  numPendingTests: number;
  numRuntimeErrorTestSuites: number;
}
const report = JSON.parse(await readFile(REPORT, 'utf8')) as Report;
const skipped = process.env.CI !== undefined ? report.numPendingTests : 0;
const failed = report.numFailedTests + report.numRuntimeErrorTestSuites + skipped + (checked === 0 ? 0 : 1);
if (checked !== 0) console.log('npm run check failed (counted as one failure)');
if (report.numPendingTests > 0) console.log(`${report.numPendingTests} skipped: see SKIPPED above for what to install`);
console.log(`${report.numPassedTests} passed, ${failed} failed`);
process.exitCode = failed === 0 && tested === 0 ? 0 : 1;
