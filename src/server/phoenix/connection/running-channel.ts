import type { Log } from "../../log";
import type { ChannelHandle, StopReason } from "../channel-handle";
import type { Message, OutgoingMessage } from "../message";
import type { Payload } from "../payload";
import type { Broadcast } from "../pubsub";
import type { Socket } from "../socket";

/**
 * A channel of one client, whatever its own state is made of: what a connection has in its table. The built-in one runs
 * the callbacks of a `Channel`; a custom one is any `Route` whose `start` gives this.
 */
export type RunningChannel = {
  readonly topic: string;
  readonly joinRef: string | null;
  readonly handle: ChannelHandle;
  /** Asked once, first. Rejects where the join crashed. */
  readonly join: (payload: Payload) => Promise<JoinOutcome>;
  /** The join reply is out: the channel may send now. */
  readonly open: () => void;
  /** Takes what the client sent, a leave included. Resolves when that is done, and never rejects. */
  readonly receive: (message: Message) => Promise<void>;
  /** Takes a message of the server to itself. Resolves when it is handled, and never rejects. */
  readonly info: (message: unknown) => Promise<void>;
  /** Ends the channel from outside. It tells its context, unless it has ended before. */
  readonly stop: (reason: StopReason) => void;
};

export type JoinOutcome = { readonly isJoined: boolean; readonly response: Payload };

export type ChannelContext = {
  readonly topic: string;
  readonly joinRef: string | null;
  /** The ref of the join. */
  readonly ref: string | null;
  /** The connection's own. */
  readonly socket: Socket;
  /** Throws where the message has no form in the connection's serializer. */
  readonly send: (message: OutgoingMessage) => void;
  /** Sends a broadcast that is encoded once for all connections of the same serializer. Throws as `send` does. */
  readonly fastlane: (broadcast: Broadcast) => void;
  readonly log: Log;
  /** Called once, when a joined channel has ended. */
  readonly exited: (channel: RunningChannel, reason: StopReason) => void;
};

/** Whether a message is for an earlier channel of its topic. Without join_refs, as in V1, none is (wire.md 1.2). */
export function isStale({ joinRef }: Message, channel: RunningChannel): boolean {
  return joinRef !== null && channel.joinRef !== null && joinRef !== channel.joinRef;
}
