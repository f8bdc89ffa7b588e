import { describe, expect, it } from "vitest";
import type { HostMessage } from "../../src/bridge/host-message";
import type { Moment } from "../../src/bridge/moment";
import type { PanelMessage } from "../../src/bridge/panel-message";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import type { Query, View } from "../../src/bridge/view";
import { createAnswerer } from "../../src/host/answer";
import { createHost, type Host } from "../../src/host/host";
import { createPanelMoment } from "../../src/host/moment";
import { createRecording } from "../../src/host/recording";
import { SLICE_MS } from "../../src/host/slices";
import type { SessionEvent } from "../../src/session/event";
import { envelope, frames, incoming } from "../support/frames";
import { createLifeScene } from "../support/life-scene";
import { pageOfSession } from "../support/page-of-session";
import { createPortPair } from "../support/port-pair";

const ROOT = { connection: 1, topic: "musubi:connection", root_id: "c1" };
const STORES: Query = {
  ...{ kind: "stores", from: 0, count: 9, folds: [], chosen: null, reveal: null, find: null },
};
const STORE: Query = { kind: "store", root: ROOT, store_id: [] };

/** Events 7 to 10 are its envelopes; the command of event 11 leads to that of event 13. */
const SESSION = frames`
  > join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} < v2 /total=2 < v3 /total=3 < v4 /total=4
  > add {sku: "x"} < ok < v5 /total=5`;

