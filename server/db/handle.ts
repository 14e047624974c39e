import type { Sequelize, Transaction } from 'sequelize';
import type { CryptoProvider } from '../crypto.ts';

export type Dialect = 'sqlite' | 'mysql';

/** Keys under which the handles keep what only this room may touch. Importing them elsewhere fails `test/house`. */
export const connectionOf: unique symbol = Symbol('sequelize');
export const transactionOf: unique symbol = Symbol('transaction');
export const cryptoOf: unique symbol = Symbol('crypto');

/** An open database. It reads; to write, open a transaction with `inTransaction`. */
export interface Db {
  readonly dialect: Dialect;
  readonly [connectionOf]: Sequelize;
  readonly [cryptoOf]: CryptoProvider;
  /** Waits for nothing: stop the web and the worker first. */
  close(): Promise<void>;
}

/** A running transaction. Every write asks for one first, and only `inTransaction` makes them. */
export interface Tx {
  readonly dialect: Dialect;
  readonly [connectionOf]: Sequelize;
  readonly [cryptoOf]: CryptoProvider;
  readonly [transactionOf]: Transaction;
}

/** Who may read. Inside a transaction always pass the `Tx`: a second connection would miss its writes and can deadlock. */
export type Reader = Db | Tx;

/** What Sequelize must be told so that a query runs on the reader's own connection. */
export function on(reader: Reader): { transaction: Transaction | null } {
  return { transaction: transactionOf in reader ? reader[transactionOf] : null };
}
