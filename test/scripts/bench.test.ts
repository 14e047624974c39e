import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { percentile, rateOf, table, together } from '../../scripts/bench/figures.ts';
import { differences, executedIn, normalised } from '../../scripts/bench/statements.ts';

describe('figures', () => {
  test('a percentile is a measured value, and as many values as asked do not exceed it', () => {
    expect(percentile([3, 1, 2], 0.5)).toBe(2);
    expect(percentile([5], 0.99)).toBe(5);
    expect(percentile([], 0.5)).toBeNaN();
    const values = fc.array(fc.integer({ min: 0, max: 1000 }), { minLength: 1 });
    fc.assert(
      fc.property(values, fc.double({ min: 0, max: 1, noNaN: true }), (all, share) => {
        const found = percentile(all, share);
        expect(all).toContain(found);
        expect(all.filter((value) => value <= found).length).toBeGreaterThanOrEqual(all.length * share);
        expect(all.filter((value) => value < found).length).toBeLessThanOrEqual(all.length * share);
      }),
    );
  });

  test('rounds are added up before they are divided', () => {
    const slow = { operations: 10, elapsed: 1000, latencies: [100] };
    const fast = { operations: 90, elapsed: 1000, latencies: [10, 20] };
    const both = together([slow, fast]);
    expect(both).toEqual({ operations: 100, elapsed: 2000, latencies: [100, 10, 20] });
    expect(rateOf(both)).toBe(50);
  });

  test('a table is read as it is and as Markdown', () => {
    expect(table(['a', 'long'], [['123', '4']])).toBe('|   a | long |\n| --: | ---: |\n| 123 |    4 |');
  });
});

describe('statements', () => {
  const LOG = [
    '/usr/sbin/mariadbd, Version: 10.11. started with:\nTime\t\t    Id Command\tArgument\n',
    '261123  1:02:03\t     3 Connect\troot@localhost on bench using Socket\n',
    "\t\t     3 Query\tSET time_zone = '+00:00'\n",
    '\t\t     3 Query\tSTART TRANSACTION\n',
    '\t\t     3 Prepare\tSELECT a FROM t WHERE b = ?\n',
    "\t\t     3 Execute\tSELECT a FROM t WHERE b = 'one\ntwo'\n",
    '261123  1:02:04\t    12 Query\tDELETE FROM t\nWHERE a = 1\n',
    '\t\t     3 Query\tCOMMIT\n',
  ].join('');

  test('what was executed is told, not what was prepared, and no session or transaction words', () => {
    expect(executedIn(LOG)).toEqual(["SELECT a FROM t WHERE b = 'one\ntwo'", 'DELETE FROM t\nWHERE a = 1']);
    expect(executedIn('')).toEqual([]);
  });

  test('a query builder and a hand that ask the same are the same', () => {
    const built =
      "SELECT `id`, `unit_id` AS `unitId`, `key` FROM `seats` AS `seats` WHERE ((`seats`.`id` IN ('a', 'b''c\\'') AND " +
      '`seats`.`to_at` IS NULL)) ORDER BY `unitId` ASC LIMIT 1';
    const written =
      'select id, unit_id, `key`\n from seats WHERE id IN (?) AND to_at IS NULL ORDER BY unit_id ASC LIMIT 1';
    expect(normalised(built)).toBe(normalised(written));
    expect(normalised("INSERT INTO t (a, b) VALUES ('x', NULL), ('y', -2)")).toBe('insert into t a,b values ?');
    expect(normalised('UPDATE t SET a1=a1+1,`b`=NULL WHERE c = 2')).toBe('update t set a1=a1+?,b=? where c=?');
  });

  test('what is asked differently stays different', () => {
    const base = normalised('SELECT a FROM t WHERE b = 1');
    const others = ['SELECT a, c FROM t WHERE b = 1', 'SELECT a FROM u WHERE b = 1', 'SELECT a FROM t WHERE b IS NULL'];
    for (const other of others) expect(normalised(other)).not.toBe(base);
  });

  test('differences count, and order does not', () => {
    const [one, two] = ['SELECT a FROM t WHERE b = 1', 'SELECT c FROM u'];
    expect(differences([one, two], [two, 'SELECT a FROM t WHERE b = 2'])).toEqual([]);
    expect(differences([one, one, two], [one])).toEqual([
      { statement: 'select a from t where b=?', server: 2, floor: 1 },
      { statement: 'select c from u', server: 1, floor: 0 },
    ]);
  });
});
