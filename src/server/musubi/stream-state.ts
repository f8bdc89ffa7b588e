import type { Json, JsonObject } from "../../wire/json";
import type { Assigns } from "../phoenix/assigns";
import type { MusubiSocket, StoreId } from "./socket";
import { getPrivate, putPrivate } from "./socket-context";
import type { StreamOptions } from "./store";

/** An item on its way: as it was encoded, under its key. */
export type StreamInsert = {
  readonly itemKey: string;
  readonly at: number;
  readonly limit: number | null;
  readonly item: Json;
};

/** What is to be sent of one stream. */
type PendingStream = {
  readonly isReset: boolean;
  readonly inserts: readonly StreamInsert[];
  readonly deletes: readonly string[];
};

/** What was sent of one stream, and how. */
type StreamFlush = PendingStream & { readonly stream: string; readonly ops: readonly JsonObject[] };

const STREAMS = "streams";
const NOTHING: PendingStream = { isReset: false, inserts: [], deletes: [] };

/** The streams of one store: a value in its socket's `private`. */
class Streams {
  readonly declared: ReadonlyMap<string, StreamOptions>;
  /** The number of each stream in the order of first use: its `ref`. */
  readonly slots: ReadonlyMap<string, number>;
  readonly pending: ReadonlyMap<string, PendingStream>;

  constructor(
    declared: ReadonlyMap<string, StreamOptions>,
    slots: ReadonlyMap<string, number>,
    pending: ReadonlyMap<string, PendingStream>,
  ) {
    this.declared = declared;
    this.slots = slots;
    this.pending = pending;
  }
}

/** A store's socket, which has used none of its streams yet. */
export function putStreams<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  declared: ReadonlyMap<string, StreamOptions>,
): MusubiSocket<Own> {
  return declared.size === 0
    ? socket
    : putPrivate(socket, STREAMS, new Streams(declared, new Map(), new Map()));
}

/** Whether there is anything to be sent of the store's streams: then it renders, whatever its assigns. */
export function hasPendingStreams(socket: Pick<MusubiSocket, "private">): boolean {
  const streams = getPrivate(socket, STREAMS);
  return streams instanceof Streams && streams.pending.size > 0;
}

/** What is to be sent of the store's streams, in wire order (wire.md 8), and the socket without it. */
export function takeStreams<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  storeId: StoreId,
): { readonly socket: MusubiSocket<Own>; readonly flushes: readonly StreamFlush[] } {
  const streams = getPrivate(socket, STREAMS);
  if (!(streams instanceof Streams) || streams.pending.size === 0) return { socket, flushes: [] };
  const { declared, slots, pending } = streams;
  const flushes = [...slots].flatMap(([name, slot]) => {
    const ofStream = pending.get(name);
    return ofStream === undefined
      ? []
      : [{ ...ofStream, stream: name, ops: opsOf(ofStream, name, String(slot), storeId) }];
  });
  return { socket: putPrivate(socket, STREAMS, new Streams(declared, slots, new Map())), flushes };
}

function opsOf(
  { isReset, inserts, deletes }: PendingStream,
  name: string,
  ref: string,
  storeId: StoreId,
): readonly JsonObject[] {
  const target = { stream: name, ref, store_id: storeId };
  return [
    ...(isReset ? [{ op: "reset", ...target }] : []),
    ...inserts.map(({ itemKey, at, limit, item }) => ({
      op: "insert",
      ...target,
      item_key: itemKey,
      at,
      limit,
      item,
    })),
    ...deletes.map((itemKey) => ({ op: "delete", ...target, item_key: itemKey })),
  ];
}

/** The socket in which the stream has its number, if it had none. Throws where the store does not declare it. */
export function useStream<Own extends Assigns>(socket: MusubiSocket<Own>, name: string): MusubiSocket<Own> {
  const { declared, slots, pending } = streamsOf(socket, name);
  return slots.has(name)
    ? socket
    : putPrivate(socket, STREAMS, new Streams(declared, numbered(slots, name), pending));
}

/** What is to be sent of one stream, edited. Throws where the store does not declare it. */
export function changeStream<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  edit: (pending: PendingStream) => PendingStream,
): MusubiSocket<Own> {
  const { declared, slots, pending } = streamsOf(socket, name);
  const edited = edit(pending.get(name) ?? NOTHING);
  const changed = new Map([...pending, [name, edited]]);
  return putPrivate(socket, STREAMS, new Streams(declared, numbered(slots, name), changed));
}

function numbered(slots: ReadonlyMap<string, number>, name: string): ReadonlyMap<string, number> {
  return slots.has(name) ? slots : new Map([...slots, [name, slots.size]]);
}

/** Throws a sentence where the store does not declare `name`. */
export function streamsOf(
  { module, ...socket }: Pick<MusubiSocket, "private" | "module">,
  name: string,
): Streams {
  const streams = getPrivate(socket, STREAMS);
  if (streams instanceof Streams && streams.declared.has(name)) return streams;
  throw new Error(`${module} declares no stream "${name}". Name it in the "streams" of its defineStore.`);
}
