import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import request from 'supertest';
import type { Data } from '../../forms/language/dialect.ts';
import { proposalPdf } from '../../scripts/proposalPdf.ts';
import { loadDistrict } from '../../server/commands/loadDistrict.ts';
import type { Db } from '../../server/db/connection.ts';
import { contentHash } from '../../server/db/json.ts';
import { select } from '../../server/db/sql.ts';
import * as tables from '../../server/db/tables.ts';
import { readDistrict } from '../../server/district.ts';
import { inboxChannel } from '../../server/integrations/inbox.ts';
import { deliverMessages } from '../../server/jobs/deliverMessages.ts';
import { findSessionIn } from '../../server/main.ts';
import type { CaseRows, CaseView } from '../../server/routes/contract/cases.ts';
import type { ErrorBody } from '../../server/routes/contract/common.ts';
import type { Messages } from '../../server/routes/contract/messages.ts';
import { openApp, type TestApp } from './app.ts';

const HOUR = 3_600_000;
let keys = 0;

/** What the form itself begins with for this unit, person and day. */
const OWN = ['planYear', 'applicantUnit', 'uscc', 'applicantType', 'filler', 'fillerPhone'];

/** What the server said. `ok` gives the body of a success and fails loudly on anything else. */
export interface Answer<T> {
  status: number;
  body: T & ErrorBody;
  ok: T;
}

/** One person at their phone: everything goes through HTTP, as this seat holder. */
export class Actor {
  readonly #url: string;
  readonly token: string;

  constructor(url: string, token: string) {
    this.#url = url;
    this.token = token;
  }

  get<T>(place: string): Promise<Answer<T>> {
    return this.#send<T>('get', place);
  }

  put<T>(place: string, body: object): Promise<Answer<T>> {
    return this.#send<T>('put', place, body);
  }

  /** Every write gets a key of its own unless the test repeats one. */
  post<T>(place: string, body: object = {}, key = `test-key-${(keys += 1)}`): Promise<Answer<T>> {
    return this.#send<T>('post', place, body, key);
  }

  delete<T>(place: string): Promise<Answer<T>> {
    return this.#send<T>('delete', place);
  }

  async view(caseId: string): Promise<CaseView> {
    return (await this.get<CaseView>(`/cases/${caseId}`)).ok;
  }

  async rows(box: 'todo' | 'done' | 'mine', rest = ''): Promise<CaseRows> {
    return (await this.get<CaseRows>(`/${box === 'mine' ? 'cases' : 'tasks'}?box=${box}${rest}`)).ok;
  }

  async inbox(): Promise<Messages> {
    return (await this.get<Messages>('/messages')).ok;
  }

  /** Says no to the first question; returns the new case. */
  async start(): Promise<CaseView> {
    const { ok } = await this.post<{ caseId: string }>('/screenings', { secret: false });
    return this.view(ok.caseId);
  }

