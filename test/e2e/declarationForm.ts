import type { Locator } from 'playwright-core';
import { picture } from '../support/browser.ts';
import type { Phone } from './phone.ts';

export const TITLE = '浔阳区教育体育局智慧校园数据底座与家校协同平台（一期）建设项目';

const LONG =
  '全区四十二所中小学的学籍、成绩、考勤、体质健康数据分散在十一套互不相通的系统里，教师平均每周要重复录入三次以上，' +
  '家长要在多个应用之间切换；数据口径不一，无法支撑学位预警、控辍保学和资源配置，也难以按统一标准向上级平台共享。' +
  '各校自行采购还造成维护费用逐年上升，三年来全区合计支出已超过一百八十万元。';

/** Fills in the declaration on the phone as a clerk would: by the words on the screen, section by section. */
export class DeclarationForm {
  readonly #phone: Phone;
  readonly #planYear: number;

  constructor(phone: Phone, planYear: number) {
    this.#phone = phone;
    this.#planYear = planYear;
  }

  /** Everything but the project's name and the proposal, which a test leaves out on purpose. */
  async fillAll(): Promise<void> {
    await this.#basics();
    await this.#kind();
    await this.#grounds();
    await this.#contents();
    await this.#money();
    await this.#network();
    await this.#security();
    await this.#checks();
    await this.#promises();
  }

  async name(title: string): Promise<void> {
    await this.#section(/基本信息/);
    await this.#text('项目名称', title);
  }

  /** Ticks 非涉密 first: the picker stays shut until then. */
  async attachProposal(file: { name: string; mimeType: string; buffer: Buffer }): Promise<void> {
    const { page } = this.#phone;
    await this.#section(/附件与承诺/);
    const upload = this.#phone.button('上传项目建议书');
    if ((await upload.getAttribute('aria-disabled')) !== 'true') throw new Error('the picker is open before the tick');
    await page.getByRole('checkbox', { name: '项目建议书 非涉密确认' }).click();
    const [chooser] = await Promise.all([page.waitForEvent('filechooser'), upload.click()]);
    await chooser.setFiles(file);
    await page.getByText(file.name).waitFor();
    await this.#phone.button(new RegExp(`(移除|删除).*${file.name}`)).waitFor();
  }

