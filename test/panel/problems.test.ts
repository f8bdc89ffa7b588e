import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import english from "../../_locales/en/messages.json";
import type { LineSubject } from "../../src/bridge/line-key";
import type { Query } from "../../src/bridge/view";
import type { Divergence } from "../../src/engine/fold/divergence";
import type { ProblemCode } from "../../src/engine/problem";
import { createLink } from "../../src/panel/model/link";
import { createProblems } from "../../src/panel/model/problems";
import { createClock } from "../support/clock";
import { createFakeHost } from "../support/fake-host";
import { overview } from "../support/panel-views";

const STORE: LineSubject = {
  ...{ kind: "store", store_id: ["cart"] },
  root: { connection: 1, topic: "musubi:connection", root_id: "c1" },
};
const CHANNEL: LineSubject = { kind: "channel", connection: 1, topic: "room:lobby" };

function setUp() {
  const clock = createClock();
  const { signal: lifetime } = new AbortController();
  const host = createFakeHost((query) => {
    if (query.kind !== "problems") return null;
    const rows =
      query.of === CHANNEL ? [] : [{ seq: 7, t: 7, code: "gap", message: JSON.stringify(query.of) }];
    return { kind: "problems", from: 2, total: 3, rows };
  });
  const link = createLink({
    open: host.open,
    schedule: clock.schedule,
    delay: clock.delay,
    signal: lifetime,
  });
  const seen = signal(overview([]));
  const selection = signal<LineSubject | null>(null);
  const shown = { list: signal(false), newest: signal(true) };
  const problems = createProblems({ link, overview: seen, lifetime }, selection, shown);
  host.attach();
  const asked = (): readonly Query[] => host.watched();
  return { ...{ clock, host, problems, selection, shown, seen }, asked };
}

describe("what went wrong last with what is chosen", () => {
  it("is asked for while something is chosen and shown", () => {
    const { asked, selection, shown, problems, clock } = setUp();
    expect(asked()).toEqual([]);
    selection.value = STORE;
    expect(asked()).toEqual([{ kind: "problems", from: "end", count: 1, of: STORE }]);
    clock.frame();
    expect(problems.newest.value).toMatchObject({ seq: 7, code: "gap", total: 3 });
    shown.newest.value = false;
    expect(asked()).toEqual([]);
  });

  it("is not that of what was chosen before", () => {
    const { selection, problems, clock } = setUp();
    selection.value = STORE;
    clock.frame();
    selection.value = CHANNEL;
    expect(problems.newest.value).toBeNull();
  });

  it("is not asked for anew where the same is chosen", () => {
    const { asked, selection, host, clock, problems } = setUp();
    selection.value = STORE;
    clock.frame();
    const { length } = host.received;
    selection.value = { ...STORE };
    expect([host.received.length, asked().length]).toEqual([length, 1]);
    expect(problems.newest.value).not.toBeNull();
  });
});

describe("the list of problems", () => {
  it("is of one thing where that is chosen, until all are or there is another session", () => {
    const { asked, problems, shown, seen } = setUp();
    shown.list.value = true;
    expect(asked()).toMatchObject([{ kind: "problems", from: 0 }]);
    expect(asked()[0]).not.toHaveProperty("of");
    problems.choose(STORE);
    expect(asked()).toMatchObject([{ of: STORE }]);
    problems.choose(null);
    expect(asked()).toHaveLength(1);
    problems.choose(CHANNEL);
    seen.value = overview([], "2");
    expect([problems.of.value, asked().length]).toEqual([null, 1]);
  });
});

it("has a word of advice for every kind of problem", () => {
  const codes: Readonly<Record<ProblemCode | Divergence["kind"] | "refused", true>> = {
    ...{ bad_frame: true, bad_envelope: true, version_gap: true, patch_failed: true, bad_stream_op: true },
    ...{ stale_join_ref: true, duplicate_ref: true, unmatched_reply: true, gap: true, truncated_file: true },
    ...{ bad_line: true, bad_event: true, bad_push_event: true, unknown_root: true, unknown_socket: true },
    ...{ duplicate_socket: true, bad_assigns: true, unsupported_vsn: true, too_many: true },
    ...{ too_many_problems: true, refused: true, stale_stream: true, lost_key: true, missed_envelope: true },
  };
  const prefix = "problem_todo_";
  const advised = Object.keys(english).filter((name) => name.startsWith(prefix));
  expect(advised.sort()).toEqual(
    Object.keys(codes)
      .map((code) => prefix + code)
      .sort(),
  );
});
