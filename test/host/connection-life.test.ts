import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { ConnectionLifeView } from "../../src/bridge/life-view";
import { createEngine } from "../../src/engine/engine";
import { answerConnection } from "../../src/host/connection-life";
import { spansOf } from "../../src/host/connection-spans";
import { createLifeIndex } from "../../src/host/life-index";
import type { SessionEvent } from "../../src/session/event";
import { close, open, out, page, reply, socket } from "../support/frames";
import { lawRuns } from "../support/law-runs";
import { createLifeScene } from "../support/life-scene";
import { lives } from "../support/random-life";

const SEED = 5;

function life(events: readonly SessionEvent[], at: number | null = null, connection = 1): ConnectionLifeView {
  const view = answerConnection({ kind: "connection", connection })(createLifeScene(events).scene(at));
  if (view?.kind !== "connection") throw new Error("no connection");
  return view;
}

const timed = (...events: readonly SessionEvent[]): readonly SessionEvent[] =>
  events.map((event, t) => ({ ...event, t: t * 100 }));

const beat = (ref: string): SessionEvent => out(1, null, ref, "phoenix", "heartbeat", {});

/** It breaks, comes back at the second try, and is closed by the page. */
const LIFE = timed(
  socket(1),
  open(1),
  close(1, 1006),
  socket(2),
  close(2, 1006),
  socket(3),
  open(3),
  { type: "close", t: 0, socket: 3, code: 1000, reason: "bye", clean: true },
  page("show"),
);

describe("the life of a connection", () => {
  it("is told as statuses over time, up to the newest event", () => {
    expect(life(LIFE)).toMatchObject({
      from_t: 0,
      to_t: 800,
      spans: [
        { status: "connecting", from_t: 0, to_t: 100, seq: 1 },
        { status: "connected", from_t: 100, to_t: 200, seq: 2 },
        { status: "reconnecting", from_t: 200, to_t: 600, seq: 3 },
        { status: "connected", from_t: 600, to_t: 700, seq: 7 },
        { status: "closed", from_t: 700, to_t: 800, seq: 8 },
      ],
    });
  });

  it("ends at the moment that is looked at", () => {
    const view = life(LIFE, 4);
    expect(view.spans.at(-1)).toMatchObject({ status: "reconnecting", from_t: 200, to_t: 300 });
    expect([view.closes.length, view.attempts.length, view.to_t]).toEqual([1, 2, 300]);
  });

  it("has each attempt with its wait and how long it took to open", () => {
    expect(life(LIFE).attempts).toEqual([
      { seq: 1, t: 0, socket: 1, nth: 1, delay_ms: null, open_ms: 100 },
      { seq: 4, t: 300, socket: 2, nth: 1, delay_ms: 100, open_ms: null },
      { seq: 6, t: 500, socket: 3, nth: 2, delay_ms: 100, open_ms: 100 },
    ]);
  });

  it("has each close with its code and its reason", () => {
    expect(life(LIFE).closes).toEqual([
      { seq: 3, t: 200, socket: 1, code: 1006, reason: "", clean: false },
      { seq: 5, t: 400, socket: 2, code: 1006, reason: "", clean: false },
      { seq: 8, t: 700, socket: 3, code: 1000, reason: "bye", clean: true },
    ]);
  });

  it("has each heartbeat with its round trip, or none", () => {
    const events = timed(socket(1), open(1), beat("1"), reply(1, null, "1", "phoenix"), beat("2"));
    expect(life(events).beats).toEqual([
      { seq: 3, t: 200, rtt_ms: 100 },
      { seq: 5, t: 400, rtt_ms: null },
    ]);
    expect(life(events, 3).beats).toEqual([{ seq: 3, t: 200, rtt_ms: null }]);
  });

  it("keeps the newest of very many heartbeats, and says how many there were", () => {
    const beats = Array.from({ length: 1_100 }, (_, nth) => beat(String(nth)));
    const view = life(timed(socket(1), open(1), ...beats));
    expect([view.beats.length, view.beats_total, view.beats[0]?.seq]).toEqual([1_000, 1_100, 103]);
  });

  it("is told again when something becomes of it, and else only as time goes on", () => {
    const life = createLifeScene(timed(socket(1), open(1), beat("1")));
    const answer = answerConnection({ kind: "connection", connection: 1 });
    const calls: (number | undefined)[] = [];
    const look = (now: number) => answer({ ...life.scene(), now: () => now, again: (ms) => calls.push(ms) });
    const told = (event: SessionEvent, t: number) => {
      life.append({ ...event, t });
      return look(t);
    };
    expect(look(200)).toMatchObject({ beats: [{ rtt_ms: null }] });
    expect(told(page("show"), 201)).toBeNull();
    expect(told(reply(1, null, "1", "phoenix"), 202)).toMatchObject({ beats: [{ rtt_ms: 2 }] });
    expect(told(page("show"), 203)).toBeNull();
    expect(told(page("show"), 1_000)).toMatchObject({ to_t: 1_000 });
    expect(calls).toHaveLength(2);
  });

  it("is told up to its newest event, too, when nothing follows that", () => {
    const life = createLifeScene(timed(socket(1), open(1)));
    const answer = answerConnection({ kind: "connection", connection: 1 });
    const calls: (number | undefined)[] = [];
    const look = (now: number) => answer({ ...life.scene(), now: () => now, again: (ms) => calls.push(ms) });
    expect(look(5_000)).toMatchObject({ to_t: 100 });
    for (const t of [110, 120, 130]) life.append({ ...page("show"), t });
    expect([look(5_010), look(5_020)]).toEqual([null, null]);
    const [rest = 0, ...others] = calls;
    expect(others).toEqual([]);
    expect(look(5_010 + rest)).toMatchObject({ to_t: 130 });
    expect([look(5_010 + rest), calls.length]).toEqual([null, 1]);
  });

  it("ends with its page", () => {
    const events = timed(page("load"), socket(1), open(1), page("load"), socket(2), open(2));
    expect(life(events).spans.at(-1)).toMatchObject({ status: "closed", from_t: 300, to_t: 500 });
    expect(life(events, null, 2).spans.at(-1)).toMatchObject({ status: "connected" });
  });

  it("of a connection that is not there is empty", () => {
    expect(life(LIFE, null, 7)).toMatchObject({ id: 7, spans: [], closes: [], attempts: [], beats: [] });
  });

  it(`has at any moment the status that the engine tells (seed ${SEED})`, () => {
    fc.assert(
      fc.property(lives, (events) => {
        const engine = createEngine();
        for (const event of events) engine.fold(event);
        const index = createLifeIndex(engine);
        index.extend(1e6);
        for (let at = 1; at <= events.length; at++) {
          const faces = engine.facesAt(at);
          if (faces === "truncated") throw new Error("Nothing was let go.");
          for (const { id, status } of faces) {
            expect(spansOf(index.turnsOf(id), at, engine.timeOf, 0).at(-1)?.status).toBe(status);
          }
        }
      }),
      { seed: SEED, numRuns: lawRuns(200) },
    );
  });
});
