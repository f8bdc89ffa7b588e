import type { Json, JsonObject } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Transport } from "./transport";

/** What a socket or channel keeps between messages. */
export type Assigns = { readonly [key: string]: unknown };

/** The state of one channel, as each callback gets it and answers with it. Never changed in place. */
export type ChannelSocket<Own extends Assigns = Assigns> = {
  readonly assigns: Own;
  readonly topic: string;
  readonly joined: boolean;
  readonly join_ref: string | null;
  /** The ref of the message being handled: what a later `reply` names. Null outside `handleIn`. */
  readonly ref: string | null;
  readonly transport: Transport;
  readonly channel: ChannelHandle;
};

/** What a callback, or anyone who was given it, can do with a running channel. */
export type ChannelHandle = {
  readonly push: (event: string, payload: JsonObject) => void;
  readonly reply: (ref: string | null, status: string, response: Json) => void;
  /** Sends to everyone on the channel's topic, this client included. */
  readonly broadcast: (event: string, payload: JsonObject) => void;
  /** Puts a message in the channel's own mailbox, to be handled by `handleInfo` after what waits there. */
  readonly send: (message: unknown) => void;
};

export type JoinAnswer<Own extends Assigns> =
  | { readonly kind: "ok"; readonly response: Json; readonly socket: ChannelSocket<Own> }
  | { readonly kind: "refused"; readonly response: Json };

export type Reply = { readonly status: string; readonly response: Json };

export type ChannelAnswer<Own extends Assigns> =
  | { readonly kind: "noreply"; readonly socket: ChannelSocket<Own> }
  | { readonly kind: "reply"; readonly reply: Reply; readonly socket: ChannelSocket<Own> }
  | { readonly kind: "stop"; readonly reply?: Reply; readonly socket: ChannelSocket<Own> };

/** Why a channel ended. All but `crash` reach the client as `phx_close` (wire.md 1.4). */
export type StopReason =
  | { readonly kind: "normal" | "left" | "transport_closed" | "duplicate_join" }
  | { readonly kind: "crash"; readonly error: unknown };

/**
 * The callbacks of a channel. They run one at a time for each client; whatever they throw crashes the
 * channel of that client and nothing else. While `join` runs, every frame of its connection waits.
 */
export type Channel<Own extends Assigns> = {
  readonly join: (payload: Json, socket: ChannelSocket) => Awaitable<JoinAnswer<Own>>;
  /** Without it every event crashes the channel, as in Phoenix. */
  readonly handleIn?: (
    event: string,
    payload: Json,
    socket: ChannelSocket<Own>,
  ) => Awaitable<ChannelAnswer<Own>>;
  /** Without it messages are dropped. */
  readonly handleInfo?: (message: unknown, socket: ChannelSocket<Own>) => Awaitable<ChannelAnswer<Own>>;
  readonly terminate?: (reason: StopReason, socket: ChannelSocket<Own>) => void;
};

export function noreply<Own extends Assigns>(socket: ChannelSocket<Own>): ChannelAnswer<Own> {
  return { kind: "noreply", socket };
}

export function reply<Own extends Assigns>(
  socket: ChannelSocket<Own>,
  status: string,
  response: Json,
): ChannelAnswer<Own> {
  return { kind: "reply", reply: { status, response }, socket };
}
