import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { apiBaseOf } from '../../scripts/apiBase.ts';
import { build } from '../../scripts/build.ts';
import { openDistrict, type District } from '../support/district.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
let district: District;

beforeAll(async () => {
  await build(() => undefined, ['weapp']);
  district = await openDistrict();
}, 300_000);
afterAll(() => district.close());

test('the WeChat bundle opens in miniprogram-simulate and shows whom the server knows', async () => {
  const script = path.join(import.meta.dirname, 'host/simulate.ts');
  const args = ['--import', 'tsx', script, path.join(ROOT, 'miniapp/dist/weapp'), apiBaseOf(process.env.API_BASE)];
  const options = { cwd: ROOT, timeout: 50_000, env: { ...process.env, NODE_OPTIONS: '' } };
  const { stdout } = await promisify(execFile)(process.execPath, [...args, `${district.url}/api`], options);
  expect(stdout).toContain('政务信息化项目申报与审批');
  expect(stdout).toContain('演示环境：选择一个身份进入');
  expect(stdout).toContain('林墨白');
});
