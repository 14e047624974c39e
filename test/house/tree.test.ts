import { describe, expect, test } from '@jest/globals';
import path from 'node:path';
import { codeOf, isSource, projectFiles, ROOT, textOf } from './files.ts';

const files = projectFiles();
const sources = files.filter(isSource);

describe('the tree', () => {
  test('the top level is what the README draws', () => {
    const folders = new Set(files.filter((file) => file.includes('/')).map((file) => file.split('/')[0]));
    for (const expected of ['server', 'forms', 'miniapp', 'admin', 'scripts', 'test', 'docs']) {
      expect(folders).toContain(expected);
      folders.delete(expected);
    }
    folders.delete('.ci');
    expect([...folders]).toEqual([]);
  });

  test('no folder is named after nothing', () => {
    const empty = /(^|\/)(services|repositories|dto|utils|helpers|common|core|interfaces|misc|lib)\//;
    expect(files.filter((file) => empty.test(file))).toEqual([]);
  });

  test('files are small enough to read', () => {
    const long = sources
      .filter((file) => !file.startsWith('test/') && !file.endsWith('.gen.ts') && !file.endsWith('api/types.ts'))
      .map((file) => ({ file, lines: textOf(file).split('\n').length }))
      .filter(({ lines }) => lines > 300);
    expect(long).toEqual([]);
  });

  test('one verb, one file: each command exports one function of its own name', () => {
    const offenders = sources
      .filter((file) => /^server\/commands\/[^/]+\.ts$/.test(file))
      .filter((file) => {
        const functions = [...codeOf(file).matchAll(/export (?:async )?function (\w+)/g)].map((match) => match[1]);
        return functions.length !== 1 || functions[0] !== path.basename(file, '.ts');
      });
    expect(offenders).toEqual([]);
  });

  test('the server and the forms export by name', () => {
    const offenders = sources.filter(
      (file) => /^(server|forms)\//.test(file) && /\bexport default\b/.test(codeOf(file)),
    );
    expect(offenders).toEqual([]);
  });
});

describe('what the project says of itself', () => {
  const texts = files.filter((file) => /\.(ts|tsx|js|json|md|yaml|yml|html|scss|css|txt)$|^\.[a-z]/.test(file));

  test('the lock names no registry', () => {
    expect(textOf('package-lock.json')).not.toMatch(/"resolved": "http/);
  });

  test('nothing names a folder of the machine it was written on', () => {
    const needles = [`${ROOT}/`, ['..', 'shared/'].join('/')];
    const offenders = texts.filter((file) => needles.some((needle) => textOf(file).includes(needle)));
    expect(offenders).toEqual([]);
  });

  test('nothing is left for later in a comment', () => {
    const pattern = new RegExp(['TO' + 'DO', 'FIX' + 'ME', 'X' + 'XX', 'HA' + 'CK'].map((w) => `\\b${w}\\b`).join('|'));
    expect(sources.filter((file) => pattern.test(textOf(file)))).toEqual([]);
  });

  test('no linter rule is switched off and no type is given up', () => {
    const givenUp = new RegExp(['\\bas ' + 'any\\b', ': ' + 'any\\b'].join('|'));
    const pattern = new RegExp(['eslint-' + 'disable', '@ts-' + 'ignore', '@ts-' + 'nocheck'].join('|'));
    expect(sources.filter((file) => pattern.test(textOf(file)))).toEqual([]);
    expect(sources.filter((file) => givenUp.test(codeOf(file)))).toEqual([]);
  });

  test('no test is skipped or singled out by hand', () => {
    const pattern = new RegExp(['\\.(skip|only)\\(', '\\bx(it|describe)\\('].join('|'));
    expect(sources.filter((file) => file.startsWith('test/') && pattern.test(codeOf(file)))).toEqual([]);
  });
});
