import { createEngine } from "../engine/engine";
import type { Inspection } from "../engine/inspection";
import { keepRoot } from "../engine/root-filter";
import type { SessionEvent } from "../session/event";
import { createSessionReader } from "../session/reader";
import { describeSessionFault, type SessionFault } from "../session/session-fault";
import { assertNever } from "../wire/assert-never";
import { failure, type Result, success } from "../wire/result";

export type { Inspection } from "../engine/inspection";

/** Which moments of a session are asked for: its end, events by `seq` in any order, or the last event at a time. */
export type Moments =
  | { readonly kind: "end" }
  | { readonly kind: "seqs"; readonly seqs: readonly number[] }
  | { readonly kind: "ms"; readonly t: number };

export type InspectorFault =
  | { readonly reason: "bad_session"; readonly fault: SessionFault }
  | { readonly reason: "no_such_seq"; readonly seq: number; readonly events: number };

/** The fault as words for a person, which name the line or the event. */
export function describeInspectorFault(fault: InspectorFault): string {
  switch (fault.reason) {
    case "bad_session":
      return describeSessionFault(fault.fault);
    case "no_such_seq":
      return `--at ${fault.seq}: there is no such event; the session has ${fault.events}`;
    default:
      return assertNever(fault);
  }
}

/** Folds a session file as it comes in and gives the inspection documents of the moments that were asked for. */
export type Inspector = {
  /** Takes the next chunk of the file's text. */
  readonly push: (chunk: string) => Result<null, InspectorFault>;
  /** One document a moment, in the order in which they were asked for. `isCut`: the file ends too early. */
  readonly end: (isCut: boolean) => Result<readonly Inspection[], InspectorFault>;
  /** How many lines the file has had so far. */
  readonly lines: () => number;
};

/** @param root_id keeps this root and what belongs to it; null keeps everything */
export function createInspector(moments: Moments, root_id: string | null): Inspector {
  // Each moment is looked at when it comes: nothing has to be gone back to.
  const engine = createEngine(0);
  const reader = createSessionReader();
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

  function collect(): Result<readonly Inspection[], InspectorFault> {
    if (moments.kind !== "seqs") return success([look()]);
    const documents: Inspection[] = [];
    for (const seq of moments.seqs) {
      // The end is looked at last, because only then is it known whether the file was cut there.
      const document = seq === engine.seq ? look() : seen.get(seq);
      if (document === undefined) return failure({ reason: "no_such_seq", seq, events: engine.seq });
      documents.push(document);
    }
    return success(documents);
  }

  return {
    lines: reader.lines,
    push(chunk) {
      const events = reader.push(chunk);
      if (!events.ok) return failure({ reason: "bad_session", fault: events.failure });
      for (const event of events.value) fold(event);
      return success(null);
    },
    end(isCut) {
      const rest = reader.end();
      if (!rest.ok) return failure({ reason: "bad_session", fault: rest.failure });
      for (const event of rest.value.events) fold(event);
      const line = rest.value.truncated_line ?? (isCut ? reader.lines() + 1 : null);
      if (line !== null && !isPast) engine.truncate(line);
      return collect();
    },
  };
}
