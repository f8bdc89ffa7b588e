import { describe, expect, it } from "vitest";
import { channelOf, codes, folded, inspected } from "../../support/folding";
import { close, envelope, incoming, open, out, page, reply, socket } from "../../support/frames";

const ROOM = "room:1";
const join = (ref: string, topic = ROOM, payload = {}) => out(1, ref, ref, topic, "phx_join", payload);
const stateOf = (...events: Parameters<typeof inspected>[0]) =>
  channelOf(inspected([socket(1), open(1), ...events])).state;

const OK = reply(1, "1", "1", ROOM);
const LEAVE = out(1, "1", "2", ROOM, "phx_leave", {});
const LEFT = reply(1, "1", "2", ROOM);
const CLOSE = incoming(1, "1", "1", ROOM, "phx_close", {});
const ERROR = incoming(1, "1", "1", ROOM, "phx_error", {});

describe("a channel's state", () => {
  it.each([
    ["joining", [join("1")]],
    ["joined", [join("1"), OK]],
    ["refused", [join("1"), reply(1, "1", "1", ROOM, "error")]],
    ["refused", [join("1"), reply(1, "1", "1", ROOM, "weird")]],
    ["refused", [join("1"), reply(1, null, "1", ROOM, "error", { reason: "unmatched topic" })]],
    ["refused", [join("1"), reply(1, "1", "1", ROOM, "error"), close(1)]],
    ["errored", [join("1"), OK, ERROR]],
    ["errored", [join("1"), ERROR]],
    ["errored", [join("1"), close(1)]],
    ["errored", [join("1"), OK, close(1)]],
    ["errored", [join("1"), OK, page("unload")]],
    ["leaving", [join("1"), OK, LEAVE]],
    ["leaving", [join("1"), LEAVE, OK]],
    ["leaving", [join("1"), OK, ERROR, LEAVE]],
    ["closed", [join("1"), OK, LEAVE, LEFT]],
    ["closed", [join("1"), OK, LEAVE, CLOSE]],
    ["closed", [join("1"), OK, LEAVE, ERROR]],
    ["closed", [join("1"), OK, LEAVE, close(1)]],
    ["closed", [join("1"), OK, ERROR, LEAVE, close(1)]],
    ["closed", [join("1"), OK, LEAVE, LEFT, ERROR]],
    ["closed", [join("1"), OK, CLOSE]],
    ["joining", [join("1"), OK, ERROR, join("3")]],
  ] as const)("is %s", (state, events) => {
    expect(stateOf(...events)).toBe(state);
  });

  it("is that of the newest instance, whatever an older one still says", () => {
    const rejoined = [join("1"), OK, LEAVE, join("3"), reply(1, "3", "3", ROOM)];
    for (const late of [LEFT, CLOSE, ERROR]) {
      const document = inspected([socket(1), open(1), ...rejoined, late]);
      expect(channelOf(document)).toMatchObject({ join_ref: "3", state: "joined" });
      expect(codes(document)).toEqual([]);
    }
  });
});

describe("a channel's kind", () => {
  const kindOf = (topic: string, ...events: Parameters<typeof inspected>[0]) =>
    channelOf(inspected([socket(1), open(1), ...events]), topic).kind;
  const NAMED = { module: "Shop.Cart", id: "c:1", params: {} };

  it("follows from the join alone where it can (wire.md 3)", () => {
    expect(kindOf(ROOM, join("1"))).toBe("plain");
    expect(kindOf("musubi_upload:u_1", join("1", "musubi_upload:u_1"))).toBe("upload");
    expect(kindOf("musubi:connection", join("1", "musubi:connection"))).toBe("connection");
    expect(kindOf("my:Shop.Cart:c:1", join("1", "my:Shop.Cart:c:1", NAMED))).toBe("root");
    expect(kindOf("musubi:x", join("1", "musubi:x", NAMED))).toBe("root");
    expect(kindOf("room:x", join("1", "room:x", NAMED))).toBe("plain");
    expect(kindOf("musubi:x", join("1", "musubi:x"))).toBe("plain");
  });

  it("is a connection once a mount or an envelope with a root_id shows on a musubi topic", () => {
    const patch = incoming(1, "1", null, "musubi:x", "patch", envelope(1, [], { root_id: "c1" }));
    const mount = out(1, "1", "2", "musubi:x", "mount", NAMED);
    expect(kindOf("musubi:x", join("1", "musubi:x"), mount)).toBe("connection");
    expect(kindOf("musubi:x", join("1", "musubi:x"), patch)).toBe("connection");
    expect(kindOf("musubi:x", join("1", "musubi:x", NAMED), mount)).toBe("connection");
    expect(kindOf("musubi:x", join("1", "musubi:x"), mount, join("3", "musubi:x"))).toBe("connection");
    expect(kindOf(ROOM, join("1"), out(1, "1", "2", ROOM, "mount", NAMED))).toBe("plain");
  });

  it("stays plain where a patch is none of Musubi's", () => {
    const patch = incoming(1, "1", null, "musubi:x", "patch", { diff: 1 });
    const document = inspected([socket(1), open(1), join("1", "musubi:x"), patch]);
    expect(channelOf(document).kind).toBe("plain");
    expect(codes(document)).toEqual([]);
  });

  it("is the same on V1, where a client need not send a join_ref", () => {
    const text = (event: string, ref: string | null, payload: object = {}) =>
      JSON.stringify({ topic: "musubi:connection", event, ref, payload });
    const events = [
      socket(1, "ws://localhost/socket/websocket"),
      { type: "out", t: 0, socket: 1, text: text("phx_join", "7") },
      { type: "in", t: 0, socket: 1, text: text("phx_reply", "7", { status: "ok", response: {} }) },
      { type: "in", t: 0, socket: 1, text: text("phx_close", "7") },
    ] as const;
    expect(channelOf(inspected(events))).toMatchObject({
      join_ref: "7",
      state: "closed",
      kind: "connection",
    });
  });
});

