import { setTimeout as sleep } from "node:timers/promises";
import { WebSocket } from "ws";
import { quantile } from "../measure";
import { type Figure, formatCount, formatMs } from "../table";
import { misbehave } from "./bad-clients";
import { connectLoad } from "./load-client";
import type { LoadPlan } from "./plan";
import type { Sample } from "./process-messages";
import { type ServerProcess, startServerProcess } from "./server-process";
import { type Counts, createTally, type Tally } from "./tally";

/** How many clients connect at once. */
const CONNECTING = 50;
/** What arrived this late has been lost. */
const GRACE_MS = 3_000;
/** Pieces of the load, after each of which memory is looked at. The first ones only warm up. */
const PIECES = 6;

/** What one phase of the load came to. */
type Phase = {
  readonly seconds: number;
  readonly sent: number;
  readonly counts: Counts;
  readonly cpuMs: number;
  readonly after: Sample;
  readonly log: readonly string[];
};

/** Puts the server under the load of `plan`. `isWhole`: nothing was lost, doubled or out of order. */
export async function measureLoad(
  plan: LoadPlan,
  file: string,
): Promise<{ readonly figures: readonly Figure[]; readonly isWhole: boolean }> {
  const roots = plan.sockets * plan.rootsPerSocket;
  const server = await startServerProcess(file, roots);
  const tally = createTally();
  try {
    await connectAll(plan.sockets, (n) =>
      connectLoad(
        `ws://127.0.0.1:${server.port}/socket`,
        n * plan.rootsPerSocket,
        plan.rootsPerSocket,
        tally,
      ),
    );
    await connectAll(plan.sockets, () => connectBare(server.barePort, tally));
    const load = () => server.tick(plan.envelopesPerSecond);
    const pieces: Phase[] = [];
    const seconds = (plan.seconds - plan.badSeconds) / PIECES;
    for (let n = 0; n < PIECES; n += 1) pieces.push(await runPhase(server, tally, seconds, load));
    const behave = misbehave(`ws://127.0.0.1:${server.port}/socket`);
    const disturbed = await runPhase(server, tally, plan.badSeconds, load);
    behave();
    const bytes = Math.round(sum(pieces, ({ counts }) => counts.bytes) / sum(pieces, ({ sent }) => sent));
    const bare = await runPhase(server, tally, plan.bareSeconds, () =>
      server.bare(plan.envelopesPerSecond, bytes),
    );
    return describe(plan, pieces, disturbed, bare, bytes);
  } finally {
    server.end();
  }
}

async function connectAll(count: number, connect: (n: number) => Promise<WebSocket>): Promise<void> {
  for (let n = 0; n < count; n += CONNECTING) {
    const some = Math.min(CONNECTING, count - n);
    await Promise.all(Array.from({ length: some }, (_, at) => connect(n + at)));
  }
}

function connectBare(port: number, tally: Tally): Promise<WebSocket> {
  const socket = new WebSocket(`ws://127.0.0.1:${port}`);
  socket.on("message", (data: Buffer) => tally.bare(data.length));
  return new Promise((resolve, reject) => {
    socket.once("open", () => resolve(socket)).once("error", reject);
  });
}

async function runPhase(
  server: ServerProcess,
  tally: Tally,
  seconds: number,
  begin: () => void,
): Promise<Phase> {
  const before = await server.sample();
  tally.take();
  begin();
  await sleep(seconds * 1_000);
  const { sent, log } = await server.stop();
  const counts = await settle(tally, sent);
  const after = await server.sample();
  return { seconds, sent, counts, cpuMs: after.cpuMs - before.cpuMs, after, log };
}

/** Waits for what is still on its way. */
async function settle(tally: Tally, sent: number): Promise<Counts> {
  let counts = tally.take();
  const end = performance.now() + GRACE_MS;
  while (counts.envelopes + counts.bareMessages < sent && performance.now() < end) {
    await sleep(20);
    counts = add(counts, tally.take());
  }
  return counts;
}

