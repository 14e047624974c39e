import { DataTypes, type DataType } from 'sequelize';

/**
 * The column vocabulary, used by the models and by the migrations. SQLite reads these SQL types by their affinity
 * (`CHAR`, `TEXT` → text, `INT` → integer), so one spelling serves every engine. What a word means never changes
 * once a migration has used it; a new need gets a new word.
 */
export interface Column<Value = unknown, Null extends boolean = boolean> {
  readonly sql: string;
  readonly type: DataType;
  /** How a value travels: as it is, as 0/1, or as canonical JSON text. */
  readonly codec: 'plain' | 'flag' | 'json';
  readonly nullable: Null;
  /** Longest text in characters. Checked before the database is asked: SQLite would take any length. */
  readonly longest?: number;
  /** Only for the type checker: the model's property must have this type. */
  readonly value?: Value;
}

function column<Value>(sql: string, type: DataType, codec: Column['codec'] = 'plain'): Column<Value, false> {
  return { sql, type, codec, nullable: false };
}

function short(kind: 'CHAR' | 'VARCHAR', longest: number): Column<string, false> {
  return { ...column<string>(`${kind}(${longest})`, DataTypes.STRING(longest)), longest };
}

/** UUID v7. */
export const id = () => short('CHAR', 36);
/** A key, code or other short word. */
export const word = (longest = 64) => short('VARCHAR', longest);
/** Free text people write: opinions, reasons. */
export const prose = () => column<string>('TEXT', DataTypes.TEXT);
/** Epoch milliseconds. */
export const instant = () => column<number>('BIGINT', DataTypes.BIGINT);
/** Money in fen. */
export const fen = () => column<number>('BIGINT', DataTypes.BIGINT);
/** A count, a year, a version, a size. */
export const whole = () => column<number>('BIGINT', DataTypes.BIGINT);
export const flag = () => column<boolean>('TINYINT', DataTypes.TINYINT, 'flag');
/** Canonical JSON in a text column; never a JSON column, whose key order is the engine's own. */
export const json = <Value>() => column<Value>('MEDIUMTEXT', DataTypes.TEXT, 'json');

export function optional<Value>(of: Column<Value, false>): Column<Value, true> {
  return { ...of, nullable: true };
}
