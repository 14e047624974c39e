import type { Connection, RowDataPacket } from 'mysql2';
import { QueryTypes, type Sequelize } from 'sequelize';
import { connectionOf, on, transactionOf, type Reader, type Tx } from './handle.ts';

export type Cell = string | number | null;

/** A statement in the making: every value gets a mark in the text, in order, and travels apart from it. */
export class Statement {
  readonly values: Cell[] = [];
  readonly #numbered: boolean;

  private constructor(numbered: boolean) {
    this.#numbered = numbered;
  }

  /** For `rowsOf`. */
  static reading({ dialect }: Reader): Statement {
    return new Statement(dialect !== 'mysql');
  }

  /** For `changedBy`: writes go through Sequelize, which numbers its marks on every engine. */
  static writing(): Statement {
    return new Statement(true);
  }

  mark(value: Cell): string {
    this.values.push(value);
    return this.#numbered ? `$${this.values.length}` : '?';
  }

  /** For `IN`: one mark each. */
  marks(values: readonly Cell[]): string {
    return values.length === 0 ? 'NULL' : values.map((value) => this.mark(value)).join(', ');
  }
}

/** What Sequelize keeps on a transaction and does not declare. */
interface Held {
  connection: Connection;
  finished?: 'commit' | 'rollback';
}

/** What it does and does not declare, or declares by a type it does not export. */
interface Undeclared {
  log(text: string): void;
  connectionManager: {
    getConnection(options: object): Promise<Connection>;
    releaseConnection(connection: Connection): void;
  };
}

const undeclared = (sequelize: Sequelize) => sequelize as unknown as Undeclared;

/**
 * The rows of a prepared SELECT. On MySQL it goes straight to the driver, which saves most of what Sequelize costs on
 * the way: three quarters of the statements of a command are such reads. Errors are the driver's own.
 */
export async function rowsOf<Row extends object>(reader: Reader, text: string, { values }: Statement): Promise<Row[]> {
  const sequelize = reader[connectionOf];
  if (reader.dialect !== 'mysql') {
    return sequelize.query<Row>(text, { bind: values, type: QueryTypes.SELECT, raw: true, ...on(reader) });
  }
  const { connectionManager } = undeclared(sequelize);
  undeclared(sequelize).log(text);
  if (transactionOf in reader) {
    const { connection, finished } = reader[transactionOf] as unknown as Held;
    // Its connection serves somebody else by now.
    if (finished) throw new Error(`${finished} has been called on this transaction: it reads no more`);
    return executed<Row>(connection, text, values);
  }
  const connection = await connectionManager.getConnection({ type: 'read' });
  try {
    return await executed<Row>(connection, text, values);
  } finally {
    connectionManager.releaseConnection(connection);
  }
}

/** Runs a prepared UPDATE or DELETE; returns how many rows matched, changed or not. Errors are Sequelize's. */
export async function changedBy(tx: Tx, text: string, { values }: Statement): Promise<number> {
  // Only for this type Sequelize counts the rows that matched.
  const [, matched] = await tx[connectionOf].query(text, { bind: values, type: QueryTypes.UPDATE, ...on(tx) });
  return matched;
}

function executed<Row>(connection: Connection, text: string, values: Cell[]): Promise<Row[]> {
  return new Promise((resolve, reject) => {
    connection.execute<RowDataPacket[]>(text, values, (error, rows) =>
      error ? reject(error) : resolve(rows as Row[]),
    );
  });
}
