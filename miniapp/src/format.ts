/** Dates and numbers as officials write them. Always Beijing time, whatever the phone says; no `Intl` (some phones lack it). */

const BEIJING_MS = 8 * 3_600_000;
const WEEKDAYS = ['日', '一', '二', '三', '四', '五', '六'];
const DIGITS = ['', '一', '二', '三', '四', '五', '六', '七', '八', '九'];

const two = (value: number) => String(value).padStart(2, '0');
const beijing = (instant: number) => new Date(instant + BEIJING_MS);

/** `2026-09-30 周三` */
export function dayOf(instant: number): string {
  const at = beijing(instant);
  return `${at.toISOString().slice(0, 10)} 周${WEEKDAYS[at.getUTCDay()] ?? ''}`;
}

/** `14:03` */
export function clockOf(instant: number): string {
  const at = beijing(instant);
  return `${two(at.getUTCHours())}:${two(at.getUTCMinutes())}`;
}

/** `09-28 14:03`, with the year when it is not this one. */
export function momentOf(instant: number, now = Date.now()): string {
  const day = beijing(instant).toISOString().slice(0, 10);
  const sameYear = day.slice(0, 4) === beijing(now).toISOString().slice(0, 4);
  return `${sameYear ? day.slice(5) : day} ${clockOf(instant)}`;
}

/** `今天`, `3天` */
export function daysText(days: number): string {
  return days <= 0 ? '今天' : `${days}天`;
}

/** `"20"` → `第二十条` */
export function articleName(no: string): string {
  const value = Number(no);
  if (!Number.isInteger(value) || value < 1 || value > 99) return `第${no}条`;
  const tens = Math.floor(value / 10);
  const head = tens === 0 ? '' : `${tens === 1 ? '' : (DIGITS[tens] ?? '')}十`;
  return `第${head}${DIGITS[value % 10] ?? ''}条`;
}

/** `二十` → `"20"` */
export function articleNo(chinese: string): string {
  const [tens, ones] = chinese.includes('十') ? chinese.split('十') : [null, chinese];
  const digit = (sign: string | null | undefined) => (sign ? DIGITS.indexOf(sign) : 0);
  return String((tens === null ? 0 : (tens === '' ? 1 : digit(tens)) * 10) + digit(ones));
}
