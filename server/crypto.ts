/** Random tokens and what is kept of them; and the contract of whatever seals sensitive values. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 random bits; the only copy goes to the person who signs in. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** What the database keeps of a token: without the installation's key a stolen table opens nothing. */
export const hashToken = (key: string, token: string): string => createHmac('sha256', key).update(token).digest('hex');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');

/** A text sealed under one key: key id, nonce, ciphertext and tag, the last three in base64url. */
export interface Envelope {
  k: string;
  n: string;
  c: string;
  t: string;
}

/**
 * What seals and opens. `bound` is no secret: it says where the value belongs, and an envelope opens nowhere else. Lists,
 * because a device across the network is asked once for a whole form. The software of `softwareCrypto.ts` is the default;
 * a certified device takes its place by keeping this contract.
 */
export interface CryptoProvider {
  /** Id of the key under which values are sealed now. */
  newestKey(): string;
  seal(values: readonly { text: string; bound: string }[]): Promise<Envelope[]>;
  /** The texts; null where the key was destroyed. Throws `SealBroken` for anything that was not sealed like this. */
  open(sealed: readonly { envelope: Envelope; bound: string }[]): Promise<(string | null)[]>;
}

/** A sealed value was changed, moved, or sealed under a key nobody told us of. The message holds no secret. */
export class SealBroken extends Error {
  constructor(reason: string, bound: string) {
    super(`${reason}：${bound}`);
    this.name = 'SealBroken';
  }
}
