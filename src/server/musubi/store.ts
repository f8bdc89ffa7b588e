import type { Json, JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "../phoenix/assigns";
import type { StopReason } from "../phoenix/channel-handle";
import type { AsyncResult } from "./async-result";
import type { DeclaredHooks } from "./hook";
import type { MusubiSocket } from "./socket";
import type { StreamSlot } from "./stream-slot";
import type { TaskResult } from "./task-result";
import type { UploadConfig } from "./uploads/upload-options";

/** A place in a rendered value where another store goes. Made by `child`. */
export class Child {
  readonly store: Store;
  readonly id: string;
  readonly props: Assigns;

  constructor(store: Store, id: string, props: Assigns) {
    this.store = store;
    this.id = id;
    this.props = props;
  }
}

/** What `render` gives: values for the wire (wire.md 6) with stores, streams and async values anywhere inside. */
export type Rendered =
  | null
  | undefined
  | boolean
  | number
  | string
  | Date
  | URL
  | Child
  | StreamSlot
  | AsyncResult
  | readonly Rendered[]
  | RenderedObject;
export type RenderedObject = { readonly [key: string]: Rendered };

export type CommandAnswer<Own extends Assigns = Assigns> = {
  readonly status: "ok" | "error";
  readonly response: JsonObject;
  readonly socket: MusubiSocket<Own>;
};

/** Gives the value that was checked, or throws, and so crashes the page (wire.md 11). */
export type Validator<Value = unknown> = (value: Json) => Value;

// Stores of all kinds of assigns live in one tree. Methods, whose parameters TypeScript compares in both
// directions, let them; the tree gives each store only sockets that this store itself has made.
export type CommandHandler<Own extends Assigns, Payload = JsonObject> = {
  handle(payload: Payload, socket: MusubiSocket<Own>): Awaitable<CommandAnswer<Own>>;
}["handle"];

export type StoreCommand<Own extends Assigns = Assigns> = {
  readonly payload: Validator | null;
  readonly reply: Validator | null;
  readonly handle: CommandHandler<Own, unknown>;
};

/** A prop of a child, or an assign of a root that its `mount` may leave out. */
export type Attribute = {
  /** Whether it must be given. */
  readonly required?: boolean;
  /** Taken where none is given. Without it, a missing one stays missing. */
  readonly default?: unknown;
};

export type StreamOptions = {
  /** Without it `<stream>-<item.id>`. */
  itemKey?(item: JsonObject): string;
  /** How many items the store means to keep. It is not sent: a client trims only where an insert says so (wire.md 8). */
  readonly limit?: number;
};

/** Why a store ended: its channel did, or a render left the store out. */
export type TerminateReason = StopReason | { readonly kind: "discarded" };

/** A store as the page runtime uses it, every default filled in. Made by `defineStore`. */
export interface Store<Props extends Assigns = Assigns, Own extends Assigns = Assigns> {
  /** Dotted name. On the wire for roots only. */
  readonly module: string;
  readonly root: boolean;
  /** Null where none are declared: then anything may be given. */
  readonly attributes: ReadonlyMap<string, Attribute> | null;
  mount(params: JsonObject, socket: MusubiSocket): Awaitable<MusubiSocket<Own>>;
  init(socket: MusubiSocket<Props>): MusubiSocket<Own>;
  update(props: Props, socket: MusubiSocket<Own>): MusubiSocket<Own>;
  render(socket: MusubiSocket<Own>): RenderedObject;
  readonly commands: ReadonlyMap<string, StoreCommand<Own>>;
  /** Null where the store declares none: messages are dropped. */
  readonly handleInfo: InfoHandler<Own> | null;
  /** Null where the store declares none: the ends of its tasks are dropped. */
  readonly handleAsync: AsyncHandler<Own> | null;
  readonly streams: ReadonlyMap<string, StreamOptions>;
  readonly uploads: ReadonlyMap<string, UploadConfig>;
  readonly hooks: DeclaredHooks;
  terminate(reason: TerminateReason, socket: MusubiSocket<Own>): void;
}

type InfoHandler<Own extends Assigns> = {
  handle(message: unknown, socket: MusubiSocket<Own>): Awaitable<MusubiSocket<Own>>;
}["handle"];

export type AsyncHandler<Own extends Assigns> = {
  handle(name: string, result: TaskResult, socket: MusubiSocket<Own>): Awaitable<MusubiSocket<Own>>;
}["handle"];

/** The answer of a command that has nothing to say: the client gets `{}`. */
export function noreply<Own extends Assigns>(socket: MusubiSocket<Own>): CommandAnswer<Own> {
  return { status: "ok", response: {}, socket };
}

export function reply<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  response: JsonObject,
): CommandAnswer<Own> {
  return { status: "ok", response, socket };
}

/** Answers with status `error` and this reason. */
export function refuse<Own extends Assigns>(socket: MusubiSocket<Own>, reason: string): CommandAnswer<Own> {
  return { status: "error", response: { reason }, socket };
}
