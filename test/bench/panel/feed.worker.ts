// A page's content script in a worker: what it makes and sends costs the panel's thread nothing.
import type { Chunk } from "../../../src/bridge/chunk";
import { countOf } from "../../../src/bridge/chunk";
import { fromMessagePort } from "../../../src/bridge/message-port";
import { isHostToContentMessage } from "../../../src/bridge/page-message";
import { WATCHED_WAIT_MS } from "../../../src/bridge/tap-message";
import { createBuffer } from "../../../src/content/buffer";
import { createRelay } from "../../../src/content/relay";
import type { FeedPlan } from "./feed";
import { liveRun } from "./session";

/** All of it is kept: what is measured is the host and the panel, not what a page forgets. */
const MAX_BUFFERED_BYTES = 1024 ** 3;

addEventListener("message", ({ data, ports: [port] }: MessageEvent<FeedPlan>) => {
  if (port === undefined) throw new Error("The feed has no port.");
  void runFeed(data, port);
});

async function runFeed(plan: FeedPlan, messagePort: MessagePort): Promise<void> {
  const buffer = createBuffer(MAX_BUFFERED_BYTES);
  const port = fromMessagePort(messagePort);
  let { version } = plan;
  let acknowledged = 0;
  let timer: ReturnType<typeof setInterval> | undefined;
  port.onMessage((message) => {
    if (isHostToContentMessage(message) && message.kind === "ack") acknowledged = message.upTo;
  });
  const chunks: readonly Chunk[] = await (await fetch(plan.session)).json();
  for (const chunk of chunks) buffer.add(chunk);
  let made = chunks.reduce((sum, chunk) => sum + countOf(chunk), 0);
  const relay = createRelay({
    ...{ port, buffer, known: null },
    hello: { document: "bench", url: "http://shop.test/", status: STATUS },
    delay(run, ms) {
      const id = setTimeout(run, ms);
      return () => clearTimeout(id);
    },
    ...{ welcomed: ignore, dismissed: ignore },
    stalled: () => reportError(new Error("The host acknowledges nothing any more.")),
  });

  function add(count: number): void {
    if (count === 0) return;
    buffer.add(liveRun(version + 1, count, performance.timeOrigin + performance.now()));
    version += count;
    made += count;
    relay.pump();
  }

  globalThis.feed = {
    start(perSecond) {
      const start = performance.now();
      let done = 0;
      timer = setInterval(() => {
        const due = Math.floor(((performance.now() - start) / 1_000) * perSecond);
        add(due - done);
        done = due;
      }, WATCHED_WAIT_MS);
    },
    stop: () => clearInterval(timer),
    counts: () => ({ made, acknowledged }),
  };
}

const STATUS = { tap: "active", why: null, otherSockets: false, title: "A shop" } as const;

function ignore(): void {}
