import type {
  EventView,
  OverviewView,
  ProblemsView,
  Query,
  RootKey,
  Row,
  RowFilter,
  RowsView,
  View,
} from "../../src/bridge/view";
import type { Json } from "../../src/wire/json";
import { capture, connectionsAt, type FakeState, isBare } from "./fake-overview";
import { CART, COUNTER, LIST, REPORT, type StoreFixture } from "./fake-stores";

/** A made-up session of any length, for looking at the panel: its views are what a host would give. */
export type FakeSession = {
  /** @param session the one that is shown, null being the live one */
  readonly answer: (query: Query, session: string | null) => View | null;
  /** A command comes, its reply and its envelope. */
  readonly tick: () => void;
};

const LIVE = { id: "2", url: "http://localhost:4000/shop", title: "Shop, Musubi demo" };
const PAST = { id: "1", url: "http://localhost:4000/login", title: "Log in to the shop, Musubi demo" };
const PAST_EVENTS = 80;

export function createFakeSession(options: { readonly events: number } & FakeState): FakeSession {
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

  const rowsOf = (isLive: boolean): readonly Row[] => {
    if (isBare(options)) return rows.slice(0, 1);
    return isLive ? rows : rows.slice(0, PAST_EVENTS);
  };

  function overview(isLive: boolean): OverviewView {
    const seen = rowsOf(isLive);
    const problems = seen.filter(({ problem }) => problem !== null).length;
    return {
      kind: "overview",
      capture: capture(options),
      session: { ...(isLive ? LIVE : PAST), isLive, events: seen.length, problems },
      past: options.hasPast ? { ...PAST, events: PAST_EVENTS } : null,
      connections: connectionsAt(options, { events: seen.length, version: count + 1 }),
    };
  }

  return {
    tick() {
      count++;
      events += 3;
    },
    answer(query, session) {
      extend();
      const isLive = session !== PAST.id || !options.hasPast;
      switch (query.kind) {
        case "overview":
          return overview(isLive);
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
          return windowOf(rowsOf(isLive), query);
        case "event":
          return eventOf(rowsOf(isLive)[query.seq - 1], query.seq);
        case "problems":
          return problemsOf(rowsOf(isLive), query);
        case "ask":
          return null;
      }
    },
  };
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
      summary: GAP,
      problem: seq === 61 ? GAP : null,
    };
  if (seq % 151 === 0)
    return {
      ...base,
      ...other,
      type: "base",
      summary: "earlier history was folded into the state that stands here",
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

const GAP = "12 events (3400 bytes) are missing here. The page's buffer was full.";

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
    problem === null ? [] : [{ seq, t, code: problem === GAP ? "gap" : "version_gap", message: problem }],
  );
  const from = query.from === "end" ? Math.max(0, found.length - query.count) : query.from;
  return { kind: "problems", from, total: found.length, rows: found.slice(from, from + query.count) };
}
