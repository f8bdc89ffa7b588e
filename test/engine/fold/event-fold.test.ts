import { describe, expect, it } from "vitest";
import { channelOf, folded, inspected } from "../../support/folding";
import { frames, out, reply, socket } from "../../support/frames";

const ROOM = "room:1";
const join = (ref: string, topic = ROOM, payload = {}) => out(1, ref, ref, topic, "phx_join", payload);
const OK = reply(1, "1", "1", ROOM);

describe("frames that do not decode", () => {
  it("are one problem each, and everything after them still works", () => {
    const broken = { type: "in", t: 0, socket: 1, text: '["1","1","room:1","phx_reply"]' } as const;
    const binary = { type: "in", t: 0, socket: 1, base64: "AAA=" } as const;
    const document = inspected([socket(1), join("1"), broken, binary, OK]);
    expect(document.problems).toMatchObject([
      { seq: 3, code: "bad_frame", message: expect.stringMatching(/socket 1 .* has 4\./) },
      { seq: 4, code: "bad_frame" },
    ]);
    expect(channelOf(document).state).toBe("joined");
  });

  it("do not include binary frames of the protocol", () => {
    const push = Buffer.from([
      0,
      1,
      1,
      6,
      4,
      ..."12room:1echo".split("").map((char) => char.charCodeAt(0)),
      9,
    ]);
    const answer = Buffer.from([1, 1, 1, 6, 2, ..."12room:1ok".split("").map((char) => char.charCodeAt(0))]);
    const engine = folded([socket(1), join("1"), OK]);
    engine.fold({ type: "out", t: 0, socket: 1, base64: push.toString("base64") });
    expect(engine.fold({ type: "in", t: 0, socket: 1, base64: answer.toString("base64") }).answers).toBe(4);
  });
});

describe("what else stands in a session", () => {
  it("is told where it is a loss, and ignored where it says nothing", () => {
    const document = inspected([
      { type: "gap", t: 1, events: 3, bytes: 90, why: "The buffer was full." },
      { type: "broken", t: 2, text: "{", why: "it is not JSON", line: 4 },
      { type: "broken", t: 2, text: "5", why: "It is no event." },
      { type: "mark", t: 3, text: "here" },
      { type: "unknown", t: 4, raw: { type: "weather" } },
      { type: "error", t: 5, socket: 9 },
    ]);
    expect(document.at).toEqual({ seq: 6, t: 5 });
    expect(document.problems).toMatchObject([
      { seq: 1, code: "gap", message: "3 events (90 bytes) could not be kept: The buffer was full." },
      { seq: 2, code: "bad_line", message: expect.stringMatching(/^Line 4 /) },
      { seq: 3, code: "bad_event" },
    ]);
  });

  it("includes the end of a file in the middle of a line", () => {
    const engine = folded(frames`> join < ok`);
    engine.truncate(6);
    expect(engine.inspect().problems).toMatchObject([
      { seq: 4, code: "truncated_file", message: expect.stringMatching(/line 6/) },
    ]);
  });
});
