/** What a program asked the database, from its general log, in a form in which two programs can be compared. */

/** Session and transaction words are each program's own affair. */
const WORDS = /^(SET|START TRANSACTION|BEGIN|COMMIT|ROLLBACK)\b/i;

/** The statements executed, in their order, from the text of MariaDB's general log. */
export function executedIn(log: string): string[] {
  const entries = log.split(/^(?=(?:\d{6} +\d+:\d+:\d+)?\t[\t ]*\d+ [A-Z])/m);
  return entries.flatMap((entry) => {
    const [, command, argument] = /^[^\t]*\t[\t ]*\d+ (\w+)\t([^]*)$/.exec(entry) ?? [];
    const sql = argument?.trim() ?? '';
    return (command === 'Query' || command === 'Execute') && !WORDS.test(sql) ? [sql] : [];
  });
}

/** Values, quoting, aliases, brackets, blanks and the spelling of names taken out: what is asked, not how it is said. */
export function normalised(sql: string): string {
  return sql
    .replace(/'(?:[^'\\]|\\[^]|'')*'/g, '?')
    .replace(/`/g, '')
    .replace(/\bIS NULL\b/gi, 'IS_NULL')
    .replace(/\bIS NOT NULL\b/gi, 'IS_NOT_NULL')
    .replace(/\bNULL\b|(?<![\w.])-?\d+(\.\d+)?\b/gi, '?')
    .replace(/\bAS \w+/gi, '')
    .replace(/\b\w+\.(?=\w)/g, '')
    .replace(/[()]/g, ' ')
    .replace(/\?(\s*,\s*\?)+/g, '?')
    .replace(/([a-z])([A-Z])/g, '$1_$2')
    .toLowerCase()
    .replace(/\s*([,=])\s*/g, '$1')
    .replace(/\s+/g, ' ')
    .trim();
}

export interface Difference {
  statement: string;
  server: number;
  floor: number;
}

/** Statements that one side sends more often than the other; empty when both do the same, in whatever order. */
export function differences(server: string[], floor: string[]): Difference[] {
  const [left, right] = [counted(server), counted(floor)];
  return [...new Set([...left.keys(), ...right.keys()])]
    .map((statement) => ({ statement, server: left.get(statement) ?? 0, floor: right.get(statement) ?? 0 }))
    .filter((found) => found.server !== found.floor);
}

function counted(statements: string[]): Map<string, number> {
  const counts = new Map<string, number>();
  for (const sql of statements.map(normalised)) counts.set(sql, (counts.get(sql) ?? 0) + 1);
  return counts;
}
