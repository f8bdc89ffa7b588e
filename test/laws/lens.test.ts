import fc from "fast-check";
import { expect, it } from "vitest";
import { createEngine } from "../../src/engine/engine";
import type { Inspection } from "../../src/engine/inspection";
import type { SessionEvent } from "../../src/session/event";
import type { Json } from "../../src/wire/json";
import { frames, incoming } from "../support/frames";
import { garbage } from "../support/garbage";
import { lawRuns } from "../support/law-runs";
import { sessions } from "../support/random-session";

/** A thousand runs take a while on a busy machine. */
const LONG = 600_000;

const assigns = fc.dictionary(
  fc.constantFrom("a", "b", "__x", "constructor"),
  fc.constantFrom<Json[]>(1, 2, { n: 1 }),
);
const messages = fc.tuple(
  fc.constantFrom(1, 2, 3),
  fc.constantFrom(null, "1", "2"),
  fc.constantFrom("musubi:connection", "musubi:connection:A:a", "room"),
  fc.record(
    {
      root_id: fc.constantFrom<Json[]>("r", "a", "A:a", 7),
      store_id: fc.constantFrom<Json[]>([], ["a"], ["rows", "a"], ["gone"], "x"),
      module: fc.constantFrom("Shop.Cart", "Shop.Line"),
      version: fc.nat(8),
      assigns,
      removed: fc.subarray(["a", "b"]),
      cause: fc.constantFrom<Json[]>(null, { kind: "mount" }, { kind: "command", name: "go" }),
    },
    { requiredKeys: ["module", "version", "assigns"] },
  ),
);

/** What envelopes rebuild, which no lens message may touch. */
function rebuilt({ connections }: Inspection): Json {
  return JSON.parse(
    JSON.stringify(connections.map(({ channels, roots, status }) => ({ channels, roots, status }))),
  );
}

it(
  "with lens messages anywhere, every event rebuilds what it does without them (seed 64)",
  () => {
    const some = fc.oneof(
      sessions,
      garbage.map((events) => [...frames`> join < ok`, ...events]),
    );
    fc.assert(
      fc.property(some, fc.array(fc.tuple(fc.nat(), messages), { maxLength: 12 }), (events, added) => {
        const [plain, shown] = [createEngine(), createEngine()];
        const seqs: number[] = [];
        for (const [at, event] of events.entries()) {
          plain.fold(event);
          for (const [where, [socket, join_ref, topic, payload]] of added) {
            if (where % events.length === at) shown.fold(lens(socket, join_ref, topic, payload, event.t));
          }
          shown.fold(event);
          seqs.push(shown.seq);
          expect(rebuilt(shown.inspect())).toEqual(rebuilt(plain.inspect()));
        }
        for (const [at, seq] of seqs.entries()) {
          const [then, alone] = [shown.inspectAt(seq), plain.inspectAt(at + 1)];
          if (then === "truncated" || alone === "truncated") throw new Error("So few events are all kept.");
          expect(rebuilt(then)).toEqual(rebuilt(alone));
        }
      }),
      { seed: 64, numRuns: lawRuns() },
    );
  },
  LONG,
);

function lens(
  socket: number,
  join_ref: string | null,
  topic: string,
  payload: unknown,
  t: number,
): SessionEvent {
  const body: Json = JSON.parse(JSON.stringify(payload));
  return { ...incoming(socket, join_ref, null, topic, "devtools:assigns", body), t };
}
