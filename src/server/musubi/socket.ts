import type { Assigns, NoAssigns } from "../phoenix/assigns";
import type { EndpointHandle } from "../phoenix/endpoint-handle";
import type { Transport } from "../phoenix/transport";
import { isEqual } from "./equal";

/** Identifies a store within its root; `[]` is the root itself (wire.md 6). */
export type StoreId = readonly string[];

/** The state of one store, or of a connection (wire.md 14). An immutable value: every function here gives a new one. */
export type MusubiSocket<Own extends Assigns = NoAssigns> = {
  readonly assigns: Own;
  /** Names of the assigns that changed since the last render: Musubi's `__changed__`. */
  readonly changed: ReadonlySet<string>;
  /** The store's own part of its store id; "" for a root. */
  readonly id: string;
  /** Null for a root. */
  readonly parentPath: StoreId | null;
  readonly module: string;
  /** What the connection runs on; null where there is none, as in a test of a store. */
  readonly endpoint: EndpointHandle | null;
  readonly topic: string | null;
  readonly transport: Transport | null;
  /** Bookkeeping: session, connect info, root params, hooks, streams, what the runtime is asked to do. */
  readonly private: Assigns;
};

/** What a socket is created with besides its assigns. */
type SocketFields = Partial<Pick<MusubiSocket, "endpoint" | "topic" | "transport" | "private">>;

/** Names that Musubi keeps for itself (wire.md 14). */
const RESERVED: ReadonlySet<string> = new Set(["__changed__", "__streams__", "__uploads__"]);

/** A socket that has assigned `assigns` and rendered nothing yet. An empty store id is the root's. */
export function createSocket<Own extends Assigns>(
  module: string,
  storeId: StoreId,
  assigns: Own,
  fields: SocketFields = {},
): MusubiSocket<Own> {
  refuseReserved(Object.keys(assigns));
  return {
    assigns,
    changed: new Set(),
    id: storeId.at(-1) ?? "",
    parentPath: storeId.length === 0 ? null : storeId.slice(0, -1),
    module,
    endpoint: null,
    topic: null,
    transport: null,
    private: {},
    ...fields,
  };
}

/**
 * Assigns a value, or each of several. One that equals the present value, by structure, changes nothing; a key that was
 * absent is stored and marked even for null and undefined. Throws for a name that is Musubi's own.
 *
 *     assign(socket, "count", 1).assigns // { count: 1 }
 *     assign(socket, { count: 1, name: "a" }).assigns // { count: 1, name: "a" }
 *     assign(socket, "gone", null).assigns // { gone: null }
 *     isChanged(assign(rendered, { list: [1, 2] }), "list") // false
 */
export function assign<Own extends Assigns, Key extends string, Value>(
  socket: MusubiSocket<Own>,
  key: Key,
  value: Value,
): MusubiSocket<Own & { readonly [Name in Key]: Value }>;
export function assign<Own extends Assigns, Values extends Assigns>(
  socket: MusubiSocket<Own>,
  values: Values,
): MusubiSocket<Own & Values>;
export function assign(
  socket: MusubiSocket<Assigns>,
  keyOrValues: string | Assigns,
  value?: unknown,
): MusubiSocket<Assigns> {
  return assignEach(socket, typeof keyOrValues === "string" ? { [keyOrValues]: value } : keyOrValues);
}

/**
 * Assigns what `make` gives where there is no such key yet; a key that exists, even with null, is left alone and `make`
 * is not called.
 *
 *     assignNew(socket, "count", () => 1).assigns // { count: 1 }
 *     assignNew(assign(socket, "count", null), "count", () => 1).assigns // { count: null }
 */
export function assignNew<Own extends Assigns, Key extends string, Value>(
  socket: MusubiSocket<Own>,
  key: Key,
  make: () => Value,
): MusubiSocket<Own & { readonly [Name in Key]: Value }>;
export function assignNew(socket: MusubiSocket<Assigns>, key: string, make: () => unknown) {
  return Object.hasOwn(socket.assigns, key) ? socket : assignEach(socket, { [key]: make() });
}

/**
 * Assigns what `change` makes of the present value, which is null where there is none.
 *
 *     update(assign(socket, "count", 1), "count", (count) => count + 1).assigns // { count: 2 }
 *     update(socket, "count", (count) => count).assigns // { count: null }
 */
export function update<Own extends Assigns, Key extends keyof Own & string>(
  socket: MusubiSocket<Own>,
  key: Key,
  change: (value: Own[Key]) => Own[Key],
): MusubiSocket<Own>;
export function update(socket: MusubiSocket<Assigns>, key: string, change: (value: unknown) => unknown) {
  const present = Object.hasOwn(socket.assigns, key) ? socket.assigns[key] : null;
  return assignEach(socket, { [key]: change(present) });
}

/**
 * Whether `key` was assigned another value since the last render.
 *
 *     isChanged(assign(socket, "count", 1), "count") // true
 *     isChanged(socket, "count") // false
 */
export function isChanged(socket: MusubiSocket<Assigns>, key: string): boolean {
  return socket.changed.has(key);
}

/**
 * Whether any assign got another value since the last render.
 *
 *     isAnyChanged(assign(socket, "count", 1)) // true
 *     isAnyChanged(socket) // false
 */
export function isAnyChanged(socket: MusubiSocket<Assigns>): boolean {
  return socket.changed.size > 0;
}

/**
 * Whether any of `keys`, those that somebody makes use of, got another value since the last render.
 *
 *     consumedKeysChanged(assign(socket, "count", 1), ["name", "count"]) // true
 *     consumedKeysChanged(assign(socket, "count", 1), ["name"]) // false
 */
export function consumedKeysChanged(socket: MusubiSocket<Assigns>, keys: Iterable<string>): boolean {
  for (const key of keys) if (socket.changed.has(key)) return true;
  return false;
}

/**
 * The socket as it is after a render: nothing is marked as changed. The runtime does it.
 *
 *     isAnyChanged(resetChanged(assign(socket, "count", 1))) // false
 */
export function resetChanged<Own extends Assigns>(socket: MusubiSocket<Own>): MusubiSocket<Own> {
  return socket.changed.size === 0 ? socket : { ...socket, changed: NOTHING };
}

/**
 * The store's id within its root (wire.md 6): the path of its parent and its own id, `[]` for a root.
 *
 *     storeId(socket) // []
 *     storeId({ ...socket, parentPath: ["lines"], id: "l1" }) // ["lines", "l1"]
 */
export function storeId({ parentPath, id }: Pick<MusubiSocket, "parentPath" | "id">): StoreId {
  const above = parentPath ?? [];
  return above.length === 0 && id === "" ? [] : [...above, id];
}

const NOTHING: ReadonlySet<string> = new Set();

function assignEach(socket: MusubiSocket<Assigns>, values: Assigns): MusubiSocket<Assigns> {
  const { assigns } = socket;
  const marked = Object.entries(values).filter(
    ([key, value]) => !Object.hasOwn(assigns, key) || !isEqual(assigns[key], value),
  );
  if (marked.length === 0) return socket;
  refuseReserved(marked.map(([key]) => key));
  const changed = new Set([...socket.changed, ...marked.map(([key]) => key)]);
  // Entries, not assignments: through Object.fromEntries `__proto__` is a key like any other.
  return { ...socket, assigns: { ...assigns, ...Object.fromEntries(marked) }, changed };
}

function refuseReserved(keys: readonly string[]): void {
  const reserved = keys.find((key) => RESERVED.has(key));
  if (reserved === undefined) return;
  throw new Error(`"${reserved}" cannot be assigned: that name is Musubi's own. Choose another one.`);
}
