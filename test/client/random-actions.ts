import { assignAsync, cancelAsync, startAsync, streamAsync, taskError } from "../../src/server/musubi/async";
import type { AsyncResult } from "../../src/server/musubi/async-result";
import { notifyParent, type ParentCallback } from "../../src/server/musubi/child";
import { sendAfter, sendSelf, sendUpdate } from "../../src/server/musubi/message";
import { broadcast, subscribe, unsubscribe } from "../../src/server/musubi/pubsub";
import { pushEvent } from "../../src/server/musubi/push-event";
import { assign, type MusubiSocket, update } from "../../src/server/musubi/socket";
import {
  stream,
  streamDelete,
  streamDeleteByKey,
  streamInsert,
  streamReset,
} from "../../src/server/musubi/stream";
import type { StreamSlot } from "../../src/server/musubi/stream-slot";
import { assertNever } from "../../src/wire/assert-never";
import type { Json } from "../../src/wire/json";
import {
  type Action,
  type AsyncKey,
  asChildPlan,
  type Fields,
  type Item,
  type Placing,
  type StreamName,
} from "./random-plans";
import type { StoreRecord } from "./random-records";

/** The topic of all stores that have subscribed to anything. */
export const NEWS = "news";

/** What a message, a `sendUpdate` or a task may tell a store to do. */
export class Orders {
  readonly actions: readonly Action[];

  constructor(actions: readonly Action[]) {
    this.actions = actions;
  }
}

/** What every store of a random program has assigned. */
export type Busy = {
  readonly record: StoreRecord;
  readonly plan: Fields;
  readonly bumps: number;
  readonly note: string | null;
  /** Null for a root. */
  readonly tell: ParentCallback<[readonly Action[]]> | null;
  readonly user: AsyncResult<Json> | null;
  readonly cart: AsyncResult<Json> | null;
  readonly log: AsyncResult<StreamSlot> | null;
};

type BusySocket = MusubiSocket<Busy>;

/** Does these in their order, and notes what they must come to. */
export function perform(socket: BusySocket, actions: readonly Action[]): BusySocket {
  return actions.reduce(performOne, socket);
}

function performOne(socket: BusySocket, action: Action): BusySocket {
  const { record, tell } = socket.assigns;
  switch (action.do) {
    case "bump":
      record.bumps += 1;
      return update(socket, "bumps", (bumps) => bumps + 1);
    case "crash":
      throw new Error("asked to crash");
    case "note":
      record.note = action.value;
      return assign(socket, "note", action.value);
    case "show":
      record.plan = tell === null ? action.fields : asChildPlan(action.fields);
      return assign(socket, "plan", record.plan);
    case "insert":
    case "fill":
    case "delete":
    case "reset":
      return performOnStream(socket, action);
    case "event":
      record.events.push({ name: action.name, payload: action.payload });
      return pushEvent(socket, action.name, action.payload);
    case "assign_async":
    case "stream_async":
    case "start_async":
    case "cancel":
      return performOnTask(socket, action);
    case "subscribe":
      return subscribe(socket, NEWS);
    case "unsubscribe":
      return unsubscribe(socket, NEWS);
    case "broadcast":
      return broadcast(socket, NEWS, new Orders(action.actions));
    case "self":
      return sendSelf(socket, new Orders(action.actions));
    case "later":
      return sendAfter(socket, 1, new Orders(action.actions));
    case "tell_parent":
      return tell === null ? socket : notifyParent(socket, tell, action.actions);
    case "update": {
      const { stores } = record.page;
      const target = stores[action.which % stores.length] ?? record;
      return sendUpdate(socket, target.storeId, { orders: new Orders(action.actions) });
    }
    default:
      return assertNever(action);
  }
}

function performOnStream(
  socket: BusySocket,
  action: Extract<Action, { readonly do: "insert" | "fill" | "delete" | "reset" }>,
): BusySocket {
  const { record } = socket.assigns;
  const name = action.stream;
  switch (action.do) {
    case "insert":
      noteInserts(record, name, [action.item], action.placing);
      return streamInsert(socket, name, action.item, action.placing);
    case "fill":
      noteInserts(record, name, action.items, action.placing);
      return stream(socket, name, action.items, action.placing);
    case "delete": {
      const key = itemKeyOf(name, action.id);
      record.calls.push({ op: "delete", stream: name, key });
      if (action.isByKey) return streamDeleteByKey(socket, name, key);
      return streamDelete(socket, name, { id: action.id });
    }
    case "reset":
      record.calls.push({ op: "reset", stream: name });
      return streamReset(socket, name);
    default:
      return assertNever(action);
  }
}

