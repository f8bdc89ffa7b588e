import type { JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "./assigns";
import type { MusubiSocket } from "./socket";

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

/** What `render` gives: JSON with stores anywhere inside. */
export type Rendered = null | boolean | number | string | Child | readonly Rendered[] | RenderedObject;
export type RenderedObject = { readonly [key: string]: Rendered };

export type CommandAnswer<Own extends Assigns> = {
  readonly status: "ok" | "error";
  readonly response: JsonObject;
  readonly socket: MusubiSocket<Own>;
};

// Stores of all kinds of assigns live in one tree. Methods, whose parameters TypeScript compares in both
// directions, let them; the tree gives each store only sockets that this store itself has made.
export type CommandHandler<Own extends Assigns> = {
  handle(payload: JsonObject, socket: MusubiSocket<Own>): Awaitable<CommandAnswer<Own>>;
}["handle"];

/** A store as the page runtime uses it, every default filled in. Made by `defineStore`. */
export interface Store<Props extends Assigns = Assigns, Own extends Assigns = Assigns> {
  /** Dotted name. On the wire for roots only. */
  readonly module: string;
  readonly root: boolean;
  mount(params: JsonObject, socket: MusubiSocket): Awaitable<MusubiSocket<Own>>;
  init(socket: MusubiSocket<Props>): MusubiSocket<Own>;
  update(props: Props, socket: MusubiSocket<Own>): MusubiSocket<Own>;
  render(socket: MusubiSocket<Own>): RenderedObject;
  readonly commands: ReadonlyMap<string, CommandHandler<Own>>;
}

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
