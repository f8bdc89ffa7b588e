import { describe, expect, it } from "vitest";
import { summarizeEntry } from "../../../src/engine/ask/timeline-summary";
import { createEngine, type Engine } from "../../../src/engine/engine";
import { LIMITS } from "../../../src/engine/fold/limits";
import type { TimelineEntry, TimelineKind } from "../../../src/engine/fold/timeline-entry";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { close, envelope, frames, incoming, open, out, page, reply, socket } from "../../support/frames";

const TOPIC = "musubi:connection";
const MOUNTED = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`;

function entriesOf(engine: Engine): readonly TimelineEntry[] {
  const { timeline } = engine;
  return Array.from({ length: timeline.length() - timeline.forgotten() }, (_, nth) => {
    const entry = timeline.at(timeline.forgotten() + nth);
    if (entry === undefined) throw new Error(`There is no entry ${nth}.`);
    return entry;
  });
}

/** Kind and summary of each entry, those of the events before `skip` left out. */
function told(events: readonly SessionEvent[], skip = 0): readonly string[] {
  return entriesOf(folded(events))
    .filter(({ seq }) => seq > skip)
    .map((entry) => `${entry.kind}: ${summarizeEntry(entry)}`);
}

function toldAfter(before: readonly SessionEvent[], ...events: readonly SessionEvent[]): readonly string[] {
  return told(
    [...before, ...events.map((event, at) => ({ ...event, t: before.length + at }))],
    before.length,
  );
}

describe("the timeline", () => {
  it("tells joins, mounts, commands, replies, envelopes and unmounts", () => {
    expect(
      told(frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}
        > add {sku: "x"} @lines,l1 < ok < v2 /total=4 > unmount c1 < ok > leave < ok < close`),
    ).toEqual([
      "transport: socket 1 to ws://localhost:4000/socket/websocket",
      "transport: socket 1 open",
      "channel: join musubi:connection",
      "channel: joined musubi:connection",
      "mount: mount c1 on musubi:connection",
      "mount: mounted c1 on musubi:connection",
      "envelope: v0 → v1 of c1",
      "command: command add @lines/l1 of c1",
      "reply: ok to add after 1 ms",
      "envelope: v1 → v2 of c1, high confidence from add",
      "mount: unmount c1 on musubi:connection",
      "mount: unmounted c1 on musubi:connection",
      "channel: leave musubi:connection",
      "channel: left musubi:connection",
      "channel: musubi:connection closed",
    ]);
  });

  it("tells a join that mounts twice: as a join and as a mount", () => {
    const topic = "musubi:connection:Shop.Cart:c1";
    expect(told(frames`> join Shop.Cart:c1 < ok < v1 {total: 0} > leave < ok`, 2)).toEqual([
      `channel: join ${topic}`,
      `mount: mount Shop.Cart:c1 on ${topic}`,
      `channel: joined ${topic}`,
      `mount: mounted Shop.Cart:c1 on ${topic}`,
      "envelope: v0 → v1 of Shop.Cart:c1",
      `channel: leave ${topic}`,
      `mount: unmount Shop.Cart:c1 on ${topic}`,
      `channel: left ${topic}`,
    ]);
  });

  it("tells a rejoin from the first join, and a crash from a close", () => {
    expect(told(frames`> join < ok < crash > join < ok`, 4)).toEqual([
      "channel: musubi:connection crashed",
      "channel: rejoin musubi:connection (join 2)",
      "channel: joined musubi:connection again (join 2)",
    ]);
  });

  it("tells transports with the attempt that each is, and the delay before it", () => {
    const events = [socket(1), open(1), close(1), { ...socket(2), t: 13.5 }, close(2), socket(3), open(3)];
    const error: SessionEvent = { type: "error", t: 0, socket: 3 };
    expect(told([...events, error])).toEqual([
      "transport: socket 1 to ws://localhost:4000/socket/websocket",
      "transport: socket 1 open",
      "transport: socket 1 closed with code 1006",
      "transport: socket 2 to ws://localhost:4000/socket/websocket, after 13.5 ms",
      "transport: socket 2 closed with code 1006",
      "transport: socket 3 to ws://localhost:4000/socket/websocket, attempt 2, after 0 ms",
      "transport: socket 3 open",
      "transport: socket 3 error",
    ]);
  });

  it("tells heartbeats, presence and other messages", () => {
    const joined = [out(1, "1", "1", "room", "phx_join", {}), reply(1, "1", "1", "room")];
    expect(
      toldAfter(
        [socket(1), open(1), ...joined],
        out(1, null, "2", "phoenix", "heartbeat", {}),
        reply(1, null, "2", "phoenix"),
        incoming(1, "1", null, "room", "presence_state", {}),
        incoming(1, null, null, "room", "presence_diff", { joins: {}, leaves: {} }),
        out(1, "1", "3", "room", "shout", {}),
        reply(1, "1", "3", "room", "error", { reason: "rate_limited" }),
        incoming(1, "1", null, "room", "heard", {}),
      ),
    ).toEqual([
      "heartbeat: heartbeat",
      "heartbeat: heartbeat answered",
      "presence: who is present on room",
      "presence: who came and went on room",
      "push: shout on room",
      "reply: error on room, rate_limited (rate_limited)",
      "push: heard on room",
    ]);
  });

  it("tells an envelope first, then its push events, then its problems", () => {
    const events = [{ store_id: ["a"], name: "toast", payload: 1 }, null];
    const patch = { ...envelope(2, [], { events }), root_id: "c1", stream_ops: [{ op: "insert" }] };
    expect(toldAfter(MOUNTED, incoming(1, "1", null, TOPIC, "patch", patch))).toEqual([
      "envelope: v1 → v2 of c1",
      "event: event toast @a of c1",
      expect.stringContaining("problem: bad_stream_op: "),
      expect.stringContaining("problem: bad_push_event: "),
    ]);
  });

  it.each([
    ["gap", "< v5 /total=1", "v4 → v5 of c1, does not fit the version held"],
    ["failed", "< v2 /no/where=1", "v1 → v2 of c1, its operations fail"],
    ["ignored", "> unmount c1 < ok < v2 /total=1", "v1 → v2 of c1, the root is unmounted"],
    ["unknown_root", "< v2 /total=1 ^other", "v1 → v2 of musubi:connection, its root is not known"],
  ] as const)("tells an envelope of the outcome %s", (outcome, steps, summary) => {
    const text = `> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} ${steps}`;
    const entries = entriesOf(folded(frames(Object.assign([text], { raw: [text] }))));
    const last = entries.filter(({ kind }) => kind === "envelope").at(-1);
    expect(last).toMatchObject({ outcome });
    expect(last === undefined ? "" : summarizeEntry(last)).toBe(summary);
  });

  it("tells pages, gaps, bases, marks and what it does not know", () => {
    const base: SessionEvent = {
      ...{ type: "base", t: 0, socket: 1, topic: TOPIC, join_ref: "1", root_id: "c1", module: "Shop.Cart" },
      ...{ id: "c1", params: {}, wire: "multiplexed", status: "mounted", epoch: 1, version: 3, state: {} },
    };
    expect(
      told([
        page("load"),
        { type: "gap", t: 0, events: 3, bytes: 70, why: "no room" },
        socket(1),
        base,
        { type: "mark", t: 0, text: "here" },
        { type: "unknown", t: 0, raw: {} },
        { type: "broken", t: 0, text: "?", why: "no JSON", line: 7 },
        { type: "in", t: 0, socket: 1, text: "[" },
      ]),
    ).toEqual([
      "page: page load",
      "gap: 3 events are missing (70 bytes)",
      expect.stringContaining("problem: gap: "),
      "transport: socket 1 to ws://localhost:4000/socket/websocket",
      "base: earlier history of c1, folded into one event",
      "mark: here",
      "unknown: an event of a type that is not known",
      "unknown: something that is no event",
      expect.stringContaining("problem: bad_line: "),
      "unknown: a frame that could not be read",
      expect.stringContaining("problem: bad_frame: "),
    ]);
  });

  it("tells what is wrong with the end of a file", () => {
    const engine = folded(MOUNTED);
    engine.truncate(9);
    expect(entriesOf(engine).at(-1)).toMatchObject({ kind: "problem", problem: { code: "truncated_file" } });
  });

  it("tells frames of a socket that is not known", () => {
    expect(told([out(9, "1", "1", "room", "shout", {})])).toEqual([
      "push: shout on room",
      expect.stringContaining("problem: unknown_socket: "),
    ]);
  });

  it("leads from a push to its reply and back", () => {
    const entries = entriesOf(folded(frames`> join < ok > mount Shop.Cart c1 > unmount c1 < ok < ok`));
    const exchanges = entries.flatMap((entry) =>
      "exchange" in entry && entry.exchange !== null ? [[entry.seq, entry.exchange] as const] : [],
    );
    expect(exchanges).toEqual([
      [3, { push_seq: 3, reply_seq: 4 }],
      [4, { push_seq: 3, reply_seq: 4 }],
      [5, { push_seq: 5, reply_seq: 7 }],
      [6, { push_seq: 6, reply_seq: 8 }],
      [7, { push_seq: 5, reply_seq: 7 }],
      [8, { push_seq: 6, reply_seq: 8 }],
    ]);
  });

  it("refers to the records of the engine", () => {
    const engine = folded(
      frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add < ok < v2 /total=4`,
    );
    const entries = entriesOf(engine);
    const of = <Kind extends TimelineKind>(kind: Kind) =>
      entries.filter((entry): entry is Extract<TimelineEntry, { kind: Kind }> => entry.kind === kind).at(-1);
    expect(of("command")?.command).toBe(engine.commands[0]);
    expect(of("envelope")?.root).toBe(engine.connections[0]?.roots[0]);
    expect(of("envelope")?.command).toBe(engine.commands[0]);
    expect(of("reply")?.command).toBe(engine.commands[0]);
    expect(of("transport")?.connection).toBe(engine.connections[0]);
    expect(of("channel")?.channel).toBe(engine.connections[0]?.channels[0]);
  });

  it("lets the oldest entries go beyond its cap, and says how many", () => {
    const engine = createEngine(undefined, { ...LIMITS, timeline_entries: 3 });
    for (const event of MOUNTED) engine.fold(event);
    const { timeline } = engine;
    expect([timeline.length(), timeline.forgotten()]).toEqual([7, 4]);
    expect(timeline.at(3)).toBeUndefined();
    expect(entriesOf(engine).map(({ seq }) => seq)).toEqual([5, 6, 7]);
    expect([timeline.placeOf(1), timeline.placeOf(6), timeline.placeOf(8)]).toEqual([4, 5, 7]);
  });

  it("keeps no more of a name than is shown", () => {
    const topic = "x".repeat(100_000);
    const entry = entriesOf(folded([out(1, null, "1", topic, topic, {})]))[0];
    expect(entry?.kind === "push" ? [entry.topic.length, entry.event.length] : []).toEqual([301, 301]);
  });
});
