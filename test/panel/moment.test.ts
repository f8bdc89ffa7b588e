import { setMaxListeners } from "node:events";
import { describe, expect, it } from "vitest";
import type { Moment } from "../../src/bridge/moment";
import type { ConnectionView, Query, View } from "../../src/bridge/view";
import { createActions } from "../../src/panel/model/actions";
import { createLink } from "../../src/panel/model/link";
import { createPassingMemory } from "../../src/panel/model/memory";
import { createMoment, FAULT_MS } from "../../src/panel/model/moment";
import { RETRY_MS } from "../../src/panel/model/steady-port";
import { createWatch } from "../../src/panel/model/watch";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { connection, overview, root, row } from "../support/panel-views";

const ENVELOPES = [2, 5, 8];

/** A session of ten events, one every 100 ms, of which every third is an envelope; all views say where they are. */
function setUp(options: { readonly memory?: ReturnType<typeof createPassingMemory> } = {}) {
  const clock = createClock();
  const end = new AbortController();
  setMaxListeners(0, end.signal);
  const memory = options.memory ?? createPassingMemory();
  const actions = createActions();
  let live = "1";
  let events = 10;
  let connections: readonly ConnectionView[] = [];
  const rows = () =>
    Array.from({ length: events }, (_, index) => index + 1).map((seq) => ({
      ...{ ...row(seq), t: seq * 100 },
      event: ENVELOPES.includes(seq) ? "patch" : "message",
    }));
  function answer(query: Query, session: string | null, at: number | null): View | null {
    if (query.kind === "problems") return { kind: "problems", from: 0, total: at ?? events, rows: [] };
    if (query.kind !== "overview") return null;
    const view = overview(connections, session ?? live);
    return { ...view, session: { ...view.session, events } };
  }
  const host = createFakeHost(answer, undefined, rows);
  const link = createLink({
    ...{ open: host.open, schedule: clock.schedule, delay: clock.delay, signal: end.signal },
  });
  const watched = createWatch(link, "overview", end.signal);
  const seen = createWatch(link, "problems", end.signal);
  watched.ask({ kind: "overview" });
  seen.ask({ kind: "problems", from: 0, count: 0 });
  const moment = createMoment({
    ...{ link, overview: watched.view, memory, actions, lifetime: end.signal },
    ...{ delay: clock.delay, now: clock.now },
  });
  host.attach();
  clock.frame();
  return {
    ...{ actions, clock, end, host, link, memory, moment },
    /** The event after which a view is shown; the number of events while it is live. */
    shown: () => seen.view.value?.total,
    sent: (): readonly (Moment | null)[] =>
      host.received.flatMap((message) => (message.kind === "seek" ? [message.to] : [])),
    happen() {
      events++;
      host.update();
      clock.frame();
    },
    show(next: readonly ConnectionView[]) {
      connections = next;
      host.update();
      clock.frame();
    },
    /** The page goes, another comes. */
    navigate() {
      live = "2";
      events = 3;
      host.update();
      clock.frame();
    },
  };
}

const seq = (at: number): Moment => ({ kind: "seq", seq: at });
const envelope = (direction: 1 | -1): Moment => ({ kind: "step", by: "envelope", direction, root: null });

