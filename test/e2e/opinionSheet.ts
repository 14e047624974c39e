import { picture } from '../support/browser.ts';
import type { Phone } from './phone.ts';

/** The opinion sheet of the joint review, filled in on a phone. */
export class OpinionSheet {
  readonly #phone: Phone;
  readonly #part: RegExp;

  /** `part`: title of the section this seat fills in. */
  constructor(phone: Phone, part: RegExp) {
    this.#phone = phone;
    this.#part = part;
  }

  /** Proposes less for a line, and says why. `whose`: the department, as its columns are named. */
  async cut(line: number, whose: string, amount: string, why: string): Promise<void> {
    const row = this.#phone.page.locator('#field-cuts .fx-given__row').nth(line);
    await row.getByRole('textbox', { name: new RegExp(`${whose}建议额`) }).fill(amount);
    await row.getByRole('textbox', { name: new RegExp(`${whose}理由`) }).fill(why);
  }

  /** Every check in order, then the opinion, with a reason where one is asked for. */
  async answer(opinion: '同意' | '修改后同意', shot: string): Promise<void> {
    const { page } = this.#phone;
    await page.getByRole('tab', { name: this.#part }).click();
    await page.getByRole('radio', { name: '符合', exact: true }).first().waitFor();
    for (const row of await page.locator('.fx-given__row').all()) {
      const conform = row.getByRole('radio', { name: '符合', exact: true });
      await conform.click();
    }
    await page
      .getByRole('radiogroup', { name: '意见', exact: true })
      .getByRole('radio', { name: opinion, exact: true })
      .click();
    if (opinion === '修改后同意') {
      await page.getByRole('textbox', { name: '理由', exact: true }).fill('一项单价偏高，按可比项目核减后同意安排。');
    }
    await picture(page, shot);
  }

  /** What is finally agreed: one line less, the rest as declared; the conclusion and how it came about. */
  async sumUp(amount: string, why: string): Promise<void> {
    const { page } = this.#phone;
    const row = page.locator('#field-cuts .fx-given__row').first();
    await row.getByRole('textbox', { name: /核定额/ }).fill(amount);
    await row.getByRole('textbox', { name: /核定理由/ }).fill(why);
    await page.getByRole('button', { name: /按申报金额填/ }).click();
    await picture(page, 'summary-lines');
    await page.getByRole('tab', { name: this.#part }).click();
    await page
      .getByRole('radiogroup', { name: '初审结论', exact: true })
      .getByRole('radio', { name: '核减后通过' })
      .click();
    await page
      .getByRole('radiogroup', { name: '优先级', exact: true })
      .getByRole('radio', { name: '优先安排' })
      .click();
    await page
      .getByRole('textbox', { name: '汇总意见', exact: true })
      .fill('各部门同意安排；采纳区财政局核减意见，其余按申报金额核定。');
    await picture(page, 'summary-conclusion');
  }
}
