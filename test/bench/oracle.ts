import { isDeepStrictEqual } from "node:util";
import { applyOperation, type Operation } from "fast-json-patch/commonjs/core.js";
import type { Engine } from "../../src/engine/engine";
import type { LiveRoot } from "../../src/engine/live";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import type { BenchSession } from "./sessions";

type Entry = { readonly item_key: string; readonly item: Json };
type StreamOp = Entry & { readonly store_id: readonly string[]; readonly stream: string };
type Payload = { readonly ops: readonly Operation[]; readonly stream_ops: readonly StreamOp[] };

/** The only root of a session that was made up here. */
export function onlyRoot(engine: Engine): LiveRoot {
  const roots = engine.connections.flatMap((connection) => connection.roots);
  const [root] = roots;
  if (root === undefined || roots.length > 1) throw new Error(`There are ${roots.length} roots, not one.`);
  return root;
}

/** Throws unless the engine came, without a problem, to what other code makes of the same frames. */
export function checkEngine({ name, events }: BenchSession, engine: Engine): void {
  const [problem] = engine.problems;
  if (problem !== undefined) throw new Error(`${name}: ${problem.message}`);
  const { state, streams } = onlyRoot(engine).content();
  checkEqual(`the state after ${name}`, { state, streams }, replay(events));
}

/** Throws unless both are the same. */
export function checkEqual(what: string, found: unknown, expected: unknown): void {
  if (!isDeepStrictEqual(found, expected)) throw new Error(`${what} is not what it should be.`);
}

/** What the patches of a session amount to. Its streams are of the root store, put at the end, without a limit. */
function replay(events: readonly SessionEvent[]): { readonly state: unknown; readonly streams: unknown } {
  let state: unknown = null;
  const streams = new Map<string, Map<string, Map<string, Entry>>>();
  for (const { ops, stream_ops } of events.flatMap(patchIn)) {
    for (const op of ops) state = applyOperation(state, op, false, true).newDocument;
    for (const { store_id, stream, item_key, item } of stream_ops) {
      const lists = entryOf(streams, JSON.stringify(store_id), () => new Map<string, Map<string, Entry>>());
      const list = entryOf(lists, stream, () => new Map<string, Entry>());
      list.delete(item_key);
      list.set(item_key, { item_key, item });
    }
  }
  const shown = [...streams].map(([id, lists]) => {
    return [id, Object.fromEntries([...lists].map(([name, list]) => [name, [...list.values()]]))];
  });
  return { state, streams: Object.fromEntries(shown) };
}

function patchIn(event: SessionEvent): readonly Payload[] {
  if (event.type !== "in" || !("text" in event)) return [];
  const [, , , name, payload]: readonly [null, null, string, string, Payload] = JSON.parse(event.text);
  return name === "patch" ? [payload] : [];
}

function entryOf<Value>(map: Map<string, Value>, key: string, make: () => Value): Value {
  const found = map.get(key) ?? make();
  map.set(key, found);
  return found;
}
