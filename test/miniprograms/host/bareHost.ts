/**
 * A host without anything: the bundle runs in a context of its own that refuses to compile text and has no DOM, no
 * `Intl`, no `globalThis`, no `global`; only the language, timers and the host's object (`wx`, `dd`).
 */
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { createContext, runInContext, Script, type Context } from 'node:vm';
import { dingTalk, weChat, type Device } from './api.ts';
import { put, type TreeNode } from './tree.ts';

export type MiniProgram = 'weapp' | 'dd';

/** A page as the app registered it. */
interface PageConfig {
  data?: object;
  onLoad?: (query: object) => void;
  onShow?: () => void;
  onReady?: () => void;
  onHide?: () => void;
  onUnload?: () => void;
  eh: (event: object) => void;
}

export interface OpenPage extends PageConfig {
  route: string;
  data: { root: TreeNode };
}

const MISSING = ['globalThis', 'Intl', 'WebAssembly', 'SharedArrayBuffer', 'Atomics', 'console'];

/** Shorter than any pause of a person. */
const AT_ONCE_MS = 300;

export class BareHost {
  readonly folder: string;
  /** Open pages, the one in front last. */
  readonly pages: OpenPage[] = [];
  /** Titles and notes shown outside the page. */
  readonly said: string[] = [];
  /** What the app complained about in its console. */
  readonly errors: string[] = [];
  readonly #context: Context;
  readonly #modules = new Map<string, { exports: unknown }>();
  readonly #timers = new Set<NodeJS.Timeout>();
  /** The timers among them that a person does not notice. */
  readonly #soon = new Set<NodeJS.Timeout>();
  readonly #resting = new Set<() => void>();
  readonly #watchers = new Set<() => void>();
  readonly #storage = new Map<string, string>();
  readonly #known = new Map<string, PageConfig>();
  #registered: PageConfig | null = null;

