import type { Json } from '../../../forms/language/dialect.ts';
import { isDuplicate } from '../../db/failure.ts';
import { idempotencyKeys } from '../../db/tables.ts';
import { inTransaction, type Tx } from '../../db/transaction.ts';
import type { Db } from '../../db/connection.ts';
import { Refusal } from '../../errors.ts';

/** What makes a repeated request recognisable. */
export interface Idempotency {
  key: string;
  requestHash: string;
}

type Answer = NonNullable<Json>;

/** Leaves the transaction so that nothing of the repetition stays, not even the lock's count. */
class Repeated extends Error {
  readonly answer: Answer;
  constructor(answer: Answer) {
    super('repeated');
    this.answer = answer;
  }
}

/**
 * Runs a verb that takes effect once however often it is sent: the first answer is stored in the verb's own
 * transaction and given again. `work` takes its lock first and then calls `firstTime`, which does not return for a
 * repetition. `scope` is the person and the verb.
 */
export async function once<A extends Answer>(
  db: Db,
  scope: string,
  { key, requestHash }: Idempotency,
  now: number,
  work: (tx: Tx, firstTime: () => Promise<void>) => Promise<A>,
): Promise<A> {
  try {
    return await inTransaction(db, async (tx) => {
      const answer = await work(tx, () => take(tx, { scope, key, requestHash }, now));
      await idempotencyKeys.update(tx, { scope, key }, { answer });
      return answer;
    });
  } catch (error) {
    if (error instanceof Repeated) return error.answer as A;
    throw error;
  }
}

/** Writing the key down first makes the second of two simultaneous requests wait for the first one's answer. */
async function take(tx: Tx, request: Idempotency & { scope: string }, now: number): Promise<void> {
  await stopRepetition(tx, request);
  try {
    await idempotencyKeys.insert(tx, { ...request, status: 200, createdAt: now });
  } catch (error) {
    if (!isDuplicate(error, idempotencyKeys)) throw error;
    await stopRepetition(tx, request);
    throw error;
  }
}

async function stopRepetition(tx: Tx, { scope, key, requestHash }: Idempotency & { scope: string }): Promise<void> {
  const known = await idempotencyKeys.one(tx, { scope, key });
  if (!known) return;
  if (known.requestHash !== requestHash) throw new Refusal('idempotency_key_reused');
  // A key is committed together with its answer.
  if (known.answer === null) throw new Refusal('unavailable');
  throw new Repeated(known.answer);
}
