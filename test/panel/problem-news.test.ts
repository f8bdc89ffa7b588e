import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { OverviewView } from "../../src/bridge/view";
import { createProblemNews } from "../../src/panel/model/problem-news";
import { createClock } from "../support/clock";
import { overview } from "../support/panel-views";

function setUp() {
  const clock = createClock();
  const ended = new AbortController();
  const view = signal<OverviewView | null>(null);
  const news = createProblemNews(view, clock.delay, ended.signal);
  const come = (problems: number, id = "1"): void => {
    const { session, ...rest } = overview([], id);
    view.value = { ...rest, session: { ...session, problems } };
  };
  return { news, come, clock, ended };
}

describe("news of problems", () => {
  it("are none of those that a session came with", () => {
    const { news, come, clock } = setUp();
    come(7);
    clock.pass(60_000);
    expect(news.value).toBeNull();
  });

  it("tell all that came within a time at once", () => {
    const { news, come, clock } = setUp();
    for (const problems of [0, 1, 2, 3]) come(problems);
    expect(news.value).toBeNull();
    clock.pass(5_000);
    expect(news.value).toEqual({ fresh: 3, total: 3 });
    come(4);
    clock.pass(5_000);
    expect(news.value).toEqual({ fresh: 1, total: 4 });
  });

  it("begin anew with another session", () => {
    const { news, come, clock } = setUp();
    come(0);
    come(2);
    come(5, "2");
    clock.pass(5_000);
    expect(news.value).toBeNull();
    come(6, "2");
    clock.pass(5_000);
    expect(news.value).toEqual({ fresh: 1, total: 6 });
  });

  it("end with the panel", () => {
    const { news, come, clock, ended } = setUp();
    come(0);
    come(1);
    ended.abort();
    clock.pass(5_000);
    expect(news.value).toBeNull();
  });
});
