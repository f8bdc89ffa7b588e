import { createServer } from "node:http";
import { defineSocket } from "../../../src/server/musubi/define-socket";
import { createEndpoint } from "../../../src/server/phoenix/endpoint";
import { createPubSub } from "../../../src/server/phoenix/pubsub";
import { assertNever } from "../../../src/wire/assert-never";
import { collectGarbage } from "../measure";
import { createBareServer, portOf } from "./bare-server";
import type { Order, Report, Sample } from "./process-messages";
import { now } from "./tally";
import { startTicker, type Ticker } from "./ticker";
import { tickerStore, topicOf } from "./ticker-store";

/** The process that serves `roots` roots and does what its parent orders, which also ends it. */
export async function serveLoad(roots: number): Promise<void> {
  const log: string[] = [];
  const pubsub = createPubSub();
  const sockets = [{ path: "/socket", socket: defineSocket({ roots: [tickerStore] }) }];
  const endpoint = createEndpoint({ sockets, pubsub, log: (line) => log.push(line) });
  const server = createServer();
  endpoint.attach(server);
  const bare = createBareServer();
  let ticker: Ticker | null = null;

  process.on("message", (order: Order) => {
    switch (order.kind) {
      case "tick":
        ticker = startTicker(order.perSecond, (n) => pubsub.publish(topicOf(n % roots), now()));
        break;
      case "bare":
        ticker = startTicker(order.perSecond, bare.sender(order.bytes));
        break;
      case "stop":
        tell({ kind: "stopped", sent: ticker?.stop() ?? 0, log: log.splice(0) });
        break;
      case "sample":
        tell({ kind: "sample", sample: takeSample() });
        break;
      default:
        assertNever(order);
    }
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  tell({ kind: "listening", port: portOf(server.address()), barePort: await bare.listen() });
}

function tell(report: Report): void {
  process.send?.(report);
}

function takeSample(): Sample {
  const { user, system } = process.cpuUsage();
  collectGarbage();
  const { heapUsed, rss } = process.memoryUsage();
  return { heapBytes: heapUsed, residentBytes: rss, cpuMs: (user + system) / 1_000 };
}