function add(left: Counts, right: Counts): Counts {
  return {
    envelopes: left.envelopes + right.envelopes,
    bareMessages: left.bareMessages + right.bareMessages,
    faults: left.faults + right.faults,
    closes: left.closes + right.closes,
    bytes: left.bytes + right.bytes,
    latencies: [...left.latencies, ...right.latencies],
  };
}

/** All that is said of the load. */
function describe(
  plan: LoadPlan,
  pieces: readonly Phase[],
  disturbed: Phase,
  bare: Phase,
  bytes: number,
): { readonly figures: readonly Figure[]; readonly isWhole: boolean } {
  const loaded = [...pieces, disturbed];
  const sent = sum(loaded, (phase) => phase.sent);
  const lost = sent - sum(loaded, ({ counts }) => counts.envelopes);
  const faults = sum(loaded, ({ counts }) => counts.faults);
  const closes = sum(loaded, ({ counts }) => counts.closes);
  const undisturbed = pieces.flatMap(({ counts }) => counts.latencies);
  const figures: readonly Figure[] = [
    rateFigure(plan, loaded, bytes),
    count("envelopes lost", lost, `of ${formatCount(sent)} sent`),
    count("envelopes doubled or out of order", faults, ""),
    count("well-behaved clients that the server ended", closes, `of ${formatCount(plan.sockets)}`),
    memoryFigure(pieces),
    latency("from change to client, p99, all well-behaved", undisturbed),
    latency("the same beside clients that misbehave", disturbed.counts.latencies),
    ...cpuFigures(pieces, bare),
  ];
  return { figures, isWhole: lost === 0 && faults === 0 && closes === 0 };
}

function rateFigure(plan: LoadPlan, loaded: readonly Phase[], bytes: number): Figure {
  const seconds = sum(loaded, (phase) => phase.seconds);
  const rate = sum(loaded, (phase) => phase.sent) / seconds;
  const load = `${formatCount(plan.sockets)} sockets, ${plan.rootsPerSocket} roots each`;
  return {
    name: `rate asked for / rate reached, ${load}`,
    value: plan.envelopesPerSecond / rate,
    unit: "x",
    target: 1.01,
    medians: `${formatCount(Math.round(rate))} envelopes/s of ${bytes} B for ${formatCount(Math.round(seconds))} s`,
  };
}

function memoryFigure(pieces: readonly Phase[]): Figure {
  const early = pieces[Math.floor(PIECES / 3)]?.after;
  const last = pieces.at(-1)?.after;
  if (early === undefined || last === undefined) throw new Error("The load has too few pieces.");
  const resident = `resident ${inMb(early.residentBytes)} -> ${inMb(last.residentBytes)} MB`;
  return {
    name: "heap at the end / after half of the time",
    value: last.heapBytes / early.heapBytes,
    unit: "x",
    target: 1.1,
    medians: `${inMb(early.heapBytes)} -> ${inMb(last.heapBytes)} MB, ${resident}`,
  };
}

function cpuFigures(pieces: readonly Phase[], bare: Phase): readonly Figure[] {
  const cpuMs = sum(pieces, (phase) => phase.cpuMs);
  const perEnvelope = cpuMs / sum(pieces, (phase) => phase.sent);
  const perBare = bare.cpuMs / bare.sent;
  return [
    {
      name: "CPU an envelope / sending the same bytes by ws alone",
      value: perEnvelope / perBare,
      unit: "x",
      target: null,
      medians: `${formatMs(perEnvelope)}, ${formatMs(perBare)}`,
    },
    {
      name: "CPU of the serving process / one core",
      value: cpuMs / (sum(pieces, (phase) => phase.seconds) * 1_000),
      unit: "x",
      target: null,
      medians: "",
    },
  ];
}

function count(name: string, value: number, medians: string): Figure {
  return { name, value, unit: "", target: 0, medians };
}

function latency(name: string, latencies: readonly number[]): Figure {
  const median = formatMs(quantile(latencies, 0.5));
  return { name, value: quantile(latencies, 0.99), unit: "ms", target: null, medians: `median ${median}` };
}

function inMb(bytes: number): string {
  return (bytes / 1_048_576).toFixed(1);
}

function sum<Item>(items: readonly Item[], of: (item: Item) => number): number {
  return items.reduce((total, item) => total + of(item), 0);
}
