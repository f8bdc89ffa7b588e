import fc from "fast-check";
import { expect, it } from "vitest";
import { MAX_HISTORY_CHARS } from "../../src/engine/content/history";
import { createEngine } from "../../src/engine/engine";
import { LIMITS, type Limits } from "../../src/engine/fold/limits";
import { MAX_PROBLEMS } from "../../src/engine/problem";
import type { SessionEvent } from "../../src/session/event";
import { canonical } from "../support/canonical";
import { envelope, frames, incoming, out, reply, socket } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";

const TOPIC = "musubi:connection";
const FEW = 20;
/** Every limit there is, so small that a session of garbage exceeds it. */
const SMALL: Limits = {
  ...LIMITS,
  ...{ transports: FEW, connections: FEW, channels: FEW, roots: FEW },
  ...{ commands: FEW, push_events: FEW, pending_pushes: FEW, strangers: FEW, timeline_entries: FEW },
};

/** What a page sends that forges without end: everything in it is new each time. */
function forge(nth: number): readonly SessionEvent[] {
  const [ref, id] = [`x${nth}`, nth + 10];
  return [
    socket(id, `ws://host${nth}/websocket?vsn=2.0.0`),
    out(1, ref, ref, `room:${nth}`, "phx_join", {}),
    incoming(1, ref, null, `room:${nth}`, "presence_state", {}),
    out(1, "1", `m${nth}`, TOPIC, "mount", { module: "A", id: ref, params: {} }),
    reply(1, "1", `m${nth}`, TOPIC, "ok", { root_id: ref }),
    out(1, "1", `c${nth}`, TOPIC, "command", { root_id: ref, store_id: [], name: ref }),
    incoming(1, "1", null, TOPIC, "patch", envelope(1, [], { root_id: "good", events: [{ name: ref }] })),
    reply(1, "1", `nobody${nth}`, TOPIC),
    out(id + 1_000_000, null, ref, "phoenix", "heartbeat", {}),
  ];
}

it("law 6: a page that forges without end fills up nothing beyond its limit", () => {
  const engine = createEngine(MAX_HISTORY_CHARS, SMALL);
  for (const event of frames`> join < ok > mount A good < ok < v1 {n: 0}`) engine.fold(event);
  for (let nth = 0; nth < 20_000; nth++) for (const event of forge(nth)) engine.fold(event);
  const { connections, commands, events, problems } = engine.inspect();
  expect(connections).toHaveLength(FEW);
  for (const { channels, roots } of connections) {
    expect(channels.length).toBeLessThanOrEqual(FEW);
    expect(roots.length).toBeLessThanOrEqual(FEW);
  }
  expect(commands).toHaveLength(FEW);
  expect(events).toHaveLength(FEW);
  expect(problems).toHaveLength(MAX_PROBLEMS);
  const told = problems.filter(({ code }) => code === "too_many").map(({ message }) => message);
  expect(told).toHaveLength(new Set(told).size);
  expect(told.length).toBeGreaterThan(5);
});

it("laws 2 and 6: what is beyond the limits is so at every event (seed 51)", () => {
  const tiny: Limits = {
    ...SMALL,
    transports: 2,
    connections: 1,
    channels: 3,
    roots: 2,
    commands: 2,
    push_events: 1,
  };
  const limits: Limits = { ...tiny, pending_pushes: 2, strangers: 1 };
  fc.assert(
    fc.property(garbage, fc.nat(), (some, moment) => {
      const events = [...frames`> join < ok`, ...some];
      const seq = 1 + (moment % events.length);
      const [engine, fresh] = [
        createEngine(MAX_HISTORY_CHARS, limits),
        createEngine(MAX_HISTORY_CHARS, limits),
      ];
      for (const event of events) engine.fold(event);
      for (const event of events.slice(0, seq)) fresh.fold(event);
      expect(canonical(engine.inspectAt(seq))).toBe(canonical(fresh.inspect()));
    }),
    { seed: 51, numRuns: lawRuns() },
  );
});

it("law 6: a history that has grown beyond what is kept still has its newest moments", () => {
  const engine = createEngine(2_000_000);
  for (const event of frames`> join < ok > mount A r < ok < v1 {n: 0}`) engine.fold(event);
  for (let version = 2; version < 20_000; version++) {
    const ops = [{ op: "replace", path: "/n", value: version }];
    engine.fold(incoming(1, "1", null, TOPIC, "patch", envelope(version, ops, { root_id: "r" })));
    if (version % 500 === 0) expect(engine.inspectAt(engine.seq - 100)).not.toBe("truncated");
  }
  expect(engine.inspectAt(100)).toBe("truncated");
});
