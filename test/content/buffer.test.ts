import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { PageEvent } from "../../src/bridge/page-event";
import { createBuffer } from "../../src/content/buffer";
import { lawRuns } from "../support/law-runs";
import { createPageEvents } from "../support/page-events";

const SEED = 20_26;

describe("the buffer of a document", () => {
  it("gives back what was added, in order and numbered from 1", () => {
    const events = createPageEvents();
    const buffer = createBuffer(10_000);
    const added = [events.socket(), events.open(), events.in("[]")];
    for (const event of added) buffer.add(event);

    expect(buffer.last()).toBe(3);
    expect(buffer.after(0, 0, 1e9)).toEqual({ first: 1, events: added });
    expect(buffer.after(2, 0, 1e9)).toEqual({ first: 3, events: added.slice(2) });
    expect(buffer.after(3, 0, 1e9)).toEqual({ first: 4, events: [] });
  });

  it("puts one gap in the place of what it had to let go, with its count and its bytes", () => {
    const events = createPageEvents();
    const buffer = createBuffer(1000);
    for (let n = 0; n < 10; n++) buffer.add(events.in("x".repeat(172)));

    // 1,000 bytes hold three events of 172 + 128.
    const run = buffer.after(0, 0, 1e9);
    expect(run.first).toBe(7);
    expect(run.events).toEqual([expect.objectContaining({ type: "gap", events: 7, bytes: 7 * 172 })]);
    expect(buffer.after(7, 7 * 172, 1e9).events).toHaveLength(3);
  });

  it("counts only what the asker does not hold already", () => {
    const events = createPageEvents();
    const buffer = createBuffer(1000);
    for (let n = 0; n < 10; n++) buffer.add(events.in("x".repeat(172)));

    expect(buffer.after(5, 5 * 172, 1e9).events).toEqual([
      expect.objectContaining({ type: "gap", events: 2, bytes: 2 * 172 }),
    ]);
  });

  it("always keeps the newest event, however large", () => {
    const events = createPageEvents();
    const buffer = createBuffer(1000);
    buffer.add(events.in("a"));
    buffer.add(events.in("x".repeat(100_000)));

    expect(buffer.after(1, 1, 1e9).events).toEqual([expect.objectContaining({ data: "x".repeat(100_000) })]);
  });

  it("counts what an event carries beside frames, too", () => {
    const events = createPageEvents();
    const buffer = createBuffer(10_000);
    for (let n = 0; n < 10; n++) buffer.add(events.page("load", "x".repeat(5_000)));

    expect(buffer.after(0, 0, 1e9).events).toEqual([expect.objectContaining({ type: "gap", events: 9 })]);
  });

  it(`accounts for every event and every byte, whatever is added and asked (seed ${SEED})`, () => {
    const sizes = fc.array(fc.integer({ min: 0, max: 900 }), { maxLength: 60 });
    fc.assert(
      fc.property(sizes, fc.integer({ min: 1, max: 2000 }), (frames, runBytes) => {
        const events = createPageEvents();
        const buffer = createBuffer(2_000);
        for (const size of frames) buffer.add(events.in("x".repeat(size)));

        const told: PageEvent[] = [];
        let seq = 0;
        let bytes = 0;
        while (seq < buffer.last()) {
          const run = buffer.after(seq, bytes, runBytes);
          expect(run.events.length).toBeGreaterThan(0);
          told.push(...run.events);
          seq = run.first + run.events.length - 1;
          bytes = sum(told, bytesOf);
        }
        expect(sum(told, (event) => (event.type === "gap" ? event.events : 1))).toBe(frames.length);
        expect(bytes).toBe(frames.reduce((total, size) => total + size, 0));
      }),
      { seed: SEED, numRuns: lawRuns() },
    );
  });
});

function bytesOf(event: PageEvent): number {
  if (event.type === "gap") return event.bytes;
  return event.type === "in" && typeof event.data === "string" ? event.data.length : 0;
}

function sum<Item>(items: readonly Item[], value: (item: Item) => number): number {
  return items.reduce((total, item) => total + value(item), 0);
}
