import type { Fault } from "../../../src/server/faults/fault";
import { createFaults, type Faults } from "../../../src/server/faults/faults";
import { createFaultsChannel } from "../../../src/server/faults/faults-channel";
import type { NoAssigns } from "../../../src/server/phoenix/assigns";
import { type Channel, joined, noreply, reply } from "../../../src/server/phoenix/channel";
import { longPollTransport } from "../../../src/server/phoenix/long-poll/long-poll";
import { route } from "../../../src/server/phoenix/route";
import { webSocketTransport } from "../../../src/server/phoenix/websocket/websocket-transport";
import type { RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";
import { createFaultTime, type FaultTime } from "./fault-time";

/** Sends an envelope for each version that it is asked for, and echoes everything else. */
const root: Channel<NoAssigns> = {
  join: (_payload, socket) => joined({ ...socket, assigns: {} }),
  handleIn: (event, payload, socket) => {
    if (event === "version" && typeof payload === "number") {
      socket.channel.push("patch", envelopeOf(socket.topic, payload));
      return noreply(socket);
    }
    return reply(socket, "ok", payload);
  },
};

/** The envelope that leads to this version of a root of the test's server. */
export function envelopeOf(topic: string, version: number) {
  return {
    type: "patch",
    root_id: topic.replace("musubi:connection:", ""),
    base_version: version - 1,
    version,
    ops: [{ op: "replace", path: "/version", value: version }],
    stream_ops: [],
    upload_ops: [],
    events: [],
  };
}

export type FaultyServer = TestServer & {
  readonly faults: Faults;
  readonly time: FaultTime;
  /** Injects, or fails the test; the id of what lasts. */
  readonly inject: (fault: Fault, target?: number | "all" | "next") => number | null;
};

/** Serves `musubi:*`, and `faults:*`, at `/socket`, over both transports. For the faults time passes as the test lets it. */
export async function startFaultyServer(): Promise<FaultyServer> {
  const time = createFaultTime();
  const faults = createFaults({ timers: time.timers });
  const routes = [route("musubi:*", root), route("faults:*", createFaultsChannel(faults))];
  const transports = [webSocketTransport({ drainMs: 50 }), longPollTransport({ windowMs: 200, drainMs: 50 })];
  const { wrapTransport } = faults;
  const server = await startServer({ routes }, { endpoint: { wrapTransport }, mounted: { transports } });
  faults.attach(server.endpoint);
  return {
    ...server,
    faults,
    time,
    inject: (fault, target = "all") => {
      const injected = faults.inject(target, fault);
      if (injected.ok) return injected.value.id;
      throw new Error(injected.failure);
    },
  };
}

export const TOPIC = "musubi:connection:App.Cart:c1";

export async function join(client: RawClient, topic = TOPIC, ref = "1"): Promise<void> {
  client.send([ref, ref, topic, "phx_join", {}]);
  await client.take(1);
}