describe("refs", () => {
  it("are paired by socket first: two sockets of a page count from 1", () => {
    const [a, b] = [out(1, "1", "1", ROOM, "phx_join", {}), out(2, "1", "1", ROOM, "phx_join", {})];
    const other = socket(2, "ws://localhost:4000/other/websocket?vsn=2.0.0");
    const document = inspected([socket(1), other, a, b, reply(2, "1", "1", ROOM)]);
    expect(document.connections.map(({ channels }) => channels[0]?.state)).toEqual(["joining", "joined"]);
  });

  it("tell which push a reply answers, heartbeats too", () => {
    const engine = folded([socket(1), open(1), join("1"), out(1, null, "2", "phoenix", "heartbeat", {})]);
    expect(engine.fold(reply(1, null, "2", "phoenix")).answers).toBe(4);
    expect(engine.fold(OK).answers).toBe(3);
    expect(engine.inspect().connections[0]?.channels).toHaveLength(1);
  });

  it("that no push awaits are reported", () => {
    const document = inspected([
      socket(1),
      join("1"),
      OK,
      OK,
      reply(1, "1", "9", ROOM),
      reply(1, "1", "1", "room:2"),
    ]);
    expect(codes(document)).toEqual(["unmatched_reply", "unmatched_reply", "unmatched_reply"]);
  });

  it("that are used again too early are reported, and answered in order", () => {
    const push = out(1, "1", "5", ROOM, "echo", {});
    const engine = folded([socket(1), join("1"), OK, push, push]);
    expect(engine.problems).toMatchObject([{ seq: 5, code: "duplicate_ref" }]);
    const five = reply(1, "1", "5", ROOM);
    expect([engine.fold(five).answers, engine.fold(five).answers]).toEqual([4, 5]);
  });

  it("may be used again after a reply, and after a reconnect", () => {
    const again = [socket(2), open(2), out(2, "1", "1", ROOM, "phx_join", {}), reply(2, "1", "1", ROOM)];
    expect(codes(inspected([socket(1), join("1"), close(1), ...again]))).toEqual([]);
  });
});

describe("an older instance's join_ref", () => {
  const rejoined = [socket(1), open(1), join("1"), OK, join("3"), reply(1, "3", "3", ROOM)];

  it("is a problem on what the page sends and on what the server pushes", () => {
    const push = out(1, "1", "4", ROOM, "echo", {});
    const shout = incoming(1, "1", null, ROOM, "shout", {});
    expect(codes(inspected([...rejoined, push, shout, LEAVE]))).toEqual(Array(3).fill("stale_join_ref"));
    expect(channelOf(inspected([...rejoined, LEAVE])).state).toBe("joined");
  });

  it("is none on replies, closes and errors; and no join_ref is the newest's", () => {
    const fine = [
      CLOSE,
      ERROR,
      incoming(1, null, null, ROOM, "shout", {}),
      out(1, null, "4", ROOM, "echo", {}),
    ];
    expect(codes(inspected([...rejoined, ...fine]))).toEqual([]);
  });

  it("is one across transports too", () => {
    const again = [
      close(1),
      socket(2),
      out(2, "9", "9", ROOM, "phx_join", {}),
      out(2, "3", "10", ROOM, "echo", {}),
    ];
    expect(codes(inspected([...rejoined, ...again]))).toEqual(["stale_join_ref"]);
  });
});
