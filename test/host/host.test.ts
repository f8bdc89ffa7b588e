import { describe, expect, it } from "vitest";
import { MAX_STREAM_ITEMS } from "../../src/bridge/attachment-view";
import type { HostMessage } from "../../src/bridge/host-message";
import type { PageEvent } from "../../src/bridge/page-event";
import type { PageStatus } from "../../src/bridge/page-message";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import type { Query, View } from "../../src/bridge/view";
import { createHost } from "../../src/host/host";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";

const TOPIC = "musubi:connection:Demo.CounterStore:c1";
const ACTIVE: PageStatus = { tap: "active", why: null, otherSockets: false, title: "" };
const ROOT = { connection: 1, topic: TOPIC, root_id: "Demo.CounterStore:c1" };

const STORES: Query = {
  ...{ kind: "stores", from: 0, count: 9, folds: [], chosen: null, reveal: null, find: null },
};

describe("a host", () => {
  it("shows a panel what a page's frames say, and again when they say more", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    panel.watch(1, { kind: "overview" });
    expect(panel.last(1)).toMatchObject({ connections: [], session: { events: 0 } });

    page.send(mountedCounter());
    elapse();
    expect(panel.last(1)).toMatchObject({
      capture: { page: true, tap: "active", why: null, otherSockets: false, storage: null },
      connections: [
        {
          status: "connected",
          channels: [{ topic: TOPIC, state: "joined", kind: "root" }],
          roots: [{ key: ROOT, module: "Demo.CounterStore", status: "mounted", version: 1, problems: 0 }],
        },
      ],
    });
  });

  it("shows a store's own value, with what is nested cut down, and the lines of its tree", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    page.send(mountedCounter());
    panel.watch(1, { kind: "store", root: ROOT, store_id: [] });
    panel.watch(2, STORES);
    panel.watch(3, { kind: "store", root: ROOT, store_id: ["gone"] });

    const nested = { __musubi_store_id__: ["child"] };
    expect(panel.last(1)).toMatchObject({
      version: 1,
      value: { __musubi_store_id__: [], count: 0, child: nested },
    });
    expect(panel.last(2)).toMatchObject({
      total: 3,
      rows: [
        { shows: { kind: "connection" } },
        { shows: { kind: "root", root: ROOT }, preview: [{ key: "count", value: "0" }], inside: 1 },
        { shows: { kind: "store", store_id: ["child"] }, preview: [{ key: "doubled", value: "0" }] },
      ],
    });
    expect(panel.last(3)).toMatchObject({ value: null });

    page.send([counted(1, 2)]);
    elapse();
    expect(panel.last(1)).toMatchObject({ version: 2, value: { count: 1 } });
  });

  it("answers any question of the engine's, and again when there is more", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    page.send(mountedCounter());
    const root = { root_id: ROOT.root_id };
    panel.watch(1, { kind: "ask", question: { kind: "changes", root, store_id: [] } });
    panel.watch(2, { kind: "ask", question: { kind: "changes", root: "none" } });
    expect(panel.last(1)).toMatchObject({ kind: "answer", answer: { kind: "changes", total: 1 } });
    expect(panel.last(2)).toMatchObject({ answer: { kind: "refused", reason: "bad_question" } });

    page.send([counted(1, 2)]);
    elapse();
    const step = { what: "field", name: "count", op: "replace", before: 0, after: 1 };
    expect(panel.last(1)).toMatchObject({
      answer: { total: 2, changes: [{ version: 1 }, { version: 2, steps: [step] }] },
    });
  });

  it("shows what a store's streams and uploads hold, and again when only they have changed", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    page.send(mountedCounter());
    panel.watch(1, { kind: "store", root: ROOT, store_id: [] });
    panel.watch(2, { kind: "store", root: ROOT, store_id: ["child"] });
    expect(panel.last(1)).toMatchObject({ streams: [], uploads: [] });

    const most = MAX_STREAM_ITEMS;
    const rows = Array.from({ length: most + 3 }, (_, id) => ({
      ...{
        op: "insert",
        stream: "rows",
        ref: "0",
        store_id: [],
        item_key: `rows-${id}`,
        at: -1,
        item: { id },
      },
      limit: null,
    }));
    const upload = { upload: "avatar", store_id: ["child"] };
    page.send([attached(1, rows, [{ op: "config", ...upload, config: { accept: "any" } }])]);
    elapse();
    expect(panel.last(1)).toMatchObject({ streams: [{ name: "rows", total: most + 3 }], uploads: [] });
    const [stream] = storeOf(panel.last(1))?.streams ?? [];
    expect(stream?.items).toHaveLength(most);
    expect(stream?.items.at(-1)).toEqual({ item_key: `rows-${most - 1}`, item: { id: most - 1 } });
    for (const [id, from] of [
      [3, most],
      [4, 9 * most],
    ] as const) {
      panel.watch(id, { kind: "store", root: ROOT, store_id: [], streams: [{ name: "rows", from }] });
      const [rest] = storeOf(panel.last(id))?.streams ?? [];
      // A stream that has shrunk shows its last items.
      expect(rest).toMatchObject({ total: most + 3, from: from === most ? most : 3 });
      expect(rest?.items.at(-1)).toEqual({ item_key: `rows-${most + 2}`, item: { id: most + 2 } });
    }

    const entry = { ref: "u_1", client_name: "a.png", progress: 0, status: "pending", errors: [] };
    const added = { op: "add", ...upload, ref: "u_1", entry };
    page.send([attached(2, [], [added, { op: "progress", ...upload, ref: "u_1", progress: 55 }])]);
    elapse();
    const shown = { ...entry, progress: 55, status: "uploading" };
    expect(panel.last(2)).toMatchObject({
      streams: [],
      uploads: [
        {
          ...{ name: "avatar", config: { accept: "any" }, entries: { total: 1, items: [shown] } },
          errors: { total: 0, items: [] },
        },
      ],
    });
  });

  it("sends a view again only when it has changed", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    page.send(mountedCounter());
    panel.watch(1, { kind: "store", root: ROOT, store_id: [] });
    panel.watch(2, { kind: "problems", from: 0, count: 10 });
    const before = panel.views.length;

    page.send([createPageEvents(2e12).in('[null,"9","phoenix","phx_reply",{"status":"ok","response":{}}]')]);
    elapse();
    // The reply to nobody is a problem; the store is as it was.
    expect(panel.views.slice(before).map(({ view }) => view.kind)).toEqual(["problems"]);
  });

  it("lists every event, filters them, and shows a push beside its reply", () => {
    const { host } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    const events = createPageEvents(2e12);
    page.send([
      ...mountedCounter(),
      events.out('[null,"5","phoenix","heartbeat",{}]'),
      events.in('[null,"5","phoenix","phx_reply",{"status":"ok","response":{}}]'),
      events.in("garbage"),
    ]);
    const all = { text: "", heartbeats: true };
    panel.watch(1, { kind: "rows", from: 0, count: 100, filter: all });
    panel.watch(2, { kind: "rows", from: "end", count: 2, filter: { text: "", heartbeats: false } });
    panel.watch(3, { kind: "rows", from: 0, count: 10, filter: { text: "PHX_JOIN", heartbeats: false } });
    panel.watch(4, { kind: "event", seq: 4 });

    expect(rowsOf(panel.last(1)).map((row) => row.event ?? row.type)).toEqual([
      "page",
      "socket",
      "open",
      "phx_join",
      "phx_reply",
      "patch",
      "heartbeat",
      "phx_reply",
      "in",
    ]);
    expect(panel.last(2)).toMatchObject({ from: 5, total: 7, rows: [{ seq: 6 }, { seq: 9 }] });
    expect(rowsOf(panel.last(2))[1]?.problem).toContain("JSON");
    expect(rowsOf(panel.last(3)).map((row) => row.seq)).toEqual([4]);
    expect(panel.last(4)).toMatchObject({
      pair: { seq: 5, ms: 1 },
      payload: { module: "Demo.CounterStore" },
    });
  });

  it("reads each socket's frames by its own serializer, and shows what binary frames are", () => {
    const { host } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    const events = createPageEvents();
    const binary = new Uint8Array([2, 4, 5, ...new TextEncoder().encode("roomchunk"), 7, 7, 7]);
    page.send([
      events.socket(1, "ws://localhost/socket/websocket?vsn=1.0.0"),
      events.in('{"topic":"room","event":"news","payload":{"a":1},"ref":null}', 1),
      events.socket(2, "ws://localhost/socket/websocket?vsn=2.0.0"),
      events.in(binary.buffer, 2),
    ]);
    panel.watch(1, { kind: "rows", from: 0, count: 10, filter: { text: "", heartbeats: true } });

    expect(rowsOf(panel.last(1))).toMatchObject([
      { type: "socket" },
      { topic: "room", event: "news", summary: '{"a": 1}', problem: null },
      { type: "socket" },
      { topic: "room", event: "chunk", summary: "binary, 15 bytes in all", size: 15, problem: null },
    ]);
  });

  it("shows what the server refused in its own name, and not what the app did", () => {
    const { host } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    const events = createPageEvents(2e12);
    const exchange = (ref: string, store_id: readonly string[], reason: string): PageEvent[] => [
      events.out(JSON.stringify(["3", ref, TOPIC, "command", { store_id, name: "increment", payload: {} }])),
      events.in(JSON.stringify(["3", ref, TOPIC, "phx_reply", { status: "error", response: { reason } }])),
    ];
    page.send([
      ...mountedCounter(),
      ...exchange("7", ["nowhere"], "unknown store"),
      ...exchange("8", [], "asked to fail"),
    ]);
    panel.watch(1, { kind: "problems", from: 0, count: 10 });
    panel.watch(2, { kind: "overview" });
    panel.watch(3, { kind: "event", seq: 8 });

    const message = `The server refused the command "increment" to store ["nowhere"] on ${TOPIC}: unknown store.`;
    expect(panel.last(1)).toMatchObject({
      total: 1,
      rows: [{ seq: 8, code: "refused", message: expect.stringContaining(message) }],
    });
    expect(panel.last(2)).toMatchObject({
      session: { problems: 1 },
      connections: [{ roots: [{ problems: 1 }] }],
    });
    expect(panel.last(3)).toMatchObject({ problems: [expect.stringContaining(message)] });
  });

  it("starts a new session when another page is in the tab", () => {
    const { host, elapse } = open();
    const old = connectPage(host, "d1");
    const panel = connectPanel(host);
    old.send(mountedCounter());
    panel.watch(1, { kind: "overview" });
    const before = panel.last(1);
    connectPage(host, "d2");
    elapse();

    const after = panel.last(1);
    expect(after).toMatchObject({ session: { events: 0 }, connections: [] });
    expect(sessionOf(after)).not.toBe(sessionOf(before));
  });

  it("ends the session of a page that was left for one that is not watched", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    page.send(mountedCounter());
    panel.watch(1, { kind: "overview" });
    page.port.close();
    elapse();
    elapse();

    expect(panel.last(1)).toMatchObject({
      capture: { page: false, tap: "none" },
      connections: [{ status: "closed", roots: [{ status: "lost", version: 1 }] }],
    });
  });

  it("does not take a page that connects again for one that was left", () => {
    const { host, elapse } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    page.send(mountedCounter());
    page.port.close();
    connectPage(host);
    panel.watch(1, { kind: "overview" });
    elapse();
    elapse();

    expect(panel.last(1)).toMatchObject({
      capture: { page: true },
      connections: [{ status: "connected", roots: [{ status: "mounted" }] }],
    });
  });

  it("asks a document that comes back only for what it does not hold", () => {
    const { host, elapse } = open();
    const events = mountedCounter();
    connectPage(host).send(events);
    const again = connectPage(host);
    expect(again.heard[0]).toMatchObject({ kind: "resume", after: events.length });

    again.send(events);
    const panel = connectPanel(host);
    panel.watch(1, { kind: "overview" });
    elapse();
    expect(panel.last(1)).toMatchObject({ session: { events: events.length, problems: 0 } });
  });

  it("keeps an iframe's sockets apart and says whose they are", () => {
    const { host } = open();
    connectPage(host).send(mountedCounter());
    connectPage(host, "d2", "http://localhost/frame").send(mountedCounter());
    const panel = connectPanel(host);
    panel.watch(1, { kind: "overview" });

    expect(panel.last(1)).toMatchObject({
      connections: [
        { frame: null, roots: [{ status: "mounted" }] },
        { frame: "http://localhost/frame", roots: [{ status: "mounted" }] },
      ],
    });
  });

  it("goes on after anything that is no message", () => {
    const { host } = open();
    const page = connectPage(host);
    const panel = connectPanel(host);
    for (const nonsense of [null, 1, "x", [], { kind: "events" }, { kind: "watch", id: 1, query: {} }]) {
      page.port.post(nonsense);
      panel.port.post(nonsense);
    }
    page.send([...mountedCounter(), { type: "in", at: "now" }]);
    panel.watch(1, { kind: "overview" });

    expect(panel.last(1)).toMatchObject({
      connections: [{ roots: [{ version: 1 }] }],
      session: { problems: 1 },
    });
  });
});

