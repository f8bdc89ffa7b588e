import { assertNever } from "../../wire/assert-never";
import type { Frame } from "../../wire/frame";
import type { Json } from "../../wire/json";
import { EVENT, TOPIC } from "../../wire/protocol";
import { describeError, type Log } from "../log";
import { createQueue } from "../queue";
import type { Assigns, StopReason } from "./channel";
import type { RunningChannel } from "./channel-process";
import type { PubSub } from "./pubsub";
import { findRoute, type Route } from "./route";
import type { Serializer } from "./serializer";
import { CLOSE_CODE, type Transport } from "./transport";

export type ConnectionContext = {
  readonly routes: readonly Route[];
  readonly assigns: Assigns;
  readonly transport: Transport;
  readonly serializer: Serializer;
  readonly pubsub: PubSub;
  readonly log: Log;
};

/** Phoenix's own default for one transport (wire.md 1.4). */
const MAX_CHANNELS = 100;

/**
 * One client's connection: its table of channels, and what happens to each frame (wire.md 1.4).
 * Frames are handled in order, and a join is waited for: a slow one stalls all that come after it, as
 * in the real server.
 */
export class Connection {
  readonly #context: ConnectionContext;
  readonly #channels = new Map<string, RunningChannel>();
  readonly #frames = createQueue();
  #isClosed = false;

  constructor(context: ConnectionContext) {
    this.#context = context;
  }

  receive(data: string | Uint8Array): void {
    const handled = this.#frames.run(async () => {
      if (this.#isClosed) return;
      const frame = this.#context.serializer.decode(data);
      if (frame.ok) await this.#handle(frame.value);
      else this.#fail(`A client sent a frame that cannot be decoded. ${frame.failure}`);
    });
    handled.catch((error: unknown) => this.#fail(`Handling a frame failed: ${describeError(error)}`));
  }

  /** The transport is gone: every channel ends, without a frame. */
  closed(): void {
    this.#isClosed = true;
    for (const channel of [...this.#channels.values()]) channel.stop({ kind: "transport_closed" });
  }

  #fail(why: string): void {
    this.#context.log(`${why} Its connection is closed with ${CLOSE_CODE.internalError}.`);
    this.#context.transport.close(CLOSE_CODE.internalError);
  }

  async #handle(frame: Frame): Promise<void> {
    if (frame.topic === TOPIC.phoenix && frame.event === EVENT.heartbeat)
      return this.#reply(frame, null, "ok", {});
    if (frame.event === EVENT.join) return this.#join(frame);
    const channel = this.#channels.get(frame.topic);
    if (channel !== undefined) {
      const isCurrent = frame.join_ref === null || frame.join_ref === channel.join_ref;
      if (isCurrent) channel.receive(frame);
    } else if (frame.event === EVENT.leave) {
      this.#reply(frame, frame.join_ref, "ok", {});
    } else {
      this.#replyUnmatched(frame);
    }
  }

  async #join(frame: Frame): Promise<void> {
    const route = findRoute(this.#context.routes, frame.topic);
    if (route === null) return this.#replyUnmatched(frame);
    const old = this.#channels.get(frame.topic);
    if (old === undefined && this.#channels.size >= MAX_CHANNELS) {
      return this.#reply(frame, frame.join_ref, "error", { reason: "too many channels joined" });
    }
    old?.stop({ kind: "duplicate_join" });
    const channel = await this.#startChannel(route, frame);
    // The order of wire.md 1.4: the new join's reply, then the old channel's close, then new pushes.
    if (old !== undefined) this.#sendClose(old);
    channel?.open();
  }

  /** Starts the channel and answers the join; null where it was refused or crashed. */
  async #startChannel(route: Route, frame: Frame): Promise<RunningChannel | null> {
    const { assigns, transport, pubsub, log } = this.#context;
    const channel = route.start({
      topic: frame.topic,
      join_ref: frame.join_ref,
      assigns,
      transport,
      pubsub,
      log,
      deliver: (outgoing) => this.#send(outgoing),
      exited: (exited, reason) => this.#exited(exited, reason),
    });
    try {
      const { isJoined, response } = await channel.join(frame.payload);
      if (isJoined) this.#channels.set(frame.topic, channel);
      this.#reply(frame, frame.join_ref, isJoined ? "ok" : "error", response);
      if (this.#isClosed) channel.stop({ kind: "transport_closed" });
      return isJoined ? channel : null;
    } catch (error) {
      this.#context.log(`Joining "${frame.topic}" crashed: ${describeError(error)}`);
      this.#reply(frame, frame.join_ref, "error", { reason: "join crashed" });
      return null;
    }
  }

  #exited(channel: RunningChannel, reason: StopReason): void {
    if (this.#channels.get(channel.topic) === channel) this.#channels.delete(channel.topic);
    switch (reason.kind) {
      case "normal":
      case "left":
        this.#sendClose(channel);
        break;
      case "crash":
        this.#context.log(`The channel "${channel.topic}" crashed: ${describeError(reason.error)}`);
        this.#sendEnd(channel, EVENT.error);
        break;
      case "transport_closed":
      case "duplicate_join":
        break;
      default:
        assertNever(reason);
    }
  }

  #sendClose(channel: RunningChannel): void {
    this.#sendEnd(channel, EVENT.close);
  }

  /** `phx_close` and `phx_error` carry the join_ref in `ref` too (wire.md 1.2). */
  #sendEnd({ topic, join_ref }: RunningChannel, event: typeof EVENT.close | typeof EVENT.error): void {
    this.#send({ join_ref, ref: join_ref, topic, event, payload: {} });
  }

  #replyUnmatched(frame: Frame): void {
    this.#reply(frame, null, "error", { reason: "unmatched topic" });
  }

  #reply({ ref, topic }: Frame, joinRef: string | null, status: string, response: Json): void {
    this.#send({ join_ref: joinRef, ref, topic, event: EVENT.reply, payload: { status, response } });
  }

  #send(frame: Frame): void {
    if (!this.#isClosed) this.#context.transport.send(this.#context.serializer.encode(frame));
  }
}
