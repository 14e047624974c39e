/**
 * The platform under the phone app, played by the test: requests wait until they are answered, storage remembers, and
 * the window has the name of a frame. Import this before anything of `miniapp/src`, and that with `await import`.
 */
import { jest } from '@jest/globals';

type Sent = Pick<Taro.request.Option, 'url' | 'method' | 'header' | 'data'>;

/** One request that has left the phone. */
export interface Asked {
  method: string;
  /** Below the address of the API. */
  place: string;
  header: Record<string, string>;
  body: unknown;
  answer: (statusCode: number, data?: unknown) => void;
  /** The line is broken: nothing comes back. */
  breakOff: () => void;
}

/** Everything asked so far, oldest first. */
export const asked: Asked[] = [];
export const storage = new Map<string, unknown>();
export const frame = { name: '' };

const request = ({ url, method, header, data }: Sent) =>
  new Promise((resolve, reject) => {
    asked.push({
      method: method ?? 'GET',
      place: url.replace(/^\/api/, ''),
      header: header as Record<string, string>,
      body: data === undefined ? undefined : JSON.parse(data as string),
      answer: (statusCode, answered) => resolve({ statusCode, data: answered }),
      breakOff: () => reject(new Error('request:fail')),
    });
  });

// Storage keeps copies, as every platform does.
const Taro = {
  request,
  getStorageSync: (key: string) => structuredClone(storage.get(key) ?? ''),
  setStorageSync: (key: string, value: unknown) => void storage.set(key, structuredClone(value)),
  removeStorageSync: (key: string) => void storage.delete(key),
};

jest.unstable_mockModule('@tarojs/taro', () => ({ default: Taro }));
Object.assign(globalThis, { API_BASE: '/api', window: frame });
process.env['TARO_ENV'] = 'h5';

/** A phone fresh out of the box. */
export function reset(): void {
  asked.length = 0;
  storage.clear();
  frame.name = '';
}

/** Which request is it? Fails with what was asked when there is no such one. */
export function nth(index: number): Asked {
  const found = asked[index];
  if (!found) throw new Error(`only ${asked.length} requests: ${asked.map(({ place }) => place).join(', ')}`);
  return found;
}
