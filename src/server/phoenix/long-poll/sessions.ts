import { randomBytes } from "node:crypto";
import { assertNever } from "../../../wire/assert-never";
import { signToken, verifyToken } from "../signed-token";
import { CLOSE_CODE, type Transport } from "../transport";
import type { ClientLink, TransportHost } from "../transport-kind";
import { Gate } from "./gate";
import type { LongPollOptions } from "./options";
import { Session, type SessionEnd } from "./session";

/** A session and the connection it carries. */
export type LiveSession = {
  readonly session: Session;
  readonly link: ClientLink;
  readonly gate: Gate;
  /** Resolves when the session has ended. */
  readonly ended: Promise<void>;
  /** How many posts are being read or handled. */
  openPosts: number;
};

const TOKEN_PURPOSE = "phoenix long poll";
/** As long as Phoenix's (wire.md 1.6). */
const TOKEN_MAX_AGE_MS = 14 * 24 * 60 * 60 * 1000;
const ID_BYTES = 16;

/** The sessions of one mounted long poll, each found by the token that names it. */
export class Sessions {
  readonly #host: TransportHost;
  readonly #options: Required<LongPollOptions>;
  readonly #live = new Map<string, LiveSession>();
  readonly #idleWaiters = new Set<() => void>();

  constructor(host: TransportHost, options: Required<LongPollOptions>) {
    this.#host = host;
    this.#options = options;
  }

  get size(): number {
    return this.#live.size;
  }

  /** Starts a session with the connection that `openLink` makes for its transport; gives its token. */
  open(name: string, openLink: (transport: Transport) => ClientLink): string {
    const id = randomBytes(ID_BYTES).toString("base64url");
    const gate = new Gate();
    let link: ClientLink | null = null;
    let tellEnded = () => {};
    const ended = new Promise<void>((resolve) => {
      tellEnded = resolve;
    });
    const session = new Session({
      ...this.#options,
      onEnd: (end) => {
        tellEnded();
        if (link !== null) finish(link, end);
      },
      onForgotten: () => this.#forget(id),
    });
    link = openLink({
      name,
      send: (data) => session.send(data),
      close: (code) => session.close(code),
      cut: () => session.cut(),
      pause: () => gate.shut(),
      resume: () => gate.open(),
    });
    // The connection may have ended itself before it was known here.
    if (session.isEnded) link.closed();
    else this.#live.set(id, { session, link, gate, ended, openPosts: 0 });
    const { secret, now } = this.#host.endpoint;
    return signToken(secret, TOKEN_PURPOSE, id, now());
  }

  /** Null where the token is none of ours, is too old, or its session is no more. */
  find(token: string | null): LiveSession | null {
    return this.#live.get(this.#verify(token) ?? "") ?? null;
  }

  /** Whether the token was given out here, and not too long ago. */
  isToken(token: string | null): token is string {
    return this.#verify(token) !== null;
  }

  /** Ends all sessions. Clients with something to fetch have `drainMs` for it, then it is lost. */
  async drain(): Promise<void> {
    for (const { session } of [...this.#live.values()]) session.close(CLOSE_CODE.restart);
    if (this.#live.size === 0) return;
    await new Promise<void>((resolve) => {
      const stopWaiting = this.#options.timers.after(this.#options.drainMs, resolve);
      this.#idleWaiters.add(() => {
        stopWaiting();
        resolve();
      });
    });
    for (const { session } of [...this.#live.values()]) session.cut();
  }

  /** The id of the session that the token names. */
  #verify(token: string | null): string | null {
    if (token === null) return null;
    const { secret, now } = this.#host.endpoint;
    const verified = verifyToken(secret, TOKEN_PURPOSE, token, { maxAgeMs: TOKEN_MAX_AGE_MS, now: now() });
    return verified.ok && typeof verified.value === "string" ? verified.value : null;
  }

  #forget(id: string): void {
    this.#live.delete(id);
    if (this.#live.size > 0) return;
    for (const wake of this.#idleWaiters) wake();
    this.#idleWaiters.clear();
  }
}

function finish(link: ClientLink, end: SessionEnd): void {
  switch (end.kind) {
    case "closed":
    case "cut":
    case "expired":
      break;
    case "binary_push":
      link.log("A binary frame has no form on long poll, but a channel sent one. The session ends.");
      break;
    case "too_many_bytes":
      link.log(`A long-poll client lets ${end.bytes} bytes wait for it. The session ends.`);
      break;
    default:
      assertNever(end);
  }
  link.closed();
}
