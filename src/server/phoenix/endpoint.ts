import type { IncomingMessage, Server } from "node:http";
import type { Duplex } from "node:stream";
import { type WebSocket, WebSocketServer } from "ws";
import { describeError, type Log } from "../log";
import { Connection } from "./connection";
import { createPubSub, type PubSub } from "./pubsub";
import { parseQuery } from "./query";
import { findSerializer, type SerializerEntry } from "./serializer";
import type { ConnectAnswer, SocketDefinition } from "./socket";
import { CLOSE_CODE } from "./transport";
import { v2Json } from "./v2-json";
import { connectWebSocket, webSocketTransport } from "./websocket";

/** A socket and where it is: `/socket` is served at `/socket/websocket`. */
export type MountedSocket = { readonly path: string; readonly socket: SocketDefinition };

/** Sockets that any number of HTTP servers can carry; they share one publish and subscribe. */
export type Endpoint = {
  /** Answers the upgrade requests of `server` that name one of the sockets. */
  readonly attach: (server: Server) => void;
  /** Closes every connection with 1012, waits for the clients to agree, then cuts those that don't. */
  readonly drain: () => Promise<void>;
};

export type EndpointOptions = {
  readonly sockets: readonly MountedSocket[];
  readonly log: Log;
  readonly pubsub?: PubSub;
};

/** A longer message closes the connection with 1009. */
const MAX_FRAME_BYTES = 8_000_000;
/** How long a client may take to answer a close while draining. */
const DRAIN_MS = 2_000;

const SERIALIZERS: readonly SerializerEntry[] = [{ requirement: /^2\.0\.\d+$/, serializer: v2Json }];

type RefusalStatus = 403 | 404 | 500;

const STATUS_TEXT = { 403: "Forbidden", 404: "Not Found", 500: "Internal Server Error" } as const;

export function createEndpoint({ sockets, log, pubsub = createPubSub() }: EndpointOptions): Endpoint {
  const webSockets = new WebSocketServer({
    noServer: true,
    maxPayload: MAX_FRAME_BYTES,
    // Without an auth token of its own the real server selects no subprotocol (wire.md 1.5).
    handleProtocols: () => false,
  });

  async function upgrade(server: Server, request: IncomingMessage, stream: Duplex, head: Buffer) {
    // A client that goes away while `connect` runs must not end the process.
    stream.on("error", () => {});
    const uri = request.url ?? "/";
    const [path = "", query = ""] = splitOnce(uri, "?");
    const mounted = sockets.find((candidate) => `${candidate.path}/websocket` === path);
    if (mounted === undefined) {
      // Another listener on the same server may know the path.
      if (server.listenerCount("upgrade") === 1) refuse(stream, 404);
      return;
    }
    const params = parseQuery(query);
    const serializer = findSerializer(SERIALIZERS, params.vsn);
    if (serializer === null) return refuse(stream, 403);
    const info = { uri, headers: request.headers, peer: request.socket.remoteAddress ?? null };
    const answer = (await mounted.socket.connect?.(params, info)) ?? everyone;
    if (answer.kind === "refused") return refuse(stream, 403);
    webSockets.handleUpgrade(request, stream, head, (webSocket) => {
      const { assigns } = answer;
      const transport = webSocketTransport(webSocket);
      const { routes } = mounted.socket;
      connectWebSocket(webSocket, new Connection({ routes, assigns, transport, serializer, pubsub, log }));
    });
  }

  return {
    attach: (server) => {
      server.on("upgrade", (request, stream, head) => {
        upgrade(server, request, stream, head).catch((error: unknown) => {
          log(`Connecting a client failed: ${describeError(error)}`);
          refuse(stream, 500);
        });
      });
    },
    drain: async () => {
      await Promise.all([...webSockets.clients].map(drainWebSocket));
    },
  };
}

const everyone: ConnectAnswer = { kind: "ok", assigns: {} };

function refuse(stream: Duplex, status: RefusalStatus): void {
  stream.end(`HTTP/1.1 ${status} ${STATUS_TEXT[status]}\r\nConnection: close\r\nContent-Length: 0\r\n\r\n`);
}

function drainWebSocket(webSocket: WebSocket): Promise<void> {
  return new Promise((resolve) => {
    if (webSocket.readyState === webSocket.CLOSED) return resolve();
    const timer = setTimeout(() => webSocket.terminate(), DRAIN_MS);
    webSocket.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    webSocket.close(CLOSE_CODE.restart);
  });
}

function splitOnce(text: string, separator: string): readonly [string, string] {
  const at = text.indexOf(separator);
  return at === -1 ? [text, ""] : [text.slice(0, at), text.slice(at + separator.length)];
}
