import type {
  ConnectionView,
  EventView,
  OverviewView,
  ProblemsView,
  Query,
  RootKey,
  RootView,
  Row,
  RowFilter,
  RowsView,
  View,
} from "../../src/bridge/view";
import type { Json } from "../../src/wire/json";
import { CART, COUNTER, LIST, REPORT, type StoreFixture } from "./fake-stores";

/** A made-up session of any length, for looking at the panel: its views are what a host would give. */
export type FakeSession = {
  readonly answer: (query: Query) => View | null;
  /** A command comes, its reply and its envelope. */
  readonly tick: () => void;
};

const SHOP: RootKey[] = ["Demo.CounterStore:c1", "Demo.TodoStore:today", "Shop.Stores.CartStore:u9:open"].map(
  (root_id) => ({ connection: 1, topic: `musubi:connection:${root_id}`, root_id }),
);
const WIDGET: RootKey = { connection: 2, topic: "musubi:connection", root_id: "stats" };

export function createFakeSession(options: {
  readonly events: number;
  /** How far the capture has come. */
  readonly stage?: "page_not_watched" | "no_tap" | "no_socket" | "no_channel" | "no_root";
}): FakeSession {
  const { stage } = options;
  let count = 17;
  let events = options.events;
  const rows: Row[] = [];

  function extend(): void {
    while (rows.length < events) rows.push(rowOf(rows.length + 1));
  }

  function stores(key: RootKey): StoreFixture | null {
    switch (key.root_id) {
      case "Demo.CounterStore:c1":
        return COUNTER(count);
      case "Demo.TodoStore:today":
        return LIST;
      case "Shop.Stores.CartStore:u9:open":
        return CART;
      case "stats":
        return REPORT;
      default:
        return null;
    }
  }

  function roots(): readonly RootView[] {
    const [counter, list, cart] = SHOP;
    if (counter === undefined || list === undefined || cart === undefined) return [];
    return [
      root(counter, "Demo.CounterStore", "c1", count + 1, { params: { count: 17 }, seq: events }),
      root(list, "Demo.TodoStore", "today", 42, { seq: 210 }),
      root(cart, "Shop.Stores.CartStore", "u9:open", 7, {
        ...{ params: { user: "u9", coupon: null, regions: ["eu", "us"] }, seq: 96, problems: 2 },
        kept: { stream_ops: 2, upload_ops: 0 },
      }),
    ];
  }

  function connections(): readonly ConnectionView[] {
    if (stage === "page_not_watched" || stage === "no_tap" || stage === "no_socket") return [];
    const main = connection(1, "ws://localhost:4000/socket/websocket", "connected", null);
    if (stage === "no_channel") return [main];
    const channels = [
      { topic: "room:lobby", state: "joined", kind: "plain" },
      { topic: "admin:metrics", state: "refused", kind: "plain" },
    ] as const;
    if (stage === "no_root") return [{ ...main, channels }];
    const upload = { topic: "musubi_upload:u_q1W2e3R4t5Y", state: "joined", kind: "upload" } as const;
    const frame = "http://localhost:4000/widgets/stats.html";
    const widget = connection(2, "wss://stats.shop.test/live/websocket", "reconnecting", frame);
    return [
      { ...main, roots: roots(), channels: [...channels, upload] },
      {
        ...widget,
        channels: [{ topic: "musubi:connection", state: "errored", kind: "connection" }],
        roots: [root(WIDGET, "Stats.Stores.ReportStore", "stats", 3, { status: "lost", seq: 64 })],
      },
    ];
  }

  function overview(): OverviewView {
    const capture = {
      page: stage !== "page_not_watched",
      tap: stage !== "page_not_watched" && stage !== "no_tap",
    };
    const problems = stage === undefined ? Math.floor(events / 97) : 0;
    const session = { id: "1", events: stage === undefined ? events : 0, problems };
    return {
      kind: "overview",
      ...{ capture, connections: connections() },
      session: { ...session, url: "http://localhost:4000/shop", title: "Shop, Musubi demo" },
    };
  }

  return {
    tick() {
      count++;
      events += 3;
    },
    answer(query) {
      extend();
      switch (query.kind) {
        case "overview":
          return overview();
        case "tree":
          return { kind: "tree", root: query.root, tree: stores(query.root)?.tree ?? null };
        case "store": {
          const fixture = stores(query.root);
          const value = fixture?.values.get(query.store_id.join("/")) ?? null;
          const { streams = [], uploads = [] } = (query.store_id.length === 0 && fixture) || {};
          return {
            ...{ kind: "store", root: query.root, store_id: query.store_id, version: count },
            ...{ value, streams, uploads },
          };
        }
        case "rows":
          return stage === undefined ? windowOf(rows, query) : { kind: "rows", from: 0, total: 0, rows: [] };
        case "event":
          return eventOf(rows[query.seq - 1], query.seq);
        case "problems":
          return problemsOf(rows, query);
        case "ask":
          return null;
      }
    },
  };
}

