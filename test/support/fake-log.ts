import {
  type ChangeLine,
  type CommandLine,
  type LogQuery,
  type LogView,
  MAX_STEP_PREVIEWS,
  type PushEventLine,
  type StepView,
} from "../../src/bridge/stores-view";
import type { Json } from "../../src/wire/json";

const COUNTER = "Demo.CounterStore:c1";
const timeOf = (seq: number): number => seq * 13.7;
const textOf = (value: Json | undefined): string | null =>
  value === undefined ? null : (JSON.stringify(value)?.slice(0, 100) ?? null);

/**
 * What happened to the stores of a made-up session of so many events: each third is a command, then come its reply and
 * its envelope. All of it was in the counter; another root's stores came, and that was all.
 */
export function fakeLog(query: LogQuery, events: number): LogView {
  const exchanges = Math.max(0, Math.floor((events - 4) / 3) + 1);
  const isBusy = query.root.root_id === COUNTER;
  switch (query.what) {
    case "commands": {
      const page = windowOf(isBusy && query.store_id.length === 0 ? exchanges : 0, query);
      const lines = page.nths.map((nth) => commandLine(nth, nth === exchanges - 1, query.whole));
      return { kind: "log", what: "commands", ...page.place, fault: null, lines };
    }
    case "events": {
      const page = windowOf(isBusy ? Math.floor(exchanges / 5) : 0, query);
      const lines = page.nths.map((nth) => eventLine(nth, query.whole));
      return { kind: "log", what: "events", ...page.place, fault: null, lines };
    }
    case "changes": {
      const page = windowOf(isBusy ? exchanges : 1, query);
      const lines = page.nths.map((nth) => changeLine(nth, query.whole));
      return { kind: "log", what: "changes", ...page.place, fault: null, lines };
    }
  }
}

function windowOf(total: number, { from: first, count }: LogQuery) {
  const from = first === "end" ? Math.max(0, total - count) : Math.min(first, total);
  const length = Math.min(total - from, count);
  return { place: { from, total, forgotten: 0 }, nths: Array.from({ length }, (_, at) => from + at) };
}

function commandLine(nth: number, isLast: boolean, whole: boolean): CommandLine {
  const seq = nth * 3 + 4;
  const payload = { amount: (nth % 4) + 1, note: nth % 9 === 0 ? "from the keyboard" : null };
  const status = isLast ? "pending" : nth % 11 === 5 ? "lost" : nth % 7 === 3 ? "error" : "ok";
  const reply: Json =
    status === "ok" ? { count: nth + 1 } : status === "error" ? { reason: "unknown command" } : null;
  const isAnswered = status === "ok" || status === "error";
  return {
    ...{ seq, t: timeOf(seq), name: status === "error" ? "decremnt" : "increment", status },
    ...{ preview: textOf(payload) ?? "", rtt_ms: isAnswered ? 3.1 + (nth % 40) : null },
    ended_seq: isLast ? null : seq + 1,
    meaning: status === "error" ? "The store declares no command of this name." : null,
    patch_seqs: status === "ok" ? [seq + 2] : [],
    confidence: status === "ok" ? (nth % 5 === 0 ? "low" : "high") : null,
    by: nth % 13 === 2 ? "devtools" : "page",
    body: whole ? { payload, reply } : null,
  };
}

function eventLine(nth: number, whole: boolean): PushEventLine {
  const seq = nth * 15 + 6;
  const payload = { text: `count is ${nth * 5}`, level: nth % 2 === 0 ? "info" : "warn" };
  const body = whole ? { payload } : null;
  return { seq, t: timeOf(seq), name: "toast", preview: textOf(payload) ?? "", body };
}

function changeLine(nth: number, whole: boolean): ChangeLine {
  const seq = nth * 3 + 6;
  const steps = stepsOf(nth);
  const cause = {
    seq: seq - 2,
    name: "increment",
    confidence: ["high", "medium", "low"][nth % 3] ?? null,
  };
  return {
    ...{ seq, t: timeOf(seq), epoch: 1, version: nth + 1, by: nth % 8 === 7 ? "assigns" : "envelope" },
    cause: nth % 4 === 3 || nth === 0 ? null : cause,
    render: nth % 8 === 7 ? { why: "info tick", us: { render: 120, diff: 40 } } : null,
    ...{ steps: steps.length, more: false },
    previews: steps.slice(0, MAX_STEP_PREVIEWS).map(({ what, path, before, after }) => {
      return { what, path, before: textOf(before), after: textOf(after) };
    }),
    body: whole ? { steps } : null,
  };
}

function stepsOf(nth: number): readonly StepView[] {
  const value = { __musubi_store_id__: [], count: 0, label: "clicks" };
  if (nth === 0) return [{ what: "mounted", path: "", before: undefined, after: value }];
  const count: StepView = { what: "field", path: "/count", before: nth - 1, after: nth };
  if (nth % 6 !== 5) return [count];
  return [
    count,
    { what: "field", path: "/label", before: "clicks", after: "clicks\u202E of many" },
    { what: "stream", path: "/rows/0", before: undefined, after: { item_key: "rows-1", item: { id: 1 } } },
    { what: "field", path: "/tags/0", before: "old", after: undefined },
    { what: "assign", path: "/count", before: nth - 1, after: nth },
    { what: "field", path: "/shipping", before: null, after: { city: "Wien", lines: ["Stephansplatz 3"] } },
  ];
}
