import type { Engine } from "../engine";
import type { TimelineEntry } from "../fold/timeline-entry";
import type { LiveRoot, RootKey } from "../live";
import { findRoot } from "./named-root";
import { createMatcher } from "./timeline-filter";

/** What a step leads to the next one of. An envelope is one that was applied. */
export type StepBy = "event" | "envelope" | "command" | "problem";

/** Where the next one is not found among so many, there is taken to be none. */
const MAX_STEPPED = 250_000;

/**
 * The nearest event behind or before event `from` that is of a kind, and not skipped; null where there is none, or none
 * is kept any more.
 * @param direction 1: the next one; -1: the one before @param root only what concerns this one; null: of all
 */
export function stepFrom(
  engine: Engine,
  from: number,
  by: StepBy,
  direction: 1 | -1,
  root: RootKey | null,
): number | null {
  if (by === "event" && root === null) return stepEvent(engine, from, direction);
  if (by === "envelope" && root !== null) {
    const found = findRoot(engine, root);
    return found === undefined ? null : stepRevision(found.root, from, direction);
  }
  return stepEntry(engine, from, by, direction, createTest(root));
}

type Step = 1 | -1;

function stepEvent({ seq: newest, isSkipped }: Engine, from: number, step: Step): number | null {
  const last = from + step * MAX_STEPPED;
  for (let seq = from + step; seq >= 1 && seq <= newest && seq !== last; seq += step) {
    if (!isSkipped(seq)) return seq;
  }
  return null;
}

/** The envelopes of a root stand in its history, where any event is found by halving. */
function stepRevision({ history }: LiveRoot, from: number, step: Step): number | null {
  // The last revision that was let go is still told of, and may be behind `from`.
  const start = step === 1 ? Math.max(history.countAt(from), 1) : history.countAt(from - 1);
  const last = start + step * MAX_STEPPED;
  for (let place = start; place !== last; place += step) {
    const head = history.headTo(place);
    if (head === undefined) return null;
    const isFurther = step === 1 ? head.seq > from : head.seq < from;
    if (isFurther && head.kind === "envelope") return head.seq;
  }
  return null;
}

function stepEntry(
  { timeline, isSkipped }: Engine,
  from: number,
  by: StepBy,
  step: Step,
  concerns: (entry: TimelineEntry) => boolean,
): number | null {
  const start = step === 1 ? timeline.placeOf(from + 1) : timeline.placeOf(from) - 1;
  const last = start + step * MAX_STEPPED;
  for (let place = start; place !== last; place += step) {
    const kind = timeline.kindAt(place);
    if (kind === undefined) return null;
    if (by !== "event" && by !== kind) continue;
    const entry = timeline.at(place);
    if (entry === undefined || !concerns(entry) || isSkipped(entry.seq)) continue;
    if (by !== "envelope" || (entry.kind === "envelope" && entry.outcome === "applied")) return entry.seq;
  }
  return null;
}

function createTest(root: RootKey | null): (entry: TimelineEntry) => boolean {
  if (root === null) return () => true;
  const matcher = createMatcher({ root }, () => null);
  if (!matcher.ok) throw new Error("A filter without a pattern always means something.");
  return matcher.value;
}
