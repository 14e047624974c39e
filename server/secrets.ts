/** What the installation must keep to itself: made once at the first start, readable by its owner alone. */
import { randomBytes } from 'node:crypto';
import { chmod, link, mkdir, readFile, unlink, writeFile } from 'node:fs/promises';
import path from 'node:path';
import type { Env } from './env.ts';
import { newSealKeys, readSealKeys, SealKeysWrong, type SealKey } from './softwareCrypto.ts';

export interface Secrets {
  /** Key of the hashes under which session tokens are stored. */
  sessionKey: string;
  /** Keys under which sensitive values are sealed, the newest first. */
  sealKeys: SealKey[];
}

const isStored = (value: unknown): value is { sessionKey: string } =>
  typeof value === 'object' && value !== null && 'sessionKey' in value && typeof value.sessionKey === 'string';

const hasCode = (error: unknown, code: string): boolean =>
  typeof error === 'object' && error !== null && 'code' in error && error.code === code;

/** The configured keys, or those in `secrets.json` and `seal-keys`, written there if this is the first start. */
export const readSecrets = async (env: Pick<Env, 'varDir' | 'sessionKey' | 'sealKeys'>): Promise<Secrets> => ({
  sessionKey: env.sessionKey ?? (await sessionKeyIn(path.join(env.varDir, 'secrets.json'))),
  sealKeys: await sealKeysOf(env),
});

const sessionKeyIn = async (file: string): Promise<string> => {
  const made = `${JSON.stringify({ sessionKey: randomBytes(32).toString('hex') })}\n`;
  const stored: unknown = JSON.parse(await keptIn(file, made));
  if (!isStored(stored)) {
    throw new Error(`${file} 不是有效的密钥文件。请恢复备份；删除后重启会生成新的，所有人须重新登录。`);
  }
  return stored.sessionKey;
};

/**
 * The key ring alone, for programs that need no session. A file of its own: whoever backs the keys up, or takes one out of
 * use, edits one line.
 */
export const sealKeysOf = async ({ varDir, sealKeys }: Pick<Env, 'varDir' | 'sealKeys'>): Promise<SealKey[]> => {
  if (sealKeys !== null) return readSealKeys(sealKeys);
  const file = path.join(varDir, 'seal-keys');
  try {
    return readSealKeys(await keptIn(file, `${newSealKeys()}\n`));
  } catch (error) {
    if (!(error instanceof SealKeysWrong)) throw error;
    throw new Error(
      `${file} 不是有效的密钥文件：${error.message}。请恢复备份；没有原来的密钥，已加密的内容无法打开。`,
      {
        cause: error,
      },
    );
  }
};

/** What the file holds; `made` where there was none, for its owner alone. */
const keptIn = async (file: string, made: string): Promise<string> => {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  // Written aside and linked into place: of two first starts one wins, and neither reads half a file.
  const aside = `${file}.${randomBytes(4).toString('hex')}`;
  await writeFile(aside, made, { mode: 0o600 });
  try {
    await link(aside, file);
  } catch (error) {
    if (!hasCode(error, 'EEXIST')) throw error;
  } finally {
    await unlink(aside);
  }
  await chmod(file, 0o600);
  return readFile(file, 'utf8');
};
