import { afterAll, beforeAll, beforeEach, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync } from 'node:fs';
import http from 'node:http';
import net from 'node:net';
import path from 'node:path';
import { PassThrough } from 'node:stream';
import { text } from 'node:stream/consumers';
import request from 'supertest';
import { newId } from '../../server/db/ids.ts';
import { cases, files, seatHolders, seats } from '../../server/db/tables.ts';
import { inTransaction } from '../../server/db/transaction.ts';
import { secretMark } from '../../server/integrations/files/names.ts';
import { receive } from '../../server/integrations/files/receive.ts';
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
  const known = new Set((await files.find(app.db, {})).map(({ id }) => id));
  expect(stored().filter((id) => !known.has(id))).toEqual([]);
};

const part = (name: string, content: string | Buffer, filename?: string): Buffer =>
  Buffer.concat([
    Buffer.from(
      `--x-boundary\r\nContent-Disposition: form-data; name="${name}"` +
        `${filename === undefined ? '' : `; filename="${filename}"`}\r\n\r\n`,
    ),
    Buffer.from(content),
    Buffer.from('\r\n'),
  ]);
const TICK = part('noSecret', 'true');
const END = Buffer.from('--x-boundary--\r\n');

/** Sends these bytes and nothing else, as no browser or library would, and reads the answer to its end. */
const sendRaw = async (...parts: Buffer[]): Promise<{ status: number; body: unknown }> => {
  const body = Buffer.concat(parts);
  const { hostname, port } = new URL(app.url);
  const socket = net.connect(Number(port), hostname);
  socket.write(
    `POST /api/cases/${work.caseId}/files HTTP/1.1\r\nHost: ${hostname}\r\nAuthorization: Bearer ${token}\r\n` +
      'Content-Type: multipart/form-data; boundary=x-boundary\r\nConnection: close\r\n' +
      `Content-Length: ${body.length}\r\n\r\n`,
  );
  socket.write(body);
  const answer = await text(socket);
  const [head = '', said = ''] = answer.split('\r\n\r\n');
  return { status: Number(head.split(' ')[1]), body: JSON.parse(said) as unknown };
};