/** Page, socket and the mount of a counter over the wire with one channel a root. */
function mountedCounter(): PageEvent[] {
  const events = createPageEvents();
  const state = { __musubi_store_id__: [], count: 0, child: { __musubi_store_id__: ["child"], doubled: 0 } };
  const join = { module: "Demo.CounterStore", id: "c1", params: {} };
  return [
    events.page(),
    events.socket(),
    events.open(),
    events.out(JSON.stringify(["3", "3", TOPIC, "phx_join", join])),
    events.in(
      JSON.stringify(["3", "3", TOPIC, "phx_reply", { status: "ok", response: { root_id: ROOT.root_id } }]),
    ),
    events.in(patch(0, [{ op: "replace", path: "", value: state }])),
  ];
}

function counted(base: number, at: number): PageEvent {
  return createPageEvents(2e12 + at).in(patch(base, [{ op: "replace", path: "/count", value: base }]));
}

/** An envelope that changes no state. */
function attached(base: number, stream_ops: readonly unknown[], upload_ops: readonly unknown[]): PageEvent {
  return createPageEvents(2e12 + base).in(patch(base, [], { stream_ops, upload_ops }));
}

function patch(base: number, ops: readonly unknown[], more: object = {}): string {
  const versions = { base_version: base, version: base + 1 };
  const rest = { stream_ops: [], upload_ops: [], events: [], ...more };
  return JSON.stringify([
    "3",
    null,
    TOPIC,
    "patch",
    { type: "patch", root_id: ROOT.root_id, ...versions, ops, ...rest },
  ]);
}

