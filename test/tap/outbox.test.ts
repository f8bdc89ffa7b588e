import { describe, expect, it } from "vitest";
import { unpack } from "../../src/bridge/chunk";
import type { TapEvent, TapMessage } from "../../src/bridge/tap-message";
import { MAX_BATCH_BYTES } from "../../src/tap/batch";
import { createOutbox, MAX_HELD_BYTES } from "../../src/tap/outbox";

describe("the tap's outbox", () => {
  it("sends what came within one delay as one batch", () => {
    const { outbox, posted, elapse } = open();
    outbox.add(frame("a"));
    outbox.add(frame("b"));
    expect(posted()).toEqual([]);
    elapse();
    outbox.add(frame("c"));
    elapse();

    expect(posted()).toEqual([
      [1, "a", "b"],
      [3, "c"],
    ]);
  });

  it.each([
    ["text", frame("x".repeat(MAX_BATCH_BYTES))],
    ["bytes", { type: "in", at: 1, socket: 1, data: new ArrayBuffer(MAX_BATCH_BYTES) }],
    ["an answer", polled("x".repeat(MAX_BATCH_BYTES))],
  ] satisfies [string, TapEvent][])("sends a batch at once when it has grown large: %s", (_, event) => {
    const { outbox, posted } = open();
    outbox.add(event);
    expect(posted()).toHaveLength(1);
  });

  describe("while the bytes of an event are being read", () => {
    it("keeps the order", () => {
      const { outbox, posted, elapse } = open();
      outbox.add(frame("a"));
      const place = outbox.place(frame("instead"));
      outbox.add(frame("c"));
      elapse();
      expect(posted()).toEqual([[1, "a"]]);

      place.fill(frame("b"));
      elapse();
      expect(posted()).toEqual([
        [1, "a"],
        [2, "b", "c"],
      ]);
    });

    it("keeps the order of several that are read, whichever is ready first", () => {
      const { outbox, posted, elapse } = open();
      const [one, two] = [outbox.place(null), outbox.place(null)];
      two.fill(frame("b"));
      elapse();
      expect(posted()).toEqual([]);
      one.fill(frame("a"));
      elapse();
      expect(posted()).toEqual([[1, "a", "b"]]);
    });

    it("lets the others go on where the place is given up, and takes the event when it comes", () => {
      const { outbox, posted, elapse } = open();
      const place = outbox.place(null);
      outbox.add(frame("b"));
      place.giveUp();
      elapse();
      place.fill(frame("a"));
      elapse();
      expect(posted()).toEqual([
        [1, "b"],
        [2, "a"],
      ]);
    });
  });

  describe("flushed as the page goes", () => {
    it("hands over again what was posted and not taken, and what was not posted yet", () => {
      const { outbox, elapse } = open();
      outbox.add(frame("a"));
      elapse();
      outbox.add(frame("b"));
      elapse();
      outbox.taken(1);
      outbox.add(frame("c"));

      expect(structuredClone(outbox.flush()).map(read)).toEqual([
        [2, "b"],
        [3, "c"],
      ]);
    });

    it("hands over nothing where all has been taken", () => {
      const { outbox, elapse } = open();
      outbox.add(frame("a"));
      elapse();
      outbox.taken(1);
      expect(outbox.flush()).toHaveLength(0);
    });

    it("hands everything over once, and goes on counting where the page comes back", () => {
      const { outbox, posted, elapse } = open();
      outbox.add(frame("a"));
      expect(structuredClone(outbox.flush()).map(read)).toEqual([[1, "a"]]);
      expect(outbox.flush()).toHaveLength(0);
      outbox.add(frame("b"));
      elapse();
      expect(posted()).toEqual([[2, "b"]]);
    });

    it("hands over the stand-in of what is still being read, in its place, and keeps to that", () => {
      const { outbox, posted, elapse } = open();
      outbox.add(frame("a"));
      const place = outbox.place(frame("instead"));
      outbox.add(frame("c"));
      expect(structuredClone(outbox.flush()).map(read)).toEqual([[1, "a", "instead", "c"]]);

      place.fill(frame("b"));
      outbox.add(frame("d"));
      elapse();
      expect(posted()).toEqual([[4, "d"]]);
    });

    it("does not wait for what has no stand-in, and takes it later under a number of its own", () => {
      const { outbox, posted, elapse } = open();
      const place = outbox.place(null);
      outbox.add(frame("b"));
      expect(structuredClone(outbox.flush()).map(read)).toEqual([[1, "b"]]);

      place.fill(frame("a"));
      elapse();
      expect(posted()).toEqual([[2, "a"]]);
    });
  });

  it("keeps no more than its cap of what nobody takes, and counts on", () => {
    const { outbox, elapse } = open();
    const large = frame("x".repeat(MAX_HELD_BYTES / 4 - 1000));
    for (let frames = 0; frames < 5; frames++) outbox.add(large);
    outbox.add(frame("last"));
    elapse();
    expect(placesOf(structuredClone(outbox.flush()))).toEqual([5, 6]);
  });

  it("counts what small events cost as well", () => {
    const { outbox, elapse } = open();
    const batches = 4;
    const many = MAX_HELD_BYTES / 128 / batches;
    for (let batch = 0; batch < batches; batch++) {
      for (let events = 0; events < many; events++) outbox.add({ type: "error", at: 1, socket: 1 });
      elapse();
    }
    outbox.add({ type: "error", at: 1, socket: 1 });
    elapse();
    expect(placesOf(structuredClone(outbox.flush()))).toEqual([batches * many + 1]);
  });

  it("lets go of everything when it is cleared", () => {
    const { outbox, posted, elapse } = open();
    outbox.add(frame("a"));
    const place = outbox.place(frame("instead"));
    outbox.clear();
    place.fill(frame("b"));
    elapse();
    expect(outbox.flush()).toHaveLength(0);
    expect(posted()).toEqual([]);
  });
});

function open() {
  const messages: TapMessage[] = [];
  let due: (() => void)[] = [];
  const outbox = createOutbox(
    // As a port takes it.
    (message) => messages.push(structuredClone(message)),
    (run) => due.push(run),
  );
  return {
    outbox,
    posted: () => messages.map(read),
    elapse() {
      const now = due;
      due = [];
      for (const run of now) run();
    },
  };
}

function frame(data: string): TapEvent {
  return { type: "in", at: 1, socket: 1, data };
}

function polled(text: string): TapEvent {
  return { type: "polled", at: 1, request: 1, end: "answered", status: 200, text };
}

/** The numbers of the events that messages carry, as a port takes them: the tap's own lists inherit nothing. */
function placesOf(messages: readonly TapMessage[]): readonly number[] {
  return messages.flatMap((message) =>
    message.kind === "events" ? unpack(message.events).map((_, at) => message.first + at) : [],
  );
}

/** The number of a message's first event, and what its frames carry. */
function read(message: TapMessage): readonly unknown[] {
  if (message.kind !== "events") return [message];
  return [message.first, ...unpack(message.events).map(dataOf)];
}

function dataOf(event: unknown): unknown {
  return typeof event === "object" && event !== null && "data" in event ? event.data : event;
}