describe("a panel at a moment", () => {
  it("sees everything as it was then, before it hears that it is there", () => {
    const { panel } = open();
    panel.watch(1, { kind: "overview" });
    panel.watch(2, STORE);
    panel.watch(3, STORES);
    expect(panel.seek({ kind: "seq", seq: 8 })).toEqual([
      "view of 1",
      "view of 2",
      "view of 3",
      { at: { seq: 8, t: 7, newest: 13, newest_t: 12 }, fault: null },
    ]);
    expect(panel.last(1)).toMatchObject({
      session: { events: 13 },
      connections: [{ roots: [{ version: 2, last_envelope: { seq: 8, t: 7, command: null } }] }],
    });
    expect(panel.last(2)).toMatchObject({ version: 2, value: { total: 2 } });
    expect(panel.last(3)).toMatchObject({ rows: [{}, { preview: [{ key: "total", value: "2" }] }, {}] });

    panel.seek({ kind: "seq", seq: 4 });
    expect(panel.last(1)).toMatchObject({ connections: [{ channels: [{ state: "joined" }], roots: [] }] });
    expect(panel.last(2)).toMatchObject({ version: 0, value: null });
    expect(panel.last(3)).toMatchObject({ rows: [{ key: "[1]" }, { key: '[1,"musubi:connection"]' }] });
  });

  it("knows which command the last envelope of then came of", () => {
    const { panel } = open();
    panel.watch(1, { kind: "overview" });
    panel.seek({ kind: "seq", seq: 13 });
    const command = { seq: 11, name: "add" };
    expect(panel.last(1)).toMatchObject({
      connections: [{ roots: [{ last_envelope: { seq: 13, command } }] }],
    });
  });

  it("is not disturbed by what comes meanwhile, and sees that there is more", () => {
    const { panel, page, elapse } = open();
    panel.watch(1, { kind: "overview" });
    panel.watch(2, STORE);
    panel.watch(3, { kind: "rows", from: "end", count: 1, filter: { text: "", heartbeats: true } });
    panel.seek({ kind: "seq", seq: 9 });
    const before = panel.last(1);
    panel.clear();
    page.send([envelopeTo(6)]);
    elapse();
    expect(panel.heard()).toEqual(["view of 1", "view of 3"]);
    expect(panel.last(1)).toEqual({ ...before, session: { ...sessionOf(before), events: 14 } });
    expect(panel.last(3)).toMatchObject({ total: 14 });

    expect(panel.seek(null).at(-1)).toEqual({ at: null, fault: null });
    expect(panel.last(2)).toMatchObject({ version: 6, value: { total: 6 } });
  });

  it("is shown that moment by what it watches from then on", () => {
    const { panel } = open();
    panel.seek({ kind: "seq", seq: 9 });
    panel.watch(1, STORE);
    expect(panel.last(1)).toMatchObject({ version: 3, value: { total: 3 } });
  });

  it("is there at once, whatever is searched for meanwhile", () => {
    let time = 0;
    const { panel, page, elapse } = open(() => (time += SLICE_MS));
    const rows = Array.from({ length: 1_000 }, (_, nth) => ({ op: "add", path: `/f${nth}`, value: "row" }));
    page.send([envelopeTo(6, rows), envelopeTo(7)]);
    elapse();
    const search = { kind: "search", query: { kind: "text", text: "row" } };
    panel.watch(1, { kind: "ask", question: search, once: true });
    panel.watch(2, STORE);
    expect(panel.seek({ kind: "seq", seq: 14 })).toEqual([
      "view of 2",
      { at: expect.anything(), fault: null },
    ]);
    expect(panel.last(1)).toBeUndefined();
    for (let turn = 0; turn < 100 && panel.last(1) === undefined; turn++) elapse();
    expect(panel.last(1)).toMatchObject({ answer: { kind: "search", more: true } });
  });

  it("is not told what it does not ask any more, and nothing is done for that", () => {
    let time = 0;
    const { panel, page, elapse, waiting } = open(() => (time += SLICE_MS));
    page.send(Array.from({ length: 1_000 }, (_, nth) => envelopeTo(nth + 6)));
    elapse();
    const choice = { kinds: null, root: null, store_id: null, text: "total", isRegex: false };
    panel.watch(1, { kind: "timeline", choice, locate: null, from: "end", count: 1 });
    expect(panel.last(1)).toMatchObject({ kind: "timeline", rows: [{}] });
    panel.unwatch(1);
    panel.clear();
    for (let turn = 0; turn < 3; turn++) elapse();
    expect([panel.heard(), waiting()]).toEqual([[], 0]);
  });

  it("goes to the last event at or before a time", () => {
    const { panel } = open();
    expect(panel.seek({ kind: "time", t: 6.5 }).at(-1)).toMatchObject({ at: { seq: 7, t: 6 } });
    expect(panel.seek({ kind: "time", t: 1e9 }).at(-1)).toMatchObject({ at: { seq: 13 } });
    expect(panel.seek({ kind: "time", t: -1 }).at(-1)).toMatchObject({ at: { seq: 0, t: 0 } });
  });

  it("steps from where it is, and from the newest event where it is nowhere", () => {
    const { panel } = open();
    const back: Moment = { kind: "step", by: "envelope", direction: -1, root: ROOT };
    expect(panel.seek(back).at(-1)).toMatchObject({ at: { seq: 10 } });
    expect(panel.seek(back).at(-1)).toMatchObject({ at: { seq: 9 } });
    const command: Moment = { kind: "step", by: "command", direction: 1, root: null };
    expect(panel.seek(command).at(-1)).toMatchObject({ at: { seq: 11 } });
  });

  it("stays where it is when it cannot go there, and hears why", () => {
    const { panel } = open();
    panel.watch(1, STORE);
    panel.seek({ kind: "seq", seq: 9 });
    const at = { seq: 9, t: 8, newest: 13, newest_t: 12 };
    expect(panel.seek({ kind: "seq", seq: 14 })).toEqual([{ at, fault: "no_such_event" }]);
    const problem: Moment = { kind: "step", by: "problem", direction: 1, root: null };
    expect(panel.seek(problem)).toEqual([{ at, fault: "nothing_further" }]);
    panel.seek(null);
    const further: Moment = { kind: "step", by: "event", direction: 1, root: null };
    expect(panel.seek(further)).toEqual([{ at: null, fault: "nothing_further" }]);
  });

  it("is its own: another panel sees the present", () => {
    const { host, panel } = open();
    const other = connectPanel(host);
    panel.seek({ kind: "seq", seq: 8 });
    other.watch(1, STORE);
    expect(other.last(1)).toMatchObject({ version: 5 });
  });

  it("is at the newest event of another page", () => {
    const { host, panel, elapse } = open();
    panel.watch(1, { kind: "overview" });
    panel.seek({ kind: "seq", seq: 8 });
    connectPage(host, "d2").send(SESSION.slice(0, 7));
    elapse();
    expect(panel.last(1)).toMatchObject({ connections: [{ roots: [{ version: 1 }] }] });
    expect(panel.seek({ kind: "seq", seq: 8 })).toEqual([{ at: null, fault: "no_such_event" }]);
  });

  it("is at the newest event of a session that it chooses, and of the one that it comes back to", () => {
    const { host, panel, elapse } = open();
    panel.watch(1, { kind: "overview" });
    const old = String(sessionOf(panel.last(1))?.id);
    connectPage(host, "d2").send(SESSION.slice(0, 8));
    elapse();
    panel.seek({ kind: "seq", seq: 7 });
    panel.show(old);
    expect(panel.last(1)).toMatchObject({ connections: [{ roots: [{ version: 5 }] }] });
    panel.seek({ kind: "seq", seq: 9 });
    expect(panel.last(1)).toMatchObject({ connections: [{ roots: [{ version: 3 }] }] });
    panel.show(null);
    expect(panel.last(1)).toMatchObject({ connections: [{ roots: [{ version: 2 }] }] });
  });

  it("asks about that moment, unless its question names another", () => {
    const { panel } = open();
    const store = { kind: "store", root: { root_id: "c1" }, store_id: [] };
    panel.watch(1, { kind: "ask", question: store });
    panel.watch(2, { kind: "ask", question: { ...store, seq: 7 } });
    panel.watch(3, { kind: "ask", question: { ...store, kind: "changes" } });
    panel.seek({ kind: "seq", seq: 9 });
    expect(panel.last(1)).toMatchObject({ answer: { store: { own: { total: 3 } } } });
    expect(panel.last(2)).toMatchObject({ answer: { store: { own: { total: 0 } } } });
    expect(panel.last(3)).toMatchObject({ answer: { total: 3 } });
  });

  it("is answered once where it asks once, and again at another moment", () => {
    const { panel, page, elapse } = open();
    const changes = { kind: "changes", root: { root_id: "c1" }, store_id: [] };
    panel.watch(1, { kind: "ask", once: true, question: changes });
    expect(panel.last(1)).toMatchObject({ answer: { total: 5 } });
    page.send([envelopeTo(6)]);
    elapse();
    expect(panel.last(1)).toMatchObject({ answer: { total: 5 } });
    panel.seek({ kind: "seq", seq: 8 });
    expect(panel.last(1)).toMatchObject({ answer: { total: 2 } });
    panel.seek(null);
    expect(panel.last(1)).toMatchObject({ answer: { total: 6 } });
  });
});