function root(
  key: RootKey,
  module: string,
  caller_id: string,
  version: number,
  more: { readonly seq: number } & Partial<RootView>,
): RootView {
  const { seq, ...rest } = more;
  const command = { seq: Math.max(1, seq - 2), name: "increment" };
  return {
    ...{ key, module, caller_id, version, params: {}, wire: "per_root", status: "mounted", epoch: 1 },
    ...{
      kept: { stream_ops: 0, upload_ops: 0 },
      problems: 0,
      last_envelope: { seq, t: seq * 13.7, command },
    },
    ...rest,
  };
}

function connection(
  id: number,
  endpoint: string,
  status: ConnectionView["status"],
  frame: string | null,
): ConnectionView {
  const plain = { transport: "websocket", serializer: "2.0.0", channels: [], roots: [] } as const;
  return { id, endpoint, status, frame, ...plain };
}

const TOPIC = "musubi:connection:Demo.CounterStore:c1";

/** The kinds of events in turn; `seq` counts from 1. */
function rowOf(seq: number): Row {
  const base: Row = {
    ...{ seq, t: seq * 13.7, socket: 1, type: "in", topic: TOPIC, event: "phx_reply", by: "page" },
    ...{ ref: null, join_ref: "4", size: 96 + (seq % 700), summary: "", problem: null },
  };
  const other = { topic: null, event: null, join_ref: null, size: 0 };
  if (seq === 1)
    return {
      ...base,
      ...other,
      type: "page",
      socket: null,
      summary: "the page started: http://localhost:4000/shop",
    };
  if (seq === 2)
    return { ...base, ...other, type: "socket", summary: "ws://localhost:4000/socket/websocket?vsn=2.0.0" };
  if (seq === 3) return { ...base, ...other, type: "open", summary: "the socket is open" };
  if (seq % 97 === 0)
    return { ...base, event: "patch", summary: "v5 → v7, 2 operations", problem: PROBLEM(seq) };
  if (seq % 61 === 0)
    return {
      ...base,
      ...other,
      type: "gap",
      summary: "12 events (3400 bytes) are missing here. The page's buffer was full.",
    };
  if (seq % 41 === 0)
    return {
      ...base,
      type: "out",
      topic: "phoenix",
      event: "heartbeat",
      ref: String(seq),
      join_ref: null,
      summary: "{}",
    };
  const ref = String(Math.floor(seq / 3) + 3);
  if (seq % 3 === 1)
    return { ...base, type: "out", event: "command", ref, summary: 'increment {"amount": 1}' };
  if (seq % 3 === 2) return { ...base, ref, summary: "ok {}" };
  if (seq % 2 === 0)
    return { ...base, topic: "room:lobby", event: "message\u202Egnp.exe", summary: '{"body": "Hallo שלום"}' };
  return { ...base, event: "patch", summary: `v${seq} → v${seq + 1}, replace /count, /child/doubled` };
}

const PROBLEM = (seq: number): string =>
  `The envelope of event ${seq} starts at version 5 but the root held version 6. Nothing applies until the server sends the whole state again.`;

function windowOf(rows: readonly Row[], query: Extract<Query, { kind: "rows" }>): RowsView {
  const found = rows.filter((row) => matches(row, query.filter));
  const from = query.from === "end" ? Math.max(0, found.length - query.count) : query.from;
  return { kind: "rows", from, total: found.length, rows: found.slice(from, from + query.count) };
}

function matches(row: Row, { text, heartbeats }: RowFilter): boolean {
  const wanted = text.trim().toLowerCase();
  return (
    (heartbeats || row.topic !== "phoenix") &&
    `${row.topic} ${row.event} ${row.summary}`.toLowerCase().includes(wanted)
  );
}

function eventOf(row: Row | undefined, seq: number): EventView {
  if (row === undefined) {
    return { kind: "event", seq, row: null, raw: "", raw_length: 0, payload: null, pair: null, problems: [] };
  }
  const payload: Json =
    row.event === "command"
      ? { store_id: [], name: "increment", payload: { amount: 1 } }
      : {
          ...{ type: "patch", root_id: "Demo.CounterStore:c1", base_version: 5, version: 6, stream_ops: [] },
          ops: [
            { op: "replace", path: "/count", value: 18 },
            { op: "replace", path: "/child/doubled", value: 36 },
          ],
        };
  const raw =
    row.topic === null
      ? JSON.stringify(row)
      : JSON.stringify([row.join_ref, row.ref, row.topic, row.event, payload]);
  const pair = row.ref === null ? null : { seq: row.type === "out" ? seq + 1 : seq - 1, ms: 3.1 };
  const problems = row.problem === null ? [] : [row.problem];
  return { kind: "event", seq, row, raw, raw_length: raw.length, payload, pair, problems };
}

function problemsOf(rows: readonly Row[], query: Extract<Query, { kind: "problems" }>): ProblemsView {
  const found = rows.flatMap(({ seq, t, problem }) =>
    problem === null ? [] : [{ seq, t, code: "version_gap", message: problem }],
  );
  const from = query.from === "end" ? Math.max(0, found.length - query.count) : query.from;
  return { kind: "problems", from, total: found.length, rows: found.slice(from, from + query.count) };
}
