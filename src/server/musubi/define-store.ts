import type { JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "../phoenix/assigns";
import type { DeclaredHooks } from "./hook";
import { RESERVED_PREFIX } from "./page/encode-json";
import { assign, type MusubiSocket } from "./socket";
import type {
  AsyncHandler,
  Attribute,
  CommandAnswer,
  CommandHandler,
  RenderedObject,
  Store,
  StoreCommand,
  StreamOptions,
  TerminateReason,
  Validator,
} from "./store";
import { configureUpload, type UploadOptions } from "./uploads/upload-options";

/** A command whose payload, reply or both are checked. Made by `command`. */
export class CheckedCommand<Own extends Assigns> {
  readonly command: StoreCommand<Own>;

  constructor(command: StoreCommand<Own>) {
    this.command = command;
  }
}

type Definition<Own extends Assigns> = {
  readonly module: string;
  /** Without it any are taken. With it a child's props that are not among them are refused. */
  readonly attributes?: { readonly [name: string]: Attribute };
  /** Pure: the same assigns give the same value. Runs only after an assign has changed. */
  readonly render: (socket: MusubiSocket<Own>) => RenderedObject;
  /** By name. What a handler throws crashes the page, and so does what `render` throws. */
  readonly commands?: { readonly [name: string]: CommandHandler<Own> | CheckedCommand<Own> };
  /** Gets messages of the topics subscribed to and those sent to itself. Without it they are dropped. */
  handleInfo?(message: unknown, socket: MusubiSocket<Own>): Awaitable<MusubiSocket<Own>>;
  /** Gets the end of each task of `startAsync`. What it throws is logged and told to telemetry: the page goes on. */
  readonly handleAsync?: AsyncHandler<Own>;
  readonly streams?: { readonly [name: string]: StreamOptions };
  readonly uploads?: { readonly [name: string]: UploadOptions<Own> };
  readonly hooks?: DeclaredHooks<Own>;
  /** The store is left out of a render, or its root ends. */
  terminate?(reason: TerminateReason, socket: MusubiSocket<Own>): void;
};

/** A root: a client mounts it with params. */
export type RootDefinition<Own extends Assigns> = Definition<Own> & {
  readonly root: true;
  /** Without it the root starts with what the connection had assigned. */
  readonly mount?: (params: JsonObject, socket: MusubiSocket) => Awaitable<MusubiSocket<Own>>;
  readonly init?: (socket: MusubiSocket<Own>) => MusubiSocket<Own>;
  readonly update?: (assigns: Assigns, socket: MusubiSocket<Own>) => MusubiSocket<Own>;
};

/** A child whose assigns are more than its props: `init` makes them, once. */
export type ChildDefinition<Props extends Assigns, Own extends Assigns> = Definition<Own> & {
  readonly root?: false;
  readonly init: (socket: MusubiSocket<Props>) => MusubiSocket<Own>;
  /** Takes over changed props, and what `sendUpdate` sends. Without it they are assigned. */
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

/** Declares a store. Throws for a module that no client could name, and for names that are Musubi's own. */
export function defineStore<Own extends Assigns>(definition: RootDefinition<Own>): Store<Assigns, Own>;
export function defineStore<Props extends Assigns, Own extends Assigns>(
  definition: ChildDefinition<Props, Own>,
): Store<Props, Own>;
export function defineStore<Props extends Assigns>(definition: PropsDefinition<Props>): Store<Props, Props>;
export function defineStore(definition: AnyDefinition): Store {
  const { module, root = false, attributes, render, commands = {}, streams = {}, uploads = {} } = definition;
  checkNames(module, [...Object.keys(streams), ...Object.keys(uploads)]);
  return {
    module,
    root,
    attributes: attributes === undefined ? null : new Map(Object.entries(attributes)),
    mount: definition.mount ?? ((_params, socket) => (root ? socket : refuseMount(module))),
    init: definition.init ?? ((socket) => socket),
    update: definition.update ?? ((props, socket) => assign(socket, props)),
    render,
    commands: new Map(Object.entries(commands).map(([name, given]) => [name, readCommandDefinition(given)])),
    handleInfo: definition.handleInfo ?? null,
    handleAsync: definition.handleAsync ?? null,
    streams: new Map(Object.entries(streams)),
    uploads: new Map(
      Object.entries(uploads).map(([name, options]) => [name, configureUpload(module, name, options)]),
    ),
    hooks: definition.hooks ?? {},
    terminate: definition.terminate ?? (() => {}),
  };
}

/**
 * A command with a checked payload, a checked reply, or both. A validator gives the value that it has checked, which the
 * handler then gets, or throws: that crashes the page (wire.md 11).
 *
 *     commands: {
 *       add: command({ payload: (json) => requireNumber(requireObject(json), "amount"), handle: (amount, socket) => … }),
 *     }
 */
export function command<Own extends Assigns, Payload = JsonObject>(definition: {
  readonly payload?: Validator<Payload>;
  readonly reply?: Validator;
  handle(payload: Payload, socket: MusubiSocket<Own>): Awaitable<CommandAnswer<Own>>;
}): CheckedCommand<Own> {
  const { payload = null, reply = null, handle } = definition;
  return new CheckedCommand({ payload, reply, handle });
}

function readCommandDefinition(given: CommandHandler<Assigns> | CheckedCommand<Assigns>): StoreCommand {
  return given instanceof CheckedCommand ? given.command : { payload: null, reply: null, handle: given };
}

function checkNames(module: string, slots: readonly string[]): void {
  // A root id is "<module>:<id>", and is taken apart at its first colon (wire.md 3).
  if (module === "" || module.includes(":"))
    throw new Error(`A store cannot have the module "${module}": it must be a name without a colon.`);
  const reserved = slots.find((name) => name.startsWith(RESERVED_PREFIX));
  if (reserved === undefined) return;
  throw new Error(
    `${module} cannot declare "${reserved}": names that begin with ${RESERVED_PREFIX} are Musubi's.`,
  );
}

function refuseMount(module: string): never {
  throw new Error(`${module} is no root store: it cannot be mounted by a client.`);
}
