import { assertNever } from "../../../wire/assert-never";
import { Outbox } from "./outbox";
import type { PollTimers } from "./timers";

/** What a poll is answered with. `cut` is no answer: its request breaks off. */
export type PollOutcome =
  | { readonly kind: "messages"; readonly messages: readonly string[] }
  /** The window has passed, or a newer poll of the session has come. */
  | { readonly kind: "no_content" }
  | { readonly kind: "gone" }
  | { readonly kind: "failed" }
  | { readonly kind: "cut" };

/** Why a session ended. */
export type SessionEnd =
  | { readonly kind: "closed"; readonly code: number }
  | { readonly kind: "cut" | "expired" | "binary_push" }
  | { readonly kind: "too_many_bytes"; readonly bytes: number };

type SessionOptions = {
  readonly windowMs: number;
  readonly expiryMs: number;
  readonly maxBufferedBytes: number;
  readonly timers: PollTimers;
  /** Called once: nothing that is sent from now on is delivered. */
  readonly onEnd: (end: SessionEnd) => void;
  /** Called once, after `onEnd`: what was sent before is delivered too, or was given up. */
  readonly onForgotten: () => void;
};

type Poll = { readonly answer: (outcome: PollOutcome) => void; readonly endWindow: () => void };

/**
 * The server's half of one long-poll connection (wire.md 1.6): what was sent waits here for a poll, a poll waits
 * here for what is sent. At most one poll is open: a newer one sends the older one home. Every poll is answered once,
 * unless it was taken back, and the messages of all answers, in their order, are what was sent.
 */
export class Session {
  readonly #options: SessionOptions;
  readonly #outbox = new Outbox();
  #poll: Poll | null = null;
  #isEnded = false;
  #isForgotten = false;
  #stopExpiry: () => void;
  #stopFlush: (() => void) | null = null;

  constructor(options: SessionOptions) {
    this.#options = options;
    this.#stopExpiry = this.#startExpiry();
  }

  get isEnded(): boolean {
    return this.#isEnded;
  }

  send(frame: string | Uint8Array): void {
    if (this.#isEnded) return;
    this.#outbox.add(frame);
    const { bytes } = this.#outbox;
    if (bytes > this.#options.maxBufferedBytes) {
      this.#outbox.clear();
      this.#end({ kind: "too_many_bytes", bytes });
    } else if (this.#poll !== null) this.#stopFlush ??= this.#options.timers.soon(() => this.#flush());
  }

  /** Opens a poll. The undo takes it back where its client has gone: what is sent then waits for the next one. */
  poll(answer: (outcome: PollOutcome) => void): () => void {
    this.#settle({ kind: "no_content" });
    this.#stopExpiry();
    const endWindow = this.#options.timers.after(this.#options.windowMs, () => {
      if (this.#outbox.isEmpty) this.#settle({ kind: "no_content" });
      else this.#flush();
    });
    const poll = { answer, endWindow };
    this.#poll = poll;
    if (!this.#outbox.isEmpty || this.#isEnded) this.#flush();
    return () => {
      if (this.#poll === poll) this.#close();
    };
  }

  /** Ends the session. What was sent before still waits for one last poll, for as long as a session lives. */
  close(code: number): void {
    this.#end({ kind: "closed", code });
  }

  /** Ends the session as a broken network would: an open poll breaks off, and what was not delivered is lost. */
  cut(): void {
    this.#outbox.clear();
    this.#settle({ kind: "cut" });
    this.#end({ kind: "cut" });
    this.#forget();
  }

  #flush(): void {
    const outgoing = this.#poll === null ? null : this.#outbox.take();
    switch (outgoing?.kind) {
      case undefined:
        return;
      case "messages":
        this.#settle(outgoing);
        break;
      case "bytes":
        this.#outbox.clear();
        this.#settle({ kind: "failed" });
        this.#end({ kind: "binary_push" });
        break;
      case "nothing":
        if (this.#isEnded) this.#settle({ kind: "gone" });
        break;
      default:
        assertNever(outgoing);
    }
    if (this.#isEnded && this.#outbox.isEmpty) this.#forget();
  }

  #end(end: SessionEnd): void {
    if (this.#isEnded) return;
    this.#isEnded = true;
    this.#options.onEnd(end);
    if (this.#outbox.isEmpty && this.#poll === null) this.#forget();
    else this.#flush();
  }

  #forget(): void {
    if (this.#isForgotten) return;
    this.#isForgotten = true;
    this.#stopExpiry();
    this.#options.onForgotten();
  }

  #settle(outcome: PollOutcome): void {
    const poll = this.#poll;
    if (poll === null) return;
    this.#close();
    poll.answer(outcome);
  }

  /** No poll is open from here on: the session lives for as long as it takes the next one to come. */
  #close(): void {
    this.#poll?.endWindow();
    this.#poll = null;
    this.#stopFlush?.();
    this.#stopFlush = null;
    this.#stopExpiry();
    this.#stopExpiry = this.#startExpiry();
  }

  #startExpiry(): () => void {
    if (this.#isForgotten) return () => {};
    return this.#options.timers.after(this.#options.expiryMs, () => {
      this.#outbox.clear();
      this.#end({ kind: "expired" });
      this.#forget();
    });
  }
}