/** Somebody of the same unit in another seat: reads its cases and fills in none. */
const colleagueOf = async (unitId: string): Promise<string> => {
  const personId = await addPerson(app.db, '同事');
  await inTransaction(app.db, async (tx) => {
    const seatId = newId(MORNING);
    await seats.insert(tx, { id: seatId, unitId, key: 'unitHead', title: '单位负责人', readsAll: false });
    await seatHolders.insert(tx, { id: newId(MORNING), seatId, personId, fromAt: MORNING });
  });
  return personId;
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

  test.each([
    '机密★建设方案.pdf',
    '绝密.pdf',
    '方案（秘 密★5年）.pdf',
    '内部文件-会议纪要.pdf',
    `${'长'.repeat(150)}机密.pdf`,
  ])('a name with a mark of secrecy is refused: %s', async (name) => {
    const answer = await upload(PDF, name);
    await expectNothing(answer, 422, 'file_marked_secret');
    expect(answer.body).toMatchObject({ error: { rule: 'R03-3' } });
  });

  test.each([
    ['绝密.pdf', '绝密'],
    ['【机密】方案.pdf', '机密'],
    ['秘密★1年-方案.pdf', '秘密'],
    ['方案（秘　密）.pdf', '秘密'],
    ['机\u200b密＊.pdf', '机密'],
    ['机密文件清单.pdf', '机密'],
    ['内部资料.pdf', '内部资料'],
    ['内部文件-会议纪要.pdf', '内部文件'],
    // Stopped although harmless: it is renamed, or looked at by the office.
    ['商业秘密保护制度.pdf', '秘密'],
    ['保密承诺书.pdf', null],
    ['非涉密说明.pdf', null],
    ['秘书处通知.pdf', null],
    ['密码应用方案.pdf', null],
    ['计算机密码管理办法.pdf', null],
    ['加密机密钥管理.docx', null],
    ['拒绝密码共享.pdf', null],
    ['数据机密性与完整性.pdf', null],
    ['机密计算平台.pdf', null],
    ['内部控制制度.pdf', null],
  ])('the mark of %s is %s', (name, mark) => {
    expect(secretMark(name)).toBe(mark);
  });

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

  test.each([
    ['一"终稿".pdf', '一%22终稿%22.pdf'],
    ['一"终稿".pdf', '一\\"终稿\\".pdf'],
    ['完成100%，上升%2F.pdf', '完成100%，上升%2F.pdf'],
    ['上下.pdf', '上%0D%0A下.pdf'],
    ['一.pdf', '/home/张三/一.pdf'],
    ['二.pdf', '..\\\\二.pdf'],
  ])('the name is kept as its author knows it: %s', async (kept, sent) => {
    const answer = await sendRaw(TICK, part('file', PDF, sent), END);
    expect(answer).toMatchObject({ status: 200, body: { name: kept } });
    const back = await download(idOf(answer)).expect(200);
    expect(back.headers['content-disposition']).toContain(`filename*=UTF-8''${encodeURIComponent(kept)}`);
  });

  test('no file, or a JSON body, is refused', async () => {
    const send = () => request(app.url).post(`/api/cases/${work.caseId}/files`).set('Authorization', `Bearer ${token}`);
    await expectNothing(await send().field('noSecret', 'true'), 400, 'file_missing');
    await expectNothing(await send().send({ noSecret: true }), 415, 'unsupported_media_type');
  });

  const file = (content: Buffer = PDF): Buffer => part('file', content, '一.pdf');

  test.each([
    ['a field nobody asked for', [TICK, part('extra', '1'), file(), END], 'unknown_field'],
    ['such a field behind the file', [TICK, file(), part('extra', '1'), END], 'unknown_field'],
    ['a field without a name', [TICK, part('', '1'), file(), END], 'unknown_field'],
    [
      'a part that is no field',
      [Buffer.from('--x-boundary\r\nX-A: 1\r\n\r\n1\r\n'), TICK, file(), END],
      'unknown_field',
    ],
    ['a file under another name', [TICK, part('image', PDF, '一.pdf'), END], 'unknown_field'],
    ['a confirmation taken back', [TICK, file(), part('noSecret', 'false'), END], 'invalid_value'],
    ['a second file', [TICK, file(), file(), END], 'one_file_only'],
    ['a second file under another name', [TICK, file(), part('image', PDF, '二.pdf'), END], 'one_file_only'],
  ])('%s is refused', async (_what, parts, code) => {
    await expectNothing(await sendRaw(...parts), 400, code);
  });

  const LARGE = Buffer.concat([PDF, Buffer.alloc(500_000)]);

  test.each([
    ['a program', [TICK, part('file', LARGE, 'a.exe'), END], 415, 'file_type_refused'],
    ['a marked name', [TICK, part('file', LARGE, '机密★.pdf'), END], 422, 'file_marked_secret'],
    ['a file without the confirmation', [file(LARGE), END], 400, 'file_not_declared_open'],
    ['a file under another name', [TICK, part('image', LARGE, '一.pdf'), END], 400, 'unknown_field'],
    ['a second file', [TICK, file(), file(LARGE), END], 400, 'one_file_only'],
    ['a field behind it', [TICK, file(LARGE), part('extra', '1'), END], 400, 'unknown_field'],
    ['no closing boundary', [TICK, file(LARGE)], 400, 'upload_aborted'],
    ['no closing boundary, and small', [TICK, file()], 400, 'upload_aborted'],
    ['no closing boundary, and refused', [TICK, part('file', LARGE, 'a.exe')], 415, 'file_type_refused'],
    ['a broken header', [TICK, Buffer.from('--x-boundary\r\nbroken header\r\n\r\n'), LARGE], 400, 'upload_aborted'],
    [
      'a broken header behind it',
      [TICK, file(LARGE), Buffer.from('--x-boundary\r\nbroken\r\n')],
      400,
      'upload_aborted',
    ],
  ])('half a megabyte refused is an answer and not the end of the process: %s', async (_what, parts, status, code) => {
    await expectNothing(await sendRaw(...parts), status, code);
    await upload(PDF, '一.pdf').expect(200);
  });

  test('a sender who left before the file was asked for is not waited for', async () => {
    const headers = { 'content-type': 'multipart/form-data; boundary=x-boundary' };
    const gone = Object.assign(new PassThrough(), { headers }) as unknown as http.IncomingMessage;
    gone.destroy();
    await expect(receive(gone, app.deps.store, newId(MORNING))).rejects.toMatchObject({ code: 'upload_aborted' });
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

test('a case takes sixty files and not one more', async () => {
  const row = { caseId: work.caseId, unitId: work.unitId, personId: work.personId, name: '一.pdf', size: 1 };
  const rest = { sha256: 'h', mime: 'application/pdf', noSecret: true, handedIn: false, createdAt: MORNING };
  const present = Array.from({ length: 59 }, () => ({ id: newId(MORNING), ...row, ...rest }));
  await inTransaction(app.db, (tx) => files.insertMany(tx, present));
  const answers = await Promise.all([upload(PDF, '一.pdf'), upload(PDF, '二.pdf')]);
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 409]);
  expect(answers.find(({ status }) => status === 409)?.body).toMatchObject({ error: { code: 'too_many_files' } });
  expect(await files.count(app.db, { caseId: work.caseId })).toBe(60);
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

  test('what was not handed in is for whoever fills in; what was, for the readers of the case', async () => {
    const mine = await upload(PDF, '一.pdf').expect(200);
    const colleague = await addSession(app.db, await colleagueOf(work.unitId), MORNING);
    await inTransaction(app.db, (tx) => cases.update(tx, { id: work.caseId }, { state: 'returned' }));
    expect([(await download(idOf(mine))).status, (await download(idOf(mine), colleague)).status]).toEqual([200, 404]);
    await inTransaction(app.db, (tx) => files.update(tx, { id: idOf(mine) }, { handedIn: true }));
    expect([(await download(idOf(mine))).status, (await download(idOf(mine), colleague)).status]).toEqual([200, 200]);
  });

  test('a removed file is gone', async () => {
    const mine = await upload(PDF, '一.pdf').expect(200);
    await inTransaction(app.db, (tx) => files.update(tx, { id: idOf(mine) }, { removedAt: MORNING }));
    expect(await download(idOf(mine))).toMatchObject({ status: 404 });
  });
});
