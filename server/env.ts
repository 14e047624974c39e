/**
 * Configuration: read here and nowhere else, checked once, refused with one message that lists every mistake.
 * `.env.example` lists the same names; a test compares the two.
 */
import path from 'node:path';
import { readSealKeys, SealKeysWrong } from './softwareCrypto.ts';

export type Role = 'web' | 'worker' | 'web,worker';

export interface Env {
  production: boolean;
  host: string;
  port: number;
  /** Address under which people reach the system, without a trailing slash; absolute links are made from it alone. */
  publicUrl: string;
  role: Role;
  databaseUrl: string;
  varDir: string;
  filesDir: string;
  /** Demo sign-in without a password. Never together with production. */
  demo: boolean;
  logLevel: string;
  /** The reverse proxy in front is trusted to say who the client is. */
  trustProxy: boolean;
  /** Key for the hashes of session tokens; null: generated once under `varDir`. */
  sessionKey: string | null;
  /** Keys under which sensitive values are sealed, the newest first; null: generated once under `varDir`. */
  sealKeys: string | null;
  /** Signed out after this long without a request, and after `sessionMaxMs` in any case. */
  sessionIdleMs: number;
  sessionMaxMs: number;
  /** Requests one person or address may make in a minute. */
  rateLimit: number;
}

type Source = Record<string, string | undefined>;

const LOG_LEVELS = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'];
const HOUR = 3_600_000;

/** Every name that is read, for `.env.example` and its test. */
export const ENV_NAMES = [
  'NODE_ENV',
  'HOST',
  'PORT',
  'PUBLIC_URL',
  'ROLE',
  'DATABASE_URL',
  'VAR_DIR',
  'FILES_DIR',
  'DEMO',
  'LOG_LEVEL',
  'TRUST_PROXY',
  'SESSION_KEY',
  'SEAL_KEYS',
  'SESSION_IDLE_HOURS',
  'SESSION_MAX_HOURS',
  'RATE_LIMIT',
] as const;

type Name = (typeof ENV_NAMES)[number];

/** The configuration is wrong; the message lists everything that is. */
export class EnvMistakes extends Error {
  readonly mistakes: string[];
  constructor(mistakes: string[]) {
    super(`配置有误，系统没有启动：\n${mistakes.map((mistake) => `  - ${mistake}`).join('\n')}`);
    this.name = 'EnvMistakes';
    this.mistakes = mistakes;
  }
}

/** Reads and checks the whole configuration, or throws `EnvMistakes`. */
export const readEnv = (source: Source = process.env): Env => {
  const mistakes: string[] = [];
  const text = (name: Name, otherwise: string): string => source[name]?.trim() || otherwise;

  const whole = (name: Name, otherwise: number, from: number, to: number): number => {
    const given = text(name, String(otherwise));
    const number = Number(given);
    if (/^\d+$/.test(given) && number >= from && number <= to) return number;
    mistakes.push(`${name} 应为 ${from} 到 ${to} 的整数，现为“${given}”`);
    return otherwise;
  };
  const oneOf = <T extends string>(name: Name, otherwise: T, allowed: readonly T[]): T => {
    const given = text(name, otherwise);
    const found = allowed.find((value) => value === given);
    if (found === undefined) mistakes.push(`${name} 应为 ${allowed.join('、')} 之一，现为“${given}”`);
    return found ?? otherwise;
  };
  const flag = (name: Name, otherwise: boolean): boolean =>
    oneOf(name, otherwise ? '1' : '0', ['0', '1'] as const) === '1';

  const production = oneOf('NODE_ENV', 'development', ['development', 'test', 'production']) === 'production';
  const varDir = path.resolve(text('VAR_DIR', 'var'));
  const givenUrl = text('DATABASE_URL', `sqlite:${path.join(varDir, 'xunyang.db')}`);
  const embedded = givenUrl.startsWith('sqlite:');
  const databaseUrl = embedded ? `sqlite:${path.resolve(givenUrl.slice('sqlite:'.length))}` : givenUrl;
  if (!embedded && !isUrl(databaseUrl, ['mysql:'])) {
    // The value holds a password: it is not repeated.
    mistakes.push('DATABASE_URL 应以 sqlite: 开头，或形如 mysql://用户:密码@主机:3306/库名');
  }
  const demo = flag('DEMO', embedded && !production);
  if (demo && production) mistakes.push('DEMO=1 是免密码的演示登录，不能与 NODE_ENV=production 同时使用');

  const port = whole('PORT', 8080, 0, 65_535);
  const publicUrl = text('PUBLIC_URL', `http://localhost:${port}`).replace(/\/+$/, '');
  if (!isUrl(publicUrl, ['http:', 'https:'])) mistakes.push(`PUBLIC_URL 应为 http(s) 地址，现为“${publicUrl}”`);
  if (production && !publicUrl.startsWith('https://'))
    mistakes.push('NODE_ENV=production 时 PUBLIC_URL 须为 https 地址');

  const sessionKey = text('SESSION_KEY', '') || null;
  if (sessionKey !== null && sessionKey.length < 32)
    mistakes.push('SESSION_KEY 至少 32 个字符，可用 openssl rand -hex 32 生成');
  const sealKeys = text('SEAL_KEYS', '') || null;
  const wrong = sealKeys === null ? null : whyNotKeys(sealKeys);
  if (wrong !== null) mistakes.push(`SEAL_KEYS ${wrong}，密钥可用 openssl rand -hex 32 生成`);
  const idle = whole('SESSION_IDLE_HOURS', 12, 1, 720);
  const max = whole('SESSION_MAX_HOURS', 168, 1, 8760);
  if (max < idle) mistakes.push('SESSION_MAX_HOURS 不能小于 SESSION_IDLE_HOURS');

  const env: Env = {
    production,
    host: text('HOST', demo ? '127.0.0.1' : '0.0.0.0'),
    port,
    publicUrl,
    role: oneOf('ROLE', 'web,worker', ['web', 'worker', 'web,worker']),
    databaseUrl,
    varDir,
    filesDir: path.resolve(text('FILES_DIR', path.join(varDir, 'files'))),
    demo,
    logLevel: oneOf('LOG_LEVEL', demo ? 'warn' : 'info', LOG_LEVELS),
    trustProxy: flag('TRUST_PROXY', false),
    sessionKey,
    sealKeys,
    sessionIdleMs: idle * HOUR,
    sessionMaxMs: max * HOUR,
    rateLimit: whole('RATE_LIMIT', demo ? 6000 : 600, 1, 1_000_000),
  };
  if (mistakes.length > 0) throw new EnvMistakes(mistakes);
  return env;
};

/** What is wrong with the keys; the words repeat none. */
const whyNotKeys = (text: string): string | null => {
  try {
    readSealKeys(text);
    return null;
  } catch (error) {
    if (error instanceof SealKeysWrong) return error.message;
    throw error;
  }
};

const isUrl = (text: string, protocols: string[]): boolean =>
  URL.canParse(text) && protocols.includes(new URL(text).protocol);
