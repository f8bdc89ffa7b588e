import type { Json } from "../wire/json";

import { Listeners } from "./listeners";
import type { Report } from "./report";
import type { PushEvent } from "./root-state";

/** Who listens to the push events of a root, by store and by name (wire.md 10). */
export class EventListeners {
  readonly #byTarget = new Map<string, Listeners<Json>>();
  readonly #report: Report;

  constructor(report: Report) {
    this.#report = report;
  }

  /** Calls `listener` with the payload of each such event of that very store. Returns the undo. */
  add(storeId: readonly string[], name: string, listener: (payload: Json) => void): () => void {
    const key = targetKey(storeId, name);
    const listeners =
      this.#byTarget.get(key) ?? new Listeners<Json>(`A listener to the push event "${name}"`, this.#report);
    this.#byTarget.set(key, listeners);
    const undo = listeners.add(listener);
    return () => {
      undo();
      if (listeners.isEmpty && this.#byTarget.get(key) === listeners) this.#byTarget.delete(key);
    };
  }

  dispatch({ store_id, name, payload }: PushEvent): void {
    this.#byTarget.get(targetKey(store_id, name))?.call(payload);
  }
}

function targetKey(storeId: readonly string[], name: string): string {
  return JSON.stringify([storeId, name]);
}
