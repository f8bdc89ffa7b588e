import type { Awaitable } from "../../../../src/server/awaitable";
import { clearEffects, effectsOf } from "../../../../src/server/musubi/effect";
import {
  type ChunkAnswer,
  UPLOADS,
  type UploadAnswer,
  type UploadHub,
  type UploadSink,
} from "../../../../src/server/musubi/page/upload-hub";
import { createSocket, type MusubiSocket, type StoreId } from "../../../../src/server/musubi/socket";
import { putPrivate } from "../../../../src/server/musubi/socket-context";
import { createUploadHub } from "../../../../src/server/musubi/uploads/upload-hub";
import { configureUpload, type UploadOptions } from "../../../../src/server/musubi/uploads/upload-options";
import type { Assigns } from "../../../../src/server/phoenix/assigns";
import type { EndpointHandle } from "../../../../src/server/phoenix/endpoint-handle";
import { createPubSub } from "../../../../src/server/phoenix/pubsub";
import { createQueue } from "../../../../src/server/queue";
import { isJsonObject, type Json, type JsonObject } from "../../../../src/wire/json";
import { createManualTimers, type ManualTimers } from "./manual-timers";

export type DeclaredUploads = { readonly [name: string]: UploadOptions };

/** A page of stores that have uploads and nothing else: the least that a hub can run on. */
export class FakePage {
  readonly timers: ManualTimers = createManualTimers();
  /** Milliseconds since 1970, of the endpoint. */
  epoch = 1_000_000;
  readonly hub: UploadHub;
  /** The `upload_ops` of every envelope. */
  readonly envelopes: (readonly JsonObject[])[] = [];
  /** What jobs threw. */
  readonly crashes: unknown[] = [];
  readonly endpoint: EndpointHandle;
  readonly #sockets = new Map<string, MusubiSocket<Assigns>>();
  readonly #queue = createQueue();
  #hasEnded = false;

  constructor(
    uploads: DeclaredUploads,
    {
      hasEndpoint = true,
      firstByte = 0,
    }: { readonly hasEndpoint?: boolean; readonly firstByte?: number } = {},
  ) {
    this.endpoint = fakeEndpoint(() => this.epoch);
    this.hub = createUploadHub(
      {
        enqueue: (job) => this.run(job),
        changed: () => this.#flush(),
        socketOf: (storeId) => this.#sockets.get(JSON.stringify(storeId)) ?? null,
        commit: (storeId, socket) => this.#commit(storeId, socket),
        endpoint: hasEndpoint ? this.endpoint : null,
        timers: this.timers,
      },
      countingBytes(firstByte),
    );
    this.start([], uploads);
    this.#flush();
  }

  start(storeId: StoreId, uploads: DeclaredUploads): void {
    const configs = Object.entries(uploads).map(
      ([name, options]) => [name, configureUpload("Test.Store", name, options)] as const,
    );
    const registered = this.hub.registerStore(storeId, new Map(configs));
    const socket = putPrivate(createSocket("Test.Store", storeId, {}), UPLOADS, registered);
    this.#sockets.set(JSON.stringify(storeId), socket);
  }

  discard(storeId: StoreId): void {
    this.hub.discardStore(storeId, this.socket(storeId));
    this.#sockets.delete(JSON.stringify(storeId));
  }

  socket(storeId: StoreId = []): MusubiSocket<Assigns> {
    const socket = this.#sockets.get(JSON.stringify(storeId));
    if (socket === undefined) throw new Error(`The fake page has no store ${JSON.stringify(storeId)}.`);
    return socket;
  }

