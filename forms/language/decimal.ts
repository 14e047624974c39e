/**
 * Arithmetic on decimals as people write them. Binary floating point loses fen, and BigInt is missing on old
 * phones, so products are computed digit by digit.
 */

interface Written {
  negative: boolean;
  digits: string;
  places: number;
}

function written(number: number): Written | null {
  if (!isFinite(number)) return null;
  let text = String(Math.abs(number));
  if (text.indexOf('e') >= 0) text = Math.abs(number).toFixed(12).replace(/0+$/, '');
  if (text.indexOf('e') >= 0) return null;
  const [whole = '0', fraction = ''] = text.split('.');
  return { negative: number < 0, digits: whole + fraction, places: fraction.length };
}

/** How many digits stand behind the decimal point: 12.50 has 1. */
export function placesOf(number: number): number {
  if (Number.isSafeInteger(number)) return 0;
  return written(number)?.places ?? 0;
}

/** Adds without the dust of binary fractions: 0.1 + 0.2 is 0.3. */
export function add(numbers: readonly number[]): number {
  let total = 0;
  let places = 0;
  for (const number of numbers) {
    total += number;
    places = Math.max(places, placesOf(number));
  }
  return places === 0 || !isFinite(total) ? total : Number(total.toFixed(places));
}

function product(left: string, right: string): string {
  const cells = new Array<number>(left.length + right.length).fill(0);
  for (let i = left.length - 1; i >= 0; i -= 1) {
    for (let j = right.length - 1; j >= 0; j -= 1) {
      const at = i + j + 1;
      const sum = (cells[at] ?? 0) + Number(left.charAt(i)) * Number(right.charAt(j));
      cells[at] = sum % 10;
      cells[at - 1] = (cells[at - 1] ?? 0) + Math.floor(sum / 10);
    }
  }
  return cells.join('');
}

/** Money in fen times a quantity, rounded half up (away from zero) to a whole fen; null when it does not fit. */
export function timesHalfUp(fen: number, quantity: number): number | null {
  const left = written(fen);
  const right = written(quantity);
  if (!left || !right) return null;
  const places = left.places + right.places;
  const digits = product(left.digits, right.digits);
  const padded = digits.length > places ? digits : digits.padStart(places + 1, '0');
  const cut = padded.length - places;
  const rounded = Number(padded.slice(0, cut)) + (places > 0 && padded.charAt(cut) >= '5' ? 1 : 0);
  if (!Number.isSafeInteger(rounded)) return null;
  return rounded !== 0 && left.negative !== right.negative ? -rounded : rounded;
}

/** What per cent `part` is of `whole`, to two places, half up; null when there is no whole. */
export function percent(part: number, whole: number): number | null {
  if (whole === 0 || !isFinite(part) || !isFinite(whole)) return null;
  const negative = part < 0 !== whole < 0;
  const scaled = Math.abs(part) * 10000;
  const base = Math.abs(whole);
  let hundredths: number;
  if (Number.isSafeInteger(scaled) && Number.isSafeInteger(base)) {
    hundredths = Math.floor(scaled / base);
    if ((scaled - hundredths * base) * 2 >= base) hundredths += 1;
  } else {
    hundredths = Math.round(scaled / base);
  }
  return (negative && hundredths !== 0 ? -hundredths : hundredths) / 100;
}
