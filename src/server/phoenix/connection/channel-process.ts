import { EVENT } from "../../../wire/protocol";
import type { Awaitable } from "../../awaitable";
import { callSafely } from "../../call-safely";
import { describeError } from "../../log";
import { createQueue } from "../../queue";
import type { Assigns } from "../assigns";
import type { Channel, ChannelAnswer, ChannelSocket, JoinAnswer } from "../channel";
import type { ChannelHandle, StopReason } from "../channel-handle";
import type { Message, OutgoingMessage } from "../message";
import type { Payload } from "../payload";
import { Broadcast } from "../pubsub";
import { type Callback, requireAnswer, requireJoinAnswer, stopReasonOf } from "./channel-callbacks";
import { createExit, type Exit } from "./channel-exit";
import type { ChannelContext, JoinOutcome, RunningChannel } from "./running-channel";

/** Makes the mailbox around the callbacks of `channel`, for one join of one client. */
export function startChannel<Own extends Assigns>(
  channel: Channel<Own>,
  context: ChannelContext,
): RunningChannel {
  return new ChannelProcess(channel, context);
}

class ChannelProcess<Own extends Assigns> implements RunningChannel {
  readonly topic: string;
  readonly joinRef: string | null;
  readonly handle: ChannelHandle;
  readonly #channel: Channel<Own>;
  readonly #context: ChannelContext;
  readonly #mailbox = createQueue();
  readonly #exit: Exit;
  #socket: ChannelSocket<Own> | null = null;
  #unsubscribe = () => {};
  #openGate = () => {};
  readonly #gate = new Promise<void>((resolve) => {
    this.#openGate = resolve;
  });

  constructor(channel: Channel<Own>, context: ChannelContext) {
    this.topic = context.topic;
    this.joinRef = context.joinRef;
    this.#channel = channel;
    this.#context = context;
    this.#exit = createExit((error) => this.#logFailure("Telling of the end of", error));
    this.handle = this.#createHandle();
  }

  open(): void {
    this.#openGate();
  }

  async join(payload: Payload): Promise<JoinOutcome> {
    const answered = this.#mailbox.run(async () =>
      requireJoinAnswer(await this.#channel.join(payload, this.#unjoinedSocket())),
    );
    // What `join` sends to itself waits behind this gate, so that nothing overtakes the join reply.
    void this.#mailbox.run(() => this.#gate);
    const answer = await this.#untilKilled(answered);
    const ended = this.#exit.reason();
    if (ended !== null) throw new Error(`It ended before its join did (${ended.kind}).`);
    if (answer.kind === "refused") {
      this.stop({ kind: "shutdown" });
      return { isJoined: false, response: answer.response };
    }
    this.#socket = { ...answer.socket, joined: true, ref: null };
    this.#subscribe();
    return { isJoined: true, response: answer.response };
  }

  async receive(message: Message): Promise<void> {
    if (message.event === EVENT.leave) await this.#enqueue(null, () => this.#leave(message.ref));
    else
      await this.#enqueue("handleIn", (socket) => this.#handleIn(message, { ...socket, ref: message.ref }));
  }

  info(message: unknown): Promise<void> {
    return this.#enqueue("handleInfo", (socket) => this.#channel.handleInfo?.(message, socket));
  }

  stop(reason: StopReason): void {
    if (!this.#exit.begin(reason)) return;
    this.#unsubscribe();
    if (this.#socket !== null) {
      const socket = this.#socket;
      callSafely(
        () => this.#channel.terminate?.(reason, socket),
        (error) => this.#logFailure("Terminating", error),
      );
      this.#context.exited(this, reason);
    }
    this.#exit.tell();
  }

  #logFailure(doing: string, error: unknown): void {
    this.#context.log(`${doing} the channel "${this.topic}" failed: ${describeError(error)}`);
  }

  #createHandle(): ChannelHandle {
    const { topic, joinRef } = this;
    const { pubsub } = this.#context.socket;
    return {
      push: (event, payload) => this.#send({ kind: "push", joinRef, ref: null, topic, event, payload }),
      reply: (ref, status, response) => this.#send({ kind: "reply", joinRef, ref, topic, status, response }),
      broadcast: (event, payload) => {
        if (this.#maySend(event)) pubsub.broadcast({ topic, event, payload });
      },
      broadcastFrom: (event, payload) => {
        if (this.#maySend(event)) pubsub.broadcast({ topic, event, payload, from: this });
      },
      send: (message) => void this.info(message),
      crash: (error) => this.stop({ kind: "killed", error }),
      onExit: (listener) => this.#exit.listen(listener),
    };
  }

  /** A join that hangs must not outlive its channel: whoever crashes that gets the join answered. */
  async #untilKilled(answered: Promise<JoinAnswer<Own>>): Promise<JoinAnswer<Own>> {
    let undo = () => {};
    const killed = new Promise<never>((_resolve, reject) => {
      undo = this.#exit.listen((reason) => reject("error" in reason ? reason.error : new Error(reason.kind)));
    });
    try {
      return await Promise.race([answered, killed]);
    } catch (error) {
      this.stop({ kind: "crash", error });
      throw error;
    } finally {
      undo();
    }
  }

  #unjoinedSocket(): ChannelSocket {
    const { socket, topic, joinRef, ref } = this.#context;
    return { ...socket, topic, joined: false, joinRef, ref, channel: this.handle };
  }

  #subscribe(): void {
    const intercepted = new Set(this.#channel.intercept);
    this.#unsubscribe = this.#context.socket.pubsub.subscribe(this.topic, (message) => {
      if (!(message instanceof Broadcast)) return this.handle.send(message);
      if (message.from === this) return;
      if (intercepted.has(message.event)) this.#intercept(message);
      else this.#context.fastlane(message);
    });
  }

  #intercept({ event, payload }: Broadcast): void {
    void this.#enqueue("handleOut", (socket) => this.#channel.handleOut?.(event, payload, socket));
  }

  /** Runs a job in its turn; the answer of a callback, where the channel has it, is what becomes of the socket. */
  async #enqueue(
    callback: Callback | null,
    job: (socket: ChannelSocket<Own>) => Awaitable<ChannelAnswer<Own> | undefined>,
  ): Promise<void> {
    try {
      await this.#mailbox.run(async () => {
        if (this.#exit.reason() !== null || this.#socket === null) return;
        const answer = await job(this.#socket);
        const isAnswer = callback !== null && this.#channel[callback] !== undefined;
        if (isAnswer) this.#settle(requireAnswer(callback, answer));
      });
    } catch (error) {
      this.stop({ kind: "crash", error });
    }
  }

  #handleIn(message: Message, socket: ChannelSocket<Own>): Awaitable<ChannelAnswer<Own>> {
    if (this.#channel.handleIn === undefined) {
      throw new Error(
        `The channel on "${this.topic}" handles no events, but a client pushed "${message.event}".`,
      );
    }
    return this.#channel.handleIn(message.event, message.payload, socket);
  }

  #settle(answer: ChannelAnswer<Own>): void {
    const { ref } = answer.socket;
    const reply = answer.kind === "noreply" ? undefined : answer.reply;
    if (reply !== undefined) this.handle.reply(ref, reply.status, reply.response);
    this.#socket = { ...answer.socket, ref: null };
    if (answer.kind === "stop") this.stop(stopReasonOf(answer));
  }

  #leave(ref: string | null): undefined {
    this.handle.reply(ref, "ok", {});
    this.stop({ kind: "left" });
  }

  #send(message: OutgoingMessage): void {
    const what = message.kind === "reply" ? "A reply" : `"${message.event}"`;
    if (this.#maySend(what)) this.#context.send(message);
  }

  /** The client may have gone, or joined anew, while a callback ran. */
  #maySend(what: string): boolean {
    if (this.#exit.reason() !== null) return false;
    if (this.#socket !== null) return true;
    throw new Error(`${what} was sent on "${this.topic}" before it is joined. Use "send" to do it later.`);
  }
}
