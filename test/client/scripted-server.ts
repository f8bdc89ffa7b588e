import type { Socket } from "phoenix";
import { type RawData, type WebSocket, WebSocketServer } from "ws";
import { decodeFrame } from "../../src/wire/codec";
import { decodeBinaryFrame } from "../../src/wire/codec-binary";
import type { Frame } from "../../src/wire/frame";
import type { Json } from "../../src/wire/json";

/** A frame that the client sent; `data` holds the bytes of a binary one, whose payload is null. */
export type Received = Frame & { readonly data: Uint8Array | null };

/**
 * A server that says only what the test has it say. It answers heartbeats by itself, and nothing else.
 */
export type ScriptedServer = {
  readonly url: string;
  /** Takes the client's next frame, which has to be this event; on `topic`, where one is given. */
  readonly next: (event: string, topic?: string) => Promise<Received>;
  /** Frames that nobody has taken, after everything that the client has sent by now was received. */
  readonly rest: (socket: Socket) => Promise<readonly string[]>;
  readonly reply: (to: Received, status: string, response: Json) => void;
  /** As the push of a channel that `to` joined or came over. */
  readonly push: (to: Received, event: string, payload: Json) => void;
  /** Ends a channel: `phx_error` or `phx_close`. */
  readonly end: (to: Received, event: "phx_error" | "phx_close") => void;
  /** Cuts the newest transport. */
  readonly drop: () => void;
  readonly close: () => Promise<void>;
};

const PATIENCE_MS = 2_000;

export async function startScriptedServer(): Promise<ScriptedServer> {
  const server = new WebSocketServer({ host: "127.0.0.1", port: 0 });
  await new Promise((resolve) => server.once("listening", resolve));
  const inbox: Received[] = [];
  const waiting: (() => void)[] = [];
  let newest: WebSocket | undefined;
  const send = (frame: readonly unknown[]) => newest?.send(JSON.stringify(frame));

  server.on("connection", (transport) => {
    newest = transport;
    transport.on("message", (data: RawData, isBinary: boolean) => {
      const frame = readFrame(data, isBinary);
      if (frame.topic === "phoenix") {
        transport.send(JSON.stringify([null, frame.ref, "phoenix", "phx_reply", OK]));
        return;
      }
      inbox.push(frame);
      waiting.shift()?.();
    });
  });

  async function next(event: string, topic?: string): Promise<Received> {
    if (inbox.length === 0) await arrival(waiting, event);
    const frame = inbox.shift();
    if (frame?.event === event && (topic === undefined || frame.topic === topic)) return frame;
    throw new Error(`Instead of ${event} ${topic ?? ""} came ${JSON.stringify(frame)}.`);
  }

  async function rest(socket: Socket): Promise<readonly string[]> {
    // The client's frames arrive in order: what it sent before the ping is here with its answer.
    await new Promise((resolve) => socket.ping(resolve));
    return inbox.splice(0).map(({ event, topic }) => `${event} ${topic}`);
  }

  return {
    url: `ws://127.0.0.1:${portOf(server)}/socket`,
    next,
    rest,
    reply: ({ join_ref, ref, topic }, status, response) =>
      send([join_ref, ref, topic, "phx_reply", { status, response }]),
    push: ({ join_ref, topic }, event, payload) => send([join_ref, null, topic, event, payload]),
    end: ({ join_ref, topic }, event) => send([join_ref, join_ref, topic, event, {}]),
    drop: () => newest?.terminate(),
    close: () => {
      for (const transport of server.clients) transport.terminate();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

const OK = { status: "ok", response: {} };

function arrival(waiting: (() => void)[], event: string): Promise<void> {
  return new Promise((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error(`The client sent no ${event}.`)), PATIENCE_MS);
    waiting.push(() => {
      clearTimeout(timer);
      resolve();
    });
  });
}

function readFrame(data: RawData, isBinary: boolean): Received {
  if (!Buffer.isBuffer(data)) throw new Error("A frame came in pieces.");
  if (isBinary) {
    const read = decodeBinaryFrame(data, "out");
    if (!read.ok) throw new Error(`The client sent a bad binary frame: ${read.failure.reason}.`);
    return { ...read.value.frame, data: read.value.data };
  }
  const read = decodeFrame(data.toString(), "out");
  if (!read.ok) throw new Error(`The client sent a bad frame: ${data.toString()}`);
  return { ...read.value, data: null };
}

function portOf(server: WebSocketServer): number {
  const address = server.address();
  if (typeof address === "object" && address !== null) return address.port;
  throw new Error("The scripted server has no port.");
}