function open() {
  let due: (() => void)[] = [];
  const host = createHost({ schedule: (run) => due.push(run), store: null, settings: DEFAULT_SETTINGS });
  return {
    host,
    elapse() {
      const now = due;
      due = [];
      for (const run of now) run();
    },
  };
}

function connectPage(host: ReturnType<typeof createHost>, document = "d1", frame: string | null = null) {
  const [port, theirs] = createPortPair();
  const heard: unknown[] = [];
  port.onMessage((message) => heard.push(message));
  host.connectPage(theirs, frame);
  port.post({ kind: "hello", document, url: "http://localhost/", status: ACTIVE });
  let sent = 0;
  return {
    port,
    heard,
    send(events: readonly unknown[]) {
      port.post({ kind: "events", first: sent + 1, events });
      sent += events.length;
    },
  };
}

function connectPanel(host: ReturnType<typeof createHost>) {
  const [port, theirs] = createPortPair();
  const views: { id: number; view: View }[] = [];
  port.onMessage((message) => {
    const { kind, ...rest } = message as HostMessage;
    if (kind === "view") views.push(rest as { id: number; view: View });
  });
  host.connectPanel(theirs);
  return {
    port,
    views,
    watch: (id: number, query: Query) => port.post({ kind: "watch", id, query }),
    last: (id: number): View | undefined => views.findLast((sent) => sent.id === id)?.view,
  };
}

function storeOf(view: View | undefined) {
  return view?.kind === "store" ? view : null;
}

function rowsOf(view: View | undefined) {
  return view?.kind === "rows" ? view.rows : [];
}

function sessionOf(view: View | undefined) {
  return view?.kind === "overview" ? view.session.id : null;
}
