import { describe, expect, it } from "vitest";
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
    expect(posted).toEqual([
      { kind: "events", first: 1, events: [{ type: "error", at: 1, socket: 1 }] },
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
    expect(posted).toEqual([{ kind: "off", why: "an error without a message" }]);
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
    expect(recorder.flush()).toMatchObject({ first: 1, events: [{ type: "error" }] });
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
    expect(recorder.flush()).toBeNull();
  });

  it("numbers sockets and requests from 1", () => {
    const { recorder } = open();
    expect([recorder.nextId(), recorder.nextId()]).toEqual([1, 2]);
  });
});

function open() {
  const posted: TapMessage[] = [];
  const due: (() => void)[] = [];
  const recorder = createRecorder({
    post: (message) => posted.push(message),
    schedule: (run) => due.push(run),
    now: () => 1,
  });
  return {
    recorder,
    posted,
    elapse() {
      for (const run of due.splice(0)) run();
    },
  };
}