  /** Uploads a proposal and gives it back as a form's value. */
  async attach(caseId: string): Promise<Data> {
    const answer = await request(this.#url)
      .post(`/api/cases/${caseId}/files`)
      .set('Authorization', `Bearer ${this.token}`)
      .field('noSecret', 'true')
      .attach('file', Buffer.from(proposalPdf('test')), { filename: '项目建议书.pdf', contentType: 'application/pdf' });
    if (answer.status !== 200) throw new Error(`the upload was answered ${answer.status}: ${answer.text}`);
    return { ...(answer.body as Data), noSecret: true };
  }

  /** A complete declaration for this case, attachment included. */
  async declaration(view: CaseView, change: Data = {}): Promise<Data> {
    const begun = view.forms.find(({ key }) => key === 'declaration')?.data ?? {};
    const own = Object.fromEntries(OWN.map((key) => [key, begun[key] ?? null]));
    return { ...begun, ...DECLARATION, ...own, proposalDoc: [await this.attach(view.id)], ...change };
  }

  /** From the first question to the first step: a submitted declaration. */
  async declare(change: Data = {}): Promise<CaseView> {
    const view = await this.start();
    const forms = { declaration: await this.declaration(view, change) };
    return (await this.post<CaseView>(`/cases/${view.id}/submit`, { version: view.version, forms })).ok;
  }

  /** Decides the task this person has in the case now, as the buttons of the screen offer it. */
  async act(caseId: string, action: string, rest: object = {}): Promise<Answer<CaseView>> {
    const view = await this.view(caseId);
    const offered = view.allowed.find(({ type }) => type === action);
    if (!offered?.task) throw new Error(`${action} is not offered; allowed: ${JSON.stringify(view.allowed)}`);
    return this.post<CaseView>(`/tasks/${offered.task}/act`, { version: view.version, action, opinion: '', ...rest });
  }

  async #send<T>(
    method: 'get' | 'put' | 'post' | 'delete',
    place: string,
    body?: object,
    key?: string,
  ): Promise<Answer<T>> {
    const call = request(this.#url)[method](`/api${place}`).set('Authorization', `Bearer ${this.token}`);
    if (key !== undefined) void call.set('Idempotency-Key', key);
    const said = await (body === undefined ? call : call.send(body));
    const { status } = said;
    const answer = said.body as T & ErrorBody;
    return {
      status,
      body: answer,
      get ok() {
        if (status >= 300) throw new Error(`${method} ${place} was answered ${status}: ${JSON.stringify(answer)}`);
        return answer;
      },
    };
  }
}

export interface District extends TestApp {
  /** Signs a demonstration person in, once. */
  as(login: string): Promise<Actor>;
  /** Signs the person in anew: a clock that was moved on ends sessions. */
  fresh(login: string): Promise<Actor>;
  /** Lets the worker deliver what is due. */
  deliver(): Promise<number>;
}

/** The application with the real district in it, on the embedded database or the one given. */
export async function openDistrict({ db: given }: { db?: Db } = {}): Promise<District> {
  const own = given && { db: given, findSession: findSessionIn(given, 12 * HOUR) };
  const app = await openApp({ env: { DEMO: '1' }, ...(own ? { deps: own } : {}) });
  const db = given ?? app.db;
  await loadDistrict(db, await readDistrict(), { demo: true }, app.time.now);
  const signedIn = new Map<string, Promise<Actor>>();
  const fresh = async (login: string): Promise<Actor> => {
    const answer = await request(app.url).post('/api/demo/login').send({ login });
    if (answer.status !== 200) throw new Error(`${login} could not sign in: ${answer.text}`);
    return new Actor(app.url, (answer.body as { token: string }).token);
  };
  return {
    ...app,
    db,
    fresh,
    as(login) {
      const known = signedIn.get(login) ?? fresh(login);
      signedIn.set(login, known);
      return known;
    },
    deliver: () =>
      deliverMessages(
        { db, log: app.deps.log, channels: [inboxChannel(db)] },
        app.time.now,
        new AbortController().signal,
      ),
  };
}

interface Script {
  projects: { key: string; declaration: Data; filing?: Data }[];
}
const SCRIPT = JSON.parse(
  readFileSync(join(import.meta.dirname, '../../forms/catalogue/projects.demo.json'), 'utf8'),
) as Script;
const found = SCRIPT.projects.find(({ key }) => key === 'jtj-campus');
if (!found?.filing) throw new Error('the demonstration project jtj-campus is gone');

/** A declaration of the education bureau with nothing left to correct, but for its attachment. */
export const DECLARATION: Data = found.declaration;
/** The intake desk's sheet for it: everything in order. */
export const FILING: Data = found.filing;

/** How many rows each table has, and a hash over all of them: for "nothing changed". */
export async function contentsOf(db: Db): Promise<Record<string, string>> {
  const all: Record<string, string> = {};
  for (const { name } of Object.values(tables)) {
    const rows = (await select<Data>(db, `SELECT * FROM ${name}`)).map((row) => JSON.stringify(row)).sort();
    all[name] = `${rows.length} rows ${contentHash(rows).slice(0, 16)}`;
  }
  return all;
}
