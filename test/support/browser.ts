import { existsSync } from 'node:fs';
import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import os from 'node:os';
import path from 'node:path';
import { chromium, type Browser, type Page } from 'playwright-core';

const ROOT = path.resolve(import.meta.dirname, '../..');

/** Where the pictures of the stories go, to be looked at. */
export const PICTURES = path.join(ROOT, 'var/pictures');

const FLAGS = [
  '--headless',
  '--no-sandbox',
  '--disable-gpu',
  '--disable-quic',
  '--no-first-run',
  '--disable-background-networking',
  '--disable-component-update',
  '--disable-sync',
];

/** A system Chromium where there is one, else the one inside an npm package (needs the system's NSS libraries). */
async function executable(): Promise<string> {
  const installed = ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome'].find(existsSync);
  if (installed !== undefined) return installed;
  const { default: packaged } = await import('@sparticuz/chromium');
  return packaged.executablePath();
}

/** Lets the browser draw Chinese on a machine without a CJK font: ours from npm beside the system's own. */
async function fontConfiguration(folder: string): Promise<string> {
  const file = path.join(folder, 'fonts.conf');
  const fonts = path.join(ROOT, 'node_modules/@expo-google-fonts/noto-sans-sc/400Regular');
  await writeFile(
    file,
    `<?xml version="1.0"?><!DOCTYPE fontconfig SYSTEM "fonts.dtd"><fontconfig>
<dir>/usr/share/fonts</dir><dir>${fonts}</dir><cachedir>${path.join(folder, 'cache')}</cachedir>
<alias><family>sans-serif</family><prefer><family>Noto Sans CJK SC</family><family>Noto Sans SC</family></prefer></alias>
</fontconfig>`,
  );
  return file;
}

export interface TestBrowser {
  browser: Browser;
  close(): Promise<void>;
}

/**
 * Starts a real browser. Where none can run it says so loudly and returns null, except on the build machine (`CI`),
 * where that is an error.
 */
export async function openBrowser(): Promise<TestBrowser | null> {
  const folder = await mkdtemp(path.join(os.tmpdir(), 'xy-browser-'));
  await mkdir(PICTURES, { recursive: true });
  try {
    const browser = await chromium.launch({
      executablePath: await executable(),
      args: FLAGS,
      env: { ...process.env, FONTCONFIG_FILE: await fontConfiguration(folder) },
    });
    return {
      browser,
      async close() {
        await browser.close();
        await rm(folder, { recursive: true, force: true });
      },
    };
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    if (process.env.CI !== undefined) throw error;
    console.warn(
      `SKIPPED: no browser could be started (${(error as Error).message.split('\n')[0] ?? ''}). ` +
        'Install one, e.g. "apt-get install chromium fonts-noto-cjk", and run again.',
    );
    return null;
  }
}

/** Takes a picture for people to look at, once the page has read its content: `var/pictures/<name>.png`. */
export async function picture(page: Page, name: string): Promise<void> {
  await page.locator('.bone').first().waitFor({ state: 'detached' });
  await page.screenshot({ path: path.join(PICTURES, `${name}.png`), animations: 'disabled' });
}
