/** Random tokens and what is kept of them. */
import { createHash, createHmac, randomBytes } from 'node:crypto';

/** 256 random bits; the only copy goes to the person who signs in. */
export const newToken = (): string => randomBytes(32).toString('base64url');

export const TOKEN_PATTERN = /^[A-Za-z0-9_-]{43}$/;

/** What the database keeps of a token: without the installation's key a stolen table opens nothing. */
export const hashToken = (key: string, token: string): string => createHmac('sha256', key).update(token).digest('hex');

export const sha256 = (text: string): string => createHash('sha256').update(text).digest('hex');