it("a store is said to be let go where its root's history was, since the panel came to that moment", () => {
  const scene = { ...createLifeScene(SESSION).scene(8), contentOf: () => "truncated" as const };
  const answer = createAnswerer(STORE);
  expect(answer(scene)).toEqual({
    ...{ kind: "store", root: ROOT, store_id: [], version: 2 },
    ...{ truncated: true, value: null, streams: [], uploads: [] },
  });
  expect(answer(scene)).toBeNull();
});

describe("the moment of a panel", () => {
  it("cannot be where events are not there any more", () => {
    const recording = record();
    recording.journal.skip(3, 41);
    for (const event of SESSION) recording.append(event);
    const moment = createPanelMoment();
    expect(moment.seek(recording, { kind: "seq", seq: 3 })).toBe("truncated");
    expect(moment.position(recording)).toBeNull();
    expect(moment.seek(recording, { kind: "seq", seq: 4 })).toBeNull();
    expect(moment.position(recording)).toMatchObject({ seq: 4, newest: 16 });
  });

  it("is in one session, and at the newest event of every other", () => {
    const [one, other] = [record(), record()];
    for (const event of SESSION) {
      one.append(event);
      other.append(event);
    }
    const moment = createPanelMoment();
    moment.seek(one, { kind: "seq", seq: 7 });
    expect(moment.position(one)).toMatchObject({ seq: 7 });
    expect(moment.position(other)).toBeNull();
  });
});

function record() {
  return createRecording({ isStored: false, maxBytes: () => 0, maxMemoryChars: 1e6 }, null);
}

/** The envelope that leads to this version and total. */
function envelopeTo(version: number, more: Parameters<typeof envelope>[1] = []): SessionEvent {
  const ops = [{ op: "replace", path: "/total", value: version }, ...more];
  const payload = envelope(version, ops, { root_id: "c1" });
  return { ...incoming(1, "1", null, ROOT.topic, "patch", payload), t: SESSION.length };
}

function sessionOf(view: View | undefined) {
  return view?.kind === "overview" ? view.session : null;
}

/** A host of a tab whose page has sent the session, and a panel. */
function open(now = () => performance.now()) {
  let due: (() => void)[] = [];
  const host = createHost({ schedule: (run) => due.push(run), now, store: null, settings: DEFAULT_SETTINGS });
  const page = connectPage(host, "d1");
  page.send(SESSION);
  return {
    host,
    page,
    panel: connectPanel(host),
    waiting: () => due.length,
    elapse() {
      const now = due;
      due = [];
      for (const run of now) run();
    },
  };
}

function connectPage(host: Host, document: string) {
  const [port, theirs] = createPortPair();
  host.connectPage(theirs, null);
  const status = { tap: "active", why: null, otherSockets: false, title: "" };
  port.post({ kind: "hello", document, url: "http://localhost/", status });
  let sent = 0;
  return {
    send(events: readonly SessionEvent[]) {
      port.post({ kind: "events", first: sent + 1, events: pageOfSession(events) });
      sent += events.length;
    },
  };
}

type Sought = Extract<HostMessage, { readonly kind: "sought" }>;

function connectPanel(host: Host) {
  const [port, theirs] = createPortPair();
  const views = new Map<number, View>();
  let heard: (string | Pick<Sought, "at" | "fault">)[] = [];
  let turn = 0;
  port.onMessage((message) => {
    const said = message as HostMessage;
    if (said.kind === "view") {
      views.set(said.id, said.view);
      heard.push(`view of ${said.id}`);
    }
    if (said.kind === "sought" && said.turn === turn) heard.push({ at: said.at, fault: said.fault });
  });
  host.connectPanel(theirs);
  const post = (message: PanelMessage): void => port.post(message);
  return {
    watch: (id: number, query: Query) => post({ kind: "watch", id, query }),
    unwatch: (id: number) => post({ kind: "unwatch", id }),
    show: (session: string | null) => post({ kind: "show", session }),
    last: (id: number): View | undefined => views.get(id),
    heard: () => heard,
    clear() {
      heard = [];
    },
    /** All that it hears of that. */
    seek(to: Moment | null) {
      heard = [];
      post({ kind: "seek", turn: ++turn, to });
      return heard;
    },
  };
}
