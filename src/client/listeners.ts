import type { Report } from "./report";

/** Who is called with each of something. One that throws does not keep the others from it, and is reported. */
export class Listeners<Value> {
  readonly #listeners = new Set<{ readonly listener: (value: Value) => void }>();
  readonly #what: string;
  readonly #report: Report;

  /** @param what the listeners, as a report names them: `A listener to "toast"` */
  constructor(what: string, report: Report) {
    this.#what = what;
    this.#report = report;
  }

  get isEmpty(): boolean {
    return this.#listeners.size === 0;
  }

  /** Returns the undo. A listener that is added twice is called twice. */
  add(listener: (value: Value) => void): () => void {
    const added = { listener };
    this.#listeners.add(added);
    return () => {
      this.#listeners.delete(added);
    };
  }

  /** Calls those who are there now and still are when their turn comes. */
  call(value: Value): void {
    for (const added of [...this.#listeners]) {
      if (!this.#listeners.has(added)) continue;
      try {
        added.listener(value);
      } catch (error) {
        this.#report(`${this.#what} failed: ${String(error)}`);
      }
    }
  }
}
