import { type ReadonlySignal, signal } from "@preact/signals";

/** What became of something that the page asked for; `problem` is what nobody asked for. */
export type LogKind = "ok" | "error" | "problem";

/** Takes what is to be shown to the person at the page. */
export type ReplyLog = (kind: LogKind, what: string, detail: string) => void;

export type LogEntry = { readonly key: number; readonly kind: LogKind; readonly text: string };

/** The oldest entries beyond this many are dropped. */
const MAX_ENTRIES = 20;

/** A log, newest entry first. */
export function createReplyLog(): {
  readonly log: ReplyLog;
  readonly entries: ReadonlySignal<readonly LogEntry[]>;
} {
  const entries = signal<readonly LogEntry[]>([]);
  let last = 0;
  const log: ReplyLog = (kind, what, detail) => {
    last += 1;
    const entry = { key: last, kind, text: `${what}: ${detail}` };
    entries.value = [entry, ...entries.peek().slice(0, MAX_ENTRIES - 1)];
  };
  return { log, entries };
}
