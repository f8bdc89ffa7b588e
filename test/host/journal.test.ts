import { describe, expect, it } from "vitest";
import { MAX_PROBLEMS } from "../../src/engine/problem";
import { createJournal } from "../../src/host/journal";
import type { SessionEvent } from "../../src/session/event";

describe("a journal that outgrows its memory", () => {
  it("lets its oldest events go, with a gap in the place of each", () => {
    const journal = createJournal(10_000);
    for (let n = 1; n <= 100; n++) journal.append(frame(n, `[null,null,"room","news",${n}]`));

    expect(journal.length()).toBe(100);
    expect(journal.entry(1)).toMatchObject({
      event: { type: "gap", t: 1, events: 1, bytes: 27 },
      topic: null,
    });
    expect(journal.entry(100)).toMatchObject({ event: { type: "in", t: 100 }, topic: "room" });
    expect(journal.entry(0)).toBeUndefined();
    expect(journal.entry(101)).toBeUndefined();
  });

  it("counts what was skipped as let go", () => {
    const journal = createJournal(10_000);
    journal.skip(5, 7);
    for (let n = 6; n <= 100; n++) journal.append(frame(n, `[null,null,"room","news",${n}]`));

    expect(journal.length()).toBe(100);
    expect(journal.entry(0)).toBeUndefined();
    expect(journal.entry(5)).toMatchObject({ event: { type: "gap", t: 7, bytes: 0 } });
    expect(journal.entry(6)).toMatchObject({ event: { type: "gap", t: 6, bytes: 27 } });
    expect(journal.entry(100)).toMatchObject({ event: { type: "in", t: 100 }, topic: "room" });
    expect([5, 6, 100, 101].map(journal.isKept)).toEqual([false, false, true, false]);
  });

  it("counts what is no frame, and names that are all there is to a frame", () => {
    const journal = createJournal(100_000);
    const huge = "x".repeat(10_000);
    for (let n = 1; n <= 10; n++) {
      journal.append({ type: "broken", t: n, text: huge, why: "forged" });
      journal.append(frame(n, JSON.stringify([null, null, huge, "news", {}])));
    }
    const kept = Array.from({ length: 20 }, (_, at) => journal.entry(at + 1)?.event.type);

    expect(kept.filter((type) => type !== "gap").length).toBeLessThanOrEqual(7);
    expect(kept.at(-1)).toBe("in");
  });

  it("still pairs replies with pushes, and knows of those that it let go", () => {
    const journal = createJournal(30_000);
    journal.append({
      type: "socket",
      t: 0,
      socket: 1,
      url: "ws://a/websocket?vsn=2.0.0",
      transport: "websocket",
    });
    for (let n = 1; n <= 100; n++) {
      journal.append({ type: "out", t: n, socket: 1, text: `[null,"${n}","phoenix","heartbeat",{}]` });
      journal.append(frame(n, `[null,"${n}","phoenix","phx_reply",{"status":"ok","response":{}}]`));
    }

    expect(journal.entry(200)?.pair).toBe(201);
    expect(journal.entry(201)?.pair).toBe(200);
    expect(journal.entry(2)?.pair).toBeNull();
  });
});

describe("a journal of garbage", () => {
  it("lists the first problems, and says where the list ends", () => {
    const journal = createJournal();
    for (let n = 0; n < MAX_PROBLEMS + 100; n++) journal.append(frame(n, "garbage"));

    expect(journal.problems.all).toHaveLength(MAX_PROBLEMS);
    expect(journal.problems.all.at(-1)).toMatchObject({ seq: MAX_PROBLEMS, code: "too_many_problems" });
    expect(journal.engine.problems).toHaveLength(MAX_PROBLEMS);
  });

  it("keeps the words of a problem short, whatever the page calls its topics", () => {
    const journal = createJournal();
    journal.append({
      type: "socket",
      t: 0,
      socket: 1,
      url: "ws://a/websocket?vsn=2.0.0",
      transport: "websocket",
    });
    const topic = "x".repeat(1_000_000);
    journal.append(frame(1, JSON.stringify([null, "9", topic, "phx_reply", { status: "ok", response: {} }])));

    expect(journal.problems.all[0]?.message.length).toBeLessThan(3_000);
  });
});

function frame(t: number, text: string): SessionEvent {
  return { type: "in", t, socket: 1, text };
}
