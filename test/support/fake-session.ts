import { MAX_STREAM_ITEMS } from "../../src/bridge/attachment-view";
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
import { fakeAnswer } from "./fake-answer";
import { fakeLife } from "./fake-life";
import { fakeLog } from "./fake-log";
import { capture, connectionsAt, type FakeState, isBare } from "./fake-overview";
import { fakeStores } from "./fake-store-lines";
import { BOARD, CART, COUNTER, LIST, REPORT, type StoreFixture } from "./fake-stores";
import { fakeTimeline } from "./fake-timeline";

/** A made-up session of any length, for looking at the panel: its views are what a host would give. */
export type FakeSession = {
  /**
   * @param session the one that is shown, null being the live one
   * @param at the event after which it is shown, null being the newest one
   */
  readonly answer: (query: Query, session: string | null, at?: number | null) => View | null;
  /** All events of a session. */
  readonly rows: (session: string | null) => readonly Row[];
  /** A command comes, its reply and its envelope. */
  readonly tick: () => void;
};

const LIVE = { id: "2", url: "http://localhost:4000/shop", title: "Shop, Musubi demo" };
const PAST = { id: "1", url: "http://localhost:4000/login", title: "Log in to the shop, Musubi demo" };
const PAST_EVENTS = 80;
const FIRST_COUNT = 17;

