import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { playDemo } from '../../scripts/demo.ts';
import { openBrowser, picture } from '../support/browser.ts';
import { openSystem, type System } from './system.ts';

const browser = await openBrowser();
const suite = browser === null ? describe.skip : describe;

suite('the start page', () => {
  let system: System;
  let page: Page;

  beforeAll(async () => {
    system = await openSystem();
    await playDemo(system.url);
    page = (await browser?.browser.newPage({ viewport: { width: 1440, height: 1330 } })) as Page;
    page.setDefaultTimeout(15_000);
    await page.goto(`${system.url}/`);
  }, 300_000);

  afterAll(async () => {
    await system?.close();
    await browser?.close();
  });

  const phone = (side: '左' | '右') => page.getByRole('article', { name: new RegExp(`^${side}边手机`) });
  const inside = (side: '左' | '右') => phone(side).frameLocator('iframe');

  test('shows two people side by side, each in the real app, each with what was sent to them', async () => {
    await inside('左').getByRole('button', { name: '新建申报' }).waitFor();
    await inside('右').getByRole('tab', { name: /待办/ }).waitFor();
    await phone('右').getByText('待办：区信息办受理').first().waitFor();
    expect(await inside('右').getByRole('button', { name: '新建申报' }).count()).toBe(0);
  });

  test('opens anybody in either phone, and remembers it in the address', async () => {
    await page.getByRole('searchbox').fill('叶初晴');
    await page.getByRole('button', { name: '在左边手机打开叶初晴' }).click();
    await phone('左').getByText('一次性补正：区信息办受理').waitFor();
    expect(page.url()).toContain('left=nyj.clerk');
    await picture(page, 'desk');
  });

  test('a message opens its case in the phone of the person who received it', async () => {
    await phone('左')
      .getByRole('button', { name: /一次性补正：区信息办受理/ })
      .click();
    await inside('左').getByText('退回原因').waitFor();
    await inside('右').getByRole('tab', { name: /待办/ }).waitFor();
  });
});
