import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { readdirSync, readFileSync, statSync } from 'node:fs';
import path from 'node:path';
import type { Data } from '../../forms/language/dialect.ts';
import { apiBaseOf } from '../../scripts/apiBase.ts';
import { build, MINI_PROGRAMS } from '../../scripts/build.ts';
import { DECLARATION, openDistrict, type Actor, type District } from '../support/district.ts';
import { MiniPhone } from './host/miniPhone.ts';

const ROOT = path.resolve(import.meta.dirname, '../..');
const API = apiBaseOf(process.env.API_BASE);
const NAME = '浔阳区教育体育局智慧校园小程序端试报项目';
const MEGABYTE = 1_048_576;

/** Left for the phone to fill in. */
const LAST_ROW = 9;
const LEFT_OUT = ['projectName', 'nature', 'sector', 'period', 'userCount', 'omEstimate', 'truthPledge'];

let district: District;

beforeAll(async () => {
  await build(() => undefined, MINI_PROGRAMS);
  district = await openDistrict();
}, 300_000);
afterAll(() => district.close());

describe.each(MINI_PROGRAMS)('the bundle for %s in a bare host', (name) => {
  const target = name === 'dd' ? 'dd' : 'weapp';
  const folder = path.join(ROOT, 'miniapp/dist', target);
  // One unit may not file two projects of one name in a year.
  const TITLE = `${NAME}${target}`;
  const phones: MiniPhone[] = [];
  let clerk: MiniPhone;
  let clerkActor: Actor;
  let caseId: string;

  const openPhone = (): MiniPhone => {
    const phone = new MiniPhone(target, folder, API, `${district.url}/api`);
    phones.push(phone);
    return phone;
  };
  /** Opens the app, which leads to the sign-in, and enters as this person. */
  const signIn = async (person: string): Promise<MiniPhone> => {
    const phone = openPhone();
    await phone.sees('演示环境：选择一个身份进入');
    await phone.tap(new RegExp(person));
    await phone.sees('待办');
    return phone;
  };

  beforeAll(async () => {
    clerkActor = await district.as('jtj.clerk');
  });
  afterAll(() => {
    for (const phone of phones) phone.close();
  });

  test('the host really is bare', () => {
    const { host } = openPhone();
    for (const absent of ['globalThis', 'Intl', 'window', 'document', 'navigator', 'global', 'process', 'fetch']) {
      expect([absent, host.evaluate(`typeof ${absent}`)]).toEqual([absent, 'undefined']);
    }
    expect(() => host.evaluate(`eval('1')`)).toThrow(/Code generation from strings disallowed/);
    expect(() => host.evaluate(`new Function('return 1')`)).toThrow(/Code generation from strings disallowed/);
  });

  test('somebody who is not signed in is led to the sign-in and enters', async () => {
    clerk = await signIn('林墨白');
    expect(clerk.host.front.route).toBe('pages/home/index');
    expect(clerk.host.said).toContain('登录');
  });

  test('a new declaration begins with the question about secrets', async () => {
    await clerk.tap('新建申报');
    await clerk.sees('项目是否涉及国家秘密或工作秘密？');
    await clerk.tap(/^不涉密/);
    await clerk.tap('下一步');
    await clerk.sees('第 1 步，共');
    expect(clerk.host.front.route).toBe('forms/fill/index');
    const mine = await clerkActor.rows('mine');
    caseId = String(mine.items[0]?.caseId);
    clerk.host.back();
    await clerk.sees('待办');
  });

  test('every kind of field is filled in: text, number, choice, dates, a row with money', async () => {
    const view = await clerkActor.view(caseId);
    const whole = await clerkActor.declaration(view, { projectName: `${TITLE}（草稿）` });
    const rows = (whole.contentItems as Data[]).slice(0, LAST_ROW);
    const kept = Object.entries(whole).filter(([key]) => !LEFT_OUT.includes(key) || key === 'projectName');
    const data = { ...Object.fromEntries(kept), contentItems: rows };
    const draft = { form: 'declaration', task: null, data, draftVersion: 0 };
    await clerkActor.put(`/cases/${caseId}/draft`, draft).then(({ ok }) => ok);

    await clerk.tap('我的申报');
    await clerk.tap(new RegExp(`${TITLE}（草稿）`));
    await clerk.sees('第 1 步，共');
    await clerk.type('项目名称', '');
    await clerk.tap(/^项目类别/);
    await clerk.tap('新建');
    await clerk.tap(/请选择/, '行业领域');
    await clerk.tap('教育');
    await clerk.tap(/^完成/);
    await clerk.tap(/^开始日期/);
    await clerk.type('可直接输入，如 20270630', '20270301');
    await clerk.sees('结束日期');
    for (let month = 3; month < 12; month += 1) await clerk.tap('›');
    await clerk.sees('2027 年 12 月');
    await clerk.tap('20');
    await clerk.sees(/2027-03-01.*2027-12-20/);
    await clerk.tap(/^依据与必要性/);
    await clerk.type('用户数', '四3000人');
    expect(clerk.shown('用户数')).toBe('3000');
    await clerk.type('用户数', '43000');
  });

  test('a table takes a row of its own, whose amount is computed from price and quantity', async () => {
    await clerk.tap(/^建设内容/);
    await clerk.tap('＋ 添加一行');
    await clerk.sees(`主要建设内容 · 第 ${LAST_ROW + 1} 行`);
    await clerk.type('模块或设备', '教师操作培训');
    await clerk.type('功能或性能说明', '每校两场，共56场，含培训教材');
    await clerk.tap(/请选择/, '类别');
    await clerk.tap('服务');
    await clerk.type('数量', '56');
    await clerk.type('单位', '场');
    await clerk.type('单价', '0.12');
    await clerk.tap('否', '是否可用全区统建平台替代');
    await clerk.tap(/请选择/, '涉及集约事项');
    await clerk.tap('不涉及');
    await clerk.sees('6.72');
    await clerk.tap('完成');
    await clerk.sees('299.72 万元');
    await clerk.tap(/^投资与资金/);
    await clerk.type('年运维经费估算', '28.5');
    await clerk.tap(/^附件与承诺/);
    await clerk.tap('是', '本单位承诺：所填内容真实、完整，没有隐匿、瞒报');
  });

  test('what is missing is named, jumped to and filled in; then it is submitted', async () => {
    await clerk.tap('提交');
    await clerk.sees('还有 1 处需要补充或更正');
    await clerk.tap('请填写“项目名称”。');
    await clerk.sees('第 1 步，共');
    await clerk.type('项目名称', TITLE);
    await clerk.sees('已保存');
    await clerk.tap('提交');
    await clerk.sees('提交后依次办理');
    await clerk.tap('确认提交');
    await clerk.sees('已提交');

    const view = await clerkActor.view(caseId);
    expect(view.state).toBe('running');
    const filed = view.forms.find(({ key }) => key === 'declaration')?.data ?? {};
    expect(filed).toMatchObject({
      projectName: TITLE,
      nature: 'new',
      sector: ['education'],
      period: { start: '2027-03-01', end: '2027-12-20' },
      userCount: 43_000,
      omEstimate: 28_500_000,
      totalInvest: DECLARATION.totalInvest,
      truthPledge: true,
    });
    expect((filed.contentItems as Data[])[LAST_ROW]).toEqual((DECLARATION.contentItems as Data[])[LAST_ROW]);
  });

  test('the responsible person returns it with a reason; the clerk reads it and hands it in again', async () => {
    const owner = await signIn('顾听澜');
    await owner.tap(new RegExp(TITLE));
    await owner.sees('办理记录');
    await owner.tap('退回修改');
    await owner.tap('确认退回修改');
    await owner.sees('请填写退回原因');
    await owner.type(/^写明理由/, '请写明统计口径。');
    await owner.tap('确认退回修改');
    await owner.sees('已退回修改');
    expect(await clerkActor.view(caseId)).toMatchObject({
      state: 'returned',
      returned: { reason: '请写明统计口径。' },
    });

    await clerk.tap('返回事项');
    await clerk.tap(new RegExp(TITLE));
    await clerk.sees('请写明统计口径。');
    await clerk.tap('重新提交');
    await clerk.tap('已按意见逐项修改。');
    await clerk.tap('确认重新提交');
    await clerk.sees('已重新提交');
  });

  test('it is passed and issued, and stands so on the server', async () => {
    const owner = await signIn('顾听澜');
    await owner.tap(new RegExp(TITLE));
    await owner.tap('审核通过');
    await owner.tap('情况属实，同意。');
    await owner.tap('确认审核通过');
    await owner.sees('已审核通过');
    const head = await signIn('沈怀川');
    await head.tap(new RegExp(TITLE));
    await head.tap('签发');
    await head.type(/可写一句话意见/, '同意签发。');
    await head.tap('确认签发');
    await head.sees('已签发');

    const view = await clerkActor.view(caseId);
    const decided = view.timeline.map(({ action, opinion }) => [action, opinion]);
    expect(decided).toContainEqual(['approve', '情况属实，同意。']);
    expect(decided).toContainEqual(['approve', '同意签发。']);
    expect(view).toMatchObject({ state: 'ended', outcome: 'approved' });
  });

  test('a refusal of the server is heard: whoever is signed out elsewhere signs in again', async () => {
    const phone = await signIn('林墨白');
    const { token } = phone.host.stored('xy.session') as { token: string };
    await fetch(`${district.url}/api/session`, { method: 'DELETE', headers: { Authorization: `Bearer ${token}` } });
    await phone.tap('消息');
    await phone.sees('登录已过期，请重新登录');
    expect(phone.host.stored('xy.session')).toBeNull();
  });

  test('no phone complained in its console', () => {
    expect(phones.flatMap((phone) => phone.host.errors)).toEqual([]);
  });

  test('the first download is small: the forms come later', () => {
    const files = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && !entry.name.startsWith('.'))
      .map((entry) => path.join(entry.parentPath, entry.name));
    const size = (wanted: (file: string) => boolean) =>
      files.filter(wanted).reduce((sum, file) => sum + statSync(file).size, 0);
    const isForms = (file: string) => path.relative(folder, file).startsWith(`forms${path.sep}`);
    expect(size(isForms)).toBeGreaterThan(100_000);
    expect(size((file) => !isForms(file))).toBeLessThan(MEGABYTE);
    expect(size(() => true)).toBeLessThan(2 * MEGABYTE);
    const { subPackages } = JSON.parse(readFileSync(path.join(folder, 'app.json'), 'utf8')) as {
      subPackages: { root: string }[];
    };
    expect(subPackages.map(({ root }) => root)).toEqual(['forms']);
  });
});
