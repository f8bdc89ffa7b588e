import type { Channel, Socket } from "phoenix";
import { fieldIn, type Json, type JsonObject } from "../wire/json";
import { EVENT } from "../wire/protocol";
import { joinWhenFree, leaveChannel } from "./departure";
import { type PushOutcome, pushTo } from "./push";

/** What became of a push over a channel that may break. */
export type SharedOutcome =
  | PushOutcome
  /**
   * The channel broke before the reply. `crashed` where the server says that it crashed and this was the oldest push
   * without a reply: it takes one push after the other, so that this one is the likely cause.
   */
  | { readonly kind: "lost"; readonly crashed: boolean };

/** What the users of a shared connection hear from it. */
export type ConnectionUser = {
  /** It can be pushed to, for the first time or again. */
  readonly onJoined: () => void;
  readonly onJoinFailed: (outcome: Exclude<PushOutcome, { kind: "ok" }>) => void;
  /** It broke, and with it all that was mounted on it; phoenix.js joins again. Pushes have been settled by now. */
  readonly onLost: () => void;
  /** The server ended it, and phoenix.js does not join again. */
  readonly onClosed: () => void;
  readonly onPatch: (payload: Json) => void;
  /** Whether it has mounted a root by this id, or may be doing so. */
  readonly holds: (root_id: string) => boolean;
};

type Settle = (outcome: SharedOutcome) => void;

/** The connection channel that the roots of one socket share (wire.md 4): joined by its first user, left by its last. */
export class SharedConnection {
  readonly #socket: Socket;
  readonly #users = new Set<ConnectionUser>();
  /** Without a reply yet, the oldest first. */
  readonly #pending = new Set<Settle>();
  readonly #busyIds = new Map<string, Promise<void>>();
  readonly #onEnd: () => void;
  readonly #waitNoMore: () => void;
  /** Null until its topic is free. */
  #channel: Channel | null = null;
  #isJoined = false;
  #isOver = false;

  /** @param onEnd told once, when this one is of no use any more */
  constructor(socket: Socket, topic: string, joinParams: JsonObject, onEnd: () => void) {
    this.#socket = socket;
    this.#onEnd = onEnd;
    this.#waitNoMore = joinWhenFree(socket, topic, () => {
      this.#channel = this.#join(socket.channel(topic, joinParams));
    });
  }

  get isJoined(): boolean {
    return this.#isJoined;
  }

  attach(user: ConnectionUser): void {
    this.#users.add(user);
  }

  /** The last one to go leaves the channel. */
  detach(user: ConnectionUser): void {
    this.#users.delete(user);
    if (this.#users.size > 0 || this.#isOver) return;
    this.#end();
    this.#waitNoMore();
    if (this.#channel !== null) void leaveChannel(this.#socket, this.#channel);
  }

  /** Pushes, and settles once. Only while joined: phoenix.js would keep it and send it after the next join. */
  push(event: string, payload: JsonObject, settle: (outcome: SharedOutcome) => void): void {
    const channel = this.#channel;
    if (!this.#isJoined || channel === null)
      throw new Error(`${event} was pushed to a connection that is not joined.`);
    const settleOnce = (outcome: SharedOutcome) => {
      if (this.#pending.delete(settleOnce)) settle(outcome);
    };
    this.#pending.add(settleOnce);
    pushTo(channel, event, payload, settleOnce);
  }

  /** Whether a user has mounted a root by this id, or may be doing so. */
  isHeld(root_id: string): boolean {
    return [...this.#users].some((user) => user.holds(root_id));
  }

  /** Resolves when the server holds nothing any more of an earlier mount by this id; undefined where it does not. */
  busyWith(id: string): Promise<void> | undefined {
    return this.#busyIds.get(id);
  }

  /** Makes `busyWith(id)` wait for `work` too. */
  keepBusy(id: string, work: Promise<void>): void {
    const all = Promise.all([this.#busyIds.get(id), work]).then(() => {
      if (this.#busyIds.get(id) === all) this.#busyIds.delete(id);
    });
    this.#busyIds.set(id, all);
  }

  #join(channel: Channel): Channel {
    channel.on(EVENT.patch, (payload: Json) => this.#tell((user) => user.onPatch(payload)));
    channel.onError((reason: Json | undefined) => this.#lose(this.#hasCrashed(reason)));
    channel.onClose(() => this.#close());
    channel
      .join()
      .receive("ok", () => {
        this.#isJoined = true;
        this.#tell((user) => user.onJoined());
      })
      .receive("error", (response: Json) => {
        this.#tell((user) => user.onJoinFailed({ kind: "error", response }));
      })
      .receive("timeout", () => this.#tell((user) => user.onJoinFailed({ kind: "timeout" })));
    return channel;
  }

  /**
   * phoenix.js makes up errors of its own for a transport that broke. Newer ones say so; with older ones the transport
   * is not open then.
   */
  #hasCrashed(reason: Json | undefined): boolean {
    return this.#socket.isConnected() && fieldIn(reason, "source") !== "transport";
  }

  #lose(crashed: boolean): void {
    this.#settleAll(crashed);
    this.#tell((user) => user.onLost());
  }

  #settleAll(crashed: boolean): void {
    this.#isJoined = false;
    const [oldest, ...others] = this.#pending;
    oldest?.({ kind: "lost", crashed });
    for (const settle of others) settle({ kind: "lost", crashed: false });
  }

  #close(): void {
    if (this.#isOver) return;
    this.#end();
    this.#tell((user) => user.onClosed());
  }

  #end(): void {
    this.#isOver = true;
    this.#settleAll(false);
    this.#onEnd();
  }

  #tell(news: (user: ConnectionUser) => void): void {
    // Who is told may leave, and take others along.
    for (const user of [...this.#users]) if (this.#users.has(user)) news(user);
  }
}
