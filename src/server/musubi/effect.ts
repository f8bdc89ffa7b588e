import type { Json } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "../phoenix/assigns";
import type { MusubiSocket, StoreId } from "./socket";
import { getPrivate, putPrivate } from "./socket-context";

/** A change that a child asks of the store above it. */
type ParentChange = (parent: MusubiSocket<Assigns>) => MusubiSocket<Assigns>;

/** `signal` is aborted when nobody waits for the task's result any more. */
export type Task<Value = unknown> = (signal: AbortSignal) => Awaitable<Value>;

export type TaskRequest = {
  /** What becomes of the result: an assign, a call of `handleAsync`, or items of a stream. */
  readonly kind: "assign" | "start" | "stream";
  /** The assign's key, the stream's name, or the task's own. */
  readonly name: string;
  readonly task: Task;
  readonly timeoutMs: number | null;
  /** How a stream takes the items; of no meaning for other kinds. */
  readonly stream: { readonly reset?: boolean; readonly at?: number; readonly limit?: number };
};

/**
 * What a callback asks the runtime to do. It stands in the socket value until the callback has returned, so that
 * sockets stay values.
 */
export type Effect =
  | { readonly kind: "notify_parent"; readonly change: ParentChange }
  | { readonly kind: "push_event"; readonly name: string; readonly payload: Json }
  | { readonly kind: "start_task"; readonly request: TaskRequest }
  | { readonly kind: "cancel_task"; readonly name: string; readonly reason: unknown }
  | { readonly kind: "subscribe" | "unsubscribe"; readonly topic: string }
  | { readonly kind: "broadcast"; readonly topic: string; readonly message: unknown }
  | { readonly kind: "send"; readonly message: unknown; readonly afterMs: number | null }
  | { readonly kind: "send_update"; readonly storeId: StoreId; readonly assigns: Assigns }
  /** Something of the uploads; runs in the page's queue once the callback's socket was taken over. */
  | { readonly kind: "upload"; readonly run: () => void };

const EFFECTS = "effects";

/** Told apart by its class from whatever else may stand under the same name. */
class Effects {
  readonly list: readonly Effect[];

  constructor(list: readonly Effect[]) {
    this.list = list;
  }
}

/** What the callbacks of this socket have asked for and was not yet done, in order. */
export function effectsOf(socket: Pick<MusubiSocket, "private">): readonly Effect[] {
  const effects = getPrivate(socket, EFFECTS);
  return effects instanceof Effects ? effects.list : NOTHING;
}

export function addEffect<Own extends Assigns>(socket: MusubiSocket<Own>, effect: Effect): MusubiSocket<Own> {
  return putPrivate(socket, EFFECTS, new Effects([...effectsOf(socket), effect]));
}

export function clearEffects<Own extends Assigns>(socket: MusubiSocket<Own>): MusubiSocket<Own> {
  return effectsOf(socket).length === 0 ? socket : putPrivate(socket, EFFECTS, new Effects(NOTHING));
}

const NOTHING: readonly Effect[] = [];
