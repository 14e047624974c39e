/** Values as people read them, on every screen and in print. */
import { isEmpty, optionsOf } from './components.ts';
import { withWeekday } from './dates.ts';
import type { Data, Dictionaries, Field, Json } from './dialect.ts';

const FEN_PLACES = 6;

/** Fen as 万元 with two to six decimals: 123450000 is `123.45`. */
export function formatMoney(fen: number): string {
  const digits = String(Math.abs(Math.round(fen))).padStart(FEN_PLACES + 1, '0');
  const cut = digits.length - FEN_PLACES;
  const fraction = digits.slice(cut).replace(/0{1,4}$/, '');
  return `${fen < 0 ? '-' : ''}${digits.slice(0, cut)}.${fraction}`;
}

/** 万元 as typed (`1,234.5`, `１２３．４万元`) to fen; null when it is no amount or finer than a fen. */
export function parseMoney(text: string): number | null {
  const plain = text
    .replace(/[０-９．，－]/g, (wide) => String.fromCharCode(wide.charCodeAt(0) - 0xfee0))
    .replace(/万元$|[,\s]/g, '')
    .trim();
  const parts = /^(-?)(\d{1,12})(?:\.(\d{0,6})0*)?$/.exec(plain);
  if (!parts) return null;
  const [, sign, whole = '', fraction = ''] = parts;
  const fen = Number(whole + fraction.padEnd(FEN_PLACES, '0'));
  if (!Number.isSafeInteger(fen)) return null;
  return sign === '-' && fen !== 0 ? -fen : fen;
}

/** The value as text, with its unit; empty text where there is nothing. */
export function formatValue(field: Field, value: Json | undefined, dictionaries: Dictionaries): string {
  if (value === undefined || isEmpty(value)) return '';
  switch (field['x-component']) {
    case 'Money':
      return typeof value === 'number' ? `${formatMoney(value)} ${field['x-unit'] ?? '万元'}` : '';
    case 'Boolean':
      return value === true ? '是' : '否';
    case 'Date':
      return withWeekday(plain(value));
    case 'DateRange':
      return `${plain((value as Data)['start'])} 至 ${plain((value as Data)['end'])}`;
    case 'Select':
    case 'Unit':
    case 'MultiSelect':
    case 'Units':
      return labelsOf(field, Array.isArray(value) ? value : [value], dictionaries).join('、');
    case 'Files':
      return listOf(value, 'name').join('、');
    case 'User':
    case 'Seat':
    case 'Reference':
      return plain((value as Data)['label']);
    case 'Signature':
      return '已签名';
    case 'Percent':
      return `${plain(value)}%`;
    case 'Cascade':
      return placeIn(field, plain(value), dictionaries).join(' / ');
    case 'Table':
      return `共 ${Array.isArray(value) ? value.length : 0} 行`;
    case 'Year':
      return `${plain(value)} 年`;
    default:
      return field['x-unit'] ? `${plain(value)} ${field['x-unit']}` : plain(value);
  }
}

/** The labels on the way to an option, from the top. */
function placeIn(field: Field, value: string, dictionaries: Dictionaries): string[] {
  const options = optionsOf(field, dictionaries) ?? [];
  const labels: string[] = [];
  let at = options.find((option) => option.value === value);
  // A dictionary that leads in a circle is refused by the linter; the count ends it here all the same.
  for (let step = 0; at && step < 10; step += 1) {
    labels.unshift(at.label);
    const above: string | undefined = at.parent;
    at = options.find((option) => option.value === above);
  }
  return labels.length > 0 ? labels : [value];
}

function labelsOf(field: Field, values: Json[], dictionaries: Dictionaries): string[] {
  const options = optionsOf(field, dictionaries) ?? [];
  return values.map((value) => options.find((option) => option.value === value)?.label ?? plain(value));
}

function listOf(value: Json, key: string): string[] {
  return Array.isArray(value) ? value.map((item) => plain((item as Data | null)?.[key])) : [];
}

function plain(value: Json | undefined): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}
