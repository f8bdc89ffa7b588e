import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../../src/engine/engine";
import { LIMITS, type Limits } from "../../../src/engine/fold/limits";
import type { SessionEvent } from "../../../src/session/event";
import { envelope, frames, incoming, open, out, reply, socket, URL_V2 } from "../../support/frames";

const TOPIC = "musubi:connection";

function foldedWith(limits: Partial<Limits>, events: readonly SessionEvent[]): Engine {
  const engine = createEngine(undefined, { ...LIMITS, ...limits });
  for (const event of events) engine.fold(event);
  return engine;
}

const many = <Item>(count: number, item: (at: number) => Item): readonly Item[] =>
  Array.from({ length: count }, (_, at) => item(at));
const codesOf = ({ problems }: Engine) => problems.map(({ code }) => code);
const MOUNTED = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`;

describe("of too many", () => {
  it("transports, the first are followed, and the frames of the others show", () => {
    const sockets = many(5, (at) => socket(at));
    const engine = foldedWith({ transports: 3 }, [...sockets, out(4, "1", "1", "room", "phx_join", {})]);
    expect(engine.connections).toHaveLength(3);
    expect(codesOf(engine)).toEqual(["too_many"]);
    expect(engine.problems[0]?.message).toBe(
      "There are more transports in one session than the 3 that are followed. " +
        "What comes from here on is listed, but not rebuilt.",
    );
    expect(engine.timeline.at(engine.timeline.length() - 1)).toMatchObject({
      kind: "push",
      event: "phx_join",
    });
  });

  it("connections, the first are followed, and may be continued", () => {
    const sockets = many(4, (at) => socket(at, `${URL_V2}&k${at}=1`));
    const engine = foldedWith({ connections: 2 }, sockets);
    expect(engine.connections).toHaveLength(2);
    expect(codesOf(engine)).toEqual(["too_many"]);
  });

  it("joins on one connection, the first are followed", () => {
    const joins = many(5, (at) => out(1, `${at}`, `${at}`, `room:${at}`, "phx_join", {}));
    const engine = foldedWith({ channels: 2 }, [socket(1), open(1), ...joins, reply(1, "4", "4", "room:4")]);
    expect(engine.connections[0]?.channels.map(({ topic }) => topic)).toEqual(["room:0", "room:1"]);
    expect(codesOf(engine)).toEqual(["too_many"]);
    expect(engine.timeline.length()).toBe(2 + 5 + 1 + 1);
  });

  it("roots on one connection, the first are followed", () => {
    const mounts = many(4, (at) => [
      out(1, "1", `m${at}`, TOPIC, "mount", { module: "A", id: `r${at}` }),
      reply(1, "1", `m${at}`, TOPIC, at % 2 === 0 ? "ok" : "error", { root_id: `r${at}` }),
    ]);
    const engine = foldedWith({ roots: 2 }, [...frames`> join < ok`, ...mounts.flat()]);
    expect(engine.connections[0]?.roots.map(({ root_id }) => root_id)).toEqual(["r0", "r1"]);
    expect(codesOf(engine)).toEqual(["too_many"]);
  });

  it("commands, the first are followed, and the others are pushes like any other", () => {
    const commands = many(3, (at) => out(1, "1", `c${at}`, TOPIC, "command", { root_id: "c1", name: "go" }));
    const engine = foldedWith({ commands: 2 }, [...MOUNTED, ...commands, reply(1, "1", "c2", TOPIC)]);
    expect(engine.commands).toHaveLength(2);
    expect(codesOf(engine)).toEqual(["too_many"]);
  });

  it("push events, the first are kept", () => {
    const events = many(5, (at) => ({ store_id: [], name: "toast", payload: at }));
    const patch = { ...envelope(2, [], { events }), root_id: "c1" };
    const engine = foldedWith({ push_events: 2 }, [
      ...MOUNTED,
      incoming(1, "1", null, TOPIC, "patch", patch),
    ]);
    expect(engine.inspect().events.map(({ payload }) => payload)).toEqual([0, 1]);
    expect(codesOf(engine)).toEqual(["too_many"]);
    expect(engine.connections[0]?.roots[0]?.version).toBe(2);
  });

  it("pushes without a reply, the oldest are no longer waited for", () => {
    const pushes = many(4, (at) => out(1, null, `p${at}`, "room", "shout", {}));
    const replies = [reply(1, null, "p3", "room"), reply(1, null, "p0", "room")];
    const engine = foldedWith({ pending_pushes: 2 }, [socket(1), open(1), ...pushes, ...replies]);
    expect(codesOf(engine)).toEqual(["too_many", "unmatched_reply"]);
  });

  it("sockets that were never announced, the first are told of", () => {
    const engine = foldedWith(
      { strangers: 2 },
      many(5, (at) => out(at, null, "1", "room", "shout", {})),
    );
    expect(codesOf(engine)).toEqual(["unknown_socket", "unknown_socket", "too_many"]);
  });

  it("bases, the channels and roots of the first are followed", () => {
    const bases = many(3, (at): SessionEvent => {
      const own = { topic: TOPIC, join_ref: "1", root_id: `r${at}`, module: "A", id: `r${at}`, params: {} };
      const status = { wire: "multiplexed", status: "mounted", epoch: 1, version: 1, state: {} } as const;
      return { type: "base", t: 0, socket: 1, ...own, ...status };
    });
    expect(foldedWith({ roots: 1 }, [socket(1), ...bases]).connections[0]?.roots).toHaveLength(1);
    expect(foldedWith({ channels: 0 }, [socket(1), ...bases]).connections[0]?.channels).toEqual([]);
  });
});
