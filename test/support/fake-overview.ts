import type { CaptureView, ChannelView, ConnectionView, RootKey, RootView } from "../../src/bridge/view";
import type { Stop } from "../../src/panel/model/diagnosis";

/** How far a made-up capture has come, and what is the matter with it. */
export type FakeState = {
  /** Why there is no root's state; without it all is there. */
  readonly stage?: Stop["kind"] | undefined;
  /** The tap turned itself off when all was there. */
  readonly isOff?: boolean;
  /** The journal cannot be written. */
  readonly isFull?: boolean;
  readonly hasPast?: boolean;
  /** There is one more root, with so many stores in it. */
  readonly cards?: number;
};

const SHOP: RootKey[] = ["Demo.CounterStore:c1", "Demo.TodoStore:today", "Shop.Stores.CartStore:u9:open"].map(
  (root_id) => ({ connection: 1, topic: `musubi:connection:${root_id}`, root_id }),
);
const BOARD: RootKey = {
  ...{ connection: 1, topic: "musubi:connection:Demo.BoardStore:all", root_id: "Demo.BoardStore:all" },
};
const WIDGET: RootKey = { connection: 2, topic: "musubi:connection", root_id: "stats" };

/** Stops before a socket is seen. */
const BARE: readonly (Stop["kind"] | undefined)[] = [
  ...(["unwatchable", "not_allowed", "not_reported", "no_tap", "tap_off", "no_socket"] as const),
  "other_sockets",
];

export function isBare({ stage }: FakeState): boolean {
  return BARE.includes(stage);
}

export function capture({ stage, isOff = false, isFull = false }: FakeState): CaptureView {
  const isIn = stage !== "unwatchable" && stage !== "not_allowed" && stage !== "not_reported";
  const off = isOff || stage === "tap_off";
  return {
    page: isIn,
    tap: off ? "off" : isIn && stage !== "no_tap" ? "active" : "none",
    why: off ? "TypeError: this.listeners is not iterable" : null,
    otherSockets: stage === "other_sockets",
    storage: isFull
      ? "The disk is full, so this session is kept in memory only. Make room on the disk."
      : null,
  };
}

export function connectionsAt(
  { stage, cards = 0 }: FakeState,
  at: { readonly events: number; readonly version: number },
): readonly ConnectionView[] {
  const main = connection(1, "ws://localhost:4000/socket/websocket", "connected", null);
  const on = (channels: readonly ChannelView[], roots: readonly RootView[] = []) => [
    { ...main, channels, roots },
  ];
  switch (stage) {
    case undefined:
      return all(main, { ...at, cards });
    case "connecting_socket":
      return [{ ...main, status: "connecting" }];
    case "closed_socket":
      return [{ ...main, status: "closed" }];
    case "no_channel":
      return [main];
    case "joining":
      return on([{ ...LOBBY, state: "joining" }]);
    case "channel_errored":
      return on([{ ...LOBBY, state: "errored" }]);
    case "channels_refused":
      return on([METRICS]);
    case "no_mount":
      return on([{ topic: "musubi:connection", state: "joined", kind: "connection" }]);
    case "plain_channels":
      return on([LOBBY, METRICS]);
    case "roots_refused":
      return on([LOBBY], counters({ status: "refused" }));
    case "no_envelope":
      return on([LOBBY], counters({ status: "mounting" }));
    default:
      return [];
  }
}

const LOBBY: ChannelView = { topic: "room:lobby", state: "joined", kind: "plain" };
const METRICS: ChannelView = { topic: "admin:metrics", state: "refused", kind: "plain" };
const UPLOAD: ChannelView = { topic: "musubi_upload:u_q1W2e3R4t5Y", state: "joined", kind: "upload" };

function all(
  main: ConnectionView,
  { events, version, cards }: { readonly events: number; readonly version: number; readonly cards: number },
): readonly ConnectionView[] {
  const frame = "http://localhost:4000/widgets/stats.html";
  const widget = connection(2, "wss://stats.shop.test/live/websocket", "reconnecting", frame);
  const [counter, list, cart] = SHOP;
  if (counter === undefined || list === undefined || cart === undefined) return [];
  const boards = cards === 0 ? [] : [root(BOARD, "Demo.BoardStore", "all", 12, { seq: 80 })];
  const roots = [
    root(counter, "Demo.CounterStore", "c1", version, { params: { count: 17 }, seq: events }),
    root(list, "Demo.TodoStore", "today", 42, { seq: 210 }),
    root(cart, "Shop.Stores.CartStore", "u9:open", 7, {
      ...{ params: { user: "u9", coupon: null, regions: ["eu", "us"] }, seq: 96, problems: 2 },
      kept: { stream_ops: 2, upload_ops: 0 },
    }),
    ...boards,
  ];
  return [
    { ...main, roots, channels: [LOBBY, METRICS, UPLOAD] },
    {
      ...widget,
      channels: [{ topic: "musubi:connection", state: "errored", kind: "connection" }],
      roots: [root(WIDGET, "Stats.Stores.ReportStore", "stats", 3, { status: "lost", seq: 64 })],
    },
  ];
}

/** One root that has no state. */
function counters({ status }: Pick<RootView, "status">): readonly RootView[] {
  return SHOP.slice(0, 1).map((key) => {
    return { ...root(key, "Demo.CounterStore", "c1", 0, { status, seq: 1 }), last_envelope: null };
  });
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
