import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Position } from "../../src/bridge/moment";
import {
  advance,
  createPlayback,
  MAX_IDLE_MS,
  SPEEDS,
  type Speed,
  startRun,
  TICK_MS,
} from "../../src/panel/model/playback";
import { createSeeks } from "../../src/panel/model/seeks";
import { createClock } from "../support/clock";
import { createFakeMoment } from "../support/fake-moment";
import { row } from "../support/panel-views";

/** A session whose events came at these times, with a host that answers at once. */
function setUp(times: readonly number[]) {
  const clock = createClock();
  const end = new AbortController();
  const rows = times.map((t, index) => ({ ...row(index + 1), t }));
  const moment = createFakeMoment(() => rows);
  const shown: number[] = [];
  const seeks = createSeeks({
    send(turn, to) {
      const { at, fault } = moment.seek(to);
      if (at !== null && at.seq !== shown.at(-1)) shown.push(at.seq);
      seeks.receive({ kind: "sought", turn, at, fault });
    },
    ...{ arrive: (change) => change(), delay: clock.delay },
  });
  seeks.start();
  const playback = createPlayback({ seeks, delay: clock.delay, now: clock.now, lifetime: end.signal });
  return {
    ...{ clock, end, seeks, playback, shown },
    watch(ms: number) {
      for (let passed = 0; passed < ms; passed += TICK_MS) clock.pass(TICK_MS);
    },
  };
}

function evenly(events: number, ms: number): readonly number[] {
  return Array.from({ length: events }, (_, index) => index * ms);
}

describe("playing a session", () => {
  it("begins at the first event when the newest one is shown", () => {
    const { playback, seeks, shown } = setUp(evenly(5, 100));
    playback.play(() => 1);
    expect(playback.isPlaying.value).toBe(true);
    expect(seeks.at.value?.seq).toBe(1);
    expect(shown).toEqual([1]);
  });

  it("begins at the moment that is shown", () => {
    const { playback, seeks, shown, watch } = setUp(evenly(10, 100));
    seeks.seek({ kind: "seq", seq: 6 });
    playback.play(() => 1);
    watch(250);
    expect(shown).toEqual([6, 7, 8]);
  });

  it.each(SPEEDS)("takes a minute of the session 60 s / %i", (speed) => {
    const { playback, seeks, watch } = setUp(evenly(601, 100));
    playback.play(() => speed);
    watch(60_000 / speed - 2 * TICK_MS);
    expect(playback.isPlaying.value).toBe(true);
    watch(4 * TICK_MS);
    expect(playback.isPlaying.value).toBe(false);
    expect(seeks.at.value?.seq).toBe(601);
  });

  it("shows every event at its time", () => {
    const { playback, seeks, watch } = setUp(evenly(100, 100));
    playback.play(() => 1);
    watch(3_000);
    expect(seeks.at.value?.seq).toBe(30);
    watch(2_000);
    expect(seeks.at.value?.seq).toBe(50);
  });

  it("follows a change of the speed", () => {
    const { playback, seeks, watch } = setUp(evenly(1_000, 100));
    let speed: Speed = 1;
    playback.play(() => speed);
    watch(1_000);
    speed = 10;
    watch(1_000);
    expect(seeks.at.value?.seq).toBeGreaterThan(105);
    expect(seeks.at.value?.seq).toBeLessThan(115);
  });

  it("does not wait longer than a second where nothing happens", () => {
    const { playback, seeks, watch } = setUp([0, 100, 3_600_100, 3_600_200]);
    playback.play(() => 1);
    watch(100 + MAX_IDLE_MS + 2 * TICK_MS);
    expect(seeks.at.value?.seq).toBe(3);
    watch(100 + 2 * TICK_MS);
    expect(seeks.at.value?.seq).toBe(4);
    watch(TICK_MS);
    expect(playback.isPlaying.value).toBe(false);
  });

  it("plays what came under times that go back once, and ends", () => {
    const { playback, shown, watch } = setUp([0, 5_000, 10, 20, 5_100]);
    playback.play(() => 1);
    watch(5_000);
    expect(playback.isPlaying.value).toBe(false);
    expect(shown).toEqual([...shown].sort((a, b) => a - b));
    expect(shown.at(-1)).toBe(5);
  });

  it("goes on from an event that came under an earlier time than the one before", () => {
    const { playback, seeks, shown, watch } = setUp([0, 5_000, 10, 20, 30, 5_100]);
    seeks.seek({ kind: "seq", seq: 3 });
    playback.play(() => 1);
    watch(1_000);
    expect(playback.isPlaying.value).toBe(false);
    expect(shown.filter((seq) => seq > 2)).toEqual([3, 4, 5, 6]);
  });

  it("asks nothing while a seek is under way, and does not leap after it", () => {
    const { clock, playback, seeks, watch } = setUp(evenly(100, 100));
    playback.play(() => 1);
    watch(500);
    seeks.stop();
    watch(TICK_MS);
    clock.pass(60_000);
    seeks.start();
    watch(TICK_MS);
    expect(seeks.at.value?.seq).toBeLessThan(20);
    expect(playback.isPlaying.value).toBe(true);
  });

  it("stops when it is told to, and when all ends", () => {
    const { end, playback, seeks, watch } = setUp(evenly(100, 100));
    playback.play(() => 1);
    watch(500);
    playback.stop();
    const { seq } = seeks.at.value ?? { seq: 0 };
    watch(500);
    expect(seeks.at.value?.seq).toBe(seq);
    expect(playback.t.value).toBeNull();
    playback.play(() => 1);
    end.abort();
    expect(playback.isPlaying.value).toBe(false);
    playback.play(() => 1);
    expect(playback.isPlaying.value).toBe(false);
  });

  it("stops where no event can be shown", () => {
    const { playback, watch } = setUp([]);
    playback.play(() => 1);
    watch(TICK_MS);
    expect(playback.isPlaying.value).toBe(false);
  });

  it("never goes back, and comes to the end, whatever the times", () => {
    fc.assert(
      fc.property(
        fc.array(fc.integer({ min: 0, max: 4_000 }), { minLength: 1, maxLength: 12 }),
        fc.constantFrom(...SPEEDS),
        (times, speed) => {
          const { playback, shown, watch } = setUp(times);
          playback.play(() => speed);
          watch((times.length + 1) * (MAX_IDLE_MS + 3 * TICK_MS));
          expect(playback.isPlaying.value).toBe(false);
          expect(shown).toEqual([...shown].sort((a, b) => a - b));
          expect(shown.at(-1)).toBe(times.length);
        },
      ),
    );
  });
});

describe("an advance of a playback", () => {
  const at = (seq: number, t: number): Position => ({ seq, t, newest: 9, newest_t: 9_000 });

  it("goes on by the time that has passed, times the speed", () => {
    const run = startRun(at(3, 200), 1_000);
    expect(advance(run, at(3, 200), 1_040, 5)?.to).toEqual({ kind: "time", t: 400 });
  });

  it("is none at the newest event", () => {
    expect(advance(startRun(at(9, 9_000), 0), at(9, 9_000), 50, 1)).toBeNull();
  });
});
