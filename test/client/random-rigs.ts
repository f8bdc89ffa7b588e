import { LongPoll, Socket } from "phoenix";
import { WebSocket } from "ws";
import { createClient, type MusubiClient } from "../../src/client/client";
import type { Wire } from "../../src/client/wire";
import { defineSocket } from "../../src/server/musubi/define-socket";
import { createTelemetry } from "../../src/server/musubi/telemetry";
import { longPollTransport } from "../../src/server/phoenix/long-poll/long-poll";
import { startServer, type TestServer } from "../server/serving";
import type { WireCase } from "./both-wires";
import { World } from "./random-records";
import { createRootStore } from "./random-stores";

/** A server of the stores of random programs, and a client with one connection to it. */
export type Rig = {
  readonly server: TestServer;
  readonly world: World;
  readonly client: MusubiClient;
  /** What the client reported. */
  readonly problems: string[];
  /** Ends the transport as a broken network would, seen from the client first where it can be. */
  readonly drop: () => void;
  /** The same, seen from the server first. */
  readonly cut: () => void;
  readonly close: () => Promise<void>;
};

export type RigOptions = {
  readonly wireCase: WireCase;
  readonly transport?: "websocket" | "longpoll";
  readonly vsn?: "1.0.0" | "2.0.0";
  /** What the client takes for the wire's own. */
  readonly disguise?: (wire: Wire) => Wire;
};

export const ROOT_MODULES = ["Test.RootA", "Test.RootB", "Test.RootC"] as const;

/** phoenix.js lets an application choose the format of its frames for every transport but `LongPoll` itself. */
class OwnLongPoll extends LongPoll {}

const V1_FORMAT = {
  encode: (message: object, callback: (text: string) => void) => callback(JSON.stringify(message)),
  decode: (text: string, callback: (message: unknown) => void) => callback(JSON.parse(text)),
};

export async function startRig({
  wireCase: { name, wire },
  transport = "websocket",
  vsn = "2.0.0",
  disguise = (same) => same,
}: RigOptions): Promise<Rig> {
  const world = new World();
  const server = await startServer(
    defineSocket({
      roots: ROOT_MODULES.map((module) => createRootStore(module, world)),
      wire: name,
      telemetry: tellCycles(world),
    }),
    transport === "longpoll" ? { mounted: { transports: [longPollTransport({ windowMs: 1_000 })] } } : {},
  );
  const transports: WebSocket[] = [];
  class OwnWebSocket extends WebSocket {
    constructor(address: string) {
      super(address);
      transports.push(this);
    }
  }
  const socket = new Socket(server.url, {
    transport: transport === "websocket" ? OwnWebSocket : OwnLongPoll,
    vsn,
    ...(vsn === "1.0.0" ? V1_FORMAT : {}),
    reconnectAfterMs: () => 10,
    rejoinAfterMs: () => 10,
  });
  const problems: string[] = [];
  const client = createClient(socket, { wire: disguise(wire), report: (problem) => problems.push(problem) });
  socket.connect();
  const cut = () => {
    for (const connection of server.endpoint.connections()) connection.cut();
  };
  return {
    server,
    world,
    client,
    problems,
    drop: () => (transport === "websocket" ? transports.at(-1)?.terminate() : cut()),
    cut,
    close: async () => {
      socket.disconnect();
      await server.close();
    },
  };
}

/** The end of each cycle of each root, whether anything comes of it or not. */
function tellCycles(world: World) {
  const telemetry = createTelemetry((error) => world.problems.push(String(error)));
  telemetry.attach((event) => {
    if (event.name !== "musubi.resolve.stop") return;
    const { root, module } = event.metadata;
    const isComposed = root?.startsWith(`${module}:`) ?? false;
    world.closeCycle(isComposed ? (root ?? "").slice(module.length + 1) : (root ?? ""));
  });
  return telemetry;
}
