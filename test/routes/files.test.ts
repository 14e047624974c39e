import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import path from 'node:path';
import request from 'supertest';
import { cases, files } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { oneCase } from '../db/rows.ts';
import { addPerson, addSession, MORNING, openApp, type TestApp } from '../support/app.ts';

const PDF = Buffer.from('%PDF-1.7\n%âãÏÓ\n1 0 obj\n<<>>\nendobj\n%%EOF\n');
const NEW_PNG = Buffer.from('89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c489', 'hex');

/** An empty ZIP entry of this name, then the directory that names it: all a container check looks at. */
const zipOf = (name: string): Buffer => {
  const title = Buffer.from(name);
  const local = Buffer.alloc(30);
  local.writeUInt32LE(0x04034b50, 0);
  local.writeUInt16LE(title.length, 26);
  const central = Buffer.alloc(46);
  central.writeUInt32LE(0x02014b50, 0);
  central.writeUInt16LE(title.length, 28);
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(1, 8);
  end.writeUInt16LE(1, 10);
  end.writeUInt32LE(central.length + title.length, 12);
  end.writeUInt32LE(local.length + title.length, 16);
  return Buffer.concat([local, title, central, title, end]);
};

let app: TestApp;
let work: Awaited<ReturnType<typeof oneCase>>;
let token: string;
let stranger: string;

beforeAll(async () => {
  app = await openApp();
  stranger = await addSession(app.db, await addPerson(app.db, '别的单位'), MORNING);
});
afterAll(() => app.close());
beforeEach(async () => {
  work = await oneCase(app.db);
  token = await addSession(app.db, work.personId, MORNING);
});

const upload = (content: Buffer, name: string, { confirm = 'true', as = token } = {}) =>
  request(app.url)
    .post(`/api/cases/${work.caseId}/files`)
    .set('Authorization', `Bearer ${as}`)
    .field('noSecret', confirm)
    .attach('file', content, name);

const download = (id: string, as = token) =>
  request(app.url).get(`/api/files/${id}`).set('Authorization', `Bearer ${as}`).buffer(true);

const stored = (): string[] =>
  readdirSync(app.deps.env.filesDir, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => entry.name);

/** A refusal leaves nothing: no row, no file, not half a file. */
const expectNothing = async (
  answer: { status: number; body: unknown },
  status: number,
  code: string,
): Promise<void> => {
  expect(answer).toMatchObject({ status, body: { error: { code } } });
  expect(await files.count(app.db, { caseId: work.caseId })).toBe(0);
  const known = (await files.find(app.db, {})).map(({ id }) => id);
  expect(stored().sort()).toEqual(known.sort());
};

const idOf = (answer: { body: unknown }): string => (answer.body as { id: string }).id;

