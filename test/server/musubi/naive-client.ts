import type { PatchEnvelope } from "../../../src/server/musubi/page/envelope";
import { readStreamOp } from "../../../src/wire/stream-op";
import { naivePatch } from "../../support/naive-patch";

export type Item = { readonly key: string; readonly item: unknown };

/** What a client makes of envelopes, by the words of wire.md 7 and 8. It copies everything and shares no code with `src`. */
export class NaiveClient {
  state: unknown = null;
  version = 0;
  /** Items by the JSON of `[store_id, stream]`. */
  readonly streams = new Map<string, readonly Item[]>();

  fold({ base_version, version, ops, stream_ops }: PatchEnvelope): void {
    if (base_version !== this.version || version !== base_version + 1) {
      throw new Error(`The envelope ${base_version} -> ${version} came to version ${this.version}.`);
    }
    const patched = naivePatch(this.state, ops);
    if (patched === undefined) throw new Error(`The ops of version ${version} do not apply.`);
    this.state = patched.result;
    this.version = version;
    for (const op of stream_ops) this.#foldStreamOp(op);
    const live = storeIdsIn(this.state);
    for (const key of this.streams.keys()) {
      if (!live.has(JSON.stringify(JSON.parse(key)[0]))) this.streams.delete(key);
    }
  }

  /** The items that the client shows. */
  items(storeId: readonly string[], stream: string): readonly unknown[] {
    return (this.streams.get(JSON.stringify([storeId, stream])) ?? []).map(({ item }) => item);
  }

  #foldStreamOp(value: PatchEnvelope["stream_ops"][number]): void {
    const op = readStreamOp(value);
    if (op === null) throw new Error(`This is no stream op: ${JSON.stringify(value)}`);
    const place = JSON.stringify([op.store_id, op.stream]);
    const held = this.streams.get(place) ?? [];
    if (op.op === "reset") this.streams.set(place, []);
    else {
      const others = held.filter(({ key }) => key !== op.item_key);
      this.streams.set(place, op.op === "delete" ? others : insert(others, op));
    }
  }
}

export type Insert = {
  readonly item_key: string;
  readonly at: number;
  readonly limit: number | null;
  readonly item: unknown;
};

/** The items after an insert into those of other keys (wire.md 8). */
export function insert(others: readonly Item[], { item_key, at, limit, item }: Insert): readonly Item[] {
  const index = at === -1 ? others.length : Math.min(Math.max(at, 0), others.length);
  const inserted = [...others.slice(0, index), { key: item_key, item }, ...others.slice(index)];
  if (limit === null) return inserted;
  const kept = Math.abs(limit);
  if (kept === 0) return [];
  if (inserted.length <= kept) return inserted;
  return at === 0 ? inserted.slice(0, kept) : inserted.slice(-kept);
}

function storeIdsIn(state: unknown): ReadonlySet<string> {
  const ids = new Set<string>();
  JSON.parse(JSON.stringify(state), (key, value) => {
    if (key === "__musubi_store_id__") ids.add(JSON.stringify(value));
    return value;
  });
  return ids;
}
