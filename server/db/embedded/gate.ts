interface Waiter {
  enter: () => void;
  timer: NodeJS.Timeout;
}

/**
 * One writer at a time per database file, first come first served. SQLite itself lets waiting writers race, and
 * with timers between their attempts an unlucky one would never win.
 */
export class Gate {
  #held = false;
  readonly #waiting: Waiter[] = [];

  /** Resolves to true when it is the caller's turn, or to false when that did not come within `ms`. */
  enter(ms: number): Promise<boolean> {
    if (!this.#held) {
      this.#held = true;
      return Promise.resolve(true);
    }
    return new Promise((done) => {
      const timer = setTimeout(() => {
        this.#waiting.splice(this.#waiting.indexOf(waiter), 1);
        done(false);
      }, ms);
      const waiter: Waiter = { enter: () => done(true), timer };
      this.#waiting.push(waiter);
    });
  }

  leave(): void {
    const next = this.#waiting.shift();
    if (!next) {
      this.#held = false;
      return;
    }
    clearTimeout(next.timer);
    next.enter();
  }
}
