import type { Frame } from "../../wire/frame";
import type { Json } from "../../wire/json";
import { EVENT } from "../../wire/protocol";
import { describeError, type Log } from "../log";
import { createQueue } from "../queue";
import type { Assigns, Channel, ChannelAnswer, ChannelHandle, ChannelSocket, StopReason } from "./channel";
import type { PubSub } from "./pubsub";
import type { Transport } from "./transport";

/** A channel of one client, whatever its own state is made of: what a socket has in its table. */
export type RunningChannel = {
  readonly topic: string;
  readonly join_ref: string | null;
  readonly join: (payload: Json) => Promise<JoinOutcome>;
  /** Lets the mailbox run: the join reply is out. */
  readonly open: () => void;
  readonly receive: (frame: Frame) => void;
  readonly stop: (reason: StopReason) => void;
};

export type JoinOutcome = { readonly isJoined: boolean; readonly response: Json };

export type ChannelContext = {
  readonly topic: string;
  readonly join_ref: string | null;
  readonly assigns: Assigns;
  readonly transport: Transport;
  readonly pubsub: PubSub;
  readonly deliver: (frame: Frame) => void;
  readonly log: Log;
  /** Called once, when a joined channel has ended. */
  readonly exited: (channel: RunningChannel, reason: StopReason) => void;
};

/** Makes the mailbox around the callbacks of `channel`, for one join of one client. */
export function startChannel<Own extends Assigns>(
  channel: Channel<Own>,
  context: ChannelContext,
): RunningChannel {
  return new ChannelProcess(channel, context);
}

class ChannelProcess<Own extends Assigns> implements RunningChannel {
  readonly topic: string;
  readonly join_ref: string | null;
  readonly #channel: Channel<Own>;
  readonly #context: ChannelContext;
  readonly #mailbox = createQueue();
  readonly #handle: ChannelHandle;
  #socket: ChannelSocket<Own> | null = null;
  #isStopped = false;
  #unsubscribe = () => {};
  #openGate = () => {};
  readonly #gate = new Promise<void>((resolve) => {
    this.#openGate = resolve;
  });

  constructor(channel: Channel<Own>, context: ChannelContext) {
    this.topic = context.topic;
    this.join_ref = context.join_ref;
    this.#channel = channel;
    this.#context = context;
    this.#handle = {
      push: (event, payload) => this.#deliver(null, event, payload),
      reply: (ref, status, response) => this.#deliver(ref, EVENT.reply, { status, response }),
      broadcast: (event, payload) => context.pubsub.broadcast({ topic: this.topic, event, payload }),
      send: (message) => this.#enqueue((socket) => this.#channel.handleInfo?.(message, socket)),
    };
  }

  open(): void {
    this.#openGate();
  }

  async join(payload: Json): Promise<JoinOutcome> {
    const answer = this.#mailbox.run(() => this.#channel.join(payload, this.#unjoinedSocket()));
    // What `join` sends to itself waits behind this gate, so that nothing overtakes the join reply.
    void this.#mailbox.run(() => this.#gate);
    const outcome = await answer;
    if (outcome.kind === "refused" || this.#isStopped) {
      this.#isStopped = true;
      return { isJoined: false, response: outcome.kind === "refused" ? outcome.response : {} };
    }
    this.#socket = { ...outcome.socket, joined: true };
    this.#subscribe();
    return { isJoined: true, response: outcome.response };
  }

  receive(frame: Frame): void {
    if (frame.event === EVENT.leave) this.#enqueue(() => this.#leave(frame.ref));
    else this.#enqueue((socket) => this.#handleIn(frame, { ...socket, ref: frame.ref }));
  }

  stop(reason: StopReason): void {
    if (this.#isStopped) return;
    this.#isStopped = true;
    this.#unsubscribe();
    if (this.#socket === null) return;
    try {
      this.#channel.terminate?.(reason, this.#socket);
    } catch (error) {
      this.#context.log(`Terminating the channel "${this.topic}" failed: ${describeError(error)}`);
    }
    this.#context.exited(this, reason);
  }

  #unjoinedSocket(): ChannelSocket {
    const { assigns, topic, join_ref, transport } = this.#context;
    return { assigns, topic, joined: false, join_ref, ref: null, transport, channel: this.#handle };
  }

  #subscribe(): void {
    this.#unsubscribe = this.#context.pubsub.subscribe(this.topic, ({ topic, event, payload }) =>
      this.#context.deliver({ join_ref: null, ref: null, topic, event, payload }),
    );
  }

  #enqueue(
    job: (
      socket: ChannelSocket<Own>,
    ) => ChannelAnswer<Own> | undefined | Promise<ChannelAnswer<Own> | undefined>,
  ): void {
    const handled = this.#mailbox.run(async () => {
      if (this.#isStopped || this.#socket === null) return;
      const answer = await job(this.#socket);
      if (answer !== undefined) this.#settle(answer);
    });
    handled.catch((error: unknown) => this.stop({ kind: "crash", error }));
  }

  #handleIn(frame: Frame, socket: ChannelSocket<Own>): ChannelAnswer<Own> | Promise<ChannelAnswer<Own>> {
    if (this.#channel.handleIn === undefined) {
      throw new Error(
        `The channel on "${this.topic}" handles no events, but a client pushed "${frame.event}".`,
      );
    }
    return this.#channel.handleIn(frame.event, frame.payload, socket);
  }

  #settle(answer: ChannelAnswer<Own>): void {
    const { ref } = answer.socket;
    const reply = answer.kind === "noreply" ? undefined : answer.reply;
    if (reply !== undefined) this.#handle.reply(ref, reply.status, reply.response);
    this.#socket = { ...answer.socket, ref: null };
    if (answer.kind === "stop") this.stop({ kind: "normal" });
  }

  #leave(ref: string | null): undefined {
    this.#handle.reply(ref, "ok", {});
    this.stop({ kind: "left" });
  }

  #deliver(ref: string | null, event: string, payload: Json): void {
    // The client may have gone, or joined anew, while a callback ran.
    if (this.#isStopped) return;
    if (this.#socket === null)
      throw new Error(`"${event}" was pushed on "${this.topic}" before it is joined.`);
    this.#context.deliver({ join_ref: this.join_ref, ref, topic: this.topic, event, payload });
  }
}
