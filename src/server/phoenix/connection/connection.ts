import { EVENT, REPLY_STATUS } from "../../../wire/protocol";
import { describeError, type Log } from "../../log";
import { createQueue } from "../../queue";
import { PHX_DRAIN } from "../channel";
import type { StopReason } from "../channel-handle";
import { isHeartbeat, type Message } from "../message";
import type { Payload } from "../payload";
import { Broadcast } from "../pubsub";
import { findRoute, type Route } from "../route";
import type { Socket } from "../socket";
import { CLOSE_CODE } from "../transport";
import type { ClientLink } from "../transport-kind";
import { createChannelRegistry } from "./channel-registry";
import { endEvent } from "./end-event";
import { createIncomingCount, type IncomingCount } from "./incoming-count";
import { createOutgoing, type Outgoing } from "./outgoing";
import { isStale, type JoinOutcome, type RunningChannel } from "./running-channel";

type ConnectionOptions = {
  /** The connection's own, its transport the client's link. */
  readonly socket: Socket;
  readonly routes: readonly Route[];
  /** A join beyond so many channels is refused. */
  readonly maxChannels: number;
  readonly log: Log;
};

type JoinedChannel = JoinOutcome & { readonly channel: RunningChannel };

/** The event on a socket's id that ends its connections (wire.md 1.4). */
const DISCONNECT = "disconnect";

/**
 * One client's connection: its table of channels, and what happens to each frame (wire.md 1.4).
 * Frames are handled in order, and a join is waited for: a slow one stalls all that come after it, in
 * both directions, as in the real server.
 */
export class Connection implements ClientLink {
  readonly log: Log;
  readonly #options: ConnectionOptions;
  readonly #channels = createChannelRegistry();
  readonly #frames = createQueue();
  readonly #incoming: IncomingCount;
  readonly #outgoing: Outgoing;
  readonly #unsubscribe: () => void;
  #isClosed = false;

