import { expect, it } from "vitest";
import { commandsOf, totalCommands } from "../../../src/engine/ask/command-totals";
import { createStoreActivity } from "../../../src/engine/ask/store-activity";
import { createRootSums, totalRoot, totalStores } from "../../../src/engine/ask/totals";
import type { CommandDocument } from "../../../src/engine/inspection";
import { folded } from "../../support/folding";
import { frames } from "../../support/frames";

const EVENTS = frames`> join < ok > mount A x < ok < v1 {n: 0, m: 0} > mount A y < ok < v1 {n: 0}
  > add ^x < ok < v2 ^x /n=1 /m=1 > add ^x @cart < error < v3 ^x /n=2 > add ^y`;
const textOf = (seq: number): string | null => {
  const event = EVENTS[seq - 1];
  return event !== undefined && "text" in event ? event.text : null;
};

function asked() {
  const engine = folded(EVENTS);
  const [connection] = engine.connections;
  const root = connection?.roots.find(({ root_id }) => root_id === "x");
  if (connection === undefined || root === undefined) throw new Error("There is no root.");
  const timeOf = (seq: number) => seq - 1;
  return { root, commands: commandsOf(connection, root, engine.commands), timeOf };
}

const command = (status: string, rtt_ms: number | null): CommandDocument => {
  const sent = {
    seq: 1,
    socket: 1,
    topic: "t",
    ref: "1",
    root_id: "x",
    store_id: [],
    name: "a",
    payload: {},
  };
  return { ...sent, by: "page", status, reply: null, rtt_ms, patch_seqs: [] };
};

it("a root's totals count its envelopes, their steps and its own commands", () => {
  const { root, commands, timeOf } = asked();
  const bytes = [7, 13, 16].map((seq) => new TextEncoder().encode(textOf(seq) ?? "").length);
  expect(totalRoot(createRootSums(root.history, textOf), commands, timeOf)).toEqual({
    envelopes: 3,
    operations: 4,
    bytes: bytes.reduce((sum, one) => sum + one, 0),
    first: { seq: 7, t: 6 },
    last: { seq: 16, t: 15 },
    commands: {
      total: 2,
      statuses: [
        { status: "ok", count: 1 },
        { status: "error", count: 1 },
      ],
      rtt_ms: { p50: 1, p95: 1, max: 1 },
    },
  });
});

it("a store's totals tell what changed in it most often, and a store that is not there has its commands", () => {
  const { root, commands, timeOf } = asked();
  const [own, cart] = totalStores(createStoreActivity(root.history), commands, timeOf);
  expect(own).toMatchObject({
    store_id: [],
    revisions: 3,
    mounted: 1,
    unmounted: 0,
    churn: [
      { what: "field", name: "n", revisions: 2 },
      { what: "field", name: "m", revisions: 1 },
    ],
    first: { seq: 7, t: 6 },
    last: { seq: 16, t: 15 },
    commands: { total: 1 },
  });
  expect(cart).toMatchObject({ store_id: ["cart"], revisions: 0, first: null, commands: { total: 1 } });
});

it("sums that are kept up equal those that are made at the end", () => {
  const { root } = asked();
  const kept = createRootSums(root.history, textOf);
  kept.extend();
  expect(kept.extend()).toEqual(createRootSums(root.history, textOf).extend());
});

it("latencies are of the nearest rank, and those without a reply count for nothing", () => {
  const times = Array.from({ length: 100 }, (_, at) => command("ok", 100 - at));
  expect(totalCommands([...times, command("pending", null)])).toEqual({
    total: 101,
    statuses: [
      { status: "ok", count: 100 },
      { status: "pending", count: 1 },
    ],
    rtt_ms: { p50: 50, p95: 95, max: 100 },
  });
  expect(totalCommands([]).rtt_ms).toBeNull();
});
