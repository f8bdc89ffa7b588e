import { describe, expect, it } from "vitest";
import type { Port } from "../../src/bridge/port";
import { attend, BEAT_MS, FIRST_PAUSE_MS, MAX_PAUSE_MS, STEADY_MS } from "../../src/devtools/attendance";
import { createClock } from "../support/clock";
import { createPortPair } from "../support/port-pair";

describe("a DevTools page", () => {
  it("names its tab first, and beats for as long as its port is open", () => {
    const { heard, pass, lose } = open();
    expect(heard()).toEqual([{ kind: "attach", tab: 7 }]);
    pass(BEAT_MS);
    pass(BEAT_MS);
    expect(heard()).toEqual([{ kind: "attach", tab: 7 }, { kind: "beat" }, { kind: "beat" }]);
    lose();
    pass(0);
    expect(heard()).toEqual([{ kind: "attach", tab: 7 }]);
    pass(BEAT_MS);
    expect(heard()).toEqual([{ kind: "attach", tab: 7 }, { kind: "beat" }]);
  });

  it("is back at once when the background was killed", () => {
    const { ports, pass, lose } = open();
    for (let kill = 1; kill <= 3; kill++) {
      pass(STEADY_MS);
      lose();
      pass(0);
      expect(ports()).toBe(kill + 1);
    }
  });

  it("waits longer and longer while every port is lost at once", () => {
    const { ports, pass, lose } = open();
    pass(STEADY_MS);
    lose();
    pass(0);
    let pause = FIRST_PAUSE_MS;
    for (let attempt = 0; attempt < 10; attempt++) {
      const before = ports();
      lose();
      pass(pause - 1);
      expect(ports()).toBe(before);
      pass(1);
      expect(ports()).toBe(before + 1);
      pause = Math.min(MAX_PAUSE_MS, pause * 2);
    }
    expect(pause).toBe(MAX_PAUSE_MS);
  });

  it("stops for good when the extension was reloaded", () => {
    const { ports, heard, pass, lose, orphan } = open();
    pass(STEADY_MS);
    orphan();
    lose();
    const before = heard().length;
    for (let time = 0; time < 10; time++) pass(MAX_PAUSE_MS);
    expect(ports()).toBe(1);
    expect(heard()).toHaveLength(before);
  });
});

function open() {
  const clock = createClock();
  const ports: Port[] = [];
  let heard: unknown[] = [];
  let now = 0;
  let isOrphaned = false;

  attend(7, {
    open() {
      if (isOrphaned) return null;
      const [mine, background] = createPortPair();
      heard = [];
      const log = heard;
      background.onMessage((message) => log.push(message));
      ports.push(background);
      return mine;
    },
    after: clock.delay,
    every(run, ms) {
      let stop = (): unknown => undefined;
      const again = (): void => {
        stop = clock.delay(() => {
          run();
          again();
        }, ms);
      };
      again();
      return () => stop();
    },
    now: () => now,
  });

  return {
    /** What the newest port has carried. */
    heard: () => heard,
    ports: () => ports.length,
    pass(ms: number) {
      now += ms;
      clock.pass(ms);
    },
    lose: () => ports.at(-1)?.close(),
    orphan() {
      isOrphaned = true;
    },
  };
}
