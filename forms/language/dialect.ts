/**
 * The form dialect: the one shape in which forms are stored.
 *
 * A form is a Formily-compatible JSON Schema with a closed set of keywords.
 * Standard keywords keep their JSON Schema meaning; ours begin with `x-`.
 * `dialect.schema.json` is the machine-readable twin of these types.
 */

/** JSON as it is stored and sent. */
export type Json = null | boolean | number | string | Json[] | { [key: string]: Json };

/** A JsonLogic expression over the operators listed in `operators.ts`. Rules are data, never code. */
export type Rule = null | boolean | number | string | Rule[] | { [operator: string]: Rule };

/** Values of one filled form, keyed by field key. Tables are arrays of row objects; layout nodes add no level. */
export type Data = { [key: string]: Json };

/** What a rule may read besides the form itself: `{"var":"env.…"}`. */
export interface Env {
  /** Calendar date in Asia/Shanghai, `YYYY-MM-DD`. */
  today: string;
  /** Facts about the case that default values and rules may read (unit, person, planYears, round …). */
  [name: string]: Json;
}

export type ComponentName =
  | 'Text'
  | 'TextArea'
  | 'Integer'
  | 'Number'
  | 'Money'
  | 'Percent'
  | 'Year'
  | 'Date'
  | 'DateRange'
  | 'Boolean'
  | 'Select'
  | 'MultiSelect'
  | 'Cascade'
  | 'Unit'
  | 'Units'
  | 'User'
  | 'Seat'
  | 'Phone'
  | 'Uscc'
  | 'IdCard'
  | 'Files'
  | 'Signature'
  | 'Reference'
  | 'Auto'
  | 'Note'
  | 'Table';

/** `Columns` stands side by side where the screen is wide; how sections follow each other says `x-sections`. */
export type LayoutName = 'Section' | 'Group' | 'Columns';

export interface Option {
  value: string;
  label: string;
  /** The option this one belongs under; `Cascade` offers it once that one is chosen. */
  parent?: string;
}

interface NodeBase {
  title: string;
  /** Position among siblings; always written, unique among siblings. */
  'x-index': number;
  /** Shown under the title in faint ink: how to fill it in. */
  description?: string;
  /** Absent means visible. A hidden node's values are pruned before they are stored. */
  'x-visible'?: Rule;
}

/** Groups nodes on screen and in print; holds no value. A `Section` is one step of the rail. */
export interface Layout extends NodeBase {
  type: 'void';
  'x-component': LayoutName;
  /** `Columns` only: how many stand side by side, 2 to 4. */
  'x-columns'?: number;
  properties: Record<string, Node>;
}

export interface RowsFrom {
  form: string;
  table: string;
  /** Column here by column there. The one that stands first in the table (`x-index`) tells the rows apart. */
  columns: Record<string, string>;
}

export interface Field extends NodeBase {
  type: 'string' | 'integer' | 'number' | 'boolean' | 'array' | 'object';
  'x-component': ComponentName;
  /** Absent means optional; `true` or a rule. */
  'x-required'?: Rule;
  /** Absent means editable wherever the rights allow it. */
  'x-editable'?: Rule;
  /** Computed value: always recalculated, never typed. */
  'x-value'?: Rule;
  /** Value a new form starts with. */
  'x-default'?: Rule;
  /** Fixed options … */
  'x-options'?: Option[];
  /** … or the key of a dictionary in `forms/catalogue`. */
  'x-dictionary'?: string;
  /** Which of the choices are offered, judged for each: `option.value`, `option.label` and `option.parent` may be read. */
  'x-offered'?: Rule;
  /** Where a `Reference` looks: `project`, `planningClause` …, see `forms/catalogue/sources.json`. */
  'x-source'?: string;
  /** Stored sealed and shown masked; `IdCard` and `Phone` are so without saying it. */
  'x-sensitive'?: boolean;
  /** `Note` only: what is said. Paragraphs, `- ` lists and `**emphasis**`. */
  'x-text'?: string;
  'x-placeholder'?: string;
  /** Unit of measure shown behind the value (人, 月, 台). Money shows 万元 by itself. */
  'x-unit'?: string;
  /** Article of the regulation this question comes from, e.g. `"7"` or `"11"`. */
  'x-article'?: string;
  /** `Table` only: sum columns shown in the footer. */
  'x-totals'?: string[];
  /** `Table` only: rows are given, people fill in the other columns. */
  'x-rows'?: Data[];
  /** `Table` only: one row for each row of a table in another form of the case, which gives the named columns. */
  'x-rows-from'?: RowsFrom;
  /** `Files` only. */
  'x-files'?: { extensions: string[]; maxBytes: number };
  /** Decimal places of a `Number`; default 0 places for Integer, 2 for Number. */
  'x-decimals'?: number;
  minLength?: number;
  maxLength?: number;
  minimum?: number;
  maximum?: number;
  /** Anchored by the author; the linter refuses patterns RE2 cannot run. */
  pattern?: string;
  minItems?: number;
  maxItems?: number;
  /** `Table` only: one row. Columns may not be tables. */
  items?: { type: 'object'; properties: Record<string, Field> };
}

export type Node = Field | Layout;

/** A condition over several fields with the sentence people read when it does not hold. */
export interface Check {
  /** Id in `forms/policy/rules.json` (`R13-1`) or a local one (`sum-fund-sources`). */
  id: string;
  level: 'block' | 'warn';
  /** Evaluate once per row of this table; the row is `{"var":"row.…"}`. */
  each?: string;
  /** Only judged while this holds. */
  when?: Rule;
  holds: Rule;
  /** What is wrong and what to do, in Chinese. */
  message: string;
  /** Article number, e.g. `"11"`. */
  article?: string;
  /** Field keys (or `table.column`) where it is shown; the first is jumped to. */
  at: string[];
}

export interface Form {
  dialect: 1;
  type: 'object';
  key: string;
  title: string;
  /** Used in document numbers, e.g. `SB`. */
  abbreviation: string;
  articles: string[];
  description?: string;
  /** How sections are walked through: one after the other with a rail (absent means so), as tabs, or on one page. */
  'x-sections'?: 'steps' | 'tabs' | 'page';
  properties: Record<string, Node>;
  checks?: Check[];
}

/**
 * What one seat may do with one field at one step. Order of power: hidden < read < edit < require. A sensitive field
 * that only `*` lets somebody read is masked; naming it shows it.
 */
export type Right = 'hidden' | 'read' | 'edit' | 'require';

/**
 * Rights by path: a field key, `table.column`, or `*` for everything not named.
 * A missing `*` means `read`.
 */
export type FieldRights = Record<string, Right>;

export type Dictionaries = Record<string, Option[]>;

/** One thing a person must (block) or should (warn) put right. */
export interface Problem {
  /** `currentState`, `contentItems.0.amount`, or the first of a check's `at`. */
  path: string;
  /** `建设内容 第1行 金额` */
  title: string;
  /** `required`, `tooLong`, `notAnOption`, … or a check's id. */
  code: string;
  level: 'block' | 'warn';
  /** Whole sentence in Chinese, names the field by its title. */
  message: string;
  article?: string;
}
