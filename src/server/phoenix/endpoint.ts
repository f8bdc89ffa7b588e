import { randomBytes } from "node:crypto";
import type { IncomingMessage, Server } from "node:http";
import { cleanLog, type Log } from "../log";
import { createAdmit } from "./connection/admission";
import { type Connections, type ConnectionView, createConnections } from "./connection/connections";
import type { EndpointHandle } from "./endpoint-handle";
import { attachListeners } from "./http/http-attachment";
import { type CheckOrigin, createOriginCheck, type OriginCheck } from "./http/origin";
import { splitTarget } from "./http/request-info";
import { completeSocket, type MountedSocket } from "./mounted-socket";
import { createPubSub, type PubSub } from "./pubsub";
import type { MountedTransport } from "./transport-kind";
import type { WrapTransport } from "./wrapped-transport";

export type EndpointOptions = {
  readonly sockets: readonly MountedSocket[];
  readonly log: Log;
  /** One within this process where it says nothing. */
  readonly pubsub?: PubSub;
  /** Signs cookies and tokens. Without it they are good until this process ends. */
  readonly secret?: string;
  readonly checkOrigin?: CheckOrigin;
  /** Puts something between each client's link and the server. */
  readonly wrapTransport?: WrapTransport;
  /** The time in milliseconds since 1970. */
  readonly now?: () => number;
};

/** Sockets that any number of HTTP servers can carry; they share one publish and subscribe. */
export type Endpoint = {
  /**
   * Answers the requests and upgrade requests of `server` that name one of the sockets. All others go on to the
   * listeners that `server` has; where it has none, they are answered with 404.
   */
  readonly attach: (server: Server) => void;
  /**
   * For good: tells each channel `PHX_DRAIN`, then closes every connection with 1012, waits for the clients to agree,
   * and cuts those that don't.
   */
  readonly drain: () => Promise<void>;
  readonly handle: EndpointHandle;
  readonly connections: () => readonly ConnectionView[];
};

const SECRET_BYTES = 32;

/** How long channels may take to handle that the server shuts down. */
const DRAIN_TELL_MS = 2_000;

/** @throws where a declaration is a mistake: two sockets of one path, or an origin that cannot be read */
export function createEndpoint(options: EndpointOptions): Endpoint {
  const connections = createConnections();
  const handle = createHandle(options);
  const handlers = mountSockets(options, handle, connections);
  const find = (request: IncomingMessage) => handlers.get(normalPath(splitTarget(request).path)) ?? null;
  return {
    handle,
    connections: connections.list,
    attach: (server) => attachListeners(server, find, handle.log),
    drain: async () => {
      await withPatience(connections.tellDrain(), DRAIN_TELL_MS);
      await Promise.all([...handlers.values()].map((mounted) => mounted.drain()));
    },
  };
}

function createHandle(options: EndpointOptions): EndpointHandle {
  const { log, pubsub = createPubSub(), now = Date.now } = options;
  return {
    log: cleanLog(log),
    pubsub,
    now,
    secret: options.secret ?? randomBytes(SECRET_BYTES).toString("base64url"),
    broadcast: (topic, event, payload) => pubsub.broadcast({ topic, event, payload }),
    subscribe: (topic, deliver) => pubsub.subscribe(topic, deliver),
  };
}

/** What handles each URL path. */
function mountSockets(
  { sockets, checkOrigin = true, wrapTransport }: EndpointOptions,
  endpoint: EndpointHandle,
  connections: Connections,
): ReadonlyMap<string, MountedTransport> {
  const handlers = new Map<string, MountedTransport>();
  const isAllowedOrigin: OriginCheck = createOriginCheck(checkOrigin);
  for (const mounted of sockets.map(completeSocket)) {
    for (const kind of mounted.transports) {
      const path = normalPath(`${mounted.path}/${kind.segment}`);
      if (handlers.has(path)) throw new Error(`Two sockets are served at "${path}". Give one another path.`);
      const admit = createAdmit(
        { mounted, endpoint, connections, wrapTransport: wrapTransport ?? null },
        kind.name,
      );
      const { authToken } = mounted;
      handlers.set(path, kind.mount({ endpoint, isAllowedOrigin, authToken, admit }));
    }
  }
  return handlers;
}

/** Empty segments say nothing, as in the real server: `new Socket("/socket/")` asks for `/socket//websocket`. */
function normalPath(path: string): string {
  return `/${path.split("/").filter(Boolean).join("/")}`;
}

async function withPatience(done: Promise<void>, patienceMs: number): Promise<void> {
  let timer: NodeJS.Timeout | undefined;
  const impatient = new Promise<void>((resolve) => {
    timer = setTimeout(resolve, patienceMs);
  });
  await Promise.race([done, impatient]);
  clearTimeout(timer);
}
