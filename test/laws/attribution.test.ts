import fc from "fast-check";
import { expect, it } from "vitest";
import type { SessionEvent } from "../../src/session/event";
import { inspected } from "../support/folding";
import { envelope, frames, incoming, out, reply } from "../support/frames";
import { lawRuns } from "../support/law-runs";

const TOPIC = "musubi:connection";
const ROOTS = ["x", "y"] as const;
const MOUNTED = frames`> join < ok > mount A x < ok < v1 {n: 0} > mount A y < ok < v1 {n: 0}`;

type Exchange = { readonly root_id: string; readonly seq: number; answered?: Moment };
type Moment = { readonly seq: number; readonly t: number };
type Step = {
  readonly what: "send" | "answer" | "patch";
  readonly root_id: (typeof ROOTS)[number];
  readonly which: number;
  readonly wait: number;
};

const step: fc.Arbitrary<Step> = fc.record({
  what: fc.constantFrom("send", "answer", "patch"),
  root_id: fc.constantFrom(...ROOTS),
  which: fc.nat(3),
  wait: fc.constantFrom(0, 1, 400, 1000, 1001),
});

/** A session of these steps, and what happened in it in the words of the definition. */
function play(steps: readonly Step[]) {
  const events: SessionEvent[] = [...MOUNTED];
  const exchanges: Exchange[] = [];
  const envelopes: (Moment & { readonly root_id: string })[] = [];
  const versions = { x: 1, y: 1 };
  let t = events.length;
  for (const { what, root_id, which, wait } of steps) {
    t += wait;
    const seq = events.length + 1;
    if (what === "send") {
      exchanges.push({ root_id, seq });
      events.push({ ...out(1, "1", `c${seq}`, TOPIC, "command", { root_id, name: "a" }), t });
    } else if (what === "patch") {
      envelopes.push({ root_id, seq, t });
      const patch = envelope(++versions[root_id], [], { root_id });
      events.push({ ...incoming(1, "1", null, TOPIC, "patch", patch), t });
    } else {
      const open = exchanges.filter(({ answered }) => answered === undefined);
      const exchange = open[which % open.length];
      if (exchange === undefined) continue;
      exchange.answered = { seq, t };
      events.push({ ...reply(1, "1", `c${exchange.seq}`, TOPIC), t });
    }
  }
  return { events, exchanges, envelopes };
}

/**
 * The definition word by word: the root's first envelope after the reply that no earlier command took, if it came
 * within 1,000 ms and before the reply to any command of that root sent after this reply.
 */
function attribute({ exchanges, envelopes }: Omit<ReturnType<typeof play>, "events">) {
  const taken = new Set<number>();
  return exchanges.map(({ root_id, answered }) => {
    if (answered === undefined) return [];
    const first = envelopes.find(
      ({ root_id: its, seq }) => its === root_id && seq > answered.seq && !taken.has(seq),
    );
    if (first === undefined || first.t - answered.t > 1000) return [];
    const isAfterAnother = exchanges.some(
      (other) =>
        other.root_id === root_id &&
        other.seq > answered.seq &&
        other.answered !== undefined &&
        other.answered.seq < first.seq,
    );
    if (isAfterAnother) return [];
    taken.add(first.seq);
    return [first.seq];
  });
}

it("patch_seqs are those of the definition, in whatever order replies and envelopes come (seed 12)", () => {
  fc.assert(
    fc.property(fc.array(step, { maxLength: 30 }), (steps) => {
      const { events, ...happened } = play(steps);
      const { commands } = inspected(events);
      expect(commands.map(({ patch_seqs }) => patch_seqs)).toEqual(attribute(happened));
    }),
    { seed: 12, numRuns: lawRuns() },
  );
});
