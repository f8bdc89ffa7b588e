import fc from "fast-check";
import { createEngine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import { close, envelope, open, page, socket, URL_V2 } from "./frames";

/**
 * The lives of channels and roots: two clients on one page, one with each serializer, on all wires and beside a plain
 * channel. Joins, mounts, leaves and unmounts are answered late, in any order, well or badly or not at all; channels
 * close and crash, transports are lost and come back, the page is left. Frames go where an engine knows a channel, so
 * that most of them fit.
 */
const OWN = "musubi:connection:Shop.Cart:c1";
const JOINS: readonly (readonly [topic: string, sent: Json, response: Json])[] = [
  ["musubi:connection", {}, {}],
  ["musubi:app", {}, {}],
  [OWN, { module: "Shop.Cart", id: "c1", params: {} }, { root_id: "Shop.Cart:c1" }],
  ["musubi:cart", { module: "Shop.Cart", id: "c2", params: null }, {}],
  ["room:1", {}, {}],
];
const URLS: readonly string[] = [URL_V2, "ws://localhost:4000/other/websocket"];

const KINDS = [
  ...(["join", "join", "mount", "mount", "unmount", "push", "leave", "end", "reconnect", "page"] as const),
  ...(["answer", "answer", "answer", "answer", "answer", "answer", "presence", "presence"] as const),
  ...(["patch", "patch", "patch", "patch", "patch", "patch"] as const),
];

/** `pick` says where, and what; `odd` that it is not as it should be. */
type Step = { readonly kind: (typeof KINDS)[number]; readonly pick: number; readonly odd: boolean };

const step: fc.Arbitrary<Step> = fc.record({
  kind: fc.constantFrom(...KINDS),
  pick: fc.nat(10_000),
  odd: fc.nat(5).map((lot) => lot === 0),
});

/** The steps with which every life begins: each topic is joined, and mounts what it may. */
const BEGINNING: readonly Step[] = JOINS.flatMap((_, at): readonly Step[] =>
  (["join", "answer", "mount", "answer", "patch"] as const).map((kind) => ({
    kind,
    pick: at * 2 + (at % 2),
    odd: false,
  })),
);

/** Sessions of up to 60 steps after their beginning. */
export const lives: fc.Arbitrary<readonly SessionEvent[]> = fc
  .array(step, { maxLength: 60, size: "max" })
  .map((steps) => {
    const life = createLife();
    for (const one of [...BEGINNING, ...steps]) life.take(one);
    return life.events;
  });

type Address = { readonly socket: number; readonly topic: string; readonly join_ref: string | null };
type Pushed = Address & { readonly ref: string; readonly response: Json };

/** A session to which frames are added, and what an engine makes of it. */
function createLines() {
  const events: SessionEvent[] = [];
  const engine = createEngine(0);
  const speakers = new Set<number>();
  let sockets = 0;

  function add(event: SessionEvent): void {
    const timed = { ...event, t: events.length };
    events.push(timed);
    engine.fold(timed);
  }

  return {
    events,
    engine,
    add,
    connect(client: number): number {
      const id = ++sockets;
      if (client === 1) speakers.add(id);
      add(socket(id, URLS[client]));
      add(open(id));
      return id;
    },
    /** A frame, by the first serializer where the client speaks that: there servers leave the join_ref out. */
    frame(type: "in" | "out", to: Address, ref: string | null, event: string, payload: Json): void {
      const { socket: id, topic, join_ref } = to;
      const own = type === "out" ? { join_ref } : {};
      const value = speakers.has(id)
        ? { topic, event, payload, ref, ...own }
        : [join_ref, ref, topic, event, payload];
      add({ type, t: 0, socket: id, text: JSON.stringify(value) });
    },
  };
}

function createLife() {
  const { events, engine, add, connect, frame } = createLines();
  const current = [connect(0), connect(1)];
  const pushes: Pushed[] = [];
  let refs = 0;

  function send(to: Address, event: string, payload: Json, response: Json): void {
    const ref = String(++refs);
    const address = event === "phx_join" ? { ...to, join_ref: ref } : to;
    pushes.push({ ...address, ref, response });
    frame("out", address, ref, event, payload);
  }

  const channels = () => engine.connections.flatMap((connection) => connection.channels);

  function answer({ pick, odd }: Step): void {
    const [push] = pushes.splice(pick % Math.max(pushes.length, 1), 1);
    if (push === undefined) return;
    const payload = odd
      ? { status: "error", response: { reason: "no" } }
      : { status: "ok", response: push.response };
    frame("in", push, push.ref, "phx_reply", payload);
  }

  function patch({ pick, odd }: Step): void {
    const connection = chosen(engine.connections, pick);
    const root = chosen(connection?.roots ?? [], pick >> 1);
    const channel = connection?.channels.find(({ topic }) => topic === root?.topic);
    if (root === undefined || channel === undefined) return;
    const version = root.version + (odd ? 2 : 1);
    const value = { __musubi_store_id__: [], n: 0, rows: { __musubi_stream__: "rows" } };
    const [path, entered] = version === 1 ? ["", value] : ["/n", pick];
    const item = { op: "insert", store_id: [], stream: "rows", item_key: `${pick % 5}`, at: -1, item: pick };
    frame("in", channel, null, "patch", {
      ...envelope(version, [{ op: "replace", path, value: entered }]),
      ...{ stream_ops: pick % 3 === 0 ? [item] : [] },
      ...(root.wire === "adapter" ? {} : { root_id: root.root_id }),
    });
  }

  function push({ kind, pick, odd }: Step): void {
    const to = chosen(channels(), pick);
    if (to === undefined) return;
    const id = `m${pick % 3}`;
    const root_id = pick % 2 === 0 ? id : `Shop.List:${id}`;
    if (kind === "mount") {
      send(to, "mount", { module: "Shop.List", id: odd ? "" : id, params: { n: pick } }, { root_id });
    } else if (kind === "unmount") send(to, "unmount", { root_id }, {});
    else if (kind === "leave") send(to, "phx_leave", {}, {});
    else if (odd) send({ ...to, topic: "phoenix", join_ref: null }, "heartbeat", {}, {});
    else send(to, "command", { root_id, store_id: [], name: "go" }, {});
  }

  function speak({ kind, pick, odd }: Step): void {
    const to = kind === "end" ? chosen(channels(), pick) : channels().find(({ topic }) => topic === "room:1");
    if (to === undefined) return;
    if (kind === "end") {
      frame("in", to, to.join_ref, odd ? "phx_error" : "phx_close", {});
      return;
    }
    const who = { [`u${pick % 4}`]: { metas: [{ phx_ref: `${pick % 7}` }] } };
    const diff = odd ? { joins: {}, leaves: who } : { joins: who, leaves: {} };
    if (pick % 4 === 0) frame("in", to, null, "presence_state", who);
    else frame("in", to, null, "presence_diff", diff);
  }

  function take(one: Step): void {
    const { kind, pick, odd } = one;
    const client = pick % 2;
    const id = current[client] ?? 1;
    if (kind === "join") {
      const [topic, sent, response] = chosen(JOINS, pick >> 1) ?? ["room:1", {}, {}];
      send({ socket: id, topic, join_ref: null }, "phx_join", sent, response);
    } else if (kind === "answer") answer(one);
    else if (kind === "patch") patch(one);
    else if (kind === "presence" || kind === "end") speak(one);
    else if (kind === "reconnect") {
      add(close(id, odd ? 1000 : 1006));
      current[client] = connect(client);
    } else if (kind === "page") {
      if (!odd) return;
      add(page("unload"));
      add(page("load"));
      for (const each of [0, 1]) current[each] = connect(each);
    } else push(one);
  }

  return { events, take };
}

function chosen<Item>(items: readonly Item[], pick: number): Item | undefined {
  return items[pick % Math.max(items.length, 1)];
}
