import { describe, expect, it } from "vitest";
import type { NumberedEvents } from "../../src/bridge/page-message";
import { type Buffer, createBuffer } from "../../src/content/buffer";
import { createFolding, type Folding, RETRY_MS } from "../../src/content/folding";
import { type Clock, createClock } from "../support/clock";
import { createPageEvents } from "../support/page-events";

type Request = {
  readonly part: NumberedEvents;
  readonly answer: (answer: unknown) => Promise<void>;
  readonly fail: () => Promise<void>;
};

type Scene = { buffer: Buffer; folding: Folding; clock: Clock; requests: Request[] };

const events = createPageEvents();

function start(): Scene {
  const clock = createClock();
  const buffer = createBuffer(16_000);
  const requests: Request[] = [];
  const fold = (part: NumberedEvents): Promise<unknown> =>
    new Promise((resolve, reject) => {
      // Whatever follows from a settled promise has been done one turn of the event loop later.
      const turn = (): Promise<void> => new Promise((done) => setImmediate(done));
      requests.push({
        part,
        answer(answer) {
          resolve(answer);
          return turn();
        },
        fail() {
          reject(new Error("The worker was killed."));
          return turn();
        },
      });
    });
  const folding = createFolding({ buffer, fold, whenIdle: clock.schedule, delay: clock.delay });
  return { buffer, folding, clock, requests };
}

function crowd({ buffer, folding }: Scene): void {
  while (!buffer.isCrowded()) buffer.add(events.in("x".repeat(172)));
  folding.check();
}

/** One base in the place of all. */
function foldedTo(part: NumberedEvents): NumberedEvents {
  return { seqs: part.seqs.slice(-1), events: [events.base("{}")] };
}

describe("having a buffer folded", () => {
  it("waits until room is wanted and the page is idle", () => {
    const scene = start();
    scene.buffer.add(events.in("x"));
    scene.folding.check();
    scene.clock.frame();
    expect(scene.requests).toHaveLength(0);
    crowd(scene);
    expect(scene.requests).toHaveLength(0);
    scene.clock.frame();
    expect(scene.requests).toHaveLength(1);
  });

  it("puts what comes back in the place of what was sent, and goes on while it is crowded", async () => {
    const scene = start();
    crowd(scene);
    scene.clock.frame();
    const [request] = scene.requests;
    if (request === undefined) throw new Error("It should have been asked.");
    await request.answer(foldedTo(request.part));

    expect(scene.buffer.isCrowded()).toBe(false);
    expect(scene.buffer.after({ seq: 0, bytes: 0 }, 1e9)?.message).toMatchObject({ kind: "folded" });
    crowd(scene);
    scene.clock.frame();
    expect(scene.requests).toHaveLength(2);
  });

  it("never asks for two at once", () => {
    const scene = start();
    crowd(scene);
    for (let n = 0; n < 3; n++) {
      scene.folding.check();
      scene.clock.frame();
    }
    expect(scene.requests).toHaveLength(1);
  });

  it.each([
    ["the worker was killed", (request: Request) => request.fail()],
    ["the answer is none", (request: Request) => request.answer({ seqs: "all" })],
    ["there is no answer", () => Promise.resolve()],
  ])("leaves things as they are where %s, and tries again later", async (_, end) => {
    const scene = start();
    crowd(scene);
    scene.clock.frame();
    const [request] = scene.requests;
    if (request === undefined) throw new Error("It should have been asked.");
    const before = scene.buffer.after({ seq: 0, bytes: 0 }, 1e9);
    await end(request);
    scene.folding.check();
    scene.clock.pass(RETRY_MS - 1);
    scene.clock.frame();
    expect(scene.requests).toHaveLength(1);
    expect(scene.buffer.after({ seq: 0, bytes: 0 }, 1e9)).toEqual(before);

    scene.clock.pass(1);
    scene.clock.frame();
    expect(scene.requests).toHaveLength(2);
    // What comes too late is nothing.
    await request.answer(foldedTo(request.part));
    expect(scene.buffer.after({ seq: 0, bytes: 0 }, 1e9)).toEqual(before);
  });

  it("ends when it is stopped", async () => {
    const scene = start();
    crowd(scene);
    scene.clock.frame();
    scene.folding.stop();
    const [request] = scene.requests;
    await request?.answer(foldedTo(request.part));
    scene.folding.check();
    scene.clock.pass(RETRY_MS);
    scene.clock.frame();
    expect(scene.requests).toHaveLength(1);
    expect(scene.buffer.after({ seq: 0, bytes: 0 }, 1e9)?.message).toMatchObject({ kind: "events" });
  });
});
