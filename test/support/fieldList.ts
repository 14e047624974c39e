/** The list of every field a form must have, kept by hand in `test/regulation/fields`, as a test reads it. */
import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';

/** One line of the list. */
export interface ListedField {
  /** Titles it may stand under; none where the list gives its key and the title is for reading. */
  titles: string[];
  key: string | null;
  kinds: string[];
  mark: '●' | '◐' | '○';
  demands: { verb: string; names: string[] }[];
  /** As people call it. */
  name: string;
}

export interface ListedForm {
  /** Forms any of which may hold it; empty where it is found by its title. */
  keys: string[];
  titles: string[];
  heading: string;
  header: { unit: boolean; project: boolean; issued: boolean } | null;
  fields: ListedField[];
}

const FOLDER = path.resolve(import.meta.dirname, '../regulation/fields');
const COLUMNS = '字段 键 类型 必填 规则 核对';

const either = (text: string): string[] =>
  text
    .split(' 或 ')
    .map((part) => part.trim())
    .filter((part) => part !== '');

const demandsIn = (text: string): ListedField['demands'] =>
  text
    .split('；')
    .map((part) => part.trim())
    .filter((part) => part !== '')
    .map((part) => {
      const [verb = '', ...rest] = part.split(' ');
      return {
        verb,
        names: rest
          .join(' ')
          .split('、')
          .filter((name) => name !== ''),
      };
    });

function fieldIn(line: string): ListedField | null {
  const cells = line
    .split('|')
    .slice(1, -1)
    .map((cell) => cell.trim());
  if (cells.join(' ') === COLUMNS || cells.every((cell) => /^:?-+:?$/.test(cell))) return null;
  const [title = '', key = '', kinds = '', mark = '', , demands = ''] = cells;
  if (cells.length !== 6 || (mark !== '●' && mark !== '◐' && mark !== '○')) throw new Error(`not a field: ${line}`);
  const titles = either(title).filter((one) => !one.startsWith('（'));
  if (titles.length === 0 && key === '') throw new Error(`a field is found by its title or its key: ${line}`);
  return { titles, key: key || null, kinds: either(kinds), mark, demands: demandsIn(demands), name: title };
}

function formIn(text: string): ListedForm {
  const [heading = '', ...lines] = text.split('\n');
  const parts = /^(\S+) (.+?)(?:（([^（）]*)）)$/.exec(heading);
  if (!parts) throw new Error(`not a heading of a form: ${heading}`);
  const [, keys = '', title = ''] = parts;
  const header = lines.find((line) => line.startsWith('首部：'));
  return {
    keys: keys === '*' ? [] : keys.split('、'),
    titles: either(title),
    heading,
    header: header
      ? { unit: header.includes('单位'), project: !header.includes('非项目'), issued: !header.includes('个人') }
      : null,
    fields: lines.filter((line) => line.startsWith('|')).flatMap((line) => fieldIn(line) ?? []),
  };
}

const sectionsOf = (file: string): string[] => readFileSync(path.join(FOLDER, file), 'utf8').split(/^## /m).slice(1);

const files = readdirSync(FOLDER).filter((file) => /^\d\d-.*\.md$/.test(file));

/** The fields every form begins and ends with. */
export const HEADER: ListedField[] = sectionsOf('00-header.md').flatMap((section) =>
  section
    .split('\n')
    .filter((line) => line.startsWith('|'))
    .flatMap((line) => fieldIn(line) ?? []),
);

export const LISTED: ListedForm[] = files
  .filter((file) => file !== '00-header.md')
  .flatMap((file) => sectionsOf(file).map(formIn));