function noteInserts(
  { calls }: StoreRecord,
  name: StreamName,
  items: readonly Item[],
  { at = -1, limit = null, reset = false }: { at?: number; limit?: number | null; reset?: boolean },
): void {
  if (reset) calls.push({ op: "reset", stream: name });
  for (const item of items)
    calls.push({ op: "insert", stream: name, key: itemKeyOf(name, item.id), item, at, limit });
}

/** `log` has a key of its own making, `rows` has Musubi's. */
export function itemKeyOf(name: StreamName, id: Json): string {
  return name === "log" ? `line ${id}` : `rows-${id}`;
}

function performOnTask(
  socket: BusySocket,
  action: Extract<Action, { readonly do: "assign_async" | "stream_async" | "start_async" | "cancel" }>,
): BusySocket {
  const { record } = socket.assigns;
  switch (action.do) {
    case "assign_async":
      return assignAsync(socket, action.key, runValue(record, action.key, action.reset), action);
    case "stream_async":
      return streamAsync(socket, "log", runItems(record, action.placing), action.placing);
    case "start_async":
      return startAsync(socket, "job", runJob(record));
    case "cancel":
      if (action.name !== "job") noteCancelled(record, action.name);
      return cancelAsync(socket, action.name);
    default:
      return assertNever(action);
  }
}

function runValue(record: StoreRecord, key: "user" | "cart", isReset: boolean): () => Promise<Json> {
  const task = noteLoading(record, key, isReset);
  return () =>
    new Promise((resolve, reject) => {
      record.page.tasks.add(({ kind, value }) => {
        noteEnd(record, key, task, kind, value);
        if (kind === "ok") resolve(value);
        else reject(kind === "error" ? taskError(value) : value);
      });
    });
}

function runItems(record: StoreRecord, options: Placing & { readonly reset?: boolean }) {
  const task = noteLoading(record, "log", true);
  return () =>
    new Promise<Iterable<Item> | ReturnType<typeof taskError>>((resolve, reject) => {
      record.page.tasks.add(({ kind, value, items }) => {
        noteEnd(record, "log", task, kind, kind === "ok" ? null : value);
        if (kind === "exit") reject(value);
        else resolve(kind === "error" ? taskError(value) : notedItems(record, items, options));
      });
    });
}

/** The items, which are in the stream from the moment on at which the server takes them. */
function* notedItems(
  record: StoreRecord,
  items: readonly Item[],
  options: Placing & { readonly reset?: boolean },
): Iterable<Item> {
  noteInserts(record, "log", items, options);
  yield* items;
}

function runJob(record: StoreRecord): () => Promise<unknown> {
  return () =>
    new Promise((resolve, reject) => {
      record.page.tasks.add(({ kind, value, actions }) => {
        if (kind === "exit") reject(value);
        else resolve(kind === "error" ? taskError(value) : new Orders(actions));
      });
    });
}

function noteLoading(record: StoreRecord, key: AsyncKey, isReset: boolean): symbol {
  const task = Symbol(key);
  const result = isReset ? null : (record.async.get(key)?.result ?? null);
  record.async.set(key, { status: "loading", result, reason: null, task });
  return task;
}

/** The task that is waited for ends so; the end of another one is nothing. */
function noteEnd(
  record: StoreRecord,
  key: AsyncKey,
  task: symbol,
  kind: "ok" | "error" | "exit",
  value: Json,
): void {
  const present = record.async.get(key);
  if (present?.task !== task) return;
  if (kind === "ok") record.async.set(key, { status: "ok", result: value, reason: null, task: null });
  else record.async.set(key, { ...present, status: "failed", reason: { kind, value }, task: null });
}

function noteCancelled(record: StoreRecord, key: AsyncKey): void {
  const task = record.async.get(key)?.task ?? null;
  if (task !== null) noteEnd(record, key, task, "exit", "cancelled");
}
