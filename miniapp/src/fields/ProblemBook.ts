import { define, observable } from '@formily/reactive';
import type { Data, Problem } from '../../../forms/language/dialect.ts';

/**
 * What is wrong, and whether it is time to say so: a field's problems show once the person has left it, all of them
 * after an attempt to submit.
 */
export class ProblemBook {
  byPath: ReadonlyMap<string, Problem[]> = new Map();
  private touched: ReadonlySet<string> = new Set();
  private demanding = false;
  private spared: string | null = null;
  private refused: Problem[] = [];
  /** What was found last time; the screen is left alone while nothing changes. */
  private drawn = '';

  constructor() {
    define<ProblemBook>(this, { byPath: observable.ref });
  }

  all(): Problem[] {
    return [...this.byPath.values()].flat();
  }

  demand(): void {
    if (this.demanding) return;
    this.demanding = true;
    this.redraw();
  }

  /** Problems found by the server. One whose field is changed afterwards has had its effect. */
  refuse(problems: Problem[]): void {
    this.refused = problems;
    this.demand();
  }

  /** These fields, rows or tables have been visited. */
  touch(paths: string[]): void {
    if (paths.every((path) => this.touched.has(path))) return;
    this.touched = new Set([...this.touched, ...paths]);
    this.redraw();
  }

  /** A row just added is not blamed for being empty until the person leaves it. */
  spare(row: string | null): void {
    this.spared = row;
  }

  update(found: Problem[], before: Data, after: Data): void {
    this.refused = this.refused.filter(({ path }) => sameAnswer(before, after, path));
    const fresh = this.refused.filter((refused) => !found.some((one) => isSame(one, refused)));
    const now = JSON.stringify([found, fresh]);
    if (now === this.drawn) return;
    this.drawn = now;
    const byPath = new Map<string, Problem[]>();
    for (const problem of [...found, ...fresh]) {
      byPath.set(problem.path, [...(byPath.get(problem.path) ?? []), problem]);
    }
    this.byPath = byPath;
  }

  /** To be shown under one field. */
  at(path: string): Problem[] {
    const found = this.byPath.get(path) ?? [];
    return this.mayShow(path) ? found : [];
  }

  /** To be shown on a row's card. */
  inRow(table: string, index: number): Problem[] {
    const row = `${table}.${index}`;
    return this.among(row, (path) => path === row || path.startsWith(`${row}.`));
  }

  /** To be shown under a table: of the whole, or of a column rather than a row. */
  ofTable(table: string): Problem[] {
    return this.among(table, (path) => path === table || (path.startsWith(`${table}.`) && !/\.\d+(\.|$)/.test(path)));
  }

  private among(owner: string, wanted: (path: string) => boolean): Problem[] {
    const found = [...this.byPath].filter(([path]) => wanted(path)).flatMap(([, problems]) => problems);
    return this.mayShow(owner) ? found : [];
  }

  /** Whoever shows problems watches this map. */
  private redraw(): void {
    this.byPath = new Map(this.byPath);
  }

  private mayShow(path: string): boolean {
    if (this.touched.has(path)) return true;
    return this.demanding && !(this.spared !== null && `${path}.`.startsWith(`${this.spared}.`));
  }
}

function isSame(one: Problem, other: Problem): boolean {
  return one.path === other.path && one.code === other.code;
}

function sameAnswer(before: Data, after: Data, path: string): boolean {
  const key = path.split('.')[0] ?? '';
  return JSON.stringify(before[key]) === JSON.stringify(after[key]);
}
