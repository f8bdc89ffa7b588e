import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { WebSocket, WebSocketServer } from "ws";
import { readAuthToken } from "../../../wire/auth-token";
import type { Json } from "../../../wire/json";
import { SUBPROTOCOL } from "../../../wire/protocol";
import { describeError } from "../../log";
import { type HttpAnswer, refuseUpgrade } from "../http/refuse-upgrade";
import { CLOSE_CODE, type Transport } from "../transport";
import type { ClientLink, MountedTransport, TransportHost, TransportKind } from "../transport-kind";
import { drainWebSocket, serveWebSocket, type WebSocketLimits } from "./websocket-link";

type WebSocketOptions = Partial<WebSocketLimits> & {
  /** A longer message closes the connection with 1009. */
  readonly maxFrameBytes?: number;
  /** What a client that `connect` refused is answered with; 403 without it. */
  readonly errorHandler?: (reason: Json) => HttpAnswer;
  /** How long a client may take to answer a close while draining, before it is cut. */
  readonly drainMs?: number;
};

/** What a message may have where the options do not say it. */
const DEFAULT_MAX_MESSAGE_BYTES = 8_000_000;
const DEFAULTS: WebSocketLimits = { idleTimeoutMs: 60_000, maxUnsentBytes: 16 * 1024 * 1024 };
const DRAIN_MS = 2_000;

const FORBIDDEN: HttpAnswer = { status: 403 };
const FAILED: HttpAnswer = { status: 500 };

/** Serves a socket at `<path>/websocket` (wire.md 1.1). */
export function webSocketTransport(options: WebSocketOptions = {}): TransportKind {
  return { name: "websocket", segment: "websocket", mount: (host) => mount(host, options) };
}

/** Answers a client that closes with 1000, as the real server does, whatever code and reason the client gave. */
class PlainlyClosed extends WebSocket {
  override close(code?: number, reason?: string | Buffer): void {
    // `ws` answers with what the client said: with its reason, be it empty, or where it gave no code without one.
    const isAnswer = code === undefined || reason !== undefined;
    super.close(isAnswer ? CLOSE_CODE.normal : code);
  }
}

function mount(host: TransportHost, options: WebSocketOptions): MountedTransport {
  const {
    maxFrameBytes = DEFAULT_MAX_MESSAGE_BYTES,
    drainMs = DRAIN_MS,
    errorHandler = () => FORBIDDEN,
  } = options;
  const limits = {
    idleTimeoutMs: options.idleTimeoutMs ?? DEFAULTS.idleTimeoutMs,
    maxUnsentBytes: options.maxUnsentBytes ?? DEFAULTS.maxUnsentBytes,
  };
  const webSockets = new WebSocketServer({
    noServer: true,
    WebSocket: PlainlyClosed,
    maxPayload: maxFrameBytes,
    // Without auth tokens the real server selects no subprotocol (wire.md 1.5).
    handleProtocols: (protocols) =>
      host.authToken && protocols.has(SUBPROTOCOL.phoenix) ? SUBPROTOCOL.phoenix : false,
  });

  async function upgrade(request: IncomingMessage, stream: Duplex, head: Buffer): Promise<void> {
    if (!host.isAllowedOrigin(request)) {
      host.endpoint.log(refusedOrigin(request));
      return refuseUpgrade(stream, FORBIDDEN);
    }
    const authToken = host.authToken ? readAuthToken(protocolsOf(request)) : null;
    const admission = await host.admit(request, { authToken });
    if (admission.kind === "refused") {
      return refuseUpgrade(stream, admission.by === "connect" ? errorHandler(admission.reason) : FORBIDDEN);
    }
    webSockets.handleUpgrade(request, stream, head, (webSocket) => serve(webSocket, admission.open));
  }

  function serve(webSocket: WebSocket, open: (transport: Transport) => ClientLink): void {
    try {
      serveWebSocket(webSocket, open, limits);
    } catch (error) {
      // It is no HTTP any more, and cannot be answered as such.
      host.endpoint.log(`Opening a client's connection failed: ${describeError(error)}`);
      webSocket.close(CLOSE_CODE.internalError);
    }
  }

  return {
    handleUpgrade: async (request, stream, head) => {
      try {
        await upgrade(request, stream, head);
      } catch (error) {
        host.endpoint.log(`Connecting a client failed: ${describeError(error)}`);
        refuseUpgrade(stream, FAILED);
      }
    },
    drain: async () => {
      await Promise.all([...webSockets.clients].map((webSocket) => drainWebSocket(webSocket, drainMs)));
    },
  };
}

function protocolsOf(request: IncomingMessage): readonly string[] {
  return (request.headers["sec-websocket-protocol"] ?? "").split(",").map((protocol) => protocol.trim());
}

function refusedOrigin({ headers: { origin, host } }: IncomingMessage): string {
  return `A page of ${origin ?? "no origin"} was refused a connection to ${host ?? "this server"}. Name its origin in "checkOrigin" if it may connect.`;
}
