import { describe, expect, test } from '@jest/globals';
import { codeOf, importsOf, isSource, projectFiles } from './files.ts';

const sources = projectFiles().filter(isSource);
const PURE = /^(forms\/language|server\/flow|server\/lifecycle)\//;

/** `new Date(ms)` is arithmetic; `new Date()` is a clock. */
const IMPURE: [string, RegExp][] = [
  ['a clock', /\bDate\.now\b|\bnew Date\(\s*\)|\bperformance\b/],
  ['randomness', /\bMath\.random\b|\bcrypto\b|\brandomUUID\b/],
  ['the process', /\bprocess\b/],
  ['async', /\basync\b|\bawait\b|\bPromise\b|\bsetTimeout\b|\bsetInterval\b/],
];

describe('pure stays pure', () => {
  test.each(IMPURE)('no pure room contains %s', (_what, pattern) => {
    expect(sources.filter((file) => PURE.test(file) && pattern.test(codeOf(file)))).toEqual([]);
  });

  test('no pure room imports a module of Node or a package', () => {
    const trespasses = sources
      .filter((file) => PURE.test(file))
      .flatMap((file) =>
        importsOf(file)
          .filter(({ target, typeOnly }) => target === null && !typeOnly)
          .map(({ specifier }) => `${file} imports ${specifier}`),
      );
    expect(trespasses).toEqual([]);
  });
});

describe('rules are data', () => {
  test('no source evaluates text as code', () => {
    const pattern = /\beval\s*\(|\bnew\s+Function\b|\bFunction\s*\(/;
    const product = /^(server|forms|miniapp\/src|admin\/src)\//;
    expect(sources.filter((file) => product.test(file) && pattern.test(codeOf(file)))).toEqual([]);
  });

  test('no stored form carries an expression for Formily to compile', async () => {
    const { textOf } = await import('./files.ts');
    const stored = projectFiles().filter((file) => file.startsWith('forms/') && file.endsWith('.json'));
    expect(stored.length).toBeGreaterThan(5);
    expect(stored.filter((file) => textOf(file).includes('{{'))).toEqual([]);
  });
});

describe('one door to the outside', () => {
  test('server/env.ts alone reads process.env', () => {
    const readers = sources.filter((file) => /^(server|forms)\//.test(file) && /\bprocess\.env\b/.test(codeOf(file)));
    expect(readers).toEqual(['server/env.ts']);
  });

  test('the clock of the server is an argument everywhere but where it is wound', () => {
    const pattern = /\bDate\.now\b|\bnew Date\(\s*\)/;
    const wound = new Set(['server/main.ts', 'server/app.ts', 'server/log.ts']);
    const trespasses = sources.filter(
      (file) => file.startsWith('server/') && !wound.has(file) && pattern.test(codeOf(file)),
    );
    expect(trespasses).toEqual([]);
  });
});
