import type { JsonObject } from "../../../wire/json";
import type { StoreId } from "../socket";

/** An upload op (wire.md 9.3) as its store queues it: the store's id is put on when it is sent. */
export type QueuedOp = { readonly upload: string } & (
  | { readonly op: "config"; readonly config: JsonObject }
  | { readonly op: "add"; readonly ref: string; readonly entry: JsonObject }
  | ProgressOp
  | { readonly op: "complete" | "cancel"; readonly ref: string }
  | { readonly op: "error"; readonly ref: string; readonly error: JsonObject }
  | { readonly op: "reset" }
);

type ProgressOp = { readonly op: "progress"; readonly ref: string; readonly progress: number };

/** An upload op as it stands in an envelope. */
export type SentOp = QueuedOp & { readonly store_id: StoreId };

/** An entry's progress is sent at most once in this time; what comes in between is dropped, not kept. */
export const PROGRESS_INTERVAL_MS = 100;

/**
 * The ops without those that a later one makes pointless: of an entry's progress ops that no other kind of op stands
 * between, the last one, at the place of the first.
 */
export function coalesce(ops: readonly QueuedOp[]): readonly QueuedOp[] {
  const kept: QueuedOp[] = [];
  let places = new Map<string, number>();
  for (const op of ops) {
    if (op.op !== "progress") {
      places = new Map();
      kept.push(op);
      continue;
    }
    const entry = entryKey([op.upload, op.ref]);
    const place = places.get(entry) ?? kept.length;
    places.set(entry, place);
    kept[place] = op;
  }
  return kept;
}

/** Drops the progress ops of one page that come too soon after the one before. */
export class ProgressThrottle {
  /** When each entry's progress was sent, by upload and ref. */
  readonly #sentAt = new Map<string, Map<string, number>>();

  /** The ops that may be sent at `now`, in milliseconds of any clock that does not go back. */
  pass(ops: readonly SentOp[], now: number): readonly SentOp[] {
    return ops.filter((op) => {
      const upload = entryKey([op.store_id, op.upload]);
      if (op.op === "progress") return this.#isDue(upload, op.ref, now);
      if (op.op === "cancel") this.#sentAt.get(upload)?.delete(op.ref);
      if (op.op === "reset") this.#sentAt.delete(upload);
      return true;
    });
  }

  #isDue(upload: string, ref: string, now: number): boolean {
    const entries = this.#sentAt.get(upload) ?? new Map<string, number>();
    const last = entries.get(ref);
    if (last !== undefined && now - last < PROGRESS_INTERVAL_MS) return false;
    this.#sentAt.set(upload, entries.set(ref, now));
    return true;
  }
}

function entryKey(parts: readonly (string | StoreId)[]): string {
  return JSON.stringify(parts);
}
