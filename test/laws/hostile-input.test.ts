import fc from "fast-check";
import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine";
import type { SessionEvent } from "../../src/session/event";
import { readSession } from "../../src/session/reader";
import type { Json } from "../../src/wire/json";
import { rootOf } from "../support/folding";
import { frames, incoming, out } from "../support/frames";
import { describeShared, readRecording, recordingNames } from "../support/shared";

/** A thousand runs take a while on a busy machine. */
const LONG = 120_000;

const WORDS = [
  "phx_join",
  "phx_leave",
  "phx_reply",
  "phx_close",
  "phx_error",
  "mount",
  "unmount",
  "command",
  "patch",
];
const TOPICS = [
  "musubi:connection",
  "musubi:x",
  "musubi:connection:A:a",
  "room",
  "phoenix",
  "musubi_upload:u",
  "__proto__",
];

const ref = fc.constantFrom(null, "1", "2", "3");
const envelope = fc.record(
  {
    type: fc.constant("patch"),
    root_id: fc.constantFrom<Json[]>("a", "A:a", "__proto__", 7),
    base_version: fc.constantFrom<Json[]>(0, 1, 2, -1),
    version: fc.constantFrom<Json[]>(1, 2, 3, null),
    ops: fc.oneof(
      fc.constant([{ op: "replace", path: "", value: { __musubi_store_id__: [], n: 0 } }]),
      fc.array(
        fc.record({
          op: fc.constantFrom("add", "remove"),
          path: fc.constantFrom("/n", "/__proto__", "x"),
          value: fc.constant(1),
        }),
      ),
    ),
    stream_ops: fc.constantFrom<Json[]>([], [{ op: "insert" }], {}),
    events: fc.constantFrom<Json[]>([], [null]),
  },
  { requiredKeys: [] },
);
const payload: fc.Arbitrary<Json> = fc.oneof(
  envelope.map((value): Json => JSON.parse(JSON.stringify(value))),
  fc.record({
    module: fc.constantFrom<Json[]>("A", 5),
    id: fc.constantFrom<Json[]>("a", "", null),
    root_id: fc.constant("a"),
  }),
  fc.record({
    status: fc.constantFrom("ok", "error"),
    response: fc.constantFrom<Json[]>({}, { root_id: "a" }, null),
  }),
  fc.jsonValue().map((value): Json => JSON.parse(JSON.stringify(value))),
);
const frameEvent = fc
  .tuple(
    fc.constantFrom(out, incoming),
    fc.constantFrom(1, 2, 9),
    ref,
    ref,
    fc.constantFrom(...TOPICS),
    fc.constantFrom(...WORDS),
    payload,
  )
  .map(
    ([way, socket, join_ref, own, topic, event, body]): SessionEvent =>
      way(socket, join_ref, own, topic, event, body),
  );
const otherEvent = fc.constantFrom<SessionEvent[]>(
  { type: "socket", t: 1, socket: 2, url: "x", transport: "longpoll" },
  { type: "open", t: 1, socket: 2 },
  { type: "close", t: 1, socket: 2, code: 1006, reason: "", clean: false },
  { type: "page", t: -5, phase: "load", url: "" },
  { type: "in", t: 1, socket: 1, text: '{"__proto__":1}' },
  { type: "out", t: 1, socket: 1, base64: "AP//" },
  { type: "unknown", t: 1, raw: {} },
);
const garbage = fc.array(
  fc.oneof({ weight: 4, arbitrary: frameEvent }, { weight: 1, arbitrary: otherEvent }),
  { maxLength: 40 },
);

it(
  "law 6: any events give a document, and a root that is mounted after them is right (seed 9)",
  () => {
    fc.assert(
      fc.property(garbage, (events) => {
        const engine = createEngine();
        for (const event of [...frames`> join < ok`, ...events]) engine.fold(event);
        engine.inspect();
        // A page of its own, so that nothing of the garbage is continued.
        const clean = frames`> join < ok > mount Shop.Cart good < ok < v1 {total: 0} < v2 /total=4`;
        for (const event of clean) engine.fold("socket" in event ? { ...event, socket: 77 } : event);
        expect(rootOf(engine.inspect(), "good")).toMatchObject({
          status: "mounted",
          version: 2,
          state: { total: 4 },
        });
        expect(Object.keys(Object.prototype)).toEqual([]);
      }),
      { seed: 9, numRuns: 1000 },
    );
  },
  LONG,
);

it(
  "law 1: reading a document in between changes nothing (seed 10)",
  () => {
    fc.assert(
      fc.property(garbage, (events) => {
        const [often, once] = [createEngine(), createEngine()];
        for (const event of [...frames`> join < ok`, ...events]) {
          often.fold(event);
          often.inspect();
          once.fold(event);
        }
        expect(often.inspect()).toEqual(once.inspect());
      }),
      { seed: 10, numRuns: 1000 },
    );
  },
  LONG,
);

describeShared("mutated recordings", () => {
  const texts = recordingNames()
    .map(readRecording)
    .filter((text) => text.length < 60_000);

  it(
    "load, fold and inspect without an exception, whatever is cut, doubled or overwritten (seed 11)",
    () => {
      fc.assert(
        fc.property(
          fc.constantFrom(...texts),
          fc.array(fc.tuple(fc.nat(2), fc.double({ min: 0, max: 1, noNaN: true }), fc.string())),
          (text, edits) => {
            const lines = text.split("\n");
            for (const [kind, where, junk] of edits) {
              const at = 1 + Math.floor(where * (lines.length - 2));
              const line = lines[at] ?? "";
              const half = Math.floor(line.length / 2);
              if (kind === 0) lines.splice(at, 1);
              else if (kind === 1) lines.splice(at, 0, line);
              else lines[at] = line.slice(0, half) + junk + line.slice(half + junk.length);
            }
            const session = readSession(lines.join("\n"));
            if (!session.ok) throw new Error("The header is whole, so that the session must load.");
            const engine = createEngine();
            for (const event of session.value.events) engine.fold(event);
            expect(engine.inspect().at.seq).toBe(session.value.events.length);
          },
        ),
        { seed: 11, numRuns: 1000 },
      );
    },
    LONG,
  );
});
