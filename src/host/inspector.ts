import { createEngine } from "../engine/engine";
import type { Inspection } from "../engine/inspection";
import { keepRoot } from "../engine/root-filter";
import type { SessionEvent } from "../session/event";
import { failure, type Result, success } from "../wire/result";
import { createSessionIntake, type SessionIntake } from "./session-intake";

export type { Inspection } from "../engine/inspection";

/** Which moments of a session are asked for: its end, events by `seq` in any order, or the last event at a time. */
export type Moments =
  | { readonly kind: "end" }
  | { readonly kind: "seqs"; readonly seqs: readonly number[] }
  | { readonly kind: "ms"; readonly t: number };

export type MomentFault = { readonly reason: "no_such_seq"; readonly seq: number; readonly events: number };

/** The fault as words for a person, which name the event. */
export function describeMomentFault({ seq, events }: MomentFault): string {
  return `--at ${seq}: there is no such event; the session has ${events}`;
}

/** Folds a session file as it comes in and gives the inspection documents of the moments that were asked for. */
export type Inspector = {
  readonly intake: SessionIntake;
  /**
   * One document a moment, in the order in which they were asked for.
   * @param truncatedLine the line that the file ends in the middle of; null for a whole file
   */
  readonly documents: (truncatedLine: number | null) => Result<readonly Inspection[], MomentFault>;
};

/** @param root_id keeps this root and what belongs to it; null keeps everything */
export function createInspector(moments: Moments, root_id: string | null): Inspector {
  // Each moment is looked at when it comes: nothing has to be gone back to.
  const engine = createEngine(0);
  const seen = new Map<number, Inspection>();
  const wanted = new Set(moments.kind === "seqs" ? moments.seqs : []);
  let isPast = false;

  function look(): Inspection {
    const document = engine.inspect();
    return root_id === null ? document : keepRoot(document, root_id);
  }

  function fold(event: SessionEvent): void {
    isPast ||= moments.kind === "ms" && event.t > moments.t;
    if (isPast) return;
    engine.fold(event);
    if (wanted.has(engine.seq)) seen.set(engine.seq, look());
  }

  return {
    intake: createSessionIntake(fold),
    documents(truncatedLine) {
      if (truncatedLine !== null && !isPast) engine.truncate(truncatedLine);
      if (moments.kind !== "seqs") return success([look()]);
      const documents: Inspection[] = [];
      for (const seq of moments.seqs) {
        // The end is looked at last, because only then is it known whether the file was cut there.
        const document = seq === engine.seq ? look() : seen.get(seq);
        if (document === undefined) return failure({ reason: "no_such_seq", seq, events: engine.seq });
        documents.push(document);
      }
      return success(documents);
    },
  };
}
