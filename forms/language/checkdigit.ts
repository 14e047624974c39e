import { isDate } from './dates.ts';

/** Check digit of 统一社会信用代码, GB 32100-2015: weights 3^i mod 31 over a 31-letter alphabet without I O S V Z. */
const ALPHABET = '0123456789ABCDEFGHJKLMNPQRTUWXY';
const WEIGHTS = [1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28];

/** The 18th character for the first 17, or null where one of them is not of the alphabet. */
export function usccCheckDigit(first17: string): string | null {
  if (first17.length !== WEIGHTS.length) return null;
  let sum = 0;
  for (let at = 0; at < WEIGHTS.length; at += 1) {
    const digit = ALPHABET.indexOf(first17.charAt(at));
    if (digit < 0) return null;
    sum += digit * (WEIGHTS[at] ?? 0);
  }
  return ALPHABET.charAt((31 - (sum % 31)) % 31);
}

/** Whether this is a well-formed code with the right check digit. */
export function usccIsValid(code: string): boolean {
  return code.length === 18 && usccCheckDigit(code.slice(0, 17)) === code.charAt(17) && /^..\d{6}/.test(code);
}

const ID_WEIGHTS = [7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2];
const ID_DIGITS = '10X98765432';

/** The 18th character of a 公民身份号码 for its first 17, GB 11643-1999; null where one of them is no digit. */
export function idCardCheckDigit(first17: string): string | null {
  if (!/^\d{17}$/.test(first17)) return null;
  const sum = ID_WEIGHTS.reduce((total, weight, at) => total + weight * Number(first17.charAt(at)), 0);
  return ID_DIGITS.charAt(sum % 11);
}

/** Whether this is a well-formed number with a real day of birth and the right check digit. */
export function idCardIsValid(code: string): boolean {
  const born = `${code.slice(6, 10)}-${code.slice(10, 12)}-${code.slice(12, 14)}`;
  return code.length === 18 && isDate(born) && idCardCheckDigit(code.slice(0, 17)) === code.charAt(17);
}
