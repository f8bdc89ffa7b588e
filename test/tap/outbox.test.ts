import { describe, expect, it } from "vitest";
import type { PageEvent } from "../../src/bridge/page-event";
import { createOutbox, MAX_BATCH_BYTES } from "../../src/tap/outbox";
import { createPageEvents } from "../support/page-events";

describe("the tap's outbox", () => {
  it("sends what came within one delay as one batch", () => {
    const { outbox, batches, elapse } = open();
    const events = createPageEvents();
    outbox.add(events.socket());
    outbox.add(events.open());
    expect(batches).toEqual([]);
    elapse();
    outbox.add(events.in("x"));
    elapse();

    expect(batches.map(({ first, types }) => [first, types])).toEqual([
      [1, ["socket", "open"]],
      [3, ["in"]],
    ]);
  });

  it("sends a batch at once when it has grown large", () => {
    const { outbox, batches } = open();
    outbox.add(createPageEvents().in("x".repeat(MAX_BATCH_BYTES)));

    expect(batches).toHaveLength(1);
  });

  it("keeps the order when the bytes of an earlier event are still being read", async () => {
    const { outbox, batches, elapse } = open();
    const events = createPageEvents();
    const read = deferred<PageEvent>();
    outbox.add(events.open());
    outbox.addLater(read.promise);
    outbox.add(events.close());
    elapse();
    expect(batches.map(({ types }) => types)).toEqual([["open"]]);

    read.resolve(events.in(new ArrayBuffer(3)));
    await read.promise;
    elapse();
    expect(batches.map(({ first, types }) => [first, types])).toEqual([
      [1, ["open"]],
      [2, ["in", "close"]],
    ]);
  });
});

function open() {
  const batches: { first: number; types: string[] }[] = [];
  let due: (() => void)[] = [];
  const outbox = createOutbox(
    (first, events) => batches.push({ first, types: events.map((event) => event.type) }),
    (run) => due.push(run),
  );
  return {
    outbox,
    batches,
    elapse() {
      const now = due;
      due = [];
      for (const run of now) run();
    },
  };
}

function deferred<Value>() {
  let resolve: (value: Value) => void = () => undefined;
  const promise = new Promise<Value>((done) => {
    resolve = done;
  });
  return { promise, resolve };
}
