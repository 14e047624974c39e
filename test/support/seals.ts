import { readSealKeys, softwareCrypto } from '../../server/softwareCrypto.ts';

/** A key ring that no installation has, for tests only: every database of a test is opened with it. */
export const SEAL_KEYS = `test:${'5'.repeat(64)}`;
export const crypto = softwareCrypto(readSealKeys(SEAL_KEYS));
