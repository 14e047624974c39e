/** What the installation must keep to itself: made once at the first start, readable by its owner alone. */
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Env } from './env.ts';

export interface Secrets {
  /** Key of the hashes under which session tokens are stored. */
  sessionKey: string;
}

const isSecrets = (value: unknown): value is Secrets =>
  typeof value === 'object' && value !== null && 'sessionKey' in value && typeof value.sessionKey === 'string';

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** The configured key, or the one in `secrets.json`, written there if this is the first start. */
export const readSecrets = async (env: Pick<Env, 'varDir' | 'sessionKey'>): Promise<Secrets> => {
  if (env.sessionKey !== null) return { sessionKey: env.sessionKey };
  const file = path.join(env.varDir, 'secrets.json');
  await mkdir(env.varDir, { recursive: true, mode: 0o700 });
  // Written aside and linked into place: of two first starts one wins, and neither reads half a file.
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(aside, `${JSON.stringify({ sessionKey: randomBytes(32).toString('hex') })}\n`, { mode: 0o600 });
  try {
    await link(aside, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(aside);
  }
  await chmod(file, 0o600);
  const stored: unknown = JSON.parse(await readFile(file, 'utf8'));
  if (!isSecrets(stored)) {
    throw new Error(`${file} 不是有效的密钥文件。请恢复备份；删除后重启会生成新的，所有人须重新登录。`);
  }
  return { sessionKey: stored.sessionKey };
};