describe('adding a file', () => {
  test('it is kept with its hash and comes back byte for byte, as a download', async () => {
    const answer = await upload(PDF, '项目建议书（终稿）100%.pdf').expect(200);
    expect(answer.body).toEqual({ id: idOf(answer), name: '项目建议书（终稿）100%.pdf', size: PDF.length });
    const sha256 = createHash('sha256').update(PDF).digest('hex');
    const row = await files.one(app.db, { id: idOf(answer) });
    expect(row).toMatchObject({ sha256, mime: 'application/pdf', noSecret: true, unitId: work.unitId });

    const back = await download(idOf(answer)).expect(200);
    expect(Buffer.compare(back.body as Buffer, PDF)).toBe(0);
    expect(back.headers['content-disposition']).toMatch(
      /^attachment; filename="[\x20-\x7e]*"; filename\*=UTF-8''%E9%A1%B9/,
    );
    expect(back.headers['content-security-policy']).toContain('sandbox');
  });

  test.each([
    ['图.PNG', NEW_PNG],
    ['材料.docx', zipOf('word/document.xml')],
    ['明细.xlsx', zipOf('xl/workbook.xml')],
    ['版式.ofd', zipOf('OFD.xml')],
    ['旧版.doc', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
    ['文稿.wps', Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), Buffer.alloc(600)])],
  ])('%s is taken', async (name, content) => {
    await upload(content, name).expect(200);
  });

  test('the confirmation comes before the file, or nothing of the file is kept (R03-3)', async () => {
    await expectNothing(await upload(PDF, '一.pdf', { confirm: 'false' }), 400, 'file_not_declared_open');
    const late = await request(app.url)
      .post(`/api/cases/${work.caseId}/files`)
      .set('Authorization', `Bearer ${token}`)
      .attach('file', PDF, '一.pdf')
      .field('noSecret', 'true');
    await expectNothing(late, 400, 'file_not_declared_open');
    expect(late.body).toMatchObject({ error: { article: '3', rule: 'R03-3' } });
  });

  test.each(['机密★建设方案.pdf', '绝密☆.pdf', '方案（秘 密★5年）.pdf', '内部文件-会议纪要.pdf', '机密＊.pdf'])(
    'a name with a mark of secrecy is refused: %s',
    async (name) => {
      const answer = await upload(PDF, name);
      await expectNothing(answer, 422, 'file_marked_secret');
      expect(answer.body).toMatchObject({ error: { rule: 'R03-3' } });
    },
  );

  test.each([
    ['a program', '工具.exe', Buffer.from('MZ'), 415, 'file_type_refused'],
    ['a name without extension', '说明', PDF, 415, 'file_type_refused'],
    ['a page that calls itself PDF', '一.pdf', Buffer.from('<html><script>1</script>'), 415, 'file_content_mismatch'],
    ['a ZIP that calls itself Word', '一.docx', zipOf('evil.exe'), 415, 'file_content_mismatch'],
    ['an Excel that calls itself OFD', '一.ofd', zipOf('xl/workbook.xml'), 415, 'file_content_mismatch'],
    ['an empty file', '一.pdf', Buffer.alloc(0), 400, 'file_empty'],
    ['21 MB', '一.pdf', Buffer.concat([PDF, Buffer.alloc(21 * 1024 * 1024)]), 413, 'file_too_large'],
  ])('%s is refused', async (_what, name, content, status, code) => {
    await expectNothing(await upload(content, name), status, code);
  });

  test('a name is a name and never a path', async () => {
    const answer = await upload(PDF, '../../etc/一\u202egpj.pdf').expect(200);
    expect(answer.body).toMatchObject({ name: '一gpj.pdf' });
    expect(path.dirname(path.join(app.deps.env.filesDir, idOf(answer)))).toBe(app.deps.env.filesDir);
    expect(stored()).toContain(idOf(answer));
  });

  test('no file, or a JSON body, is refused', async () => {
    const send = () => request(app.url).post(`/api/cases/${work.caseId}/files`).set('Authorization', `Bearer ${token}`);
    await expectNothing(await send().field('noSecret', 'true'), 400, 'file_missing');
    await expectNothing(await send().send({ noSecret: true }), 415, 'unsupported_media_type');
  });

  test('a line that breaks half-way leaves nothing behind', async () => {
    const url = new URL(`${app.url}/api/cases/${work.caseId}/files`);
    const boundary = 'x-boundary';
    const head =
      `--${boundary}\r\nContent-Disposition: form-data; name="noSecret"\r\n\r\ntrue\r\n` +
      `--${boundary}\r\nContent-Disposition: form-data; name="file"; filename="a.pdf"\r\n\r\n`;
    const before = app.logged.length;
    await new Promise<void>((resolve) => {
      const req = http.request(url, {
        method: 'POST',
        headers: {
          Authorization: `Bearer ${token}`,
          'Content-Type': `multipart/form-data; boundary=${boundary}`,
          'Content-Length': '1000000',
        },
      });
      req.once('error', () => undefined);
      req.once('close', resolve);
      req.write(head);
      // The store has begun when its half-written file stands there; only then does the line break.
      req.write(Buffer.concat([PDF, Buffer.alloc(200_000)]), () => {
        const watch = setInterval(() => {
          if (!stored().some((name) => name.endsWith('.partial'))) return;
          clearInterval(watch);
          req.destroy();
        }, 5);
      });
    });
    while (!app.logged.slice(before).some((line) => line.includes('upload_aborted'))) {
      await new Promise((resolve) => setTimeout(resolve, 5));
    }
    expect(await files.count(app.db, { caseId: work.caseId })).toBe(0);
    expect(stored().filter((name) => name.endsWith('.partial'))).toEqual([]);
  });
});

describe('who may', () => {
  test('a stranger finds neither the case nor the file', async () => {
    const mine = await upload(PDF, '一.pdf').expect(200);
    expect(await download(idOf(mine), stranger)).toMatchObject({ status: 404 });
    expect(await download('01890000-0000-7000-8000-000000000000')).toMatchObject({ status: 404 });
    expect(await upload(PDF, '一.pdf', { as: stranger })).toMatchObject({ status: 404 });
  });

  test('a submitted case takes no more files from the initiator, and an ended one from nobody', async () => {
    await inTransaction(app.db, (tx) => cases.update(tx, { id: work.caseId }, { state: 'running' }));
    await expectNothing(await upload(PDF, '一.pdf'), 403, 'forbidden');
    await inTransaction(app.db, (tx) => cases.update(tx, { id: work.caseId }, { state: 'ended' }));
    await expectNothing(await upload(PDF, '一.pdf'), 403, 'forbidden');
  });

  test('a removed file is gone', async () => {
    const mine = await upload(PDF, '一.pdf').expect(200);
    await inTransaction(app.db, (tx) => files.update(tx, { id: idOf(mine) }, { removedAt: MORNING }));
    expect(await download(idOf(mine))).toMatchObject({ status: 404 });
  });
});
