import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { request as open } from 'node:http';
import { contentsOf, openDistrict, type Actor, type District } from '../support/district.ts';
import type { CaseView } from '../../server/routes/contract/cases.ts';
import type { ErrorBody } from '../../server/routes/contract/common.ts';

let district: District;
let clerk: Actor;
let draft: CaseView;

beforeAll(async () => {
  district = await openDistrict();
  clerk = await district.as('jtj.clerk');
  draft = await clerk.start();
});
afterAll(() => district.close());

/** Sends bytes as they are: a client library would mend some of them. */
const send = (method: string, path: string, body?: string | Buffer): Promise<{ status: number; body: ErrorBody }> =>
  new Promise((resolve, reject) => {
    const headers = {
      Authorization: `Bearer ${clerk.token}`,
      'Idempotency-Key': 'text-key-1',
      ...(body === undefined ? {} : { 'Content-Type': 'application/json', 'Content-Length': Buffer.byteLength(body) }),
    };
    const call = open(`${district.url}/api${path}`, { method, headers }, (answer) => {
      const heard: Buffer[] = [];
      answer.on('data', (chunk: Buffer) => heard.push(chunk));
      answer.on('end', () =>
        resolve({
          status: answer.statusCode ?? 0,
          body: JSON.parse(Buffer.concat(heard).toString('utf8')) as ErrorBody,
        }),
      );
    });
    call.on('error', reject);
    call.end(body);
  });

/** The body of a draft with this JSON as its data. */
const drafted = (data: string): string => `{"form":"declaration","task":null,"draftVersion":0,"data":${data}}`;

/** Refused with this code, and nothing anywhere has changed. */
const refused = async (method: string, path: string, body: string | Buffer | undefined, code: string) => {
  const before = await contentsOf(district.db);
  const answer = await send(method, path, body);
  expect({ status: answer.status, code: answer.body.error.code }).toEqual({ status: 400, code });
  expect(await contentsOf(district.db)).toEqual(before);
  return answer.body.error.message;
};

describe('what is no text', () => {
  test.each([
    ['NUL', '\\u0000'],
    ['a bell', '\\u0007'],
    ['a vertical tab', '\\u000b'],
    ['DEL', '\\u007f'],
    ['a C1 control', '\\u0092'],
    ['half a character, the first', '\\ud83d'],
    ['half a character, the second', '\\ude00'],
    ['a replacement character', '\\ufffd'],
  ])('%s is refused in a draft, with the words around it', async (_what, escaped) => {
    const body = drafted(`{"projectName":"智慧教育${escaped}平台"}`);
    const message = await refused('PUT', `/cases/${draft.id}/draft`, body, 'bad_text');
    expect(message).toContain('“表单内容”中“智慧教育平台”附近');
  });

  test('bytes that are no UTF-8 are refused, not replaced', async () => {
    const [head = '', tail = ''] = drafted('{"projectName":"智慧|教育"}').split('|');
    for (const bytes of [[0xff], [0xc0, 0x80], [0xed, 0xa0, 0x80], [0xe6, 0x99]]) {
      const body = Buffer.concat([Buffer.from(head), Buffer.from(bytes), Buffer.from(tail)]);
      await refused('PUT', `/cases/${draft.id}/draft`, body, 'bad_text');
    }
  });

  test('names, rows and other fields are judged as well', async () => {
    const place = `/cases/${draft.id}/draft`;
    await refused('PUT', place, drafted('{"project\\u0000Name":"x"}'), 'bad_text');
    await refused('PUT', place, drafted('{"contentItems":[{"name":"\\u0000"}]}'), 'bad_text');
    const form = `{"form":"\\u0000","task":null,"draftVersion":0,"data":{}}`;
    expect(await refused('PUT', place, form, 'bad_text')).toContain('“表单”中有');
    const reason = '{"version":0,"reason":"不报了\\u0000"}';
    expect(await refused('POST', `/cases/${draft.id}/withdraw`, reason, 'bad_text')).toContain('“撤回原因”中“不报了”');
  });

  test('in an address: a query is refused, a path leads nowhere', async () => {
    for (const bad of ['%00', '%ED%A0%80', '%FF']) {
      await refused('GET', `/references/planningClause?q=${bad}`, undefined, 'bad_text');
      expect((await send('GET', `/references/${bad}?q=x`)).status).toBe(404);
      expect((await send('GET', `/cases/${bad}`)).status).toBe(404);
    }
  });

  test('null is content of the wrong kind', async () => {
    expect(await refused('PUT', `/cases/${draft.id}/draft`, 'null', 'wrong_type')).toContain('应为一组内容');
  });
});

test('lines, tabs, emoji and rare characters are text', async () => {
  const answer = await send(
    'PUT',
    `/cases/${draft.id}/draft`,
    drafted(String.raw`{"projectName":"智慧\ud83d\ude00𠮷","goals":"一\r\n二\t三"}`),
  );
  expect(answer.status).toBe(200);
  const view = await clerk.view(draft.id);
  expect(view.forms[0]?.data).toMatchObject({ projectName: '智慧😀𠮷', goals: '一\n二\t三' });
});
