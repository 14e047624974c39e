const FULL_WIDTH_OFFSET = 0xfee0;

/** Full-width letters and digits, as Chinese keyboards produce them, become plain ones. */
export function halfWidth(text: string): string {
  return text
    .replace(/[！-～]/g, (letter) => String.fromCharCode(letter.charCodeAt(0) - FULL_WIDTH_OFFSET))
    .replace(/。/g, '.');
}

/** What remains of typed text when only a number with this many decimals may stand here. */
export function tidyNumber(typed: string, decimals: number, negative: boolean): string {
  const plain = halfWidth(typed).replace(/[^\d.-]/g, '');
  const sign = negative && plain.startsWith('-') ? '-' : '';
  const [whole = '', ...rest] = plain.replace(/-/g, '').split('.');
  const digits = whole.replace(/^0+(?=\d)/, '').slice(0, 12);
  if (decimals === 0 || rest.length === 0) return sign + digits;
  return `${sign}${digits || '0'}.${rest.join('').slice(0, decimals)}`;
}

/** `undefined` while there is no number yet (nothing, or only a sign). */
export function parseNumber(text: string): number | undefined {
  if (!/\d/.test(text)) return undefined;
  const number = Number(text);
  return Number.isFinite(number) ? number : undefined;
}

/** 公民身份号码 as far as it is typed: digits, and an X in the last place. */
export function tidyIdCard(typed: string): string {
  const plain = halfWidth(typed)
    .toUpperCase()
    .replace(/[^\dX]/g, '');
  return (plain.slice(0, 17).replace(/X/g, '') + plain.slice(17)).slice(0, 18);
}
