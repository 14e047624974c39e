import { picture } from '../support/browser.ts';
import type { Phone } from './phone.ts';

/** The intake desk's review, filled in on the phone: every material there, every chapter complete, nothing found. */
export async function fillFiling(phone: Phone, reviewer: string): Promise<void> {
  const { page } = phone;
  await page.locator('#field-chapterCheck .fx-given__row').first().waitFor();
  for (const row of await page.locator('#field-materialCheck .fx-given__row').all()) {
    await row.getByRole('radio', { name: '齐全', exact: true }).click();
  }
  for (const row of await page.locator('#field-chapterCheck .fx-given__row').all()) {
    await row.getByRole('radio', { name: '完备', exact: true }).click();
  }
  await picture(page, 'filing-materials');
  await page.getByRole('tab', { name: /范围、涉密与查重/ }).click();
  for (const title of ['是否属于本办法范围', '涉密检查', '查重结论']) {
    await page.getByRole('radiogroup', { name: title, exact: true }).getByRole('radio').first().click();
  }
  await page
    .getByRole('textbox', { name: '查重依据', exact: true })
    .fill('对照已申报项目和在用系统清单，未见同类建设。');
  await page.getByRole('textbox', { name: '复核人', exact: true }).fill(reviewer);
  await picture(page, 'filing-review');
}

/** What is lacking, and until when it must be put right. */
export async function listCorrection(phone: Phone, item: string, requirement: string): Promise<void> {
  const { page } = phone;
  await page.getByRole('tab', { name: /补正与备注/ }).click();
  await phone.button('添加补正清单').click();
  await phone.sheet.getByRole('textbox', { name: '需要补正的内容', exact: true }).fill(item);
  await phone.sheet.getByRole('textbox', { name: '怎么改', exact: true }).fill(requirement);
  await phone.sheet.getByRole('button', { name: '完成' }).click();
  await page.getByRole('combobox', { name: '补正期限' }).click();
  await phone.sheet.getByRole('textbox', { name: '输入补正期限' }).fill('2099-12-31');
  await picture(page, 'filing-corrections');
}
