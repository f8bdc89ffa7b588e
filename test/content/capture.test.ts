import { afterEach, describe, expect, it } from "vitest";
import { readLeftBehind } from "../../src/bridge/left-behind";
import type { PageRequest } from "../../src/bridge/page-message";
import type { Port } from "../../src/bridge/port";
import { type ContentToTapMessage, UNWATCHED_WAIT_MS, WATCHED_WAIT_MS } from "../../src/bridge/tap-message";
import { type Capture, createCapture } from "../../src/content/capture";
import { EVENTS_A_RECEIPT } from "../../src/content/intake";
import { STALL_MS } from "../../src/content/relay";
import { createClock } from "../support/clock";
import { createPageEvents } from "../support/page-events";
import { createPortPair } from "../support/port-pair";

type Message = {
  readonly kind: string;
  readonly first?: number;
  readonly events?: readonly { readonly type: string; readonly phase?: string }[];
};

let channels: MessageChannel[] = [];

afterEach(() => {
  for (const { port1 } of channels) port1.close();
  channels = [];
});

/** A document with its tap and the extension, all in the hands of a test. */
function start({ isPrerendered = false } = {}) {
  const events = createPageEvents();
  const clock = createClock();
  const channel = new MessageChannel();
  channels.push(channel);
  const toTap: ContentToTapMessage[] = [];
  channel.port1.onmessage = ({ data }) => toTap.push(data);
  /** The host's ends of the ports that were opened, and what came over each. */
  const hosts: { port: Port; received: Message[] }[] = [];
  const requests: PageRequest[] = [];
  const left: { [key: string]: string } = {};
  const state = {
    title: "Demo",
    isPrerendered,
    isGone: false,
    ended: 0,
    unflushed: [] as readonly unknown[],
  };
  let tapped = 0;

  const capture: Capture = createCapture({
    document: "d1",
    page: () => ({ url: "http://localhost:4000/", title: state.title }),
    isPrerendered: () => state.isPrerendered,
    now: () => 5,
    whenIdle: clock.schedule,
    delay: clock.delay,
    extension: {
      isGone: () => state.isGone,
      connect() {
        if (state.isGone) throw new Error("Extension context invalidated.");
        const [port, host] = createPortPair();
        const received: Message[] = [];
        host.onMessage((message) => received.push(message as Message));
        hosts.push({ port: host, received });
        return port;
      },
      async request(request) {
        if (state.isGone) throw new Error("Extension context invalidated.");
        requests.push(request);
        throw new Error("Could not establish connection. Receiving end does not exist.");
      },
      async leave(items) {
        if (state.isGone) throw new Error("Extension context invalidated.");
        Object.assign(left, items);
      },
    },
    ended() {
      state.ended++;
    },
  });
  capture.follow({ port: channel.port2, flush: () => state.unflushed });

  const turn = (): Promise<void> => new Promise((done) => setTimeout(done, 5));
  return {
    capture,
    clock,
    events,
    hosts,
    left,
    requests,
    state,
    toTap,
    turn,
    host(at = hosts.length - 1) {
      const host = hosts[at];
      if (host === undefined) throw new Error(`No port ${at} was opened.`);
      return host;
    },
    /** The tap reports these. */
    async tap(...seen: readonly unknown[]): Promise<void> {
      channel.port1.postMessage({ kind: "events", first: tapped + 1, events: seen });
      tapped += seen.length;
      await turn();
    },
    /** What the tap hands over when it is asked to flush. */
    unflushed(...seen: readonly unknown[]): void {
      state.unflushed = [{ kind: "events", first: tapped + 1, events: seen }];
    },
    lasts: () => requests.filter((request) => request.kind === "last"),
    levels: () => requests.flatMap((request) => (request.kind === "icon" ? [request.level] : [])),
  };
}

function typesOf(messages: readonly Message[]): readonly string[] {
  return messages.flatMap(({ events }) => events?.map(({ type, phase }) => phase ?? type) ?? []);
}

