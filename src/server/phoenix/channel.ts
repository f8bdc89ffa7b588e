import type { Json } from "../../wire/json";
import type { Awaitable } from "../awaitable";
import type { Assigns } from "./assigns";
import type { ChannelHandle, StopReason } from "./channel-handle";
import type { Payload, PushPayload } from "./payload";
import type { Socket } from "./socket";

/** The state of one channel, as each callback gets it and answers with it. Never changed in place. */
export type ChannelSocket<Own extends Assigns = Assigns> = Socket<Own> & {
  readonly topic: string;
  readonly channel: ChannelHandle;
};

export type JoinAnswer<Own extends Assigns> =
  | { readonly kind: "ok"; readonly response: Payload; readonly socket: ChannelSocket<Own> }
  | { readonly kind: "refused"; readonly response: Json };

/** A status of its own is allowed; the client knows `ok` and `error`. */
type ChannelReply = { readonly status: string; readonly response: Payload };

/** Why a channel stops itself. All but a crash reach the client as `phx_close`. */
export type OwnStopReason = "normal" | "shutdown" | { readonly kind: "crash"; readonly error: unknown };

export type ChannelAnswer<Own extends Assigns> =
  | { readonly kind: "noreply"; readonly socket: ChannelSocket<Own> }
  | { readonly kind: "reply"; readonly reply: ChannelReply; readonly socket: ChannelSocket<Own> }
  | {
      readonly kind: "stop";
      /** `normal` where it says nothing. */
      readonly reason?: OwnStopReason;
      readonly reply?: ChannelReply;
      readonly socket: ChannelSocket<Own>;
    };

/** What `handleInfo` of each channel is told when the server shuts down, before the connection closes with 1012. */
export const PHX_DRAIN = { kind: "phx_drain" } as const;

/**
 * The callbacks of a channel. They run one at a time for each client; whatever they throw crashes the
 * channel of that client and nothing else. While `join` runs, every frame of its connection waits.
 */
export type Channel<Own extends Assigns> = {
  readonly join: (payload: Payload, socket: ChannelSocket) => Awaitable<JoinAnswer<Own>>;
  /** Without it every event crashes the channel, as in Phoenix. */
  readonly handleIn?: (
    event: string,
    payload: Payload,
    socket: ChannelSocket<Own>,
  ) => Awaitable<ChannelAnswer<Own>>;
  /** Gets what was sent to the channel, or published on its topic. Without it messages are dropped. */
  readonly handleInfo?: (message: unknown, socket: ChannelSocket<Own>) => Awaitable<ChannelAnswer<Own>>;
  /** Broadcast events that go through `handleOut` instead of straight to the client. */
  readonly intercept?: readonly string[];
  readonly handleOut?: (
    event: string,
    payload: PushPayload,
    socket: ChannelSocket<Own>,
  ) => Awaitable<ChannelAnswer<Own>>;
  /** The channel has ended: only cleaning up is left, nothing can be sent. */
  readonly terminate?: (reason: StopReason, socket: ChannelSocket<Own>) => void;
};

export function joined<Own extends Assigns>(
  socket: ChannelSocket<Own>,
  response: Payload = {},
): JoinAnswer<Own> {
  return { kind: "ok", response, socket };
}

export function refuseJoin(response: Json): { readonly kind: "refused"; readonly response: Json } {
  return { kind: "refused", response };
}

export function noreply<Own extends Assigns>(socket: ChannelSocket<Own>): ChannelAnswer<Own> {
  return { kind: "noreply", socket };
}

export function reply<Own extends Assigns>(
  socket: ChannelSocket<Own>,
  status: string,
  response: Payload,
): ChannelAnswer<Own> {
  return { kind: "reply", reply: { status, response }, socket };
}

/** Ends the channel; the reply, where there is one, goes out before `phx_close`. */
export function stop<Own extends Assigns>(
  socket: ChannelSocket<Own>,
  how: { readonly reason?: OwnStopReason; readonly reply?: ChannelReply } = {},
): ChannelAnswer<Own> {
  return { kind: "stop", socket, ...how };
}
