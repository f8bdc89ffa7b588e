import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import type { Json } from "../../wire/json";
import type { EndpointHandle } from "./endpoint-handle";
import type { Transport } from "./transport";

/** How a kind of transport is served. The built-in ones, `webSocketTransport()` and `longPollTransport()`, are values of it. */
export type TransportKind = {
  readonly name: string;
  /** Last segment of the URL: `<socket path>/<segment>`. */
  readonly segment: string;
  readonly mount: (host: TransportHost) => MountedTransport;
};

/** What a kind of transport is given for one mounted socket. */
export type TransportHost = {
  readonly endpoint: EndpointHandle;
  /** Whether the request's origin may connect. */
  readonly isAllowedOrigin: (request: IncomingMessage) => boolean;
  /** Whether the mounted socket takes auth tokens (wire.md 1.5). */
  readonly authToken: boolean;
  /**
   * Negotiates `vsn` (absent means 1.0.0), and calls `connect` and `id` of the socket. Runs before there is a link.
   * `overrides.authToken` is for a transport that carries the token its own way. Rejects with what `connect` throws.
   */
  readonly admit: (
    request: IncomingMessage,
    overrides?: { readonly authToken?: string | null },
  ) => Promise<Admission>;
};

export type Admission =
  | {
      readonly kind: "admitted";
      /** To be called once, when the link is there. */
      readonly open: (transport: Transport) => ClientLink;
    }
  /** By `connect`, for the reason that it gave, null where it gave none. */
  | { readonly kind: "refused"; readonly by: "connect"; readonly reason: Json }
  /** Without asking, or against, the application. */
  | { readonly kind: "refused"; readonly by: "server"; readonly reason: "unsupported_vsn" | "invalid_id" };

/** The server's end of one client's link, as its transport sees it. */
export type ClientLink = {
  /**
   * Takes one frame that the client sent. Resolves when the connection has dealt with it: a join is answered, a push
   * is in its channel's mailbox, or what stands between keeps it. Never rejects.
   */
  readonly receive: (data: string | Uint8Array) => Promise<void>;
  /** The link is gone: every channel ends, without a frame. */
  readonly closed: () => void;
  /** How many received frames are not handled yet. */
  readonly pending: () => number;
  /** Takes lines about this client; after a number of them no more (a client must not fill the disk). */
  readonly log: (line: string) => void;
};

/** A kind of transport at work for one mounted socket. */
export type MountedTransport = {
  /** Without it, requests to its path that ask for no upgrade are answered with 400. */
  readonly handleRequest?: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  readonly handleUpgrade?: (request: IncomingMessage, stream: Duplex, head: Buffer) => Promise<void>;
  /** Closes every client with 1012, or ends its session, waits, then cuts. The channels have been told `PHX_DRAIN`. */
  readonly drain: () => Promise<void>;
};