  /** Runs a job as the page does: one after another, and what has changed is sent. */
  run<Value>(job: () => Awaitable<Value>): Promise<Value> {
    return new Promise((resolve, reject) => {
      void this.#queue.run(async () => {
        if (this.#hasEnded) return;
        try {
          const value = await job();
          this.#flush();
          resolve(value);
        } catch (error) {
          this.crashes.push(error);
          reject(error);
        }
      });
    });
  }

  /** What a command's handler would do. */
  command(
    handle: (socket: MusubiSocket<Assigns>) => Awaitable<MusubiSocket<Assigns>>,
    storeId: StoreId = [],
  ): Promise<void> {
    return this.run(async () => this.#commit(storeId, await handle(this.socket(storeId))));
  }

  push(event: "allow" | "cancel" | "progress" | "error", message: JsonObject): Promise<UploadAnswer> {
    return this.run(() => this.hub[event](message));
  }

  /** Preflights files for `avatar` and gives the entries of the reply, in order. */
  async allow(files: readonly Json[], name = "avatar"): Promise<readonly AllowedEntry[]> {
    const answer = await this.push("allow", { name, entries: files });
    const entries = answer.kind === "reply" ? answer.response.entries : undefined;
    if (!isJsonObject(entries)) throw new Error("The preflight was refused.");
    return Object.values(entries).map(readEntry);
  }

  join({ ref, token }: AllowedEntry): Promise<FakeChannel> {
    return FakeChannel.join(this.hub, ref, token);
  }

  stop(): void {
    this.#hasEnded = true;
    this.hub.stop();
  }

  /** All that the queue holds has been done. */
  async settled(): Promise<void> {
    await this.#queue.run(() => undefined);
  }

  #commit(storeId: StoreId, socket: MusubiSocket<Assigns>): void {
    if (!this.#sockets.has(JSON.stringify(storeId))) return;
    this.#sockets.set(JSON.stringify(storeId), clearEffects(socket));
    for (const effect of effectsOf(socket)) if (effect.kind === "upload") effect.run();
  }

  #flush(): void {
    const ops = this.hub.takeOps();
    if (ops.length > 0) this.envelopes.push(ops);
  }
}

export type AllowedEntry = { readonly ref: string; readonly token: string };

/** An entry's channel without Phoenix: it keeps what the upload does to it. */
export class FakeChannel {
  state: "joined" | "closed" | "killed" = "joined";
  readonly sink: UploadSink;

  private constructor(sink: UploadSink) {
    this.sink = sink;
  }

  static async join(hub: UploadHub, ref: string, token: string): Promise<FakeChannel> {
    const control = {
      close: () => end("closed"),
      kill: () => end("killed"),
    };
    const joined = await hub.join(ref, { token }, control);
    if (!joined.ok) throw new Error(joined.failure);
    const channel = new FakeChannel(joined.value);
    const end = (state: "closed" | "killed") => {
      if (channel.state === "joined") channel.state = state;
    };
    return channel;
  }

  async chunk(payload: Uint8Array | string | number): Promise<ChunkAnswer> {
    const bytes = typeof payload === "number" ? new Uint8Array(payload).fill(7) : payload;
    const answer = await this.sink.chunk(bytes);
    if (answer.isLast) this.leave();
    return answer;
  }

  /** The client leaves, or the channel stops by itself: the upload is told the same. */
  leave(): void {
    if (this.state === "joined") this.state = "closed";
    this.sink.closed();
  }
}

function readEntry(entry: Json): AllowedEntry {
  if (!isJsonObject(entry) || typeof entry.entry_ref !== "string") throw new Error("No entry.");
  return { ref: entry.entry_ref, token: typeof entry.token === "string" ? entry.token : "" };
}

function fakeEndpoint(now: () => number): EndpointHandle {
  return {
    pubsub: createPubSub(),
    log: () => {},
    secret: "a secret of the tests",
    now,
    broadcast: () => {},
    subscribe: () => () => {},
  };
}

/** Bytes that are different each time, and the same in each run. */
function countingBytes(first: number): (count: number) => Uint8Array {
  let next = first;
  return (count) => {
    next += 1;
    return Uint8Array.from({ length: count }, (_, index) => (index === 0 ? next : next >> (8 * index)));
  };
}

export function png(clientRef: string, size: number, name = `${clientRef}.png`): JsonObject {
  return { client_ref: clientRef, name, size, type: "image/png" };
}
