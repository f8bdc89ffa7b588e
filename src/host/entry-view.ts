import { type EntryQuery, MAX_LINKS } from "../bridge/timeline-view";
import type { Answer } from "../engine/ask/answer";
import { linksOf } from "../engine/ask/links";
import { rowsOfEvent } from "../engine/ask/timeline";
import type { Engine } from "../engine/engine";
import type { EntryOf } from "../engine/fold/timeline-entry";
import type { Answerer } from "./answerer";
import { viewEvent } from "./event-view";
import type { Journal } from "./journal";
import { createRecalled } from "./recalled";
import type { Recording } from "./recording";
import { showDiff } from "./shown-diff";
import { viewTimelineRow } from "./timeline-line";

/** One event with its entries, what led to it and what it led to, and what it changed, whichever moment is looked at. */
export function answerEntry({ seq }: EntryQuery): Answerer {
  const recalled = createRecalled(seq);
  let seen: { readonly recording: Recording; readonly stamp: string } | null = null;
  let changed: { readonly recording: Recording; readonly diff: Answer | null } | null = null;

  /** What an event changed stays the same from the moment on that it is there. */
  function diffIn(recording: Recording): Answer | null {
    if (changed?.recording === recording) return changed.diff;
    const diff = diffOf(recording.journal, seq);
    if (seq <= recording.journal.length()) changed = { recording, diff };
    return diff;
  }

  return (scene) => {
    const { recording } = scene;
    const { journal } = recording;
    const [rows, links] = [
      rowsOfEvent(journal.engine, seq, MAX_LINKS),
      linksOf(journal.engine, seq, MAX_LINKS),
    ];
    const [held, isKept] = [journal.entry(seq), journal.isKept(seq)];
    const isRecalled = held !== undefined && !isKept && recalled(scene) !== null;
    const stamp = JSON.stringify([isKept, isRecalled, held?.pair, rows.length, links]);
    if (seen?.recording === recording && seen.stamp === stamp) return null;
    seen = { recording, stamp };
    return {
      ...{ kind: "entry", seq, links },
      event: viewEvent(journal, seq, () => recalled(scene)),
      entries: rows.map((row) => viewTimelineRow(journal, row)),
      diff: diffIn(recording),
    };
  };
}

/** What an applied envelope changed; null where the event is none. */
function diffOf({ engine, asker }: Journal, seq: number): Answer | null {
  const applied = envelopeAt(engine, seq);
  if (applied === null || applied.root === null || applied.outcome !== "applied") return null;
  return showDiff(asker.ask({ kind: "diff", root: applied.root.key, from_seq: seq - 1, to_seq: seq }));
}

/** An event has one envelope at most, as the first of its entries. */
function envelopeAt({ timeline }: Engine, seq: number): EntryOf<"envelope"> | null {
  const entry = timeline.at(timeline.placeOf(seq));
  return entry?.seq === seq && entry.kind === "envelope" ? entry : null;
}
