import type { Payload, PushPayload } from "./payload";

/**
 * Why a channel ended. The client sees `phx_close` for `normal`, `shutdown`, `left` and `duplicate_join`, `phx_error` for
 * `crash` and `killed`, and nothing where its transport has gone (wire.md 1.4).
 */
export type StopReason =
  | { readonly kind: "normal" | "shutdown" | "left" | "transport_closed" | "duplicate_join" }
  /** `crash`: a callback of its own threw. `killed`: somebody else ended it with `crash`. */
  | { readonly kind: "crash" | "killed"; readonly error: unknown };

/**
 * What a callback, or anyone who was given it, can do with a running channel. Before the channel is joined the functions
 * that send throw; once it has ended they do nothing.
 */
export type ChannelHandle = {
  readonly push: (event: string, payload: PushPayload) => void;
  /** Answers the message of this ref; later than its callback, where that gave `noreply`. */
  readonly reply: (ref: string | null, status: string, response: Payload) => void;
  /** Sends to everyone on the channel's topic, this client included. */
  readonly broadcast: (event: string, payload: PushPayload) => void;
  /** Sends to everyone on the channel's topic but this client. */
  readonly broadcastFrom: (event: string, payload: PushPayload) => void;
  /** Puts a message in the channel's own mailbox, to be handled by `handleInfo` after what waits there. */
  readonly send: (message: unknown) => void;
  /** Ends the channel with `phx_error`, at once; a join that runs is answered with `join crashed`. */
  readonly crash: (error: unknown) => void;
  /** Tells when the channel has ended, also where its join was refused; at once if it has. Returns the undo. */
  readonly onExit: (listener: (reason: StopReason) => void) => () => void;
};
