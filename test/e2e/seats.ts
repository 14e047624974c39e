import { randomUUID } from 'node:crypto';
import type { Data } from '../../forms/language/dialect.ts';
import type { AllowedActionView, CaseRows, CaseView } from '../../server/routes/contract/cases.ts';

/** Which part of the opinion sheet each seat of the joint review fills in, by the seat's demonstration person. */
const PARTS: Record<string, string> = {
  'xxb.reviewer': 'office',
  'xxb.engineer': 'tech',
  'czj.reviewer': 'finance',
  'fgw.reviewer': 'planning',
  'spj.reviewer': 'approval',
};

/** People who act through the interface without a phone: for the stretches of a story that are told elsewhere. */
export class Seats {
  readonly #base: string;
  readonly #tokens = new Map<string, string>();

  constructor(base: string) {
    this.#base = base;
  }

  async ask<T>(login: string, method: 'GET' | 'POST' | 'PUT', place: string, body?: unknown): Promise<T> {
    const token = this.#tokens.get(login) ?? (await this.#signIn(login));
    return this.#send<T>(method, place, { authorization: `Bearer ${token}`, 'idempotency-key': randomUUID() }, body);
  }

  /** The case of that title in this person's list of things to do. */
  async waiting(login: string, title: string): Promise<CaseView> {
    const { items } = await this.ask<CaseRows>(login, 'GET', '/tasks?box=todo');
    const row = items.find((item) => item.title.includes(title));
    if (!row) throw new Error(`${login} has nothing to do about ${title}`);
    return this.ask<CaseView>(login, 'GET', `/cases/${row.caseId}`);
  }

  async act(
    login: string,
    view: CaseView,
    type: AllowedActionView['type'],
    more: { opinion?: string; to?: string; forms?: Record<string, Data> },
  ): Promise<CaseView> {
    const task = view.allowed.find((one) => one.type === type)?.task;
    if (!task) throw new Error(`${login} may not ${type} now`);
    const body = { version: view.version, action: type, opinion: '', ...more };
    return this.ask<CaseView>(login, 'POST', `/tasks/${task}/act`, body);
  }

  /** Agrees for a seat of the joint review: every check in order, nothing cut. `as`: the seat it stands in for. */
  async agree(login: string, title: string, as = login): Promise<void> {
    const view = await this.waiting(login, title);
    const part = PARTS[as] ?? '';
    const review = view.forms.find(({ key }) => key === 'review')?.data ?? {};
    const checks = (review[`${part}Checks`] as Data[]).map((row) => ({ ...row, result: 'conform' }));
    const forms = { review: { ...review, [`${part}Checks`]: checks, [`${part}Opinion`]: 'agree' } };
    await this.act(login, view, 'approve', { forms });
  }

  async #signIn(login: string): Promise<string> {
    const { token } = await this.#send<{ token: string }>('POST', '/demo/login', {}, { login });
    this.#tokens.set(login, token);
    return token;
  }

  async #send<T>(method: string, place: string, headers: Record<string, string>, body?: unknown): Promise<T> {
    const answer = await fetch(`${this.#base}/api${place}`, {
      method,
      headers: body === undefined ? headers : { ...headers, 'content-type': 'application/json' },
      body: body === undefined ? undefined : JSON.stringify(body),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${place} was answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
