import type { Json, JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "../phoenix/assigns";
import type { CommandReply } from "./command";
import type { MusubiSocket, StoreId } from "./socket";
import { getPrivate, putPrivate } from "./socket-context";
import type { TaskResult } from "./task-result";

/** `halt` ends the stage: no later hook of it runs, nor what the hooks stand before. */
export type HookAnswer<Own extends Assigns = Assigns> =
  | { readonly kind: "cont"; readonly socket: MusubiSocket<Own> }
  /** `reply` is what the client gets where a `beforeCommand` halts, with status `ok` (wire.md 11). */
  | { readonly kind: "halt"; readonly socket: MusubiSocket<Own>; readonly reply: JsonObject };

/** A push event of one store, before it is in an envelope. */
export type StoreEvent = { readonly name: string; readonly payload: Json };

/** What a store gives out in one cycle; `Render` is what `render` gave, or the wire object made of it. */
export type StoreOutput<Render> = { readonly render: Render; readonly events: readonly StoreEvent[] };

/**
 * The hooks of each stage (wire.md 14). Each gets the socket of the store that it is attached to; `target` is the store
 * that the command is for, which may be one below. `handleAsync` is for the tasks of `startAsync`. Hooks of the last two
 * stages may rewrite what they get.
 */
// Methods, so that a hook may name the type of its own store's assigns: it is only ever given that store's socket.
export interface HookRuns<Own extends Assigns = Assigns> {
  beforeCommand(
    name: string,
    payload: JsonObject,
    socket: MusubiSocket<Own>,
    target: StoreId,
  ): Awaitable<HookAnswer<Own>>;
  afterCommand(
    name: string,
    payload: JsonObject,
    reply: CommandReply,
    socket: MusubiSocket<Own>,
    target: StoreId,
  ): Awaitable<HookAnswer<Own>>;
  handleAsync(name: string, result: TaskResult, socket: MusubiSocket<Own>): Awaitable<HookAnswer<Own>>;
  handleInfo(message: unknown, socket: MusubiSocket<Own>): Awaitable<HookAnswer<Own>>;
  afterRender(
    output: StoreOutput<{ readonly [key: string]: unknown }>,
    socket: MusubiSocket<Own>,
  ): StoreOutput<{ readonly [key: string]: unknown }>;
  afterSerialize(output: StoreOutput<JsonObject>, socket: MusubiSocket<Own>): StoreOutput<JsonObject>;
}

export type HookStage = keyof HookRuns;

/** Hooks that a store is declared with: by stage and id, in their order. */
export type DeclaredHooks<Own extends Assigns = Assigns> = {
  readonly [Stage in HookStage]?: { readonly [id: string]: HookRuns<Own>[Stage] };
};

type HookEntry<Stage extends HookStage> = { readonly id: string; readonly run: HookRuns[Stage] };
type HooksByStage = { readonly [Stage in HookStage]?: readonly HookEntry<Stage>[] };

const HOOKS = "hooks";

class Hooks {
  readonly byStage: HooksByStage;

  constructor(byStage: HooksByStage) {
    this.byStage = byStage;
  }
}

/** Goes on with the next hook, and then with what the hooks stand before. */
export function cont<Own extends Assigns>(socket: MusubiSocket<Own>): HookAnswer<Own> {
  return { kind: "cont", socket };
}

/**
 * Goes no further. Where a command is halted, `reply` is its answer.
 *
 *     halt(socket, { ok: false, reason: "unauthorized" })
 */
export function halt<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  reply: JsonObject = {},
): HookAnswer<Own> {
  return { kind: "halt", socket, reply };
}

/**
 * Runs `run` at that stage of this store, after the hooks attached before. An id that the stage has already throws.
 *
 *     attachHook(socket, "beforeCommand", "auth", (_name, _payload, socket) => halt(socket, { ok: false }))
 */
export function attachHook<Own extends Assigns, Stage extends HookStage>(
  socket: MusubiSocket<Own>,
  stage: Stage,
  id: string,
  run: HookRuns<Own>[Stage],
): MusubiSocket<Own> {
  const present = hooksAt(socket, stage);
  if (present.some((hook) => hook.id === id)) {
    throw new Error(
      `${socket.module} has a ${stage} hook "${id}" already: detach it, or give the new one its own id.`,
    );
  }
  return putHooks(socket, stage, [...present, { id, run }]);
}

/**
 * Takes the hook away again; nothing happens where there is none of that id.
 *
 *     detachHook(socket, "beforeCommand", "auth")
 */
export function detachHook<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  stage: HookStage,
  id: string,
): MusubiSocket<Own> {
  const present = hooksAt(socket, stage);
  const left = present.filter((hook) => hook.id !== id);
  return left.length === present.length ? socket : putHooks(socket, stage, left);
}

/** The hooks of a stage, in the order in which they were attached. */
export function hooksAt<Stage extends HookStage>(
  socket: Pick<MusubiSocket, "private">,
  stage: Stage,
): readonly HookEntry<Stage>[] {
  const hooks = getPrivate(socket, HOOKS);
  return (hooks instanceof Hooks ? hooks.byStage[stage] : undefined) ?? [];
}

function putHooks<Own extends Assigns, Stage extends HookStage>(
  socket: MusubiSocket<Own>,
  stage: Stage,
  entries: readonly HookEntry<Stage>[],
): MusubiSocket<Own> {
  const hooks = getPrivate(socket, HOOKS);
  const others = hooks instanceof Hooks ? hooks.byStage : {};
  return putPrivate(socket, HOOKS, new Hooks({ ...others, [stage]: entries }));
}
