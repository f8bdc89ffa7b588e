import type { JsonObject } from "../../../wire/json";
import type { Assigns } from "../../phoenix/assigns";
import { attachHook, type DeclaredHooks, type HookRuns, type HookStage } from "../hook";
import { assign, createSocket, type MusubiSocket, type StoreId } from "../socket";
import { inheritContext, putPrivate, putRootParams } from "../socket-context";
import type { Store } from "../store";
import { putStreams } from "../stream-state";
import type { StoreNode } from "./store-node";
import { UPLOADS, type UploadHub } from "./upload-hub";

/**
 * A root's socket, ready for its first render (wire.md 14): what the connection assigned and its context, root params,
 * hooks, `mount`, defaults of attributes, `init`.
 */
export async function startRoot(
  store: Store,
  params: JsonObject,
  connection: MusubiSocket<Assigns>,
): Promise<MusubiSocket<Assigns>> {
  const { endpoint, topic, transport } = connection;
  const fresh = assign(
    createSocket(store.module, [], {}, { endpoint, topic, transport }),
    connection.assigns,
  );
  const inherited = putRootParams(inheritContext(connection, fresh), params);
  const mounted = checkSocket(await store.mount(params, declare(store, inherited)), store, "mount");
  const completed = assign(mounted, completeAssigns(store, mounted.assigns));
  return checkSocket(store.init(completed), store, "init");
}

/** A child's socket: its props, what its parent's has of the connection, hooks, `init` (wire.md 14). */
export function startChild(
  store: Store,
  storeId: StoreId,
  props: Assigns,
  { socket: { endpoint, topic, transport, private: context } }: StoreNode,
): MusubiSocket<Assigns> {
  const fresh = assign(createSocket(store.module, storeId, {}, { endpoint, topic, transport }), props);
  const inherited = inheritContext({ private: context }, fresh);
  return checkSocket(store.init(declare(store, inherited)), store, "init");
}

/** The socket of a store that was started, known to the uploads of its page. */
export function putUploads(
  store: Store,
  storeId: StoreId,
  socket: MusubiSocket<Assigns>,
  hub: UploadHub,
): MusubiSocket<Assigns> {
  if (store.uploads.size === 0) return socket;
  return putPrivate(socket, UPLOADS, hub.registerStore(storeId, store.uploads));
}

/** A child's props with the defaults of its attributes. Throws where one is missing or unknown. */
export function completeProps(store: Store, props: Assigns): Assigns {
  const { attributes, module } = store;
  if (attributes === null) return props;
  const unknown = Object.keys(props).find((name) => !attributes.has(name));
  if (unknown !== undefined) {
    throw new Error(
      `${module} was given "${unknown}", which is none of its attributes (${listNames(attributes)}).`,
    );
  }
  return { ...props, ...completeAssigns(store, props) };
}

/** What a callback gave, where it is a socket; plain JavaScript may forget to return it. */
export function checkSocket(
  value: unknown,
  { module }: Pick<Store, "module">,
  callback: string,
): MusubiSocket<Assigns> {
  if (isSocket(value)) return value;
  throw new Error(`${module}'s ${callback} must give the socket that it made, but it gave none.`);
}

/** Whether it may be a Musubi socket. */
export function isSocket(value: unknown): value is MusubiSocket<Assigns> {
  return typeof value === "object" && value !== null && "assigns" in value && "private" in value;
}

/** The defaults of the attributes that are not there. Throws where a required one is missing. */
function completeAssigns({ attributes, module }: Store, given: Assigns): Assigns {
  const missing = [...(attributes ?? [])].filter(([name]) => !Object.hasOwn(given, name));
  const required = missing.find(([, { required }]) => required === true);
  if (required !== undefined)
    throw new Error(`${module} needs the attribute "${required[0]}", which was not given.`);
  const withDefault = missing.filter(([, attribute]) => Object.hasOwn(attribute, "default"));
  return Object.fromEntries(withDefault.map(([name, attribute]) => [name, attribute.default]));
}

function declare(store: Store, socket: MusubiSocket<Assigns>): MusubiSocket<Assigns> {
  const stages: readonly HookStage[] = [
    "beforeCommand",
    "afterCommand",
    "handleAsync",
    "handleInfo",
    "afterRender",
    "afterSerialize",
  ];
  return stages.reduce(
    (declared, stage) => attachDeclared(declared, stage, store.hooks),
    putStreams(socket, store.streams),
  );
}

function attachDeclared<Stage extends HookStage>(
  socket: MusubiSocket<Assigns>,
  stage: Stage,
  hooks: DeclaredHooks,
): MusubiSocket<Assigns> {
  const declared: { readonly [id: string]: HookRuns[Stage] } = hooks[stage] ?? {};
  return Object.entries(declared).reduce(
    (attached, [id, run]) => attachHook(attached, stage, id, run),
    socket,
  );
}

function listNames(attributes: ReadonlyMap<string, unknown>): string {
  return attributes.size === 0 ? "it has none" : [...attributes.keys()].join(", ");
}