describe("the capture of a document", () => {
  it("says hello with how far it has come, and tells when it comes further", async () => {
    const { capture, host, tap } = start();
    capture.connect();
    await tap();
    const status = { tap: "none", why: null, otherSockets: false, title: "Demo" };
    expect(host().received).toEqual([
      { kind: "hello", document: "d1", url: "http://localhost:4000/", status },
      { kind: "status", status: { ...status, tap: "active" } },
    ]);
  });

  it("relays what the tap reports to a host that looks, from before it looked", async () => {
    const { capture, events, host, tap } = start();
    await tap(events.socket());
    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await tap(events.open(), events.in("x"));
    expect(typesOf(host().received)).toEqual(["load", "socket", "open", "in"]);
  });

  it("tells the tap what has come, so that it need not keep it", async () => {
    const { events, tap, toTap, turn } = start();
    await tap(...Array.from({ length: EVENTS_A_RECEIPT }, () => events.in("x")));
    await turn();
    expect(toTap).toEqual([{ kind: "taken", upTo: EVENTS_A_RECEIPT, wait: UNWATCHED_WAIT_MS }]);
  });

  it("has the tap hurry while somebody looks", async () => {
    const { capture, events, host, tap, toTap, turn } = start();
    await tap(events.socket());
    capture.connect();
    await turn();
    expect(toTap).toEqual([]);

    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await turn();
    expect(toTap).toEqual([{ kind: "taken", upTo: 1, wait: WATCHED_WAIT_MS }]);
    await tap(events.open());
    host().port.close();
    await turn();
    expect(toTap.slice(1)).toEqual([{ kind: "taken", upTo: 2, wait: UNWATCHED_WAIT_MS }]);

    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    host().port.post({ kind: "bye" });
    await turn();
    expect(toTap.slice(2)).toMatchObject([{ wait: WATCHED_WAIT_MS }, { wait: UNWATCHED_WAIT_MS }]);
  });

  it("opens another port where one is dead, and the host says again where to resume", async () => {
    const { capture, clock, events, hosts, host, tap } = start();
    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await tap(events.socket());
    clock.pass(STALL_MS);
    expect(hosts).toHaveLength(2);
    host().port.post({ kind: "resume", after: 1, bytes: 0 });
    expect(typesOf(host().received)).toEqual(["socket"]);
  });

  it("tells the page's title once it has one", () => {
    const { capture, host, state } = start();
    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    state.title = "Cart";
    capture.titled();
    expect(host().received.at(-1)).toMatchObject({ kind: "status", status: { title: "Cart" } });
  });

  it("connects when it is back out of the back-forward cache", () => {
    const { capture, host, hosts } = start();
    capture.connect();
    capture.hide();
    capture.show();
    expect(hosts).toHaveLength(2);
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    expect(typesOf(host().received)).toEqual(["load", "hide", "show"]);
  });

  it("is silent while it is rendered ahead of its time", async () => {
    const { capture, events, hosts, levels, state, tap } = start({ isPrerendered: true });
    capture.connect();
    await tap(events.socket());
    expect([hosts, levels()]).toEqual([[], []]);
    state.isPrerendered = false;
    capture.activate();
    expect([hosts.length, levels()]).toEqual([1, ["phoenix"]]);
  });
});

