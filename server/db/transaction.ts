import { AsyncLocalStorage } from 'node:async_hooks';
import { Transaction, type Sequelize } from 'sequelize';
import { isTransient } from './failure.ts';
import { connectionOf, cryptoOf, transactionOf, type Db, type Tx } from './handle.ts';

export type { Tx, Reader } from './handle.ts';

const ATTEMPTS = 6;
const running = new AsyncLocalStorage<true>();

/**
 * Runs `work` in one transaction and returns its result: everything it wrote is saved, or, when it throws, nothing.
 * When the database reports a conflict the whole of `work` runs again on fresh data, so it must do nothing but read
 * and write through its `tx`; the last conflict is thrown. Inside `work` there is no second transaction: it would wait
 * for the first.
 */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  if (running.getStore()) throw new Error('A transaction is already running here: pass its tx on');
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await once(db, work);
    } catch (error) {
      if (attempt === ATTEMPTS || !isTransient(error)) throw error;
      await pause(attempt);
    }
  }
}

async function once<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const sequelize: Sequelize = db[connectionOf];
  const options =
    db.dialect === 'mysql'
      ? { isolationLevel: Transaction.ISOLATION_LEVELS.READ_COMMITTED }
      : { type: Transaction.TYPES.IMMEDIATE };
  return sequelize.transaction(options, (transaction) =>
    running.run(true, () => {
      const { dialect, [cryptoOf]: crypto } = db;
      return work({ dialect, [connectionOf]: sequelize, [cryptoOf]: crypto, [transactionOf]: transaction });
    }),
  );
}

/** Jittered, so that two transactions that collided do not collide again in step. */
function pause(attempt: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.random() * 10 * 2 ** attempt));
}
