/** The arithmetic of the bench and the table it prints. */

/** What one program did in one or several rounds. */
export interface Measured {
  operations: number;
  /** Milliseconds from the first request to the last answer, added up over the rounds. */
  elapsed: number;
  /** Milliseconds of each operation. */
  latencies: number[];
}

export const together = (rounds: Measured[]): Measured => ({
  operations: rounds.reduce((sum, round) => sum + round.operations, 0),
  elapsed: rounds.reduce((sum, round) => sum + round.elapsed, 0),
  latencies: rounds.flatMap((round) => round.latencies),
});

/** Operations a second. */
export const rateOf = ({ operations, elapsed }: Measured): number => (operations / elapsed) * 1000;

/** The smallest value that at least this share (0 to 1) of all values do not exceed; NaN of none. */
export function percentile(values: number[], share: number): number {
  const sorted = [...values].sort((left, right) => left - right);
  return sorted[Math.max(0, Math.ceil(sorted.length * share) - 1)] ?? NaN;
}

/** A Markdown table, its columns padded so that it can be read as it is. */
export function table(head: string[], rows: string[][]): string {
  const widths = head.map((title, at) => Math.max(title.length, ...rows.map((row) => row[at]?.length ?? 0)));
  const line = (cells: string[]) => `| ${cells.map((cell, at) => cell.padStart(widths[at] ?? 0)).join(' | ')} |`;
  return [line(head), `| ${widths.map((width) => `${'-'.repeat(width - 1)}:`).join(' | ')} |`, ...rows.map(line)].join(
    '\n',
  );
}
