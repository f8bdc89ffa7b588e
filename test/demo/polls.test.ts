import { describe, expect, it } from "vitest";
import { createPolls } from "../../src/demo/stores/poll/polls";

describe("the polls of a server", () => {
  it("count one vote for each voter, the last one", () => {
    const polls = createPolls();
    polls.vote("lunch", "ada", "o1");
    polls.vote("lunch", "ada", "o2");
    polls.vote("lunch", "bob", "o2");
    expect([...(polls.find("lunch")?.votes ?? [])]).toEqual([
      ["ada", "o2"],
      ["bob", "o2"],
    ]);
    polls.vote("lunch", "ada", null);
    expect(polls.find("lunch")?.votes.size).toBe(1);
  });

  it("say no to what cannot be", () => {
    const polls = createPolls();
    expect(polls.vote("none", "ada", "o1")).toEqual({ kind: "no", reason: "there is no such poll" });
    expect(polls.vote("lunch", "ada", "o9")).toEqual({ kind: "no", reason: "there is no such answer" });
    polls.setOpen("lunch", false);
    expect(polls.vote("lunch", "ada", "o1")).toEqual({ kind: "no", reason: "the poll is closed" });
    expect(polls.vote("lunch", "ada", null)).toEqual({ kind: "no", reason: "the poll is closed" });
    expect(polls.open(" ", ["a", "b"])).toMatchObject({ kind: "no" });
    expect(polls.open("Which?", ["only", " "])).toMatchObject({ kind: "no" });
    expect(polls.open("Which?", ["1", "2", "3", "4", "5", "6", "7"])).toMatchObject({ kind: "no" });
    expect(polls.open("Which?", ["a", "x".repeat(121)])).toMatchObject({ kind: "no" });
  });

  it("open up to fifty", () => {
    const polls = createPolls();
    const opened = Array.from({ length: 60 }, () => polls.open("Which?", ["a", "b"]).kind);
    expect(polls.list()).toHaveLength(50);
    expect(opened.filter((kind) => kind === "done")).toHaveLength(47);
    expect(new Set(polls.list().map(({ id }) => id)).size).toBe(50);
  });
});
