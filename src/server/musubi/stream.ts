import { isJsonObject, type JsonObject } from "../../wire/json";
import type { Assigns } from "../phoenix/assigns";
import { encodeJson } from "./page/encode-json";
import type { MusubiSocket } from "./socket";
import type { StreamOptions } from "./store";
import { changeStream, type StreamInsert, streamsOf } from "./stream-state";

/** `at`: -1 is the end (default), 0 the start. `limit` trims the clients' lists after this insert (wire.md 8). */
export type InsertOptions = { readonly at?: number; readonly limit?: number };

/**
 * Inserts `items` in their order. Each is an object that the wire can hold. With `reset` the stream is emptied first, on
 * the clients too; what was inserted before in the same cycle survives that (wire.md 8).
 *
 *     stream(socket, "rows", rows, { reset: true })
 *     stream(socket, "log", lines, { at: -1, limit: 100 })
 */
export function stream<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  items: Iterable<unknown>,
  { reset = false, ...options }: InsertOptions & { readonly reset?: boolean } = {},
): MusubiSocket<Own> {
  const { declared } = streamsOf(socket, name);
  const inserts = [...items].map((item) => createInsert(socket, name, item, options, declared.get(name)));
  return changeStream(socket, name, (pending) => ({
    ...pending,
    isReset: pending.isReset || reset,
    inserts: [...pending.inserts, ...inserts],
  }));
}

/**
 * Inserts one item; one of the same key moves.
 *
 *     streamInsert(socket, "rows", { id: "r1", text: "new" }, { at: 0 })
 */
export function streamInsert<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  item: unknown,
  options: InsertOptions = {},
): MusubiSocket<Own> {
  return stream(socket, name, [item], options);
}

/** Deletes the item that has the key of `item`: its other fields do not matter. */
export function streamDelete<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  item: unknown,
): MusubiSocket<Own> {
  const { declared } = streamsOf(socket, name);
  const { itemKey } = createInsert(socket, name, item, {}, declared.get(name));
  return streamDeleteByKey(socket, name, itemKey);
}

/**
 * Deletes the item of this key, such as `rows-r1`. In one cycle deletes come last, whatever the order of the calls: an
 * item that is deleted and inserted again is gone (wire.md 8).
 */
export function streamDeleteByKey<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  itemKey: string,
): MusubiSocket<Own> {
  return changeStream(socket, name, (pending) => ({ ...pending, deletes: [...pending.deletes, itemKey] }));
}

/** Empties the stream. */
export function streamReset<Own extends Assigns>(socket: MusubiSocket<Own>, name: string): MusubiSocket<Own> {
  return stream(socket, name, [], { reset: true });
}

function createInsert(
  { module }: Pick<MusubiSocket, "module">,
  name: string,
  item: unknown,
  { at = -1, limit }: InsertOptions,
  options: StreamOptions | undefined,
): StreamInsert {
  const what = `An item of ${module}'s stream "${name}"`;
  const encoded = encodeJson(item, what);
  if (!isJsonObject(encoded)) throw new Error(`${what} must be an object.`);
  if (!Number.isSafeInteger(at) || at < -1)
    throw new Error(`${what} goes to -1, 0 or a higher index, not to ${at}.`);
  if (limit !== undefined && !Number.isSafeInteger(limit))
    throw new Error(`${what} has the limit ${limit}: it must be whole.`);
  const itemKey = options?.itemKey?.(encoded) ?? defaultKey(encoded, name, what);
  return { itemKey, at, limit: limit ?? null, item: encoded };
}

function defaultKey(item: JsonObject, name: string, what: string): string {
  const { id } = item;
  if (typeof id === "string" || typeof id === "number") return `${name}-${id}`;
  throw new Error(`${what} has no "id". Give it one, or declare an "itemKey" for the stream.`);
}
