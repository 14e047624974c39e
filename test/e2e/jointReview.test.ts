import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { playDemoProject } from '../../scripts/demo.ts';
import type { PlanView, PlanYears } from '../../server/routes/contract/plans.ts';
import { openBrowser, picture, type TestBrowser } from '../support/browser.ts';
import { OpinionSheet } from './opinionSheet.ts';
import { Phone } from './phone.ts';
import { Seats } from './seats.ts';
import { openSystem, type System } from './system.ts';

const browser = await openBrowser();
const suite = browser === null ? describe.skip : describe;

const CAMPUS = '智慧校园';
const BUDGET = '浔阳区财政预算绩效一体化管理平台';
const LOGINS = ['xxb.reviewer', 'xxb.engineer', 'czj.reviewer', 'fgw.reviewer', 'spj.reviewer'] as const;
const PARTS = {
  'xxb.reviewer': /区信息办审查/,
  'xxb.engineer': /技术审查/,
  'czj.reviewer': /区财政局审查/,
  'fgw.reviewer': /区发改委审查/,
  'spj.reviewer': /审批局审查/,
};

suite('the joint review, from the plan to the director', () => {
  const { browser: chromium } = browser as TestBrowser;
  let system: System;
  let base: string;
  let seats: Seats;
  const phones = new Map<string, Phone>();

  const phoneOf = async (login: string, width = 390): Promise<Phone> => {
    const phone = phones.get(login) ?? (await Phone.open(chromium, base, login, width));
    phones.set(login, phone);
    return phone;
  };

  beforeAll(async () => {
    system = await openSystem({ RATE_LIMIT: '100000' });
    base = system.url;
    seats = new Seats(base);
    await playDemoProject(base, 'jtj-campus');
    await playDemoProject(base, 'zwzx-nearby', { unit: 'czj', name: BUDGET });
  }, 600_000);

  afterAll(async () => {
    await system?.close();
    await browser?.close();
  });

  test('the office compiles the plan on the phone and sends it to five seats at once', async () => {
    const office = await phoneOf('xxb.reviewer');
    await office.button('年度计划（草案）').click();
    await office.page.getByRole('checkbox', { name: '全选' }).click();
    await picture(office.page, 'plan-candidates');
    await office.button(/^编入草案/).click();
    const lines = office.page.getByRole('list', { name: '待送审项目' }).getByRole('listitem');
    expect(await lines.count()).toBe(2);
    await office.button(new RegExp(`^移出 .*${CAMPUS}`)).click();
    expect(await lines.count()).toBe(1);
    await office.button('撤销').click();
    expect(await lines.count()).toBe(2);
    if (!(await lines.first().textContent())?.includes(CAMPUS)) {
      await office.button(new RegExp(`^上移 .*${CAMPUS}`)).click();
    }
    await office.button('保存').click();
    await office.page.getByText('草案已保存').waitFor();
    await picture(office.page, 'plan-draft');

    await office.button('送部门联合初审').click();
    await office.sheet.getByText('同时送下列 5 个席位初审').waitFor();
    await picture(office.page, 'plan-send');
    await office.button('确认送审 2 项').click();
    await office.page.getByText('已送审 2 项').waitFor();
    await office.page.getByText('0/5 已提交意见').first().waitFor();
    await picture(office.page, 'plan-sent');

    const { years } = await seats.ask<PlanYears>('xxb.reviewer', 'GET', '/plans');
    const plan = await seats.ask<PlanView>('xxb.reviewer', 'GET', `/plans/${String(years[0]?.year)}`);
    expect(plan.lines.map(({ title }) => title?.includes(CAMPUS))).toEqual([true, false]);
    expect(plan.candidates).toEqual([]);
  }, 120_000);

  test('five seats answer from five phones, each on its own part alone', async () => {
    await Promise.all(LOGINS.map((login, at) => phoneOf(login, [390, 360, 430, 390, 360][at])));
    for (const login of LOGINS) {
      const phone = await phoneOf(login);
      await phone.openRow('待办', CAMPUS);
      await phone.button('填写初审意见表').click();
      const sheet = new OpinionSheet(phone, PARTS[login]);
      if (login === 'czj.reviewer') {
        // What one reviews is one tap away and back, and what was typed is still there.
        await sheet.cut(0, '区财政局', '60', '同类子系统历史成交价约六十万元，按可比项目核减。');
        await phone.button('看申报表').click();
        await phone.sheet.getByText('信息化项目申报表').waitFor();
        await picture(phone.page, 'opinion-reading');
        await phone.sheet.getByRole('button', { name: '关闭' }).click();
        await phone.page.getByRole('button', { name: /按申报金额填/ }).click();
        await phone.page.getByText(/项按申报金额填好/).waitFor();
        await picture(phone.page, 'opinion-lines');
      }
      await sheet.answer(login === 'czj.reviewer' ? '修改后同意' : '同意', `opinion-${login}`);
      // The lines and one's own part; nothing of the other four.
      expect(await phone.page.getByRole('tab').count()).toBe(2);
      await phone.decide('提交意见', '');
      await picture(phone.page, `opinion-${login}-done`);
    }
    const office = await phoneOf('xxb.reviewer');
    await office.openRow('待办', CAMPUS);
    await office.button('填写初审意见表').waitFor();
  }, 240_000);

  test('the office sums up and returns to the unit, straight back', async () => {
    const office = await phoneOf('xxb.reviewer');
    await office.page.setViewportSize({ width: 1280, height: 900 });
    await office.openRow('待办', CAMPUS);
    await office.page.getByRole('table').getByText('60.00').waitFor();
    await picture(office.page, 'summary-grid');
    await office.page.setViewportSize({ width: 390, height: 844 });
    await picture(office.page, 'summary-cards');
    await office.button('填写初审意见表').click();
    await office.button('退回修改').click();
    await office.sheet.getByRole('radio', { name: '直接回到我这里' }).click();
    await office.sheet.getByRole('textbox').fill('请按财政意见重新测算教学管理子系统的单价。');
    await picture(office.page, 'summary-return');
    await office.sheet.getByRole('button', { name: '确认退回修改' }).click();
    await office.page.getByRole('status').getByText('已退回修改', { exact: true }).waitFor();

    const clerk = await phoneOf('jtj.clerk');
    await clerk.openRow('我的', CAMPUS);
    await clerk.page.getByText('直接回到“初审汇总”').waitFor();
    await picture(clerk.page, 'returned-clerk');
    await clerk.decide('重新提交', '已按意见重新测算。');
    const head = await phoneOf('jtj.head');
    await head.openRow('待办', CAMPUS);
    await picture(head.page, 'reissue-head');
    await head.decide('重新签发', '');
    await office.openRow('待办', CAMPUS);
    await office.button('填写初审意见表').waitFor();
  }, 120_000);

  test('the office reports, the director passes the project into the reserve', async () => {
    const office = await phoneOf('xxb.reviewer');
    await office.button('填写初审意见表').click();
    const sheet = new OpinionSheet(office, /初审汇总/);
    await sheet.sumUp('60', '按区财政局意见核减。');
    await office.decide('汇总上报', '');

    const director = await phoneOf('xxb.director');
    await director.openRow('待办', CAMPUS);
    await picture(director.page, 'director-case');
    await director.button('填写初审意见表').click();
    await picture(director.page, 'director-fill');
    await director.decide('初审通过', '同意入库。');
    await director.button('返回事项').click();
    await director.page.getByRole('tab', { name: /已办/ }).click();
    await director.page.getByText('初审通过').first().waitFor();
    await picture(director.page, 'director-done');
    await director.button('年度计划（草案）').click();
    await director.page.getByRole('heading', { name: '初审通过' }).waitFor();
    expect(await director.button('送部门联合初审').count()).toBe(0);
    await picture(director.page, 'plan-director');
  }, 120_000);

  test('a department recuses itself from its own project; the deputy leader names who answers instead', async () => {
    const deputy = await phoneOf('ldxz.deputy');
    await deputy.openRow('待办', BUDGET);
    await deputy.page.getByText('区财政局审核岗 回避，等待指定替代席位').waitFor();
    await picture(deputy.page, 'recusal-case');
    await deputy.button('指定替代席位').click();
    await deputy.sheet.getByRole('radiogroup', { name: '由哪个席位代为审查' }).waitFor();
    await deputy.sheet.getByRole('radio', { name: /审计局/ }).click();
    await deputy.sheet.getByRole('textbox').fill('与本项目没有利害关系。');
    await picture(deputy.page, 'recusal-nominate');
    await deputy.sheet.getByRole('button', { name: '确认指定替代席位' }).click();
    await deputy.page.getByRole('status').getByText('已指定替代席位', { exact: true }).waitFor();

    for (const login of LOGINS.filter((one) => one !== 'czj.reviewer')) await seats.agree(login, BUDGET);
    await seats.agree('sjj.reviewer', BUDGET, 'czj.reviewer');
    const office = await phoneOf('xxb.reviewer');
    await office.openRow('待办', BUDGET);
    await office.page.getByText('区财政局审核岗 回避，由区审计局审核岗代为审查').waitFor();
    await picture(office.page, 'recusal-answered');
  }, 120_000);

  test('nothing went wrong behind the screens', () => {
    for (const [login, phone] of phones) expect([login, phone.errors]).toEqual([login, []]);
  });
});
