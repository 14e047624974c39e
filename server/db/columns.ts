import { DataTypes, type DataType } from 'sequelize';

/**
 * The column vocabulary, used by the models and by the migrations. SQLite reads these SQL types by their affinity
 * (`CHAR`, `TEXT` → text, `INT` → integer), so one spelling serves every engine. What a word means never changes
 * once a migration has used it; a new need gets a new word.
 */
export interface Column<Value = unknown, Null extends boolean = boolean> {
  readonly sql: string;
  readonly type: DataType;
  /** What it holds, and so how a value travels: as it is, as 0 or 1, or as canonical JSON text. */
  readonly kind: 'text' | 'number' | 'flag' | 'json';
  readonly nullable: Null;
  /** Longest text in characters. Checked before the database is asked: SQLite would take any length. */
  readonly longest?: number;
  /** Only for the type checker: the model's property must have this type. */
  readonly value?: Value;
}

function column<Value>(kind: Column['kind'], sql: string, type: DataType): Column<Value, false> {
  return { kind, sql, type, nullable: false };
}

function text(sql: string, longest: number): Column<string, false> {
  return { ...column<string>('text', sql, DataTypes.STRING(longest)), longest };
}

/** UUID v7. */
export const id = () => text('CHAR(36)', 36);
/** A key, code or other short word. */
export const word = (longest = 64) => text(`VARCHAR(${longest})`, longest);
/** Free text people write: opinions, reasons. 16,000 characters fit the 64 KB of every engine. */
export const prose = () => text('TEXT', 16_000);
/** Epoch milliseconds. */
export const instant = () => column<number>('number', 'BIGINT', DataTypes.BIGINT);
/** Money in fen. */
export const fen = () => column<number>('number', 'BIGINT', DataTypes.BIGINT);
/** A count, a year, a version, a size. */
export const whole = () => column<number>('number', 'BIGINT', DataTypes.BIGINT);
export const flag = () => column<boolean>('flag', 'TINYINT', DataTypes.TINYINT);
/** Canonical JSON in a text column; never a JSON column, whose key order is the engine's own. */
export const json = <Value>() => column<Value>('json', 'MEDIUMTEXT', DataTypes.TEXT);

export function optional<Value>(of: Column<Value, false>): Column<Value, true> {
  return { ...of, nullable: true };
}
