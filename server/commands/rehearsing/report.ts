import type { RehearsalReport } from '../../db/tables.ts';
import type { Judged } from './judge.ts';

/** As many cases as somebody will look at one by one. */
const MOST_CASES = 50;

/** Sums up what the batches came to. */
export class Tally {
  readonly #places = new Map<string, RehearsalReport['places'][number]>();
  readonly #cases: RehearsalReport['cases'] = [];
  #brokenBefore = 0;
  broken = 0;

  add({ broken, brokenBefore }: Judged): void {
    this.#brokenBefore += brokenBefore;
    this.broken += broken.length;
    for (const { caseId, docNo, places } of broken) {
      for (const place of places) {
        const id = `${place.path} ${place.code}`;
        const count = (this.#places.get(id)?.count ?? 0) + 1;
        this.#places.set(id, { ...place, count });
      }
      const [first] = places;
      if (first && this.#cases.length < MOST_CASES) {
        this.#cases.push({ caseId, docNo, path: first.path, code: first.code });
      }
    }
  }

  /** The worst places first. */
  report(): RehearsalReport {
    const places = [...this.#places.values()].sort((left, right) => right.count - left.count);
    return { brokenBefore: this.#brokenBefore, places, cases: this.#cases };
  }
}
