import { randomUUID } from 'node:crypto';

type Body = Record<string, unknown> | FormData;

/** Speaks to the server as one demonstration person at a time. */
export class Actors {
  readonly #base: string;
  readonly #tokens = new Map<string, Promise<string>>();

  constructor(base: string) {
    this.#base = base;
  }

  async ask<T>(login: string, method: 'GET' | 'POST' | 'PUT', place: string, body?: Body): Promise<T> {
    const headers: Record<string, string> = { authorization: `Bearer ${await this.#tokenOf(login)}` };
    if (method === 'POST') headers['idempotency-key'] = randomUUID();
    return this.#send<T>(method, place, headers, body);
  }

  #tokenOf(login: string): Promise<string> {
    const known = this.#tokens.get(login);
    if (known !== undefined) return known;
    const token = this.#send<{ token: string }>('POST', '/demo/login', {}, { login }).then((answer) => answer.token);
    this.#tokens.set(login, token);
    return token;
  }

  async #send<T>(method: string, place: string, headers: Record<string, string>, body?: Body): Promise<T> {
    const json = body !== undefined && !(body instanceof FormData);
    const answer = await fetch(`${this.#base}/api${place}`, {
      method,
      headers: json ? { ...headers, 'content-type': 'application/json' } : headers,
      body: json ? JSON.stringify(body) : body,
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${place} was answered ${answer.status}: ${text}`);
    return JSON.parse(text) as T;
  }
}
