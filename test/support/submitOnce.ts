/** A program of its own: waits for one order on its input, submits one case, answers how many statements that took. */
import { createInterface } from 'node:readline';
import { submitCase } from '../../server/commands/submitCase.ts';
import { connect } from '../../server/db/connection.ts';
import { select } from '../../server/db/sql.ts';
import type { Person } from '../../server/policies.ts';
import { paymentOf } from './payment.ts';
import { dieAt, statementsSoFar, type Moment } from './statements.ts';

export interface Order {
  databaseUrl: string;
  person: Person;
  caseId: string;
  key: string;
  amount: number;
  now: number;
  /** The statement at which the process kills itself; null: never. */
  die: { at: number; moment: Moment } | null;
}

for await (const line of createInterface({ input: process.stdin })) {
  const { databaseUrl, person, caseId, key, amount, now, die } = JSON.parse(line) as Order;
  const db = connect(databaseUrl);
  // Connecting is not what is being interrupted.
  await select(db, 'SELECT 1 AS one');
  dieAt(die?.at ?? Infinity, die?.moment ?? 'before');
  await submitCase(db, person, caseId, paymentOf(amount), { key, requestHash: 'the same' }, now);
  process.stdout.write(`${statementsSoFar()}\n`);
  await db.close();
  break;
}
