import { createCipheriv, createHash } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { SealBroken, type Envelope } from '../../server/crypto.ts';
import { newSealKeys, readSealKeys, SealKeysWrong, softwareCrypto } from '../../server/softwareCrypto.ts';

const ring = (text: string) => softwareCrypto(readSealKeys(text));
const OLD = `old:${'a1'.repeat(32)}`;
const NEW = `new:${'b2'.repeat(32)}`;
const BOUND = 'case/declaration/phone';
const crypto = ring(OLD);
const sealed = async (text: string): Promise<Envelope> => (await crypto.seal([{ text, bound: BOUND }]))[0]!;
const opened = (envelope: Envelope, by = crypto, bound = BOUND) => by.open([{ envelope, bound }]);

describe('the algorithms are the ones of the standards', () => {
  test('SM3, GB/T 32905-2016 appendix A', () => {
    const digest = (text: string) => createHash('sm3').update(text).digest('hex');
    expect(digest('abc')).toBe('66c7f0f462eeedd9d1f2d46bdc10e4e24167c4875cf2f7a2297da02b8f4ba8e0');
    expect(digest('abcd'.repeat(16))).toBe('debe9ff92275b8a138604889c18e5a4d6fdb70e5387e5765293dcba39c0c5732');
  });

  test('SM4, GB/T 32907-2016 appendix A.1', () => {
    const block = Buffer.from('0123456789abcdeffedcba9876543210', 'hex');
    const cipher = createCipheriv('sm4-ecb', block, null).setAutoPadding(false);
    expect(cipher.update(block, undefined, 'hex')).toBe('681edf34d206965e86b3e94f536e4246');
  });

  test('an envelope sealed in an earlier year still opens', async () => {
    const kept = {
      k: 'old',
      n: 'HmZU83P5jq3bUlYrdR8DNA',
      c: 'lPPG-h7eYHZ-_oY9',
      t: 'jLbrIdHLS06ne0QHCFC2qyTvNUNh05UcrjSizMkNrWM',
    };
    expect(await opened(kept)).toEqual(['0792-0000201']);
  });
});

describe('sealing', () => {
  test('any text opens as it was, in its own place and in no other', async () => {
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), fc.string(), fc.string(), async (text, bound, other) => {
        const [envelope] = (await crypto.seal([{ text, bound }])) as [Envelope];
        expect(await opened(envelope, crypto, bound)).toEqual([text]);
        if (other !== bound) await expect(opened(envelope, crypto, other)).rejects.toThrow(SealBroken);
      }),
    );
  });

  test('the same text twice shows no likeness', async () => {
    const [one, two] = [await sealed('13800000000'), await sealed('13800000000')];
    expect(one.n).not.toBe(two.n);
    expect(one.c).not.toBe(two.c);
  });

  test('one bit turned anywhere is noticed', async () => {
    const envelope = await sealed('36040219900101123X');
    for (const part of ['n', 'c', 't'] as const) {
      const bytes = Buffer.from(envelope[part], 'base64url');
      for (let bit = 0; bit < bytes.length * 8; bit += 1) {
        const turned = Buffer.from(bytes);
        turned[bit >> 3]! ^= 1 << (bit & 7);
        const forged = { ...envelope, [part]: turned.toString('base64url') };
        await expect(opened(forged)).rejects.toThrow('未通过完整性校验');
      }
    }
    for (const forged of [
      { ...envelope, t: '' },
      { ...envelope, c: `${envelope.n}${envelope.c}` },
    ])
      await expect(opened(forged)).rejects.toThrow(SealBroken);
    // Bytes that change sides are not the same bytes.
    const [n, c] = [Buffer.from(envelope.n, 'base64url'), Buffer.from(envelope.c, 'base64url')];
    const shifted = { n: n.subarray(0, 15), c: Buffer.concat([n.subarray(15), c]) };
    await expect(
      opened({ ...envelope, n: shifted.n.toString('base64url'), c: shifted.c.toString('base64url') }),
    ).rejects.toThrow(SealBroken);
  });

  test('a key of the same name that is another key opens nothing', async () => {
    await expect(opened(await sealed('x'), ring(`old:${'c3'.repeat(32)}`))).rejects.toThrow(SealBroken);
  });
});

describe('the key ring', () => {
  test('the first key seals, every key opens', async () => {
    const both = ring(`${NEW},\n${OLD}`);
    expect(await opened(await sealed('一'), both)).toEqual(['一']);
    const [fresh] = await both.seal([{ text: '二', bound: BOUND }]);
    expect([both.newestKey(), fresh?.k]).toEqual(['new', 'new']);
  });

  test('a key given up opens to nothing; one nobody mentions is an error that names it', async () => {
    const envelope = await sealed('x');
    expect(await opened(envelope, ring(`${NEW} old:destroyed`))).toEqual([null]);
    await expect(opened(envelope, ring(NEW))).rejects.toThrow('没有编号为 old 的密钥');
  });

  test.each([
    ['nothing', ''],
    ['no id', 'a1'.repeat(32)],
    ['a key too short', 'k1:a1a1'],
    ['a destroyed key first', `k1:destroyed,${OLD}`],
    ['one id twice', `${OLD},${OLD}`],
  ])('is refused, without repeating a key: %s', (_what, text) => {
    expect(() => readSealKeys(text)).toThrow(SealKeysWrong);
    expect(() => readSealKeys(text)).not.toThrow(/a1a1/);
  });

  test('a new one is a good one, and never the same', () => {
    expect(readSealKeys(newSealKeys())).toHaveLength(1);
    expect(newSealKeys()).not.toBe(newSealKeys());
  });
});
