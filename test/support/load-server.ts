import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { type WebSocket, WebSocketServer } from "ws";
import { until } from "../../src/cli/browser/driver";
import { LOAD_ROOT, LOAD_TOPIC, type LoadPlan, REPORT_PATH, runLoad } from "./load-page";
import { closeServer, portOf } from "./servers";

/**
 * Pages that open a socket before anything else, and a server that speaks just enough Phoenix (V2) to load them. It
 * counts the documents that it served: the frames of the second are numbered from 2,000,001 on.
 */
export type LoadServer = {
  /** Where the page is that does this. @param host another name of this machine is another site */
  readonly url: (plan: LoadPlan, host?: "localhost" | "127.0.0.1") => string;
  /** An empty page. */
  readonly empty: string;
  /**
   * Waits until the first so many documents have gone, and gives what each had sent and got by then, as `Load.seen`,
   * one after the other.
   */
  readonly seenByGone: (documents: number) => Promise<readonly string[]>;
  readonly close: () => Promise<void>;
};

/** What the documents said that they saw, by their numbers. */
type Reports = Map<number, readonly string[]>;

export async function startLoadServer(): Promise<LoadServer> {
  const reports: Reports = new Map();
  let documents = 0;
  const server = createServer((request, response) => {
    const { pathname, searchParams } = addressOf(request);
    if (pathname === REPORT_PATH)
      return void takeReport(request, response, searchParams, reports).catch(() => undefined);
    response.setHeader("content-type", "text/html; charset=utf-8");
    response.end(pathname === "/" ? loadPage(planIn(searchParams), ++documents) : page(""));
  });
  const sockets = new WebSocketServer({ noServer: true });
  server.on("upgrade", (request, socket, head) => {
    const { searchParams } = addressOf(request);
    const start = Number(searchParams.get("document")) * NUMBERS;
    sockets.handleUpgrade(request, socket, head, (client) => serveLoad(client, planIn(searchParams), start));
  });
  await new Promise<void>((resolve) => server.listen(0, resolve));
  const origin = (host: string): string => `http://${host}:${portOf(server)}`;
  return {
    url: (plan, host = "localhost") => `${origin(host)}/?plan=${encodeURIComponent(JSON.stringify(plan))}`,
    empty: `${origin("localhost")}/empty`,
    seenByGone: (count) =>
      until(`${count} documents to say what they saw`, () => {
        const seen = Array.from({ length: count }, (_, at) => reports.get(at + 1));
        return seen.includes(undefined) ? undefined : seen.flatMap((one) => one ?? []);
      }),
    async close() {
      for (const client of sockets.clients) client.terminate();
      await closeServer(server);
    },
  };
}

/** More frames than any document has. */
const NUMBERS = 1_000_000;

function addressOf(request: IncomingMessage): URL {
  return new URL(request.url ?? "/", "http://localhost");
}

function planIn(address: URLSearchParams): LoadPlan {
  const plan: LoadPlan = JSON.parse(address.get("plan") ?? "{}");
  return plan;
}

function loadPage(plan: LoadPlan, document: number): string {
  const start = document * NUMBERS;
  const args = [plan, { document, start, topic: LOAD_TOPIC, root: LOAD_ROOT }].map((value) =>
    JSON.stringify(value),
  );
  // Some compilers wrap named inner functions in `__name(…)`, which the page does not have.
  return page(`<script>{ const __name = (inner) => inner; (${runLoad})(${args}); }</script>`);
}

function page(script: string): string {
  return `<!doctype html>${script}<title>Load</title><p>Load</p>`;
}

/**
 * Of several reports of a document, which may come in another order, the longest was the last. Rejects where one breaks
 * off: another says the same.
 */
async function takeReport(
  request: IncomingMessage,
  response: ServerResponse,
  address: URLSearchParams,
  reports: Reports,
): Promise<void> {
  const document = Number(address.get("document"));
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(chunk);
  const seen = Buffer.concat(chunks)
    .toString()
    .split(",")
    .filter((frame) => frame !== "");
  if (seen.length >= (reports.get(document)?.length ?? 0)) reports.set(document, seen);
  response.end();
}

/** Beyond this the network has enough to do: a page takes what it can, and no more waits for it. */
const MAX_WAITING_BYTES = 1024 * 1024;

/** Answers joins and pushes, gives binary frames back, and pushes the ticks once the page has joined all that it wants. */
function serveLoad(client: WebSocket, plan: LoadPlan, start: number): void {
  const awaited = plan.isMixed ? LOAD_ROOT.topic : LOAD_TOPIC;
  const send = (...message: readonly unknown[]): void => client.send(JSON.stringify(message));
  client.on("message", (data, isBinary) => {
    if (isBinary) return client.send(data);
    const [joinRef, ref, topic, event] = JSON.parse(String(data));
    if (plan.isMute && event === "say") return;
    const response = event === "phx_join" && topic === LOAD_ROOT.topic ? { root_id: ROOT_ID } : {};
    send(joinRef, ref, topic, "phx_reply", { status: "ok", response });
    if (event === "phx_join" && topic === awaited) void pushTicks(client, plan, start, send);
  });
  client.on("error", () => client.terminate());
}

async function pushTicks(
  client: WebSocket,
  { ticks = 0, burst = 1, everyMs = 0, size = 0, isMixed = false }: LoadPlan,
  start: number,
  send: (...message: readonly unknown[]) => void,
): Promise<void> {
  const pad = "x".repeat(size);
  for (let n = 1; n <= ticks && client.readyState === client.OPEN; n++) {
    if (isMixed && n % 3 !== 0) send("2", null, LOAD_ROOT.topic, "patch", envelopeOf(n, pad));
    else send(null, null, LOAD_TOPIC, "tick", { n: start + n, pad });
    if (n % burst === 0) await pause(everyMs);
    while (client.bufferedAmount > MAX_WAITING_BYTES) await pause(1);
  }
}

const ROOT_ID = `${LOAD_ROOT.module}:${LOAD_ROOT.id}`;

/** Every third tick is a broadcast: the versions of the envelopes between them follow each other all the same. */
function envelopeOf(n: number, pad: string): unknown {
  const version = n - Math.floor(n / 3);
  const ops =
    version === 1
      ? [{ op: "replace", path: "", value: { n, pad, __musubi_store_id__: [] } }]
      : [
          { op: "replace", path: "/n", value: n },
          { op: "replace", path: "/pad", value: pad },
        ];
  return {
    ...{ type: "patch", root_id: ROOT_ID, base_version: version - 1, version },
    ...{ ops, stream_ops: [], upload_ops: [], events: [] },
  };
}

function pause(ms: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, ms));
}