  /** `allowed` is the address built into the bundle, `server` where it leads. */
  constructor(target: MiniProgram, folder: string, allowed: string, server: string) {
    this.folder = folder;
    this.#context = createContext({}, { codeGeneration: { strings: false, wasm: false }, name: `a bare ${target}` });
    const device: Device = {
      allowed,
      server,
      parse: this.#inside('JSON.parse') as (text: string) => unknown,
      navigate: (how, url) => this.#navigate(how, url),
      back: () => this.#back(),
      said: (words) => {
        this.said.push(words);
        this.#changed();
      },
    };
    const host = target === 'weapp' ? { wx: weChat(device, this.#storage) } : { dd: dingTalk(device, this.#storage) };
    for (const name of MISSING) this.#inside(`delete this.${name}`);
    Object.assign(this.#context, host, this.#language());
  }

  /** Starts the app as the host does: the app, then its first page. */
  launch(): void {
    const { pages } = JSON.parse(readFileSync(path.join(this.folder, 'app.json'), 'utf8')) as { pages: string[] };
    this.#require('app.js');
    this.#open(`/${pages[0] ?? ''}`);
  }

  get front(): OpenPage {
    const page = this.pages[this.pages.length - 1];
    if (!page) throw new Error('no page is open');
    return page;
  }

  /** Hears of every change of the screen; the answer ends it. */
  watch(watcher: () => void): () => void {
    this.#watchers.add(watcher);
    return () => this.#watchers.delete(watcher);
  }

  /** Until the app has done what it does at once after an event; nobody taps faster than that. */
  rested(): Promise<void> {
    return new Promise((resolve) => {
      this.#resting.add(resolve);
      this.#settle();
    });
  }

  #settle(): void {
    // What an event leads to may begin one turn later.
    setImmediate(() =>
      setImmediate(() => {
        if (this.#soon.size > 0) return;
        for (const resolve of this.#resting) resolve();
        this.#resting.clear();
      }),
    );
  }

  /** The way back of the phone itself. */
  back(): void {
    this.#back();
  }

  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.#watchers.clear();
  }

  /** What the app keeps on the phone under this name. */
  stored(name: string): unknown {
    return JSON.parse(this.#storage.get(name) ?? 'null');
  }

  /** What the context says to this expression, for tests of the context itself. */
  evaluate(expression: string): unknown {
    return this.#inside(expression);
  }

  #inside(expression: string): unknown {
    return runInContext(expression, this.#context);
  }

  #changed(): void {
    for (const watcher of [...this.#watchers]) watcher();
  }

  #language(): object {
    const complain = (...words: unknown[]) => void this.errors.push(words.map(textOf).join(' '));
    const quiet = () => undefined;
    const once = (run: () => void, wait?: number) => {
      const timer = setTimeout(() => {
        this.#timers.delete(timer);
        this.#soon.delete(timer);
        run();
        this.#settle();
      }, wait);
      this.#timers.add(timer);
      if ((wait ?? 0) < AT_ONCE_MS) this.#soon.add(timer);
      return timer;
    };
    const again = (run: () => void, wait?: number) => {
      const timer = setInterval(run, wait);
      this.#timers.add(timer);
      return timer;
    };
    const forget = (timer: NodeJS.Timeout) => {
      clearTimeout(timer);
      this.#timers.delete(timer);
      this.#soon.delete(timer);
      this.#settle();
    };
    return {
      console: { log: quiet, info: quiet, debug: quiet, time: quiet, timeEnd: quiet, warn: complain, error: complain },
      setTimeout: once,
      clearTimeout: forget,
      setInterval: again,
      clearInterval: forget,
      App: (app: { onLaunch?: (options: object) => void; onShow?: (options: object) => void }) => {
        const start = { path: '', query: {}, scene: 1001 };
        app.onLaunch?.(start);
        app.onShow?.(start);
      },
      Page: (config: PageConfig) => {
        this.#registered = config;
      },
      Component: quiet,
      getCurrentPages: () => [...this.pages],
      getApp: () => undefined,
    };
  }

  /** CommonJS, as hosts wrap the files of a bundle. */
  #require(file: string): unknown {
    const place = path.posix.normalize(existsSync(path.join(this.folder, file)) ? file : `${file}.js`);
    const known = this.#modules.get(place);
    if (known) return known.exports;
    const own: { exports: unknown } = { exports: this.#inside('({})') };
    this.#modules.set(place, own);
    const text = readFileSync(path.join(this.folder, place), 'utf8');
    const wrapped = new Script(`(function (require, module, exports) {${text}\n})`, { filename: place });
    const run = wrapped.runInContext(this.#context) as (...given: unknown[]) => void;
    const from = path.posix.dirname(place);
    run((asked: string) => this.#require(path.posix.join(from, asked)), own, own.exports);
    return own.exports;
  }

  /** A page's file runs once, and says there what the page is. */
  #register(route: string): PageConfig {
    this.#registered = null;
    this.#require(`${route}.js`);
    const config = this.#registered as PageConfig | null;
    if (!config) throw new Error(`${route} registered no page`);
    this.#known.set(route, config);
    return config;
  }

  #open(url: string): void {
    const [route = '', search = ''] = url.replace(/^\//, '').split('?');
    const query = Object.fromEntries(
      search
        .split('&')
        .filter(Boolean)
        .map((pair) => pair.split('=') as [string, string]),
    );
    const config = this.#known.get(route) ?? this.#register(route);
    const page = Object.assign(Object.create(config) as OpenPage, {
      route,
      data: structuredClone(config.data ?? {}) as OpenPage['data'],
      options: query,
      setData: (changes: Record<string, unknown>, then?: () => void) => {
        // What is not data does not reach the other side.
        const copy = JSON.parse(JSON.stringify(changes)) as Record<string, unknown>;
        for (const [place, value] of Object.entries(copy)) put(page.data, place, value);
        setImmediate(() => {
          then?.call(page);
          this.#changed();
        });
      },
    });
    this.pages.push(page);
    page.onLoad?.(query);
    page.onShow?.();
    page.onReady?.();
    this.#changed();
  }

  #navigate(how: 'reLaunch' | 'redirectTo' | 'navigateTo', url: string): void {
    const leaving = how === 'reLaunch' ? this.pages.splice(0) : how === 'redirectTo' ? this.pages.splice(-1) : [];
    for (const page of leaving) page.onUnload?.();
    if (how === 'navigateTo') this.front.onHide?.();
    this.#open(url);
  }

  #back(): void {
    if (this.pages.length < 2) return;
    this.pages.pop()?.onUnload?.();
    this.front.onShow?.();
    this.#changed();
  }
}

function textOf(said: unknown): string {
  return typeof said === 'object' && said !== null && 'stack' in said ? String(said.stack) : String(said);
}
