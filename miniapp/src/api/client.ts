/**
 * The one place that talks to the server. Every refusal becomes an `ApiError` whose message is a sentence people can
 * read; a request that got no answer becomes an `ApiError` with `code: 'offline'`.
 */
import { host } from '../host/index.ts';
import type { Answered } from '../host/host.ts';
import type { ErrorBody, Problem } from './types.ts';
import { dropToken, keptToken } from './token.ts';

type Method = 'GET' | 'POST' | 'PUT' | 'DELETE';

const PATIENCE_MS = 20_000;
const RETRY_AFTER_MS = [800, 2_400];

export class ApiError extends Error {
  readonly code: string;
  readonly status: number;
  readonly article: string | undefined;
  readonly problems: Problem[];

  constructor(code: string, message: string, status: number, article?: string, problems: Problem[] = []) {
    super(message);
    this.name = 'ApiError';
    this.code = code;
    this.status = status;
    this.article = article;
    this.problems = problems;
  }

  /** No answer came: what was asked may or may not have been done. */
  get unanswered(): boolean {
    return this.status === 0 || this.status >= 502;
  }
}

let onSignedOut: () => void = () => undefined;

/** Called when the server no longer knows this session. */
export function whenSignedOut(then: () => void): void {
  onSignedOut = then;
}

/** The sentence to show for anything thrown by a request. */
export function sentenceOf(error: unknown): string {
  return error instanceof ApiError ? error.message : '页面出错了，请刷新后再试；仍不行请联系区信息办。';
}

export function get<T>(path: string, query: Record<string, string | number | undefined> = {}): Promise<T> {
  const pairs = Object.entries(query).filter(([, value]) => value !== undefined && value !== '');
  const text = pairs.map(([name, value]) => `${name}=${encodeURIComponent(String(value))}`).join('&');
  return patiently(() => ask<T>('GET', text ? `${path}?${text}` : path));
}

export function put<T>(path: string, body: unknown): Promise<T> {
  return ask<T>('PUT', path, body);
}

export function remove(path: string): Promise<void> {
  return ask<void>('DELETE', path);
}

export function post<T>(path: string, body?: unknown): Promise<T> {
  return ask<T>('POST', path, body);
}

/**
 * Writes that have not been answered, by what they asked. The same request sent again, by the retry here or by the
 * person pressing the button again, carries the same key, so it has one effect however often it arrives.
 */
const unansweredKeys = new Map<string, string>();

/** A write that must happen once. */
export async function postOnce<T>(path: string, body: unknown): Promise<T> {
  const asked = `${path}\n${JSON.stringify(body)}`;
  const key = unansweredKeys.get(asked) ?? newKey();
  unansweredKeys.set(asked, key);
  try {
    const answer = await patiently(() => ask<T>('POST', path, body, { 'Idempotency-Key': key }));
    unansweredKeys.delete(asked);
    return answer;
  } catch (error) {
    if (error instanceof ApiError && !error.unanswered) unansweredKeys.delete(asked);
    throw error;
  }
}

/** Enough to be unique among one person's writes; not a secret. */
function newKey(): string {
  const part = () => Math.random().toString(36).slice(2, 12).padEnd(10, '0');
  return `${Date.now().toString(36)}-${part()}${part()}`;
}

async function patiently<T>(attempt: () => Promise<T>): Promise<T> {
  for (const pause of RETRY_AFTER_MS) {
    try {
      return await attempt();
    } catch (error) {
      if (!(error instanceof ApiError) || !error.unanswered) throw error;
      await new Promise((resolve) => setTimeout(resolve, pause));
    }
  }
  return attempt();
}

async function ask<T>(method: Method, path: string, body?: unknown, extra: Record<string, string> = {}): Promise<T> {
  const kept = keptToken();
  const header: Record<string, string> = { Accept: 'application/json', ...extra };
  if (kept) header.Authorization = `Bearer ${kept.token}`;
  if (body !== undefined) header['Content-Type'] = 'application/json';
  const data = body === undefined ? undefined : JSON.stringify(body);
  let answer: Answered;
  try {
    answer = await host.request({ url: `${API_BASE}${path}`, method, header, data, timeout: PATIENCE_MS });
  } catch {
    throw new ApiError('offline', '网络连接不上，请检查网络后重试；已填写的内容仍在本机。', 0);
  }
  if (answer.statusCode >= 200 && answer.statusCode < 300) return answer.data as T;
  throw refusalOf(answer.statusCode, answer.data, kept !== null);
}

function refusalOf(status: number, data: unknown, wasSignedIn: boolean): ApiError {
  const told = isErrorBody(data) ? data.error : null;
  if (status === 401 && wasSignedIn) {
    dropToken();
    onSignedOut();
  }
  if (!told) return new ApiError('unavailable', '系统暂时没有响应，请稍后再试；仍不行请联系区信息办。', status);
  return new ApiError(told.code, told.message, status, told.article, told.problems);
}

function isErrorBody(data: unknown): data is ErrorBody {
  return typeof data === 'object' && data !== null && typeof (data as Partial<ErrorBody>).error?.message === 'string';
}
