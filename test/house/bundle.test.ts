import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import request from 'supertest';
import { apiBaseOf } from '../../scripts/apiBase.ts';
import { build, MINI_PROGRAMS, SITES } from '../../scripts/build.ts';
import { openApp, type TestApp } from '../support/app.ts';
import { ROOT } from './files.ts';

const PAGES = ['miniapp/dist/h5', 'admin/dist'];
const APPS = ['miniapp/dist/weapp', 'miniapp/dist/dd'];
const OUTPUTS = [...PAGES, ...APPS];

/** Every spelling by which a browser turns text into code. */
const COMPILES: [string, RegExp][] = [
  ['eval', /\beval\b/],
  ['Function with text', /\bFunction\s*\(\s*(["'`]|[\w$]+\s*,|\.\.\.)/],
  ['new Function', /\bnew\s+Function\b/],
  ['the constructor of a function', /\.constructor\s*\(\s*["'`]/],
  ['a timer with text', /\bset(?:Timeout|Interval)\s*\(\s*["'`]/],
  ['an interpreter', /WebAssembly|\bnew\s+Worker\b/],
];

/** Addresses that are names of things (XML), text of an error for developers, or a base nothing is asked from. */
const NAMES = [
  'http://www.w3.org/',
  'https://reactjs.org/docs/error-decoder.html',
  'https://stenciljs.com/docs/',
  'https://query-string.invalid',
  // What a page of a mini-program is called by Taro's own `location`.
  'https://taro.com',
  // The server itself, which a mini-program must be told.
  apiBaseOf(process.env.API_BASE),
];

interface Built {
  file: string;
  text: string;
}
let built: Built[] = [];

beforeAll(async () => {
  await build(() => undefined, [...SITES, ...MINI_PROGRAMS]);
  built = OUTPUTS.flatMap((output) =>
    readdirSync(path.join(ROOT, output), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => path.join(entry.parentPath, entry.name))
      .map((file) => ({ file: path.relative(ROOT, file), text: readFileSync(file, 'utf8') })),
  );
}, 300_000);

const holding = (wanted: (one: Built) => boolean) => built.filter(wanted).map(({ file }) => file);
/** The notices of other people's licences are carried along and not run. */
const isCode = ({ file }: Built) => !file.endsWith('.LICENSE.txt');

describe('what is built', () => {
  test('are both sites, with their scripts', () => {
    for (const output of PAGES) {
      expect(built.map(({ file }) => file)).toContain(`${output}/index.html`);
      expect(built.filter(({ file }) => file.startsWith(output) && file.endsWith('.js')).length).toBeGreaterThan(1);
    }
  });

  test('are both mini-programs, which ask nothing of the host that it may not have', () => {
    for (const output of APPS) {
      expect(built.map(({ file }) => file)).toContain(`${output}/app.json`);
      const scripts = built.filter(({ file }) => file.startsWith(output) && file.endsWith('.js'));
      expect(scripts.length).toBeGreaterThan(5);
      const absent =
        /\bglobalThis\b|\bIntl\b|\btoLocale(?:Date|Time)?String\b|\bHTMLElement\b|\blocalStorage\b|\bXMLHttpRequest\b/;
      expect(scripts.filter(({ text }) => absent.test(text)).map(({ file }) => file)).toEqual([]);
    }
  });

  test.each(COMPILES)('compiles no text: %s', (_what, spelling) => {
    expect(holding((one) => isCode(one) && spelling.test(one.text))).toEqual([]);
  });

  test('names no folder of the machine it was built on', () => {
    const needles = [`${ROOT}/`, encodeURIComponent(`${ROOT}/`), 'file:///'];
    expect(holding(({ text }) => needles.some((needle) => text.includes(needle)))).toEqual([]);
  });

  test('names no other place on the network', () => {
    const addresses = built
      .filter(isCode)
      .flatMap(({ text }) => text.match(/\b(?:https?|wss?):\/\/[^\s"'`<>)\\]+/g) ?? []);
    expect(addresses).toContain('http://www.w3.org/2000/svg');
    expect(addresses.filter((address) => !NAMES.some((name) => address.startsWith(name)))).toEqual([]);
  });

  test('leaves its sources at home', () => {
    expect(holding(({ file, text }) => file.endsWith('.map') || /\n\/\/# sourceMappingURL=/.test(text))).toEqual([]);
  });
});

describe('what is served', () => {
  let app: TestApp;
  beforeAll(async () => {
    app = await openApp();
  });
  afterAll(() => app.close());

  test.each(['/', '/console/', '/m/'])('%s may run its own scripts and nothing else', async (address) => {
    const { text, headers } = await request(app.url).get(address).expect(200);
    const policy = headers['content-security-policy'] ?? '';
    expect(policy).toContain("default-src 'self'");
    expect(policy).toContain("connect-src 'self'");
    const scripts = /script-src ([^;]+)/.exec(policy)?.[1]?.split(' ') ?? [];
    expect(scripts.filter((source) => source !== "'self'" && !source.startsWith("'sha256-"))).toEqual([]);

    const tags = [...text.matchAll(/<script([^>]*)>([\s\S]*?)<\/script>/g)];
    expect(tags.length).toBeGreaterThan(0);
    for (const [, attributes = '', inline = ''] of tags) {
      const source = /\bsrc="([^"]+)"/.exec(attributes)?.[1];
      if (source === undefined) {
        expect(scripts).toContain(`'sha256-${createHash('sha256').update(inline).digest('base64')}'`);
      } else {
        expect(source).toMatch(/^\/[^/]/);
        await request(app.url)
          .get(source)
          .expect(200)
          .expect('Content-Type', /javascript/);
      }
    }
    expect(text).not.toMatch(/\son\w+="|javascript:/);
  });
});
