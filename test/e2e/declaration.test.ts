import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { proposalPdf } from '../../scripts/proposalPdf.ts';
import { openBrowser, picture, type TestBrowser } from '../support/browser.ts';
import { DeclarationForm, TITLE } from './declarationForm.ts';
import { fillFiling, listCorrection } from './filingForm.ts';
import { Phone } from './phone.ts';
import { openSystem, type System } from './system.ts';

const browser = await openBrowser();
const suite = browser === null ? describe.skip : describe;

suite('a declaration, from the first question to the accepted filing', () => {
  const { browser: chromium } = browser as TestBrowser;
  let system: System;
  let base: string;
  let clerk: Phone;
  let owner: Phone;
  let head: Phone;
  let intake: Phone;

  beforeAll(async () => {
    system = await openSystem();
    base = system.url;
    clerk = await Phone.open(chromium, base, 'jtj.clerk');
    owner = await Phone.open(chromium, base, 'jtj.owner', 360);
    head = await Phone.open(chromium, base, 'jtj.head', 430);
    intake = await Phone.open(chromium, base, 'xxb.intake');
  }, 300_000);

  afterAll(async () => {
    await system?.close();
    await browser?.close();
  });

  test('a classified project ends at the first question and leaves nothing behind', async () => {
    await clerk.button('新建申报').click();
    await picture(clerk.page, '01-screening');
    expect(await clerk.page.getByRole('textbox').count()).toBe(0);
    await clerk.page.getByRole('radio', { name: /^涉密/ }).click();
    await clerk.button('确认涉密，结束填报').click();
    await clerk.page.getByText('本项目不能在线申报').waitFor();
    await picture(clerk.page, '02-stopped');
    await clerk.home();
    await clerk.page.getByRole('tab', { name: /我的/ }).click();
    await clerk.page.getByText('还没有申报').waitFor();
    await picture(clerk.page, '03-nothing-kept');
  });

  test('the clerk fills in the whole form; what is missing is named and jumped to', async () => {
    await clerk.home();
    await clerk.button('新建申报').click();
    await clerk.page.getByRole('radio', { name: /^不涉密/ }).click();
    await clerk.button('下一步').click();
    const form = new DeclarationForm(clerk, await openYear());
    await clerk.page.getByRole('tab', { name: /基本信息/ }).waitFor();
    await picture(clerk.page, '04-fill');
    await form.fillAll();
    await clerk.button('提交').click();
    await clerk.sheet.getByText('还有 2 处需要补充或更正').waitFor();
    await picture(clerk.page, '05-problems');
    await clerk.sheet.getByRole('button', { name: /请填写“项目名称”/ }).click();
    await form.name(TITLE);
    await form.attachProposal({
      name: '项目建议书.pdf',
      mimeType: 'application/pdf',
      buffer: Buffer.from(proposalPdf('e2e')),
    });
    await clerk.page.getByText(/^已保存/).waitFor();
  }, 240_000);

  test('a page closed in the middle of a word has kept the word', async () => {
    const name = clerk.page.getByRole('textbox', { name: '项目名称', exact: true });
    await clerk.page.getByRole('tab', { name: /基本信息/ }).click();
    await name.fill(`${TITLE}（改）`);
    await clerk.page.reload();
    await name.waitFor();
    expect(await name.inputValue()).toBe(`${TITLE}（改）`);
    await name.fill(TITLE);
    await clerk.page.getByText(/^已保存/).waitFor();
  });

  test('the way back closes the sheet on top, not the page: reached by an address, and after a reload', async () => {
    const name = clerk.page.getByRole('textbox', { name: '项目名称', exact: true });
    await name.fill(`${TITLE}（改）`);
    for (const again of [false, true]) {
      if (again) await clerk.page.reload();
      await name.waitFor();
      await clerk.page.evaluate("document.querySelector('[role=tab]').dataset.samePage = ''");
      await clerk.button('提交').click();
      await clerk.sheet.getByText('确认提交').first().waitFor();
      await clerk.page.goBack();
      await clerk.page.getByRole('dialog').waitFor({ state: 'detached' });
      expect(await clerk.page.locator('[data-same-page]').count()).toBe(1);
    }
    await name.fill(TITLE);
    await clerk.page.getByText(/^已保存/).waitFor();
  });

  test('a draft is kept: closing the app loses nothing', async () => {
    await clerk.openRow('我的', TITLE);
    await clerk.page.getByRole('textbox', { name: '项目名称', exact: true }).waitFor();
    expect(await clerk.page.getByRole('textbox', { name: '项目名称', exact: true }).inputValue()).toBe(TITLE);
    await clerk.button('提交').click();
    await picture(clerk.page, '06-confirm');
    await clerk.sheet.getByRole('button', { name: '确认提交' }).click();
    await clerk.page.getByRole('status').getByText('已提交').waitFor();
    await picture(clerk.page, '07-submitted');
  });

  test('the responsible person returns it; the reason stands on top when the clerk opens it again', async () => {
    await owner.openRow('待办', TITLE);
    await owner.page.getByText('未查重·待人工').first().waitFor();
    await picture(owner.page, '08-owner');
    await owner.decide('退回修改', '用户数请写明统计口径。', '09-return');
    await clerk.openRow('待办', TITLE);
    await clerk.page.getByText('用户数请写明统计口径。').waitFor();
    await picture(clerk.page, '10-returned');
    await clerk.page.getByRole('tab', { name: /依据与必要性/ }).click();
    await clerk.page
      .getByRole('textbox', { name: '服务对象', exact: true })
      .fill('全区中小学在籍学生及教职工（按学籍系统统计）');
    await clerk.decide('重新提交', '已写明统计口径。');
  });

  test('it is passed, issued, and arrives at the office with its number', async () => {
    await owner.openRow('待办', TITLE);
    await owner.button('全部展开').click();
    await owner.page.getByText('全区中小学在籍学生及教职工（按学籍系统统计）').first().waitFor();
    await picture(owner.page, '10-second-round');
    await owner.decide('审核通过', '情况属实，同意。');
    await head.openRow('待办', TITLE);
    await picture(head.page, '11-head');
    await head.decide('签发', '同意签发。', '12-issue');
    await intake.openRow('待办', TITLE);
    await intake.page
      .getByText(/XY-\d{4}-[A-Z]{2}-\d{4}/)
      .first()
      .waitFor();
    await picture(intake.page, '13-intake');
  });

  test('the office lists corrections once; the clerk amends, the head signs again', async () => {
    await intake.button(/^填写/).click();
    await fillFiling(intake, '季怀瑾');
    await listCorrection(intake, '投资估算', '补充数据底座的询价材料。');
    await intake.decide('一次性补正', '请按补正清单补充询价材料。', '14-corrections');
    await clerk.openRow('待办', TITLE);
    await clerk.page.getByText('请按补正清单补充询价材料。').waitFor();
    await picture(clerk.page, '15-supplement');
    await clerk.button(/^查看受理/).click();
    await clerk.sheet.getByText('补充数据底座的询价材料。').first().waitFor();
    await picture(clerk.page, '15-findings');
    await clerk.sheet.getByRole('button', { name: '关闭' }).click();
    await clerk.decide('重新提交', '已补充三家询价材料的说明。');
    await head.openRow('待办', TITLE);
    await head.decide('重新签发', '同意。');
  });

  test('the office accepts; everybody can read who did what', async () => {
    await intake.openRow('待办', TITLE);
    await intake.button(/^填写/).click();
    expect(await intake.button('一次性补正').count()).toBe(0);
    await intake.decide('受理', '材料齐全，予以受理。', '16-accept');
    await picture(intake.page, '17-accepted');
    await clerk.home();
    await clerk.page.getByRole('tab', { name: /我的/ }).click();
    await picture(clerk.page, '18-mine');
    await clerk.openRow('我的', TITLE);
    await clerk.page.getByText('材料齐全，予以受理。').waitFor();
    await clerk.page.screenshot({ path: 'var/pictures/19-case.png', fullPage: true });
    for (const words of ['请按补正清单补充询价材料。', '同意。']) {
      await clerk.page.getByText(words, { exact: true }).first().waitFor();
    }
  });

  test('no page broke on the way', () => {
    expect([clerk, owner, head, intake].flatMap((phone) => phone.errors)).toEqual([]);
  });

  /** The plan year a new declaration may choose first: after 30 September it is the year after next. */
  async function openYear(): Promise<number> {
    const text = await clerk.page
      .getByText(/^20\d\d 年?$/)
      .first()
      .textContent()
      .catch(() => null);
    const now = new Date(Date.now() + 8 * 3_600_000);
    const next = now.getUTCFullYear() + (now.getUTCMonth() >= 9 ? 2 : 1);
    return text === null ? next : Number.parseInt(text, 10);
  }
});
