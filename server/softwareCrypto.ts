/** SM4-CTR and HMAC-SM3, encrypt-then-MAC, with keys derived by HKDF-SM3 from the installation's own. */
import { createCipheriv, createDecipheriv, createHmac, hkdfSync, randomBytes, timingSafeEqual } from 'node:crypto';
import { SealBroken, type CryptoProvider, type Envelope } from './crypto.ts';

/** One line of the key ring. A destroyed key keeps its line, so that a key forgotten is told from one given up. */
export interface SealKey {
  id: string;
  /** 256 bits; null: destroyed. */
  master: Buffer | null;
}

/** What is wrong with a key ring; the message repeats no key. */
export class SealKeysWrong extends Error {}

const LINE = /^([A-Za-z0-9_-]{1,32}):([0-9a-fA-F]{64}|destroyed)$/;

/** Reads `id:64 hex digits` or `id:destroyed`, one a line or separated by commas, the newest first. */
export const readSealKeys = (text: string): SealKey[] => {
  const lines = text.split(/[\s,]+/).filter((line) => line !== '');
  const keys = lines.map((line, at) => {
    const [, id, value = ''] = LINE.exec(line) ?? [];
    if (id === undefined) throw new SealKeysWrong(`第 ${at + 1} 项应形如“编号:64位十六进制”或“编号:destroyed”`);
    return { id, master: value === 'destroyed' ? null : Buffer.from(value, 'hex') };
  });
  if (!keys[0]?.master) throw new SealKeysWrong('第一项是现用密钥，不能空缺，也不能是已销毁的');
  if (new Set(keys.map(({ id }) => id)).size < keys.length) throw new SealKeysWrong('同一编号出现两次');
  return keys;
};

/** A key ring of one new key, as text. Its id is random too: no two installations mistake each other's values. */
export const newSealKeys = (): string => `k${randomBytes(4).toString('hex')}:${randomBytes(32).toString('hex')}`;

interface Derived {
  cipher: Buffer;
  mac: Buffer;
}

const derive = (master: Buffer): Derived => {
  const part = (info: string, bytes: number) =>
    Buffer.from(hkdfSync('sm3', master, '', `xunyang seal 1 ${info}`, bytes));
  return { cipher: part('sm4-ctr', 16), mac: part('hmac-sm3', 32) };
};

/** Every part with its length before it: no two different envelopes are tagged over the same bytes. */
const tagOf = (mac: Buffer, k: string, bound: string, nonce: Buffer, body: Buffer): Buffer => {
  const parts = [Buffer.from(k), Buffer.from(bound), nonce, body];
  const hmac = createHmac('sm3', mac);
  for (const part of parts) {
    const length = Buffer.alloc(4);
    length.writeUInt32BE(part.length);
    hmac.update(length).update(part);
  }
  return hmac.digest();
};

/** The provider that needs no device. The first key of the ring seals, all of them open. */
export const softwareCrypto = (ring: readonly SealKey[]): CryptoProvider => {
  const derived = new Map(ring.map(({ id, master }) => [id, master && derive(master)]));
  const newest = ring[0]?.id ?? '';

  const sealOne = (text: string, bound: string): Envelope => {
    const keys = derived.get(newest);
    if (!keys) throw new Error('没有可用的加密密钥，请配置 SEAL_KEYS');
    const nonce = randomBytes(16);
    const cipher = createCipheriv('sm4-ctr', keys.cipher, nonce);
    const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
    const tag = tagOf(keys.mac, newest, bound, nonce, body);
    return { k: newest, n: nonce.toString('base64url'), c: body.toString('base64url'), t: tag.toString('base64url') };
  };

  const openOne = ({ k, n, c, t }: Envelope, bound: string): string | null => {
    const keys = derived.get(k);
    if (keys === null) return null;
    if (keys === undefined) throw new SealBroken(`SEAL_KEYS 中没有编号为 ${k} 的密钥`, bound);
    const [nonce, body, tag] = [n, c, t].map((part) => Buffer.from(part, 'base64url')) as [Buffer, Buffer, Buffer];
    const wanted = tagOf(keys.mac, k, bound, nonce, body);
    if (tag.length !== wanted.length || !timingSafeEqual(tag, wanted))
      throw new SealBroken('加密值未通过完整性校验', bound);
    const decipher = createDecipheriv('sm4-ctr', keys.cipher, nonce);
    return Buffer.concat([decipher.update(body), decipher.final()]).toString('utf8');
  };

  return {
    newestKey: () => newest,
    seal: (values) => Promise.resolve().then(() => values.map(({ text, bound }) => sealOne(text, bound))),
    open: (sealed) => Promise.resolve().then(() => sealed.map(({ envelope, bound }) => openOne(envelope, bound))),
  };
};
