import { expect, test } from '@jest/globals';
import { createLog } from '../../server/log.ts';

const SECRETS = ['13812345678', '0792-8123456', '010-81234567', '36040219900101123X'];

function logged(write: (log: ReturnType<typeof createLog>) => void): string {
  const lines: string[] = [];
  write(createLog('info', { write: (line) => void lines.push(line) }));
  expect(lines).toHaveLength(1);
  return lines.join();
}

test.each<[string, (log: ReturnType<typeof createLog>, secret: string) => void]>([
  ['a sentence', (log, secret) => log.info(`联系电话${secret}，请核对`)],
  ['a value of what is logged', (log, secret) => log.info({ value: secret }, '表单')],
  ['a form inside of it', (log, secret) => log.info({ data: { staff: [{ contact: secret }] } }, '表单')],
  ['something far too deep', (log, secret) => log.info({ a: { b: { c: { d: { e: secret } } } } }, '表单')],
  ['a key that says so', (log, secret) => log.info({ person: { phone: secret } }, '人员')],
  ['an error', (log, secret) => log.error({ err: new Error(`duplicate '${secret}'`) }, '出错')],
])('no telephone or identity number is written: in %s', (_what, write) => {
  for (const secret of SECRETS) {
    const line = logged((log) => write(log, secret));
    expect(line).not.toContain(secret);
    expect(line).toMatch(/\*{4}|已隐去/);
  }
});

test('ids, times and numbers of documents stay as they are', () => {
  const line = { id: '01900000-0001-7000-8000-000000000123', at: 1_700_000_000_000, no: 'XY-2027-0001', ms: 3.5 };
  expect(logged((log) => log.info(line, '请求'))).toContain(JSON.stringify(line).slice(1, -1));
});
