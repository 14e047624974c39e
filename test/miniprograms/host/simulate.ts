/**
 * Opens the sign-in of the WeChat bundle in miniprogram-simulate (jsdom, WeChat's compilers and component framework).
 * A process of its own, because the simulator makes the browser's names global. Prints what can be read.
 * Arguments: folder of the bundle, address built into it, address of the server.
 */
import { createRequire } from 'node:module';
import path from 'node:path';
import { weChat } from './api.ts';

interface Registered {
  data?: object;
  eh: (event: object) => void;
  onLoad: (query: object) => void;
  onShow: () => void;
  onReady: () => void;
}
interface Simulator {
  load: (page: string, tag: string, options: object) => string;
  render: (id: string) => { attach: (parent: unknown) => void };
}
interface Browser {
  document: {
    createElement: (tag: string) => { textContent: string | null };
    body: { appendChild: (node: unknown) => void };
  };
}

const [folder = '', allowed = '', server = ''] = process.argv.slice(2);
const page = 'pages/login/index';
const require = createRequire(import.meta.url);
const fromSimulator = createRequire(require.resolve('miniprogram-simulate'));
const { JSDOM } = fromSimulator('jsdom') as { JSDOM: new (html: string, options: object) => { window: Browser } };
const { window } = new JSDOM('<!doctype html><body></body>', { pretendToBeVisual: true });
const names = ['document', 'navigator', 'Event', 'CustomEvent', 'HTMLElement', 'Node', 'MutationObserver'] as const;
const browser: Record<string, unknown> = { window };
for (const name of names) browser[name] = (window as unknown as Record<string, unknown>)[name];
for (const [name, value] of Object.entries(browser)) {
  Object.defineProperty(globalThis, name, { value, configurable: true, writable: true });
}

const simulator = require('miniprogram-simulate') as Simulator;
const { Component } = globalThis as unknown as { Component: (definition: object) => void };
const device = {
  allowed,
  server,
  parse: JSON.parse,
  navigate: () => undefined,
  back: () => undefined,
  said: () => undefined,
};
Object.assign(globalThis, {
  wx: weChat(device, new Map()),
  getCurrentPages: () => [],
  getApp: () => undefined,
  App: (app: { onLaunch?: (start: object) => void }) => app.onLaunch?.({ path: page, query: {} }),
  // The simulator knows components only; a page is one with a life of its own.
  Page: ({ data = {}, eh, onLoad, onShow, onReady }: Registered) =>
    Component({
      data,
      methods: { eh },
      attached(this: object) {
        Object.assign(this, { route: page, onReady });
        onLoad.call(this, {});
        onShow.call(this);
        onReady.call(this);
      },
    }),
});

require(path.join(folder, 'app.js'));
const shown = simulator.render(
  simulator.load(path.join(folder, page), 'main', { compiler: 'official', rootPath: folder }),
);
const parent = window.document.createElement('div');
window.document.body.appendChild(parent);
shown.attach(parent);
const look = setInterval(() => {
  const words = parent.textContent ?? '';
  if (!words.includes('选择一个身份')) return;
  clearInterval(look);
  process.stdout.write(words, () => process.exit(0));
}, 20);
