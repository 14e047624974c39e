import type { Browser, BrowserContext, Locator, Page } from 'playwright-core';
import { picture } from '../support/browser.ts';

/** One person's phone: the real H5 app in a browser of its own, driven by what can be read on the screen. */
export class Phone {
  readonly page: Page;
  readonly #context: BrowserContext;
  readonly #base: string;
  readonly #errors: string[] = [];

  private constructor(context: BrowserContext, page: Page, base: string) {
    this.#context = context;
    this.page = page;
    this.#base = base;
    page.on('pageerror', (error) => this.#errors.push(error.message));
    page.on('console', (message) => {
      if (message.type() === 'error') this.#errors.push(message.text());
    });
  }

  /** Signs a demonstration person in on a phone of this width. */
  static async open(browser: Browser, base: string, login: string, width = 390): Promise<Phone> {
    const context = await browser.newContext({
      viewport: { width, height: 844 },
      deviceScaleFactor: 2,
      locale: 'zh-CN',
      timezoneId: 'Asia/Shanghai',
    });
    const page = await context.newPage();
    page.setDefaultTimeout(15_000);
    const phone = new Phone(context, page, base);
    await page.goto(`${base}/m/#/pages/login/index?persona=${login}`);
    await page.getByRole('tab', { name: /待办/ }).waitFor();
    return phone;
  }

  /** What went wrong inside the page without anybody seeing it. */
  get errors(): string[] {
    return this.#errors;
  }

  async home(): Promise<void> {
    await this.page.goto(`${this.#base}/m/#/pages/home/index`);
    await this.page.getByRole('tab', { name: /待办/ }).waitFor();
  }

  async openRow(box: '待办' | '已办' | '我的', title: string): Promise<void> {
    await this.home();
    await this.page.getByRole('tab', { name: new RegExp(box) }).click();
    await this.page
      .getByRole('button', { name: new RegExp(title) })
      .first()
      .click();
  }

  button(name: string | RegExp): Locator {
    return this.page.getByRole('button', { name, exact: typeof name === 'string' });
  }

  /** The sheet or row editor on top. */
  get sheet(): Locator {
    return this.page.getByRole('dialog').last();
  }

  /** Presses an action, gives the opinion, confirms, and waits for the page that says it was done. */
  async decide(action: string, opinion: string, shot?: string): Promise<void> {
    await this.button(action).click();
    if (opinion !== '') await this.sheet.getByRole('textbox').fill(opinion);
    if (shot !== undefined) await picture(this.page, shot);
    await this.sheet.getByRole('button', { name: `确认${action}` }).click();
    await this.page.getByRole('status').getByText(`已${action}`, { exact: true }).waitFor();
  }

  close(): Promise<void> {
    return this.#context.close();
  }
}
