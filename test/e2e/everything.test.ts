import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { Page } from 'playwright-core';
import { build } from '../../scripts/build.ts';
import { openBrowser, picture, type TestBrowser } from '../support/browser.ts';
import { openDistrict, type District } from '../support/district.ts';
import { beginEverything, publishEverything } from '../support/everything.ts';
import { Phone } from './phone.ts';

const browser = await openBrowser();
const suite = browser === null ? describe.skip : describe;

suite('a form with every component', () => {
  const { browser: chromium } = browser as TestBrowser;
  let district: District;
  let clerk: Phone;
  let owner: Phone;
  let caseId: string;

  beforeAll(async () => {
    await build(() => {}, ['h5']);
    district = await openDistrict();
    await publishEverything(district.db, district.time.now);
    ({ caseId } = await beginEverything(district.db, district.time.now));
    clerk = await Phone.open(chromium, district.url, 'jtj.clerk');
    owner = await Phone.open(chromium, district.url, 'jtj.owner');
  }, 300_000);

  afterAll(async () => {
    await district?.close();
    await browser?.close();
  });

  const to = (phone: Phone, page: 'fill' | 'case') =>
    phone.page.goto(`${district.url}/m/#/pages/${page}/index?id=${caseId}`);
  const text = (label: string) => clerk.page.getByRole('textbox', { name: label, exact: true });

  /** Writes a name with the mouse on the sheet that is open, and confirms. */
  async function sign(page: Page, shot?: string): Promise<void> {
    const box = await page.locator('canvas').boundingBox();
    if (!box) throw new Error('there is nothing to write on');
    const at = (x: number, y: number) => [box.x + box.width * x, box.y + box.height * y] as const;
    for (const stroke of [
      [at(0.3, 0.3), at(0.45, 0.35), at(0.35, 0.7)],
      [at(0.5, 0.25), at(0.55, 0.6), at(0.7, 0.4), at(0.65, 0.75)],
    ]) {
      await page.mouse.move(...(stroke[0] ?? at(0, 0)));
      await page.mouse.down();
      for (const point of stroke) await page.mouse.move(...point, { steps: 12 });
      await page.mouse.up();
    }
    if (shot) await picture(page, shot);
    await page.getByRole('button', { name: '确认签名' }).click();
  }

  test('all sections stand on one page, with its notes as words and nothing else', async () => {
    await to(clerk, 'fill');
    await clerk.page.getByText('本人签名').first().or(clerk.page.getByText('经办人签名').first()).waitFor();
    expect(await clerk.page.getByRole('tab').count()).toBe(0);
    expect(await clerk.button(/下一步/).count()).toBe(0);
    expect(await clerk.page.getByRole('listitem').allTextContents()).toEqual([
      '一人一行，身份证号用于发放劳务费',
      '与项目有利害关系的，请回避',
    ]);
    await clerk.page.getByText('<b>尖括号</b>只是文字。').waitFor();
    await picture(clerk.page, 'everything-01-empty');
  });

  test('what was carried over says so until it is changed', async () => {
    const said = clerk.page.getByText('按单位信息填写');
    await said.waitFor();
    await text('工作单位').fill('九江学院');
    await said.waitFor({ state: 'detached' });
  });

  test('percent, identity card and a cascade; a choice is offered by what was answered', async () => {
    await text('专家姓名').fill('沈知远');
    await text('身份证号').fill('１１０１０５ 19491231 002x');
    expect(await text('身份证号').inputValue()).toBe('11010519491231002X');
    await text('到场比例').fill('87.55');
    await text('工作单位').click();
    expect(await text('到场比例').inputValue()).toBe('87.5');
    expect(await clerk.page.getByRole('radio', { name: '现场勘查' }).count()).toBe(0);
    await clerk.page.getByRole('combobox', { name: '所在社区' }).click();
    await clerk.sheet.getByRole('button', { name: '浔阳区，下一级' }).click();
    await clerk.sheet.getByRole('button', { name: '甘棠街道，下一级' }).click();
    await picture(clerk.page, 'everything-02-cascade');
    await clerk.sheet.getByRole('button', { name: '回到浔阳区' }).click();
    await clerk.sheet.getByRole('button', { name: '甘棠街道，下一级' }).click();
    await clerk.sheet.getByRole('option', { name: '湖滨社区' }).click();
    await clerk.page.getByText('浔阳区 / 甘棠街道 / 湖滨社区').waitFor();
    await clerk.page.getByRole('radio', { name: '现场勘查' }).click();
  });

  test('people and seats are found by name, unit and seat', async () => {
    await clerk.page.getByRole('combobox', { name: '联系人' }).click();
    await clerk.sheet.getByRole('textbox').fill('项目责任人');
    await clerk.sheet.getByText('区教育体育局 项目责任人').waitFor();
    await picture(clerk.page, 'everything-03-people');
    await clerk.sheet.getByRole('option', { name: '顾听澜' }).click();
    await clerk.page.getByRole('combobox', { name: '移交席位' }).click();
    await clerk.sheet.getByRole('textbox').fill('顾听澜');
    await clerk.sheet.getByRole('option', { name: '区教育体育局 项目责任人' }).click();
    await clerk.page.getByText('区教育体育局 项目责任人').waitFor();
    await clerk.page.getByRole('combobox', { name: '以前的评审' }).click();
    await clerk.sheet.getByText('没有查到').waitFor();
    await clerk.sheet.getByRole('button', { name: '关闭' }).click();
  });

  test('they stand in a table as well, and one signs there', async () => {
    await clerk.button('添加到场人员').click();
    await clerk.page.getByRole('combobox', { name: '人员', exact: true }).click();
    await clerk.sheet.getByRole('option', { name: '林墨白' }).click();
    await text('参与比例').fill('60');
    await clerk.button('手写本人签名').click();
    await sign(clerk.page);
    await clerk.sheet.getByRole('img', { name: '本人签名（手写）' }).locator('img').waitFor();
    await picture(clerk.page, 'everything-04-row');
    await clerk.sheet.getByRole('button', { name: '完成' }).click();
  });

  test('a signature is written by hand, kept as a picture, and can be written anew', async () => {
    await clerk.button('手写经办人签名').click();
    const confirm = clerk.sheet.getByRole('button', { name: '确认签名' });
    expect(await confirm.getAttribute('aria-disabled')).toBe('true');
    await sign(clerk.page, 'everything-05-signing');
    const shown = clerk.page.getByRole('img', { name: '经办人签名（手写）' }).locator('img');
    await shown.waitFor();
    const first = await shown.getAttribute('src');
    const size = await shown.evaluate((image) => {
      const { naturalWidth: width, naturalHeight: height } = image as unknown as Record<string, number>;
      return [width, height];
    });
    expect(size.every((pixels) => Number(pixels) > 100)).toBe(true);
    await clerk.button('重签经办人签名').click();
    await sign(clerk.page);
    await clerk.page
      .locator(`.fx-sign__image img:not([src="${first ?? ''}"])`)
      .last()
      .waitFor();
    expect(await shown.getAttribute('src')).not.toBe(first);
    await clerk.page.getByText(/^已保存/).waitFor();
    await clerk.page.screenshot({ path: 'var/pictures/everything-06-filled.png', fullPage: true });
  });

  test('a wide screen shows columns side by side, a phone below each other', async () => {
    const tops = async () =>
      Promise.all(
        ['专家姓名', '身份证号', '到场比例'].map(async (label) => (await text(label).boundingBox())?.y ?? -1),
      );
    expect(new Set(await tops()).size).toBe(3);
    await clerk.page.setViewportSize({ width: 1280, height: 900 });
    expect(new Set(await tops()).size).toBe(1);
    await text('专家姓名').scrollIntoViewIfNeeded();
    await picture(clerk.page, 'everything-07-wide');
    await clerk.page.setViewportSize({ width: 390, height: 844 });
  });

  test('it is handed in and read, signatures as pictures', async () => {
    await clerk.decide('提交', '');
    await to(owner, 'case');
    await owner.page.getByText('沈知远').first().waitFor();
    for (const words of ['87.5%', '浔阳区 / 甘棠街道 / 湖滨社区', '顾听澜']) {
      await owner.page.getByText(words, { exact: true }).first().waitFor();
    }
    await owner.page.getByRole('img', { name: '经办人签名（手写）' }).locator('img').waitFor();
    await owner.page.getByText('1. 林墨白').click();
    await owner.page.getByRole('img', { name: '本人签名（手写）' }).locator('img').waitFor();
    await owner.page.screenshot({ path: 'var/pictures/everything-08-read.png', fullPage: true });
    await owner.page.setViewportSize({ width: 1280, height: 900 });
    await owner.page.screenshot({ path: 'var/pictures/everything-09-read-wide.png', fullPage: true });
  });

  test('no page broke on the way', () => {
    expect([...clerk.errors, ...owner.errors]).toEqual([]);
  });
});
