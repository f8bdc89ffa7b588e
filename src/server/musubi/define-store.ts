import type { JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "./assigns";
import { assign, type MusubiSocket } from "./socket";
import type { CommandHandler, RenderedObject, Store } from "./store";

type Definition<Own extends Assigns> = {
  readonly module: string;
  /** Pure: the same assigns give the same value. Runs only after an assign has changed. */
  readonly render: (socket: MusubiSocket<Own>) => RenderedObject;
  /** By name. What a handler throws crashes the page, and so does what `render` throws. */
  readonly commands?: { readonly [name: string]: CommandHandler<Own> };
};

/** A root: a client mounts it with params. */
export type RootDefinition<Own extends Assigns> = Definition<Own> & {
  readonly root: true;
  readonly mount: (params: JsonObject, socket: MusubiSocket) => Awaitable<MusubiSocket<Own>>;
  readonly init?: (socket: MusubiSocket<Own>) => MusubiSocket<Own>;
};

/** A child whose assigns are more than its props: `init` makes them, once. */
export type ChildDefinition<Props extends Assigns, Own extends Assigns> = Definition<Own> & {
  readonly root?: false;
  readonly init: (socket: MusubiSocket<Props>) => MusubiSocket<Own>;
  /** Takes over changed props. Without it they are assigned. */
  readonly update?: (props: Props, socket: MusubiSocket<Own>) => MusubiSocket<Own>;
};

/** A child whose assigns are its props. */
export type PropsDefinition<Props extends Assigns> = Definition<Props> & {
  readonly root?: false;
};

type AnyDefinition = Definition<Assigns> & {
  readonly root?: boolean;
  readonly mount?: Store["mount"];
  readonly init?: Store["init"];
  readonly update?: Store["update"];
};

/** Declares a store. */
export function defineStore<Own extends Assigns>(definition: RootDefinition<Own>): Store<Assigns, Own>;
export function defineStore<Props extends Assigns, Own extends Assigns>(
  definition: ChildDefinition<Props, Own>,
): Store<Props, Own>;
export function defineStore<Props extends Assigns>(definition: PropsDefinition<Props>): Store<Props, Props>;
export function defineStore(definition: AnyDefinition): Store {
  const { module, root = false, render, commands = {} } = definition;
  return {
    module,
    root,
    mount: definition.mount ?? (() => refuseMount(module)),
    init: definition.init ?? ((socket) => socket),
    update: definition.update ?? ((props, socket) => assign(socket, props)),
    render,
    commands: new Map(Object.entries(commands)),
  };
}

function refuseMount(module: string): never {
  throw new Error(`${module} is no root store: it cannot be mounted by a client.`);
}
