import type { Assigns, NoAssigns } from "./assigns";
import { isEqual } from "./equal";

/** Identifies a store within its root; `[]` is the root itself (wire.md 6). */
export type StoreId = readonly string[];

/** A change that a child asks of the store above it. */
export type ParentChange = (parent: MusubiSocket<Assigns>) => MusubiSocket<Assigns>;

/** The state of one store (wire.md 14). An immutable value: every function here gives a new one. */
export type MusubiSocket<Own extends Assigns = NoAssigns> = {
  readonly assigns: Own;
  /** Names of the assigns that changed since the last render. */
  readonly changed: ReadonlySet<string>;
  readonly id: string;
  readonly parent_path: StoreId;
  readonly module: string;
  /** What the store above is to be told once the running callback has returned. */
  readonly outbox: readonly ParentChange[];
};

/** A socket that has assigned `assigns` and rendered nothing yet. */
export function createSocket<Own extends Assigns>(
  module: string,
  storeId: StoreId,
  assigns: Own,
): MusubiSocket<Own> {
  const id = storeId.at(-1) ?? "";
  return { assigns, changed: new Set(), id, parent_path: storeId.slice(0, -1), module, outbox: [] };
}

/**
 * Assigns each of `values`. A value that equals the present one, by structure, changes nothing.
 *
 *     assign(socket, { count: 1 }).assigns.count // 1
 */
export function assign<Own extends Assigns, Values extends Assigns>(
  socket: MusubiSocket<Own>,
  values: Values,
): MusubiSocket<Own & Values> {
  const { assigns } = socket;
  const marked = Object.keys(values).filter(
    (key) => !Object.hasOwn(assigns, key) || !isEqual(Reflect.get(assigns, key), values[key]),
  );
  const changed = new Set([...socket.changed, ...marked]);
  return { ...socket, assigns: { ...assigns, ...values }, changed };
}

/**
 * Assigns what `change` makes of the present value.
 *
 *     update(socket, "count", (count) => count + 1)
 */
export function update<Own extends Assigns, Key extends keyof Own & string>(
  socket: MusubiSocket<Own>,
  key: Key,
  change: (value: Own[Key]) => Own[Key],
): MusubiSocket<Own> {
  const value = change(socket.assigns[key]);
  if (isEqual(value, socket.assigns[key])) return socket;
  const changed = new Set([...socket.changed, key]);
  return { ...socket, assigns: { ...socket.assigns, [key]: value }, changed };
}

/** Whether `key` was assigned another value since the last render. */
export function isChanged(socket: MusubiSocket<Assigns>, key: string): boolean {
  return socket.changed.has(key);
}

/** The socket as it is after a render: nothing changed, nobody to tell. */
export function resetChanged<Own extends Assigns>(socket: MusubiSocket<Own>): MusubiSocket<Own> {
  return { ...socket, changed: new Set(), outbox: [] };
}
