import { describe, expect, it } from "vitest";
import { unpack } from "../../src/bridge/chunk";
import type { TapMessage } from "../../src/bridge/tap-message";
import { createRecorder, MAX_TAP_ERRORS } from "../../src/tap/recorder";

describe("the tap's recorder", () => {
  it("lets no error of the tap's out, and turns the tap off at the third", () => {
    const { recorder, posted, elapse } = open();
    let calls = 0;
    const failing = recorder.guard(() => {
      calls++;
      throw new Error(`broken ${calls}`);
    });
    recorder.add({ type: "error", at: 1, socket: 1 });
    for (let turn = 1; turn < MAX_TAP_ERRORS; turn++) failing();
    expect(recorder.isOn()).toBe(true);

    failing();
    failing();
    expect(recorder.isOn()).toBe(false);
    expect(calls).toBe(MAX_TAP_ERRORS);
    elapse();
    expect(told(posted)).toEqual([
      { type: "error", at: 1, socket: 1 },
      { kind: "off", why: `broken ${MAX_TAP_ERRORS}` },
    ]);
  });

  it("says that it is off whatever it was that was thrown", () => {
    const { recorder, posted } = open();
    const thrown = {
      get message() {
        throw new Error("looked at");
      },
      toString() {
        throw new Error("looked at");
      },
    };
    const failing = recorder.guard(() => {
      throw thrown;
    });
    for (let turn = 0; turn < MAX_TAP_ERRORS; turn++) failing();
    expect(posted).toEqual([{ kind: "off", why: "unknown error" }]);
  });

  it("keeps an error of the way out from the page as well", () => {
    const recorder = createRecorder({
      post: () => {
        throw new Error("no way out");
      },
      schedule: (run) => run(),
      now: () => 1,
    });
    const record = recorder.guard(() => recorder.add({ type: "error", at: 1, socket: 1 }));
    for (let turn = 0; turn <= MAX_TAP_ERRORS; turn++) record();
    expect(recorder.isOn()).toBe(false);
  });

  it("still hands over what was recorded before it was off", () => {
    const { recorder } = open();
    recorder.add({ type: "error", at: 1, socket: 1 });
    const failing = recorder.guard(() => {
      throw new Error("broken");
    });
    for (let turn = 0; turn < MAX_TAP_ERRORS; turn++) failing();
    expect(told(recorder.flush())).toMatchObject([{ type: "error" }]);
  });

  describe("while something is being read", () => {
    const frame = (data: string) => ({ type: "in", at: 1, socket: 1, data }) as const;

    it.each([
      ["what was read", async () => "bytes", "bytes"],
      ["that it could not be read", () => Promise.reject(new Error("unreadable")), "failed"],
    ])("keeps its place, and tells %s", async (_, read, expected) => {
      const { recorder, posted, elapse } = open();
      const promise = read();
      recorder.addRead(promise, frame, () => frame("failed"), frame("instead"));
      recorder.add(frame("next"));
      await promise.catch(() => undefined);
      elapse();
      expect(told(posted)).toEqual([frame(expected), frame("next")]);
    });

    it("tells something else instead once that has taken too long, and what comes then no more", async () => {
      const { recorder, posted, elapse, waits } = open();
      let resolve = (_: string): void => {};
      const promise = new Promise<string>((found) => {
        resolve = found;
      });
      recorder.addRead(promise, frame, () => frame("failed"), frame("instead"), 777);
      recorder.add(frame("next"));
      expect(waits).toContain(777);
      elapse();
      elapse();
      resolve("late");
      await promise;
      elapse();
      expect(told(posted)).toEqual([frame("instead"), frame("next")]);
    });
  });

  it("tells once that the page has other sockets", () => {
    const { recorder, posted } = open();
    recorder.noteOtherSocket();
    recorder.noteOtherSocket();
    expect(posted).toEqual([{ kind: "other_socket" }]);
  });

  it("records nothing more, and holds nothing, once it is stopped", () => {
    const { recorder, posted, elapse } = open();
    const record = recorder.guard(() => recorder.add({ type: "error", at: 1, socket: 1 }));
    record();
    recorder.stop();
    record();
    elapse();
    expect(posted).toEqual([]);
    expect(recorder.flush()).toHaveLength(0);
  });

  it("numbers sockets and requests from 1", () => {
    const { recorder } = open();
    expect([recorder.nextId(), recorder.nextId()]).toEqual([1, 2]);
  });
});

function told(messages: readonly TapMessage[]): readonly unknown[] {
  // The tap's own lists inherit nothing.
  return structuredClone(messages).flatMap((message) =>
    message.kind === "events" ? unpack(message.events) : [message],
  );
}

function open() {
  const posted: TapMessage[] = [];
  const due: (() => void)[] = [];
  const waits: number[] = [];
  const recorder = createRecorder({
    // As a port takes it.
    post: (message) => posted.push(structuredClone(message)),
    schedule(run, ms) {
      due.push(run);
      waits.push(ms);
    },
    now: () => 1,
  });
  return {
    recorder,
    posted,
    waits,
    elapse() {
      for (const run of due.splice(0)) run();
    },
  };
}
