import { describe, expect, it } from "vitest";
import { createEngine, type Engine } from "../../src/engine/engine";
import { MAX_PROBLEMS } from "../../src/engine/problem";
import { decodeFrame } from "../../src/wire/codec";
import type { Json, JsonObject } from "../../src/wire/json";
import { rootOf } from "../support/folding";
import { close, envelope, frames, incoming, open, out, reply, socket } from "../support/frames";

// None of these asks how long it takes: work that grows with the square of the input would not end before the test does.
const TOPIC = "musubi:connection";

function times<Value>(count: number, make: (at: number) => Value): readonly Value[] {
  return Array.from({ length: count }, (_, at) => make(at));
}

function startRoot(state: JsonObject): Engine {
  const engine = createEngine();
  for (const event of frames`> join < ok > mount Shop.Cart r < ok`) engine.fold(event);
  patch(engine, 1, { ops: [{ op: "replace", path: "", value: { __musubi_store_id__: [], ...state } }] });
  return engine;
}

function patch(engine: Engine, version: number, parts: JsonObject): void {
  engine.fold(incoming(1, "1", null, TOPIC, "patch", envelope(version, [], { root_id: "r", ...parts })));
}

function insert(item_key: string, at: number, limit: number | null): Json {
  return { op: "insert", store_id: [], stream: "s", ref: "0", item_key, at, limit, item: 0 };
}

describe("frames of ten million characters", () => {
  it.each([
    ["brackets", "[".repeat(1e7)],
    ["pairs of brackets", `["1",null,"t","e",[${"[],".repeat(3e6)}0]]`],
    ["nested objects", '{"a":'.repeat(2e6)],
    ["escapes", `["1",null,"t","e","${"\\n".repeat(5e6)}"]`],
    ["brackets in a string", `["1",null,"t","e","${'[\\"'.repeat(3e6)}"]`],
    ["quotes that do not end", '[["'.repeat(3e6)],
  ])("of %s decode, or are a fault", (_name, text) => {
    expect(typeof decodeFrame(text, "in").ok).toBe("boolean");
  });
});

describe("envelopes of many operations", () => {
  it("take 100,000 replacements, and take them back when the last one fails", () => {
    const ops = times(100_000, (value): Json => ({ op: "replace", path: "/n", value }));
    const engine = startRoot({ n: -1 });
    patch(engine, 2, { ops: [...ops, { op: "none" }] });
    expect(rootOf(engine.inspect()).version).toBe(1);
    patch(engine, 2, { ops });
    expect(rootOf(engine.inspect()).state).toEqual({ __musubi_store_id__: [], n: 99_999 });
  });

  it("put 50,000 items in front of a stream with a limit", () => {
    const engine = startRoot({ s: { __musubi_stream__: "s" } });
    patch(engine, 2, { stream_ops: times(50_000, (at) => insert(`k${at}`, 0, 1000)) });
    expect(Object(rootOf(engine.inspect()).snapshot).s).toHaveLength(1000);
  });

  it("take 20,000 stores away at once, with their streams", () => {
    const rows = times(20_000, (at): Json => ({ __musubi_store_id__: ["rows", String(at)] }));
    const engine = startRoot({ rows });
    const stream_ops = rows.map(
      (_, at): Json => ({ op: "reset", store_id: ["rows", String(at)], stream: "s" }),
    );
    patch(engine, 2, { stream_ops });
    patch(engine, 3, { ops: [{ op: "replace", path: "/rows", value: [] }] });
    expect(engine.connections[0]?.roots[0]?.content().streams).toEqual({});
  });

  it("send 100,000 steps of progress for 1,000 files", () => {
    const engine = startRoot({ u: { __musubi_upload__: "u" } });
    const target = { store_id: [], upload: "u" };
    const named = (at: number) => ({ ...target, ref: `e${at % 1000}` });
    const added = times(1000, (at): Json => ({ op: "add", ...named(at), entry: {} }));
    const ops = times(100_000, (at): Json => ({ op: "progress", ...named(at), progress: at % 100 }));
    patch(engine, 2, { upload_ops: [...added, ...ops] });
    expect(Object(rootOf(engine.inspect()).snapshot).u.entries).toHaveLength(1000);
  });

  it("have 200,000 malformed operations", () => {
    const engine = startRoot({});
    patch(engine, 2, { stream_ops: times(200_000, () => 0) });
    expect(engine.problems).toHaveLength(MAX_PROBLEMS);
  });

  it("have pointers of 5,000 tokens, and as deep as they may be", () => {
    const engine = startRoot({});
    for (let nth = 0; nth < 2000; nth++)
      patch(engine, 2, { ops: [{ op: "add", path: "/a".repeat(5000), value: 1 }] });
    expect(engine.problems).toHaveLength(2000);
    for (let at = 1; at <= 1000; at += 50) {
      let value: Json = 0;
      for (let depth = 0; depth < 500; depth++) value = { a: value };
      const version = (engine.connections[0]?.roots[0]?.version ?? 0) + 1;
      patch(engine, version, { ops: [{ op: "add", path: "/a".repeat(at), value }] });
    }
    // As deep as a pointer reaches, and what was put there.
    expect(JSON.stringify(engine.inspect()).length).toBeGreaterThan(500);
  });

  it("have keys of a million characters", () => {
    const engine = startRoot({});
    const long = "k".repeat(1_000_000);
    patch(engine, 2, {
      ops: [{ op: "add", path: `/${long}`, value: 1 }],
      stream_ops: [insert(long, 0, null)],
    });
    expect(Object(rootOf(engine.inspect()).state)[long]).toBe(1);
  });
});

