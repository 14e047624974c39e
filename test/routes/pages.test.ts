import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import Koa from 'koa';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import type { Server } from 'node:http';
import { tmpdir } from 'node:os';
import path from 'node:path';
import request from 'supertest';
import { securityHeaders } from '../../server/middleware/securityHeaders.ts';
import { pages } from '../../server/routes/static.ts';

const folder = mkdtempSync(path.join(tmpdir(), 'pages-'));
const put = (file: string, text: string) => {
  mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
  writeFileSync(path.join(folder, file), text);
};
let app: Server;

beforeAll(() => {
  put('desk/index.html', '<title>演示台</title>');
  put('desk/console/index.html', '<title>管理端</title>');
  put('desk/assets/index-Ab3_xY9z.js', 'export {}');
  put('desk/.built-from', 'hash');
  put('phone/index.html', '<title>手机端</title><script>size()</script>');
  put('phone/js/app.0a1b2c3d.js', 'export {}');
  put('phone/css/pages-declaration.css', 'a {}');
  put('outside.txt', 'secret');
  const koa = new Koa();
  koa.use(securityHeaders('http://localhost:8080'));
  koa.use(
    pages([
      { prefix: '/m/', folder: path.join(folder, 'phone') },
      { prefix: '/console/none/', folder: path.join(folder, 'not-built') },
      { prefix: '/', folder: path.join(folder, 'desk') },
    ]),
  );
  app = koa.listen(0, '127.0.0.1');
});
afterAll(async () => {
  app.closeAllConnections();
  await new Promise((resolve) => app.close(resolve));
  rmSync(folder, { recursive: true, force: true });
});

describe('pages', () => {
  test.each([
    ['/', '演示台'],
    ['/console/', '管理端'],
    ['/m/', '手机端'],
  ])('%s is %s, and asked for afresh each time', async (address, title) => {
    const answer = await request(app).get(address).expect(200);
    expect(answer.text).toContain(title);
    expect(answer.headers['cache-control']).toBe('no-cache');
    await request(app)
      .get(address)
      .set('If-None-Match', answer.headers['etag'] ?? '')
      .expect(304);
  });

  test('what carries a hash in its name is kept for a year', async () => {
    const cacheOf = async (address: string) => (await request(app).get(address).expect(200)).headers['cache-control'];
    expect(await cacheOf('/assets/index-Ab3_xY9z.js')).toContain('immutable');
    expect(await cacheOf('/m/js/app.0a1b2c3d.js')).toContain('immutable');
    expect(await cacheOf('/m/css/pages-declaration.css')).toBe('no-cache');
  });

  test('the inline script of a page is allowed by its hash, others stay forbidden', async () => {
    const { headers } = await request(app).get('/m/');
    expect(headers['content-security-policy']).toMatch(/script-src 'self' 'sha256-[A-Za-z0-9+/=]+'/);
    expect((await request(app).get('/')).headers['content-security-policy']).toMatch(/script-src 'self';/);
  });

  test.each([
    '/nothing',
    '/assets/index-gone1234.js',
    '/.built-from',
    '/../outside.txt',
    '/%2e%2e/outside.txt',
    '/%00',
  ])('%s is a page that does not exist', async (address) => {
    const answer = await request(app).get(address);
    expect(answer.status).toBe(404);
    expect(answer.text).toContain('没有这个页面');
    expect(answer.headers['cache-control']).toBe('no-store');
  });

  test('folders without their slash lead on; pages are only read; what was not built says so', async () => {
    expect((await request(app).get('/m').expect(308)).headers['location']).toBe('/m/');
    await request(app).post('/').expect(404);
    expect((await request(app).get('/console/none/').expect(503)).text).toContain('npm run build');
  });

  test('before anything is built, the start page and the phone app say what to run', async () => {
    const koa = new Koa();
    koa.use(
      pages([
        { prefix: '/m/', folder: path.join(folder, 'none/h5') },
        { prefix: '/', folder: path.join(folder, 'none/admin') },
      ]),
    );
    for (const address of ['/', '/console/', '/m/', '/m/js/app.0a1b2c3d.js']) {
      const answer = await request(koa.callback()).get(address);
      expect([address, answer.status]).toEqual([address, 503]);
      expect(answer.text).toContain('npm run build');
    }
  });
});
