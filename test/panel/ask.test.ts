import { describe, expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import type { Question } from "../../src/engine/ask/question";
import { answeredAs } from "../../src/panel/model/answer";
import { createAsk } from "../../src/panel/model/ask";
import { createLink } from "../../src/panel/model/link";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";

const root = { root_id: "c1" };
const TOTALS: Question = { kind: "totals", root };
const SEARCH: Question = { kind: "search", query: { kind: "text", text: "a" } };

function setUp(answer: (query: Query) => View | null = () => null) {
  const clock = createClock();
  const host = createFakeHost(answer);
  const end = new AbortController();
  const link = createLink({ ...clock, open: host.open, signal: end.signal });
  host.attach();
  return { clock, end, host, ask: createAsk(link, end.signal) };
}

const found = (query: Query): View | null =>
  query.kind === "ask" && JSON.stringify(query.question).includes("search")
    ? { kind: "answer", answer: { kind: "search", hits: [], more: false } }
    : {
        kind: "answer",
        answer: { kind: "refused", reason: "no_such_root", message: "There is no root c1." },
      };

describe("a question to the engine", () => {
  it("is asked once, or for as long as there is more to be said", () => {
    const { ask, host } = setUp();
    ask.ask(TOTALS);
    expect(host.watched()).toEqual([{ kind: "ask", question: TOTALS, once: true }]);
    ask.ask(TOTALS, { follows: true });
    expect(host.watched()).toEqual([{ kind: "ask", question: TOTALS, once: false }]);
  });

  it("is answered with the question that the answer is for, which stays until the next one comes", () => {
    const { ask, clock } = setUp(found);
    ask.ask(SEARCH);
    expect(ask.told.value).toBeNull();
    clock.frame();
    expect(ask.told.value).toMatchObject({ question: SEARCH, answer: { kind: "search" } });
    ask.ask(TOTALS);
    expect(ask.told.value?.question).toEqual(SEARCH);
    clock.frame();
    expect(ask.told.value).toMatchObject({ question: TOTALS, answer: { kind: "refused" } });
    ask.ask(null);
    expect(ask.told.value).toBeNull();
  });

  it("is not asked again while it is the same, and is where what it depends on has changed", () => {
    const { ask, host } = setUp();
    const asked = () => host.received.filter(({ kind }) => kind === "watch").length;
    ask.ask(TOTALS);
    ask.ask(TOTALS);
    expect(asked()).toBe(1);
    ask.ask(TOTALS, { stamp: "2" });
    expect(asked()).toBe(2);
    expect(host.watched()).toHaveLength(1);
  });

  it("rests, and ends with the panel", () => {
    const { ask, end, host } = setUp();
    ask.ask(TOTALS);
    ask.rest();
    expect(host.watched()).toEqual([]);
    ask.ask(TOTALS);
    end.abort();
    ask.ask(SEARCH);
    expect(host.watched()).toEqual([]);
  });
});

describe("an answer", () => {
  it("is of the kind that was asked for, or a sentence on why there is none", () => {
    const refused = { kind: "refused", reason: "truncated", message: "It has been let go." } as const;
    expect(answeredAs("search", refused)).toEqual({ ok: false, message: "It has been let go." });
    const search = { kind: "search", hits: [], more: false } as const;
    expect(answeredAs("search", search)).toEqual({ ok: true, answer: search });
    expect(() => answeredAs("totals", search)).toThrow('answered by "search"');
  });
});
