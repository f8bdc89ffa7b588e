import { createServer, type RequestListener, type Server } from "node:http";
import { createDemoSocket } from "../demo/stores/demo-socket";
import { type FaultControl, serveFaultControl } from "../server/faults/control-server";
import { createFaults, type Faults } from "../server/faults/faults";
import { closeServer } from "../server/listen";
import { describeError, type Log } from "../server/log";
import { createEndpoint, type Endpoint } from "../server/phoenix/endpoint";
import { longPollTransport } from "../server/phoenix/long-poll/long-poll";
import type { SerializerEntry } from "../server/phoenix/serializers/serializer";
import { v1Json } from "../server/phoenix/serializers/v1-json";
import { v2 } from "../server/phoenix/serializers/v2";
import type { TransportKind } from "../server/phoenix/transport-kind";
import { webSocketTransport } from "../server/phoenix/websocket/websocket-transport";
import { serveFolder } from "../server/static-files";
import { configureDemo, DEMO_CONFIG_PATH } from "./demo-config";
import { listenLocally } from "./listen";
import { isLocalOrigin } from "./origin";
import { DEFAULT_SERVING, type ServingOptions } from "./serving-options";

/** What is not said is as `npm run serve` has it. */
export type ServeOptions = Partial<ServingOptions> & {
  /** `free` is the first free port from 4000. */
  readonly port: number | "free";
  /** Folder with the built demo pages. */
  readonly demo: string;
  /** Where orders to break connections and stores are taken; nowhere where it says nothing. */
  readonly faultsPort?: number | undefined;
  readonly log: Log;
};

export type Serving = {
  readonly port: number;
  /** Where the orders are taken; null where they are not. */
  readonly faultsPort: number | null;
  /** Drains: clients are told with 1012, then everything that listens is closed. */
  readonly close: () => Promise<void>;
};

const SERIALIZERS: readonly (SerializerEntry & { readonly vsn: ServingOptions["vsn"] })[] = [
  { vsn: "1", requirement: "~> 1.0.0", serializer: v1Json },
  { vsn: "2", requirement: "~> 2.0.0", serializer: v2 },
];

/**
 * Serves the demo pages and their socket at `/socket`, to this machine only. Rejects with a sentence for a
 * person where the port is taken.
 */
export async function serve({ port, demo, faultsPort, log, ...wished }: ServeOptions): Promise<Serving> {
  const options = { ...DEFAULT_SERVING, ...wished };
  const faults = createFaults();
  const endpoint = createDemoEndpoint(options, faults, log);
  const answer = answerDemo(demo, options, log);
  const listening = await listenLocally(port, () => {
    const server = createServer(answer);
    endpoint.attach(server);
    return server;
  });
  const close = () => closeDemo(endpoint, listening.servers);
  const control = await controlFaults(faults, endpoint, faultsPort).catch(async (error: unknown) => {
    await close();
    throw error;
  });
  return {
    port: listening.port,
    faultsPort: control?.port ?? null,
    close: async () => void (await Promise.all([control?.close(), close()])),
  };
}

/** The faults channel works without the control; the control only listens where a port was asked for. */
async function controlFaults(
  faults: Faults,
  endpoint: Endpoint,
  port: number | undefined,
): Promise<FaultControl | null> {
  faults.attach(endpoint);
  return port === undefined ? null : serveFaultControl(faults, endpoint, { port });
}

function createDemoEndpoint(
  { wire, transport, vsn, lens }: ServingOptions,
  faults: Faults,
  log: Log,
): Endpoint {
  const socket = createDemoSocket({
    wire: wire === "multiplexed" ? "multiplexed" : "per_root",
    lens,
    faults,
  });
  return createEndpoint({
    sockets: [
      {
        path: "/socket",
        socket,
        transports: transportsOf(transport),
        serializers: SERIALIZERS.filter((entry) => vsn === null || entry.vsn === vsn),
      },
    ],
    log,
    checkOrigin: isLocalOrigin,
    wrapTransport: faults.wrapTransport,
  });
}

function transportsOf(transport: ServingOptions["transport"]): readonly TransportKind[] {
  switch (transport) {
    case "websocket":
      return [webSocketTransport()];
    case "longpoll":
      return [longPollTransport()];
    case "both":
      return [webSocketTransport(), longPollTransport()];
  }
}

/** Answers what is not for the socket: the pages, and how they are to speak to it. */
function answerDemo(folder: string, options: ServingOptions, log: Log): RequestListener {
  const answerFile = serveFolder(folder);
  const config = JSON.stringify(configureDemo(options));
  return (request, response) => {
    if (request.url === DEMO_CONFIG_PATH) {
      response.writeHead(200, { "content-type": "application/json", "cache-control": "no-store" });
      response.end(config);
      return;
    }
    answerFile(request, response).catch((error: unknown) => {
      log(`Answering ${request.url ?? "/"} failed: ${describeError(error)}`);
      response.destroy();
    });
  };
}

async function closeDemo(endpoint: Endpoint, servers: readonly Server[]): Promise<void> {
  const closed = servers.map(closeServer);
  await endpoint.drain();
  for (const server of servers) server.closeAllConnections();
  await Promise.all(closed);
}
