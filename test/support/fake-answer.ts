import type { AskQuery, View } from "../../src/bridge/view";
import type { Answer, ToldValue } from "../../src/engine/ask/answer";
import type { Question } from "../../src/engine/ask/question";
import { readQuestion } from "../../src/engine/ask/question-guard";
import { fakeComparison, fakeEnvelopes, fakeSearch } from "./fake-compare";

const timeOf = (seq: number): number => seq * 13.7;

/** What the engine of a made-up session of so many events answers, where `count` is the counter's value. */
export function fakeAnswer({ question }: AskQuery, events: number, count: number): View | null {
  const read = readQuestion(question);
  if (!read.ok) return { kind: "answer", answer: { kind: "refused", ...read.failure } };
  const answer = answerOf(read.value, events, count);
  return answer === null ? null : { kind: "answer", answer };
}

function answerOf(question: Question, events: number, count: number): Answer | null {
  switch (question.kind) {
    case "history":
      return historyOf(question.target.path, events, count, question.count ?? 1000);
    case "assigns":
      return question.root.root_id === "Demo.CounterStore:c1"
        ? assignsOf(events, count)
        : { kind: "assigns", module: null, assigns: null, renders: [] };
    case "compare":
      return fakeComparison(question);
    case "search":
      return fakeSearch(question);
    case "timeline":
      return fakeEnvelopes(question);
    default:
      return null;
  }
}

/** The counter's value went up by one each time; anything else is as it came. */
function historyOf(path: string, events: number, count: number, most: number): Answer {
  const newest = Math.floor(events / 3) * 3;
  const isCount = path === "/count" || path === "";
  const values = Array.from({ length: isCount ? Math.min(120, newest / 3) : 1 }, (_, nth): ToldValue => {
    const seq = isCount ? newest - nth * 3 : 6;
    const cause = { seq: seq - 2, name: "increment", confidence: nth % 3 === 0 ? "low" : "high" } as const;
    return {
      ...{ seq, t: timeOf(seq), epoch: 1, version: count + 1 - nth, kind: "envelope" },
      ...{ command: seq - 2, cause: isCount ? cause : null },
      value:
        path === "/count" ? count - nth : isCount ? { count: count - nth, label: "clicks" } : "as it came",
    };
  });
  const end = values.length > most ? "more" : "beginning";
  return { kind: "history", values: values.slice(0, most), end };
}

function assignsOf(events: number, count: number): Answer {
  const renders = Array.from({ length: 40 }, (_, nth) => {
    const seq = events - nth * 3;
    const kind = (["command", "info", "async"] as const)[nth % 3] ?? null;
    return {
      ...{ seq, t: timeOf(seq), epoch: 1, version: count + 1 - nth },
      cause: nth === 39 ? null : { kind, name: kind === "command" ? "increment" : null },
      ...{
        changed: nth % 4 === 0 ? ["count", "clicks_left"] : ["count"],
        removed: nth === 7 ? ["draft"] : [],
      },
      us: nth % 5 === 4 ? null : { render: 120 + nth, diff: 40, validate: 15 },
    };
  });
  const assigns = {
    ...{ count, clicks_left: 100 - count, current_user: { id: 9, name: "Ada" } },
    total: { __inspect__: 'Decimal.new("12.50")' },
  };
  return { kind: "assigns", module: "Demo.CounterStore", assigns, renders };
}
