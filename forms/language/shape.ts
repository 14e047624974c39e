/** Whether one value is what its field asks for, judged the same way as the compiled JSON Schema. */
import { idCardIsValid, usccIsValid } from './checkdigit.ts';
import { answersOf, COMPONENTS, decimalsOf, isEmpty, limitsOf } from './components.ts';
import { isDate } from './dates.ts';
import { placesOf } from './decimal.ts';
import type { Data, Dictionaries, Field, Json } from './dialect.ts';
import { lengthOf } from './values.ts';
import type { Complaint } from './sentences.ts';

/** What is wrong with a value that is there; the first complaint only, one is enough to act on. */
export function complaintOf(field: Field, value: Json, dictionaries: Dictionaries): Complaint | null {
  const name = field['x-component'];
  const wrong: Complaint = { code: 'wrongType' };
  switch (name) {
    case 'DateRange':
      return isObject(value, ['start', 'end']) ? rangeComplaint(value) : wrong;
    case 'User':
    case 'Seat':
    case 'Reference':
      return isObject(value, ['id', 'label']) && ['id', 'label'].every((key) => isText(value[key], 200)) ? null : wrong;
    case 'Boolean':
      return typeof value === 'boolean' ? null : wrong;
    case 'Signature':
      return isFile(value) ? null : wrong;
    case 'Note':
      return wrong;
    case 'Files':
      return Array.isArray(value) ? filesComplaint(field, value) : wrong;
    case 'Table':
      return Array.isArray(value) && value.every((row) => isObject(row, Object.keys(field.items?.properties ?? {})))
        ? countComplaint(field, value)
        : wrong;
    case 'MultiSelect':
    case 'Units':
      return Array.isArray(value) && value.every((item) => typeof item === 'string')
        ? (countComplaint(field, value) ?? choiceComplaint(field, value, dictionaries))
        : wrong;
    case 'Auto':
      return matchesType(field.type, value) ? null : wrong;
    default:
      if (!matchesType(COMPONENTS[name].type, value)) return wrong;
      if (typeof value === 'number') return numberComplaint(field, value);
      return typeof value === 'string' ? textComplaint(field, value, dictionaries) : null;
  }
}

function matchesType(type: Field['type'], value: Json): boolean {
  if (type === 'integer') return Number.isSafeInteger(value);
  return typeof value === type;
}

function isObject(value: Json | undefined, keys?: string[]): value is Data {
  if (value === null || typeof value !== 'object' || Array.isArray(value)) return false;
  return keys === undefined || Object.keys(value).every((key) => keys.indexOf(key) >= 0);
}

function isText(value: Json | undefined, most: number): boolean {
  return typeof value === 'string' && value !== '' && lengthOf(value) <= most;
}

function numberComplaint(field: Field, value: number): Complaint | null {
  const { minimum, maximum } = limitsOf(field);
  if (minimum !== undefined && value < minimum) return { code: 'tooSmall', limit: minimum };
  if (maximum !== undefined && value > maximum) return { code: 'tooLarge', limit: maximum };
  const decimals = decimalsOf(field);
  return placesOf(value) > decimals ? { code: 'tooManyDecimals', limit: decimals } : null;
}

function textComplaint(field: Field, value: string, dictionaries: Dictionaries): Complaint | null {
  const name = field['x-component'];
  const { minLength, maxLength, pattern } = limitsOf(field);
  const length = lengthOf(value);
  if (minLength !== undefined && length < minLength) return { code: 'tooShort', limit: minLength, actual: length };
  if (maxLength !== undefined && length > maxLength) return { code: 'tooLong', limit: maxLength, actual: length };
  if (name === 'Date') return isDate(value) ? null : { code: 'badDate' };
  if (name === 'Uscc' && !usccIsValid(value)) return { code: 'badUscc' };
  if (name === 'IdCard' && !idCardIsValid(value)) return { code: 'badIdCard' };
  if (pattern !== undefined && !matcherOf(pattern).test(value)) {
    return { code: name === 'Phone' ? 'badPhone' : 'badPattern' };
  }
  return choiceComplaint(field, [value], dictionaries);
}

const matchers = new Map<string, RegExp>();

function matcherOf(pattern: string): RegExp {
  let matcher = matchers.get(pattern);
  if (!matcher) {
    matcher = new RegExp(pattern, 'u');
    matchers.set(pattern, matcher);
  }
  return matcher;
}

function choiceComplaint(field: Field, values: Json[], dictionaries: Dictionaries): Complaint | null {
  const options = answersOf(field, dictionaries);
  if (options === null) return null;
  if (values.some((value, at) => values.indexOf(value) !== at)) return { code: 'chosenTwice' };
  return values.every((value) => options.some((option) => option.value === value)) ? null : { code: 'notAnOption' };
}

function countComplaint(field: Field, items: Json[]): Complaint | null {
  const { minItems, maxItems } = limitsOf(field);
  const kind = field['x-component'] === 'Table' ? 'Rows' : field['x-component'] === 'Files' ? 'Files' : 'Choices';
  if (minItems !== undefined && items.length < minItems) return { code: `tooFew${kind}`, limit: minItems };
  if (maxItems !== undefined && items.length > maxItems) {
    return { code: `tooMany${kind}`, limit: maxItems, actual: items.length };
  }
  return null;
}

function rangeComplaint({ start, end }: Data): Complaint | null {
  if (isEmpty(start) || isEmpty(end)) return { code: 'halfRange' };
  if (!isDate(start) || !isDate(end)) return { code: 'badDate' };
  return end < start ? { code: 'endBeforeStart' } : null;
}

function isFile(value: Json): value is Data {
  if (!isObject(value, ['id', 'name', 'size', 'noSecret'])) return false;
  return isText(value['id'], 64) && isText(value['name'], 255) && Number.isSafeInteger(value['size']);
}

function filesComplaint(field: Field, files: Json[]): Complaint | null {
  for (const file of files) {
    if (!isFile(file)) return { code: 'wrongType' };
    const { name, size, noSecret } = file;
    if (noSecret !== true) return { code: 'secretNotCleared' };
    const asked = field['x-files'];
    if (asked && typeof size === 'number' && size > asked.maxBytes) {
      return { code: 'fileTooBig', limit: Math.floor(asked.maxBytes / 1_000_000) };
    }
    const extension = typeof name === 'string' ? name.slice(name.lastIndexOf('.') + 1).toLowerCase() : '';
    if (asked && asked.extensions.indexOf(extension) < 0) return { code: 'wrongFileKind', list: asked.extensions };
  }
  return countComplaint(field, files);
}
