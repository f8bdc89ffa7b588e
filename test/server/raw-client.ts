import { type ClientOptions, WebSocket } from "ws";

/** A client that speaks in frames alone: it never joins, answers or reconnects by itself. */
export type RawClient = {
  readonly send: (frame: string | readonly unknown[]) => void;
  readonly sendBytes: (bytes: Uint8Array) => void;
  /** The next frame's text that has not been taken yet. */
  readonly next: () => Promise<string>;
  /** The next frame's bytes; rejects where it is a text. */
  readonly nextBytes: () => Promise<Uint8Array>;
  /** The next frames, parsed. */
  readonly take: (count: number) => Promise<readonly unknown[]>;
  /** Frames that came and were not taken, after everything sent so far was handled. */
  readonly rest: () => Promise<readonly unknown[]>;
  /** The close code, when it comes. */
  readonly closed: Promise<number>;
  readonly close: () => void;
  /** What is beneath, for what no client does. */
  readonly webSocket: WebSocket;
};

export type RawOptions = ClientOptions & { readonly protocols?: readonly string[] };

const PATIENCE_MS = 20_000;

/** Connects to `url` (`ws://.../socket`) as V2, or with the query given. Rejects where the server refuses. */
export async function connectRaw(
  url: string,
  query = "?vsn=2.0.0",
  { protocols = [], ...options }: RawOptions = {},
): Promise<RawClient> {
  const socket = new WebSocket(`${url}/websocket${query}`, [...protocols], options);
  const frames: (string | Uint8Array)[] = [];
  const waiting: ((frame: string | Uint8Array) => void)[] = [];
  socket.on("message", (data: Buffer, isBinary: boolean) => {
    const frame = isBinary ? new Uint8Array(data) : data.toString();
    const taker = waiting.shift();
    if (taker === undefined) frames.push(frame);
    else taker(frame);
  });
  const closed = new Promise<number>((resolve) => socket.on("close", resolve));
  await new Promise((resolve, reject) => socket.once("open", resolve).once("error", reject));
  socket.on("error", () => {});

  function nextFrame(): Promise<string | Uint8Array> {
    const ready = frames.shift();
    if (ready !== undefined) return Promise.resolve(ready);
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => reject(new Error("No frame came.")), PATIENCE_MS);
      waiting.push((frame) => {
        clearTimeout(timer);
        resolve(frame);
      });
    });
  }

  async function next(): Promise<string> {
    const frame = await nextFrame();
    if (typeof frame === "string") return frame;
    throw new Error(`A binary frame of ${frame.length} bytes came instead of a text.`);
  }

  async function nextBytes(): Promise<Uint8Array> {
    const frame = await nextFrame();
    if (typeof frame !== "string") return frame;
    throw new Error(`The text ${frame} came instead of a binary frame.`);
  }

  async function take(count: number): Promise<readonly unknown[]> {
    const taken: unknown[] = [];
    while (taken.length < count) taken.push(JSON.parse(await next()));
    return taken;
  }

  const send = (frame: string | readonly unknown[]) =>
    socket.send(typeof frame === "string" ? frame : JSON.stringify(frame));

  async function rest(): Promise<readonly unknown[]> {
    // A heartbeat overtakes channels, whose mailboxes run between two messages of the connection. When the
    // first reply is here, they have run; the second reply comes after all they sent.
    const taken: unknown[] = [];
    for (const ref of ["rest 1", "rest 2"]) {
      send([null, ref, "phoenix", "heartbeat", {}]);
      for (let text = await next(); !text.startsWith(`[null,"${ref}",`); text = await next()) {
        taken.push(JSON.parse(text));
      }
    }
    return taken;
  }

  return {
    send,
    sendBytes: (bytes) => socket.send(bytes),
    next,
    nextBytes,
    take,
    rest,
    closed,
    close: () => socket.close(),
    webSocket: socket,
  };
}