  constructor(options: ConnectionOptions) {
    const { socket, log } = options;
    this.log = log;
    this.#options = options;
    this.#incoming = createIncomingCount(socket.transport);
    this.#outgoing = createOutgoing(socket, log);
    this.#unsubscribe =
      socket.id === null ? () => {} : socket.pubsub.subscribe(socket.id, (message) => this.#hear(message));
  }

  receive(data: string | Uint8Array): Promise<void> {
    const handled = this.#incoming.add(data);
    return this.#frames.run(async () => {
      try {
        const message = this.#decode(data);
        const channel = message === null ? null : this.#channelOf(message);
        if (message === null || channel === null) {
          if (message !== null) await this.#handle(message);
          handled();
        } else {
          // The next frame has its turn while this one waits in the channel's mailbox.
          void channel.receive(message).then(handled);
        }
      } catch (error) {
        handled();
        this.#fail(`Handling a frame failed: ${describeError(error)}`);
      }
    });
  }

  pending(): number {
    return this.#incoming.count();
  }

  channels(): readonly RunningChannel[] {
    return this.#channels.list();
  }

  /** Tells every channel that the server shuts down; resolves when they have handled that. */
  async tellDrain(): Promise<void> {
    await Promise.all(this.#channels.list().map((channel) => channel.info(PHX_DRAIN)));
  }

  closed(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    this.#unsubscribe();
    this.#outgoing.end();
    for (const channel of this.#channels.list()) channel.stop({ kind: "transport_closed" });
  }

  #hear(message: unknown): void {
    if (message instanceof Broadcast && message.event === DISCONNECT) this.#end(CLOSE_CODE.goingAway);
  }

  #fail(why: string): void {
    this.log(`${why} Its connection is closed with ${CLOSE_CODE.internalError}.`);
    this.#end(CLOSE_CODE.internalError);
  }

  /** Ends the connection from this side. As when a transport's process ends, nothing more is done for it. */
  #end(code: number): void {
    this.#options.socket.transport.close(code);
    this.closed();
  }

  #decode(data: string | Uint8Array): Message | null {
    if (this.#isClosed) return null;
    const decoded = this.#options.socket.serializer.decode(data);
    if (decoded.ok) return decoded.value;
    this.#fail(`A client sent a frame that cannot be decoded. ${decoded.failure}`);
    return null;
  }

  /** The joined channel that has to handle the message; null where the connection itself has. */
  #channelOf(message: Message): RunningChannel | null {
    if (message.event === EVENT.join || isHeartbeat(message)) return null;
    const channel = this.#channels.lookUp(message.topic);
    return channel === null || isStale(message, channel) ? null : channel;
  }

  async #handle(message: Message): Promise<void> {
    if (isHeartbeat(message)) return this.#reply(message, null, REPLY_STATUS.ok, {});
    if (message.event === EVENT.join) return this.#join(message);
    // For an earlier channel of a topic that is joined anew: dropped, without a reply.
    if (this.#channels.lookUp(message.topic) !== null) return;
    if (message.event === EVENT.leave) this.#reply(message, message.joinRef, REPLY_STATUS.ok, {});
    else this.#refuse(message, null, "unmatched topic");
  }

  async #join(message: Message): Promise<void> {
    const route = findRoute(this.#options.routes, message.topic);
    if (route === null) return this.#refuse(message, null, "unmatched topic");
    const old = this.#channels.lookUp(message.topic);
    if (old === null && this.#channels.size() >= this.#options.maxChannels) {
      return this.#refuse(message, message.joinRef, "too many channels joined");
    }
    this.#outgoing.hold();
    // Its `phx_close` is held, which gives the order of wire.md 1.4: the new join's reply, the close, new pushes.
    old?.stop({ kind: "duplicate_join" });
    const joined = await this.#startAndJoin(route, message);
    if (joined === null) this.#refuse(message, message.joinRef, "join crashed");
    else {
      if (joined.isJoined) this.#register(joined.channel);
      const status = joined.isJoined ? REPLY_STATUS.ok : REPLY_STATUS.error;
      this.#reply(message, message.joinRef, status, joined.response);
    }
    this.#outgoing.release();
    joined?.channel.open();
  }

  /** It may have ended since its join did; then it is removed at once. */
  #register(channel: RunningChannel): void {
    this.#channels.register(channel);
    channel.handle.onExit(() => this.#channels.remove(channel));
    if (this.#isClosed) channel.stop({ kind: "transport_closed" });
  }

  #startChannel(route: Route, { topic, joinRef, ref }: Message): RunningChannel {
    const { socket } = this.#options;
    const { send, fastlane } = this.#outgoing;
    const exited = (channel: RunningChannel, reason: StopReason) => this.#exited(channel, reason);
    return route.start({ topic, joinRef, ref, socket, send, fastlane, exited, log: this.log });
  }

  /** Null where one of the two crashed. */
  async #startAndJoin(route: Route, message: Message): Promise<JoinedChannel | null> {
    try {
      const channel = this.#startChannel(route, message);
      return { channel, ...(await channel.join(message.payload)) };
    } catch (error) {
      this.log(`Joining "${message.topic}" crashed: ${describeError(error)}`);
      return null;
    }
  }

  /** `phx_close` and `phx_error` carry the join_ref in `ref` too (wire.md 1.2). */
  #exited({ topic, joinRef }: RunningChannel, reason: StopReason): void {
    if ("error" in reason) this.log(`The channel "${topic}" crashed: ${describeError(reason.error)}`);
    const event = endEvent(reason);
    if (event === null) return;
    this.#outgoing.send({ kind: "push", joinRef, ref: joinRef, topic, event, payload: {} });
  }

  #refuse(message: Message, joinRef: string | null, reason: string): void {
    this.#reply(message, joinRef, REPLY_STATUS.error, { reason });
  }

  #reply({ ref, topic }: Message, joinRef: string | null, status: string, response: Payload): void {
    this.#outgoing.answer({ kind: "reply", joinRef, ref, topic, status, response });
  }
}