describe("a page that goes", () => {
  it("hands over what the host has not stored, and what the tap still held", async () => {
    const { capture, events, host, lasts, tap, unflushed } = start();
    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await tap(events.socket());
    host().port.post({ kind: "ack", upTo: 2 });
    host().port.post({ kind: "stored", upTo: 1 });
    unflushed(events.in("the last"));
    capture.hide();

    expect(lasts()).toEqual([
      {
        kind: "last",
        document: "d1",
        message: {
          kind: "events",
          first: 2,
          events: [
            expect.objectContaining({ type: "socket" }),
            expect.objectContaining({ data: "the last" }),
            expect.objectContaining({ phase: "hide" }),
          ],
        },
      },
    ]);
  });

  it("hands over what the page's own scripts sent as it went", async () => {
    const { capture, events, host, lasts, state, tap, unflushed } = start();
    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await tap(events.socket());
    unflushed(events.out("while it is shown"));
    capture.leave();
    expect(lasts()).toEqual([]);

    state.unflushed = [];
    capture.hide();
    unflushed(events.out("a farewell"));
    capture.leave();
    state.unflushed = [];
    capture.leave();
    expect(typesOf(lasts().map(({ message }) => message as Message))).toEqual([
      ...["load", "socket", "hide"],
      ...["load", "socket", "hide", "out"],
    ]);

    capture.show();
    unflushed(events.out("shown again"));
    capture.leave();
    expect(lasts()).toHaveLength(2);
  });

  it("leaves the same behind, in order, for a background that cannot hear it", async () => {
    const { capture, events, lasts, left, tap } = start();
    capture.connect();
    await tap(...Array.from({ length: 10 }, () => events.in(new ArrayBuffer(1024 * 1024))));
    capture.hide();
    const keys = Object.keys(left).sort();
    expect(keys).toHaveLength(2);
    expect(keys.map((key) => readLeftBehind(left[key]))).toEqual(lasts());
  });

  it("does so while the background is dead, and before it has answered", () => {
    const dead = start();
    dead.capture.connect();
    dead.host().port.post({ kind: "resume", after: 1, bytes: 0 });
    dead.host().port.close();
    dead.capture.hide();
    expect(dead.lasts()).toMatchObject([{ message: { first: 2, events: [{ phase: "hide" }] } }]);

    // What it held and had not stored has died with it.
    const forgetful = start();
    forgetful.capture.connect();
    forgetful.host().port.post({ kind: "resume", after: 0, bytes: 0 });
    forgetful.host().port.post({ kind: "ack", upTo: 1 });
    forgetful.host().port.close();
    forgetful.capture.hide();
    expect(forgetful.lasts()).toMatchObject([{ message: { first: 1 } }]);

    const unanswered = start();
    unanswered.capture.connect();
    unanswered.capture.hide();
    expect(unanswered.lasts()).toMatchObject([{ message: { first: 1 } }]);
  });

  it("splits what is much", async () => {
    const { capture, events, host, lasts, tap } = start();
    capture.connect();
    host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await tap(...Array.from({ length: 10 }, () => events.in(new ArrayBuffer(1024 * 1024))));
    capture.hide();
    const numbers = lasts().map(({ message }) => (message.kind === "events" ? message.first : 0));
    expect(numbers).toHaveLength(2);
    expect(numbers[0]).toBe(1);
  });

  it.each([
    ["nobody ever looked", ({ host }: ReturnType<typeof start>) => host().port.close()],
    [
      "nobody looks any more",
      ({ host }: ReturnType<typeof start>) => {
        host().port.post({ kind: "resume", after: 0, bytes: 0 });
        host().port.post({ kind: "bye" });
      },
    ],
    [
      "nobody looks any more, after the background was killed once",
      ({ capture, host }: ReturnType<typeof start>) => {
        host().port.post({ kind: "resume", after: 0, bytes: 0 });
        host().port.close();
        capture.connect();
        host().port.post({ kind: "resume", after: 0, bytes: 0 });
        host().port.post({ kind: "bye" });
      },
    ],
  ])("hands over nothing where %s", (_, end) => {
    const scene = start();
    scene.capture.connect();
    end(scene);
    scene.capture.hide();
    expect(scene.lasts()).toEqual([]);
  });
});

describe("the toolbar's icon", () => {
  it("is told of each change, and again after the back-forward cache", async () => {
    const { capture, events, levels, tap } = start();
    await tap();
    await tap(events.socket());
    await tap(events.in("x"));
    await tap(events.out('["3","3","musubi:connection","phx_join",{}]'));
    expect(levels()).toEqual(["waiting", "phoenix", "musubi"]);
    capture.hide();
    capture.show();
    expect(levels().slice(3)).toEqual(["musubi"]);
  });
});

describe("a document whose extension was reloaded", () => {
  it.each([
    ["the tap reports something", ({ tap, events }: ReturnType<typeof start>) => tap(events.in("x"))],
    ["its port closes", ({ host }: ReturnType<typeof start>) => host().port.close()],
    ["it should connect", ({ capture }: ReturnType<typeof start>) => capture.connect()],
    ["it goes", ({ capture }: ReturnType<typeof start>) => capture.hide()],
  ])("ends quietly, and stops its tap, when %s", async (_, notice) => {
    const scene = start();
    const { capture, clock, events, hosts, requests, state, tap, toTap, turn } = scene;
    capture.connect();
    scene.host().port.post({ kind: "resume", after: 0, bytes: 0 });
    await tap(events.socket());
    const [opened, asked] = [hosts.length, requests.length];
    state.isGone = true;
    await notice(scene);
    await turn();
    expect(toTap.filter(({ kind }) => kind !== "taken")).toEqual([{ kind: "stop" }]);
    expect(toTap.at(-1)).toEqual({ kind: "stop" });
    expect(state.ended).toBe(1);

    await tap(events.in("y"));
    clock.pass(STALL_MS * 10);
    clock.frame();
    expect([hosts.length, requests.length, state.ended]).toEqual([opened, asked, 1]);
  });
});