describe("sessions of many", () => {
  it("topics: 20,000", () => {
    const engine = createEngine();
    for (const event of [socket(1), open(1)]) engine.fold(event);
    for (const ref of times(20_000, String)) engine.fold(out(1, ref, ref, `room:${ref}`, "phx_join", {}));
    engine.fold(close(1));
    expect(engine.inspect().connections[0]?.channels).toHaveLength(20_000);
  });

  it("commands that are never answered: 20,000, among envelopes", () => {
    const engine = startRoot({});
    for (let at = 0; at < 20_000; at++) {
      engine.fold(out(1, "1", `c${at}`, TOPIC, "command", { root_id: "r", store_id: [], name: "go" }));
      patch(engine, at + 2, {});
    }
    engine.fold(close(1));
    expect(engine.inspect().commands.every(({ status }) => status === "lost")).toBe(true);
  });

  it("rejoins that mount anew: 10,000", () => {
    const engine = startRoot({});
    for (const ref of times(10_000, (at) => `j${at}`)) {
      engine.fold(out(1, ref, ref, TOPIC, "phx_join", {}));
      engine.fold(reply(1, ref, ref, TOPIC));
      engine.fold(out(1, ref, `m${ref}`, TOPIC, "mount", { module: "Shop.Cart", id: "r", params: {} }));
      engine.fold(reply(1, ref, `m${ref}`, TOPIC, "ok", { root_id: "r" }));
    }
    expect(rootOf(engine.inspect()).epoch).toBe(10_001);
  });

  it("reconnects: 10,000", () => {
    const engine = createEngine();
    for (let id = 1; id <= 10_000; id++)
      for (const event of [socket(id), open(id), close(id)]) engine.fold(event);
    expect(engine.connections).toHaveLength(1);
  });

  it("problems: 200,000 frames of garbage on ever-new sockets", () => {
    const engine = createEngine();
    for (let id = 1; id <= 200_000; id++) engine.fold({ type: "in", t: id, socket: id, text: `{"a":${id}` });
    expect(engine.problems).toHaveLength(MAX_PROBLEMS);
  });
});