  async #basics(): Promise<void> {
    await this.#section(/基本信息/);
    await this.#text('负责处室（二级单位）', '教育信息中心');
    await this.#text('项目负责人', '刘建国');
    await this.#text('项目负责人职务', '副局长');
    await this.#text('项目负责人电话', '0792-8123456');
    await this.#text('联系人电话', '0792-8123457');
    await this.#many('使用单位', ['区教育体育局', '区卫生健康委员会']);
    await this.#look('basics');
  }

  async #kind(): Promise<void> {
    await this.#section(/项目类别/);
    await this.#chip('项目性质', '新建');
    for (const name of ['信息应用系统', '信息安全']) await this.#phone.page.getByRole('checkbox', { name }).click();
    await this.#many('行业领域', ['教育']);
    await this.#choose('项目类型', '业务应用');
    await this.#chip('是否为基建项目所含信息化子项目', '否');
    await this.#phone.page.getByRole('combobox', { name: '建设周期 开始日期' }).click();
    await this.#look('calendar');
    await this.#text('输入建设周期 开始日期', `${this.#planYear}-03-01`);
    await this.#text('输入建设周期 结束日期', `${this.#planYear}-11-30`);
    await this.#look('kind');
  }

  async #grounds(): Promise<void> {
    await this.#section(/依据与必要性/);
    await this.#phone.button('添加建设依据').click();
    await this.#choose('级别', '省', this.#phone.sheet);
    await this.#text('文件名称', '江西省教育数字化战略行动实施方案（示例）', this.#phone.sheet);
    await this.#text('文号', '赣教发〔示例〕3号', this.#phone.sheet);
    await this.#text('相关条款摘录', '县级教育数据全部接入省级平台，实现一数一源。', this.#phone.sheet);
    await this.#look('ground-row');
    await this.#closeRow();
    await this.#phone.page.getByRole('combobox', { name: '符合的规划条目' }).click();
    await this.#phone.sheet.getByRole('option').first().click();
    for (const label of ['业务现状与问题', '建设必要性', '建设目标', '预期成效']) await this.#text(label, LONG);
    await this.#text('服务对象', '全区中小学师生和家长');
    await this.#text('用户数', '68000');
    await this.#look('grounds');
  }

  async #contents(): Promise<void> {
    await this.#section(/建设内容/);
    await this.#phone.button('添加主要建设内容').click();
    await this.#content('数据底座', '软件', '12.5');
    await this.#look('content-row');
    await this.#phone.sheet.getByRole('button', { name: '再添一行' }).click();
    await this.#content('等级保护测评', '安全', '10');
    await this.#phone.sheet.getByRole('button', { name: '再添一行' }).click();
    await this.#content('工程监理', '服务', '2.5');
    await this.#closeRow();
    await this.#phone.button(/第 3 行/).click();
    await this.#phone.sheet.getByRole('button', { name: '删除' }).click();
    await this.#phone.button('撤销删除').click();
    await this.#look('contents');
  }

  async #content(name: string, category: string, price: string): Promise<void> {
    const { sheet } = this.#phone;
    await this.#text('模块或设备', name, sheet);
    await this.#text('功能或性能说明', '统一数据采集、治理与共享接口，支持一数一源', sheet);
    await this.#choose('类别', category, sheet);
    await this.#text('数量', '1', sheet);
    await this.#text('单位', '项', sheet);
    await this.#text('单价', price, sheet);
    await this.#choose('是否可用全区统建平台替代', '否', sheet);
    await this.#choose('涉及集约事项', /不涉及/, sheet);
  }

  async #money(): Promise<void> {
    const { page, sheet } = this.#phone;
    await this.#section(/投资与资金/);
    for (const [item, amount] of [
      ['软件开发', '12.5'],
      ['安全（等保、密评）', '10'],
      ['工程监理', '2.5'],
    ] as const) {
      await page.getByRole('group', { name: item, exact: true }).getByRole('textbox', { name: /金额/ }).fill(amount);
    }
    await this.#look('breakdown');
    await this.#phone.button('添加年度资金需求').click();
    await this.#text('年度', String(this.#planYear), sheet);
    await this.#text('金额', '25', sheet);
    await this.#closeRow();
    await this.#phone.button('添加资金来源').click();
    await this.#choose('来源', '区财政', sheet);
    await this.#text('金额', '25', sheet);
    await this.#first('到位情况', sheet);
    await this.#closeRow();
    await this.#text('年运维经费估算', '2.000001');
    await this.#look('money');
  }

  async #network(): Promise<void> {
    const { page, sheet } = this.#phone;
    await this.#section(/网络与云/);
    await this.#choose('依托网络', '全区政务信息网');
    await page.getByRole('checkbox', { name: '不涉及' }).click();
    await this.#choose('部署位置', '浔阳区政务云平台');
    for (const label of ['是否新建数据机房', '是否购置服务器、存储、防火墙等设备', '是否新建App、小程序或公众号']) {
      await this.#chip(label, '否');
    }
    await this.#phone.button('添加云资源需求').click();
    await this.#text('用途', '应用与数据库', sheet);
    for (const label of ['vCPU', '内存', '存储', '带宽']) await this.#text(label, '8', sheet);
    await this.#text('数据库', '国产关系型数据库', sheet);
    await this.#first('是否备份', sheet);
    await this.#text('安全套餐', '基础', sheet);
    await this.#closeRow();
    await this.#look('network');
  }

  async #security(): Promise<void> {
    const { sheet } = this.#phone;
    await this.#section(/数据与安全/);
    await this.#choose('拟定等级保护级别', '第二级');
    await this.#first('密码应用');
    await this.#text('没有可共享数据的理由', '一期仅建设采集与治理能力，二期形成目录后共享');
    await this.#phone.button(/添加安全可靠/).click();
    for (const label of ['产品或设备', '芯片', '操作系统', '数据库', '中间件'])
      await this.#text(label, '不涉及', sheet);
    await this.#first('是否国产', sheet);
    await this.#closeRow();
    await this.#look('security');
  }

  async #checks(): Promise<void> {
    const { page, sheet } = this.#phone;
    await this.#section(/自查与绩效/);
    const answers = ['是', '是', '否', '是', '是', '否', '不涉及', '不涉及', '否', '否'];
    for (const [index, row] of (await page.locator('#field-intensiveChecks .fx-given__row').all()).entries()) {
      await row.getByRole('radio', { name: answers[index] ?? '', exact: true }).click();
    }
    for (const row of await page.locator('#field-reqChecks .fx-given__row').all()) {
      await row.getByRole('radio').first().click();
      await row.getByRole('textbox').first().fill('见项目建议书第二章第三节，依据、口径和责任人均已列明。');
    }
    await this.#look('self-checks');
    await this.#text('年度总体绩效目标', '年底前完成平台建设并在全区中小学上线运行，重复录入压减百分之八十。');
    await this.#phone.button('添加绩效目标表').click();
    const targets = [
      ['产出', '数量', '接入学校比例', '50'],
      ['效益', '社会', '重复录入压减比例', '30'],
      ['满意', '服务对象', '师生满意度', '10'],
    ] as const;
    for (const [index, [first, second, name, weight]] of targets.entries()) {
      if (index > 0) await sheet.getByRole('button', { name: '再添一行' }).click();
      await this.#choose('一级指标', new RegExp(first), sheet);
      await this.#choose('二级指标', new RegExp(second), sheet);
      await this.#text('三级指标', name, sheet);
      await this.#first('指标性质', sheet);
      await this.#text('年度指标值', '95', sheet);
      await this.#text('度量单位', '%', sheet);
      await this.#text('分值', weight, sheet);
    }
    await this.#closeRow();
    await this.#look('targets');
  }

  async #promises(): Promise<void> {
    await this.#section(/附件与承诺/);
    await this.#text('单位意见', '经局党组研究，同意申报。');
    await this.#chip('本人确认：填报内容和附件不涉及国家秘密、工作秘密', '是');
    await this.#chip('本单位承诺：所填内容真实、完整，没有隐匿、瞒报', '是');
    await this.#look('promises');
  }

  #look(name: string): Promise<void> {
    return picture(this.#phone.page, `fill-${name}`);
  }

  async #section(name: RegExp): Promise<void> {
    await this.#phone.page.getByRole('tab', { name }).click();
  }

  async #text(label: string, value: string, scope: Locator = this.#phone.page.locator('body')): Promise<void> {
    await scope.getByRole('textbox', { name: label, exact: true }).last().fill(value);
  }

  async #chip(group: string, label: string | RegExp, scope: Locator = this.#phone.page.locator('body')): Promise<void> {
    const options = scope.getByRole('radiogroup', { name: group, exact: true });
    await options.getByRole('radio', { name: label, exact: typeof label === 'string' }).click();
  }

  async #pick(label: string, option: string | RegExp, scope: Locator = this.#phone.page.locator('body')) {
    await scope.getByRole('combobox', { name: label, exact: true }).click();
    await this.#phone.sheet.getByRole('option', { name: option }).first().click();
  }

  /** A choice is drawn as chips or as a sheet, depending on how many options it has. */
  async #choose(label: string, option: string | RegExp, scope: Locator = this.#phone.page.locator('body')) {
    const box = scope.getByRole('combobox', { name: label, exact: true });
    const chips = scope.getByRole('radiogroup', { name: label, exact: true });
    await box.or(chips).first().waitFor();
    if ((await box.count()) > 0) await this.#pick(label, option, scope);
    else await this.#chip(label, new RegExp(option), scope);
  }

  async #first(label: string, scope: Locator = this.#phone.page.locator('body')): Promise<void> {
    await this.#choose(label, /./, scope).catch(async () => {
      await scope.getByRole('radiogroup', { name: label, exact: true }).getByRole('radio').first().click();
    });
  }

  async #many(label: string, options: string[]): Promise<void> {
    await this.#phone.page.getByRole('combobox', { name: label, exact: true }).click();
    for (const name of options) {
      const option = this.#phone.sheet.getByRole('option', { name }).first();
      if ((await option.getAttribute('aria-selected')) !== 'true') await option.click();
    }
    await this.#phone.sheet.getByRole('button', { name: /完成/ }).click();
  }

  async #closeRow(): Promise<void> {
    await this.#phone.sheet.getByRole('button', { name: '完成' }).click();
  }
}