describe("the moment of the session", () => {
  it("is where the session is at first", () => {
    const { happen, moment, shown } = setUp();
    expect(moment.at.value).toBeNull();
    expect(moment.isPast.value).toBe(false);
    expect(moment.newest.value?.seq).toBe(10);
    happen();
    expect(shown()).toBe(11);
    expect(moment.newest.value?.seq).toBe(11);
  });

  it("changes together with all views, at once", () => {
    const { moment, shown } = setUp();
    moment.seek(seq(4));
    expect(moment.at.value).toEqual({ seq: 4, t: 400, newest: 10, newest_t: 1_000 });
    expect(moment.isPast.value).toBe(true);
    expect(shown()).toBe(4);
  });

  it("shows no view of a moment before all of them are there", () => {
    const { clock, host, moment, shown } = setUp();
    host.setSlow(true);
    moment.seek(seq(4));
    host.update();
    clock.frame();
    expect(shown()).toBe(10);
    expect(moment.at.value).toBeNull();
    host.workOff();
    expect(shown()).toBe(4);
    expect(moment.at.value?.seq).toBe(4);
  });

  it("stays while the session goes on", () => {
    const { happen, moment, shown } = setUp();
    moment.seek(seq(4));
    happen();
    expect(shown()).toBe(4);
    expect(moment.at.value?.seq).toBe(4);
    expect(moment.newest.value?.seq).toBe(11);
  });

  it("stays at the newest event when it is paused, and goes on when it is live again", () => {
    const { happen, moment, shown } = setUp();
    moment.pause();
    expect(moment.at.value?.seq).toBe(10);
    happen();
    expect(shown()).toBe(10);
    moment.live();
    expect(moment.isPast.value).toBe(false);
    expect(shown()).toBe(11);
  });

  it("is sought once at a time, and then where the newest wish is", () => {
    const { host, moment, sent } = setUp();
    host.setSlow(true);
    for (const to of [3, 4, 5, 6]) moment.seek(seq(to));
    expect(sent()).toEqual([seq(3)]);
    host.workOff();
    expect(sent()).toEqual([seq(3), seq(6)]);
    host.workOff();
    expect(moment.at.value?.seq).toBe(6);
    expect(sent()).toHaveLength(2);
  });

  it("steps from where it is, and says when nothing further follows", () => {
    const { clock, moment } = setUp();
    moment.step("envelope", -1);
    expect(moment.at.value?.seq).toBe(8);
    moment.step("envelope", -1);
    moment.step("event", 1);
    expect(moment.at.value?.seq).toBe(6);
    moment.step("envelope", 1);
    moment.step("envelope", 1);
    expect(moment.at.value?.seq).toBe(8);
    expect(moment.fault.value).toEqual({ to: envelope(1), why: "nothing_further" });
    clock.pass(FAULT_MS);
    expect(moment.fault.value).toBeNull();
  });

  it("forgets what was the matter as soon as something else is asked for", () => {
    const { moment } = setUp();
    moment.seek(seq(99));
    expect(moment.fault.value?.why).toBe("no_such_event");
    expect(moment.at.value).toBeNull();
    moment.seek(seq(2));
    expect(moment.fault.value).toBeNull();
  });

  it("does not step on from what is live", () => {
    const { moment, sent } = setUp();
    moment.step("event", 1);
    expect(sent()).toEqual([]);
  });

  it("shows the thumb where it is going to, before the host has got there", () => {
    const { host, moment } = setUp();
    host.setSlow(true);
    expect(moment.thumb.value).toBeNull();
    moment.seek({ kind: "time", t: 430 });
    expect(moment.thumb.value).toBe(430);
    host.workOff();
    expect(moment.thumb.value).toBe(400);
  });

  it("is kept when the host dies and comes back", () => {
    const { clock, host, moment, sent, shown } = setUp();
    moment.seek(seq(4));
    host.kill();
    clock.pass(RETRY_MS[0]);
    expect(moment.at.value?.seq).toBe(4);
    host.attach();
    clock.frame();
    expect(sent()).toEqual([seq(4)]);
    expect(shown()).toBe(4);
    expect(moment.at.value?.seq).toBe(4);
  });

  it("goes on from there with what was asked for when the host died", () => {
    const { clock, host, moment, sent } = setUp();
    moment.seek(seq(4));
    host.setSlow(true);
    moment.step("envelope", 1);
    host.kill();
    clock.pass(RETRY_MS[0]);
    host.setSlow(false);
    host.attach();
    expect(sent()).toEqual([seq(4), envelope(1)]);
    expect(moment.at.value?.seq).toBe(5);
  });

  it("waits for a host", () => {
    const { clock, host, moment } = setUp();
    host.kill();
    moment.seek(seq(7));
    clock.pass(RETRY_MS[0]);
    host.attach();
    expect(moment.at.value?.seq).toBe(7);
  });

  it("is the newest one of a session that comes", () => {
    const { moment, navigate, shown } = setUp();
    moment.seek(seq(2));
    navigate();
    expect(moment.isPast.value).toBe(false);
    expect(shown()).toBe(3);
  });

  it("is the newest one of a session that comes while a seek in the one before is on its way", () => {
    const { host, moment, navigate } = setUp();
    moment.seek(seq(2));
    host.setSlow(true);
    moment.live();
    moment.seek(seq(3));
    navigate();
    for (let seeks = 0; seeks < 3; seeks++) host.workOff();
    expect(moment.at.value).toBeNull();
  });

  it("is the newest one of a session that is chosen", () => {
    const { clock, link, moment, host } = setUp();
    moment.seek(seq(2));
    host.setSlow(true);
    moment.seek(seq(3));
    link.show("7");
    host.workOff();
    clock.frame();
    expect(moment.at.value).toBeNull();
  });

  it("stops playing when a person goes elsewhere", () => {
    const { clock, moment } = setUp();
    moment.play();
    for (let tick = 0; tick < 6; tick++) clock.pass(50);
    expect(moment.at.value?.seq).toBe(3);
    moment.step("event", -1);
    expect(moment.playback.isPlaying.value).toBe(false);
    for (let tick = 0; tick < 20; tick++) clock.pass(50);
    expect(moment.at.value?.seq).toBe(2);
  });

  it("offers the roots that there are to step by, and keeps the chosen one where it is not there", () => {
    const counter = root("counter");
    const { moment, show } = setUp();
    show([connection(1, { roots: [counter, root("cart")] })]);
    const offered = moment.stepRoots.value;
    expect(offered.map(({ label }) => label)).toEqual([
      "Demo.CounterStore counter",
      "Demo.CounterStore cart",
    ]);
    show([connection(1, { roots: [{ ...counter, version: 2 }, root("cart")] })]);
    expect(moment.stepRoots.value).toBe(offered);
    moment.stepRoot.value = counter.key;
    show([]);
    expect(moment.stepRoots.value.map(({ label }) => label)).toEqual(["counter"]);
  });

  it("remembers how fast to play and what to step by", () => {
    const { memory, moment } = setUp();
    moment.speed.value = 20;
    moment.stepBy.value = "problem";
    const later = setUp({ memory }).moment;
    expect(later.speed.value).toBe(20);
    expect(later.stepBy.value).toBe("problem");
  });

  it("takes no speed that there is not", () => {
    const memory = createPassingMemory();
    memory.write("moment-speed", 3);
    memory.write("moment-step", { by: "event" });
    const { moment } = setUp({ memory });
    expect(moment.speed.value).toBe(1);
    expect(moment.stepBy.value).toBe("envelope");
  });
});

describe("the actions of time travel", () => {
  it("do by name what the buttons do", () => {
    const { actions, moment } = setUp();
    const act = (id: string): void => actions.all.value.find((action) => action.id === id)?.run();
    const isPossible = (id: string) => actions.all.value.find((action) => action.id === id)?.isPossible();
    expect(isPossible("moment.live")).toBe(false);
    expect(isPossible("moment.next-event")).toBe(false);
    act("moment.previous-envelope");
    expect(moment.at.value?.seq).toBe(8);
    act("moment.next-event");
    expect(moment.at.value?.seq).toBe(9);
    expect(isPossible("moment.live")).toBe(true);
    act("moment.live");
    expect(moment.at.value).toBeNull();
    act("moment.pause");
    expect(moment.at.value?.seq).toBe(10);
    act("moment.play");
    expect(moment.playback.isPlaying.value).toBe(true);
    act("moment.play");
    expect(moment.playback.isPlaying.value).toBe(false);
  });

  it("have keys of their own", () => {
    const { actions } = setUp();
    const keys = actions.all.value.flatMap((action) => action.keys);
    expect(new Set(keys).size).toBe(keys.length);
  });
});