export function createFakeSession(options: { readonly events: number } & FakeState): FakeSession {
  let count = FIRST_COUNT;
  let events = options.events;
  const rows: Row[] = [];

  function extend(): void {
    while (rows.length < events) rows.push(rowOf(rows.length + 1));
  }

  /** What the counter held: it grew evenly to what it was at first, then with each tick. */
  function countAt(at: number | null): number {
    if (at === null) return count;
    const later = Math.max(0, at - options.events);
    return Math.round((FIRST_COUNT * (at - later)) / options.events) + Math.floor(later / 3);
  }

  function stores(key: RootKey, at: number | null): StoreFixture | null {
    switch (key.root_id) {
      case "Demo.CounterStore:c1":
        return COUNTER(countAt(at));
      case "Demo.TodoStore:today":
        return LIST;
      case "Shop.Stores.CartStore:u9:open":
        return CART;
      case "stats":
        return REPORT;
      case "Demo.BoardStore:all":
        return BOARD(options.cards ?? 0);
      default:
        return null;
    }
  }

  const rowsOf = (isLive: boolean): readonly Row[] => {
    if (isBare(options)) return rows.slice(0, 1);
    return isLive ? rows : rows.slice(0, PAST_EVENTS);
  };

  function overview(isLive: boolean, at: number | null): OverviewView {
    const seen = rowsOf(isLive);
    const problems = seen.filter(({ problem }) => problem !== null).length;
    return {
      kind: "overview",
      capture: capture(options),
      session: { ...(isLive ? LIVE : PAST), isLive, events: seen.length, problems },
      past: options.hasPast ? { ...PAST, events: PAST_EVENTS } : null,
      connections: connectionsAt(options, { events: at ?? seen.length, version: countAt(at) + 1 }),
    };
  }

  const isLiveOne = (session: string | null): boolean => session !== PAST.id || !options.hasPast;

  return {
    tick() {
      count++;
      events += 3;
    },
    rows(session) {
      extend();
      return rowsOf(isLiveOne(session));
    },
    answer(query, session, at = null) {
      extend();
      const isLive = isLiveOne(session);
      switch (query.kind) {
        case "overview":
          return overview(isLive, at);
        case "store": {
          const fixture = stores(query.root, at);
          const value = fixture?.values.get(query.store_id.join("/")) ?? null;
          const { streams = [], uploads = [] } = (query.store_id.length === 0 && fixture) || {};
          const shown = streams.map((stream) => {
            const { from = 0 } = query.streams?.find(({ name }) => name === stream.name) ?? {};
            return { ...stream, from, items: stream.items.slice(from, from + MAX_STREAM_ITEMS) };
          });
          return {
            ...{ kind: "store", root: query.root, store_id: query.store_id, version: countAt(at) },
            ...{ value, streams: shown, uploads },
            ...(fixture?.digits && { digits: fixture.digits }),
          };
        }
        case "rows":
          return windowOf(rowsOf(isLive), query);
        case "event":
          return eventOf(rowsOf(isLive)[query.seq - 1], query.seq);
        case "problems":
          return problemsOf(rowsOf(isLive), query, overview(isLive, at).connections);
        case "ask":
          return fakeAnswer(query, at ?? rowsOf(isLive).length, countAt(at));
        case "stores":
          return fakeStores(query, overview(isLive, at).connections, (root) => stores(root.key, at));
        case "log":
          return fakeLog(query, at ?? rowsOf(isLive).length);
        case "timeline":
        case "entry":
        case "rates":
          return fakeTimeline(query, rowsOf(isLive), (seq) => eventOf(rowsOf(isLive)[seq - 1], seq));
        case "channels":
        case "channel":
        case "presence":
        case "connection":
          return fakeLife(query, rowsOf(isLive));
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
  if (seq % 233 === 0)
    return {
      ...{ ...base, type: "out", topic: "musubi_upload:u_q1W2e3R4t5Y", event: "chunk", ref: String(seq) },
      ...{ join_ref: "9", size: CHUNK.length, summary: `binary, ${CHUNK.length} bytes in all` },
    };
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

/** What a page sends of a file. */
const CHUNK = `\0\x01\x01\x1b\x05musubi_upload:u_q1W2e3R4t5Ychunk${"\x89PNG\r\n\x1a\n\0\0\xff".repeat(190)}`;

const GAP = "12 events (3400 bytes) are missing here. The page's buffer was full.";

const PROBLEM = (seq: number): string =>
  `The envelope of event ${seq} starts at version 5 but the root held version 6. Nothing applies until the server sends the whole state again.`;

function windowOf(rows: readonly Row[], query: Extract<Query, { kind: "rows" }>): RowsView {
  const found = rows.filter((row) => matches(row, query.filter));
  const from = query.from === "end" ? Math.max(0, found.length - query.count) : query.from;
  return { kind: "rows", from, total: found.length, rows: found.slice(from, from + query.count) };
}

function matches(row: Row, { text, heartbeats, only }: RowFilter): boolean {
  const wanted = text.trim().toLowerCase();
  const isFrame = row.type === "in" || row.type === "out";
  return (
    (only === undefined || only === row.type || (only === "frames" && isFrame)) &&
    (heartbeats || row.topic !== "phoenix") &&
    `${row.topic} ${row.event} ${row.summary}`.toLowerCase().includes(wanted)
  );
}

function eventOf(row: Row | undefined, seq: number): EventView {
  if (row === undefined) {
    const nothing = { raw: "", raw_length: 0, payload: null, pair: null, problems: [] };
    return { kind: "event", seq, row: null, encoding: "text", ...nothing };
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
  const isChunk = row.event === "chunk";
  const raw = isChunk
    ? btoa(CHUNK)
    : row.topic === null
      ? JSON.stringify(row)
      : JSON.stringify([row.join_ref, row.ref, row.topic, row.event, payload]);
  const pair = row.ref === null ? null : { seq: row.type === "out" ? seq + 1 : seq - 1, ms: 3.1 };
  const problems = row.problem === null ? [] : [row.problem];
  const encoding = isChunk ? "base64" : row.topic === null ? "json" : "text";
  const told = { raw, encoding, raw_length: raw.length, payload: isChunk ? null : payload } as const;
  return { kind: "event", seq, row, ...told, pair, problems };
}

/** Of one thing there are the first ones, as many as the overview says that its root has. */
function problemsOf(
  rows: readonly Row[],
  query: Extract<Query, { kind: "problems" }>,
  connections: OverviewView["connections"],
): ProblemsView {
  const { of } = query;
  const roots = connections.flatMap((connection) => connection.roots);
  const own = of?.kind === "store" ? roots.find(({ key }) => key.root_id === of.root.root_id)?.problems : 0;
  const all = rows.flatMap(({ seq, t, problem }) =>
    problem === null ? [] : [{ seq, t, code: problem === GAP ? "gap" : "version_gap", message: problem }],
  );
  const found = of === undefined ? all : all.slice(0, own);
  const from = query.from === "end" ? Math.max(0, found.length - query.count) : query.from;
  return { kind: "problems", from, total: found.length, rows: found.slice(from, from + query.count) };
}
