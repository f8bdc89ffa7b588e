import { describe, expect, it } from "vitest";
import type { LineSubject } from "../../src/bridge/line-key";
import type { ProblemsView } from "../../src/bridge/view";
import { MAX_PROBLEMS } from "../../src/engine/problem";
import { createProblemIndex, type JournalProblem } from "../../src/host/problem-index";
import { viewProblems } from "../../src/host/problems-view";
import type { Json } from "../../src/wire/json";
import { envelope, frames, incoming } from "../support/frames";
import { createLifeScene, type LifeScene } from "../support/life-scene";

const TOPIC = "musubi:connection";
const ROOT = { connection: 1, topic: TOPIC, root_id: "c1" };
const SHOP = frames`> join < ok > mount Shop.Cart c1 < ok
  < v1 {total: 0, rows: [{"__musubi_store_id__": ["rows", "a"], n: 0}]}`;

const store = (...store_id: readonly string[]): LineSubject => ({ kind: "store", root: ROOT, store_id });
const CHANNEL: LineSubject = { kind: "channel", connection: 1, topic: TOPIC };
const CONNECTION: LineSubject = { kind: "connection", connection: 1 };

/** The next envelope of the shop. */
const next = (version: number, more: Json & object) =>
  incoming(1, "1", null, TOPIC, "patch", { ...envelope(version, []), root_id: "c1", ...more });

function told(scene: LifeScene, of?: LineSubject, at: number | null = null): ProblemsView {
  const query = { kind: "problems", from: 0, count: 100 } as const;
  return viewProblems(scene.scene(at), of === undefined ? query : { ...query, of });
}

const codesOf = (view: ProblemsView) => view.rows.map(({ code }) => code);

describe("the problems of a thing", () => {
  it("are its own and those of what is in it", () => {
    const skipped = [{ op: "insert", stream: "items", store_id: ["rows", "a"] }];
    const scene = createLifeScene([...SHOP, next(2, { stream_ops: skipped }), next(9, {})]);
    expect(codesOf(told(scene, store("rows", "a")))).toEqual(["bad_stream_op"]);
    for (const around of [store("rows"), store(), CHANNEL, CONNECTION, undefined]) {
      expect(codesOf(told(scene, around)).filter((code) => code === "bad_stream_op")).toHaveLength(1);
    }
    expect(codesOf(told(scene, store()))).toEqual(["bad_stream_op", "version_gap"]);
    expect(codesOf(told(scene, store("rows", "b")))).toEqual([]);
    expect(codesOf(told(scene, { kind: "connection", connection: 2 }))).toEqual([]);
  });

  it.each([
    [
      "an operation that does not fit",
      next(2, { ops: [{ op: "replace", path: "/rows/0/gone/x", value: 1 }] }),
    ],
    ["a push event that is none", next(2, { events: [{ store_id: ["rows", "a"] }] })],
    [
      "assigns that are none",
      incoming(1, "1", null, TOPIC, "devtools:assigns", { root_id: "c1", store_id: ["rows", "a"] }),
    ],
  ])("are those of the store that is named: %s", (_, event) => {
    const scene = createLifeScene([...SHOP, event]);
    expect(told(scene, store("rows", "a")).total).toBe(1);
    expect(scene.scene().recording.journal.engine.inspect().problems[0]).not.toHaveProperty("store_id");
  });

  it("are also what the server refused to do for it", () => {
    const refused = frames`> join < ok > mount Shop.Cart c1 < ok
      < v1 {total: 0, child: {"__musubi_store_id__": ["child"], n: 0}}
      > tidy {} @child < error {reason: "unknown command"}`;
    expect(codesOf(told(createLifeScene(refused), store("child")))).toEqual(["refused"]);
  });

  it("are those by the moment that is looked at; the whole list is always that of the session", () => {
    const scene = createLifeScene([...SHOP, next(9, {}), next(9, {})]);
    const [first] = told(scene).rows;
    expect(first).toBeDefined();
    const at = first?.seq ?? 0;
    expect([told(scene, store(), at).total, told(scene, store(), at - 1).total]).toEqual([1, 0]);
    expect(told(scene, undefined, at - 1).total).toBe(2);
  });

  it("come in windows, the end of them too", () => {
    const scene = createLifeScene([...SHOP, ...[5, 6, 7, 8].map((version) => next(version, {}))]);
    const query = { kind: "problems", count: 1, of: store() } as const;
    const all = told(scene, store()).rows;
    expect(viewProblems(scene.scene(), { ...query, from: "end" })).toMatchObject({
      from: 3,
      rows: all.slice(3),
    });
    expect(viewProblems(scene.scene(), { ...query, from: 1, count: 2 }).rows).toEqual(all.slice(1, 3));
    expect(viewProblems(scene.scene(), { ...query, from: 9 })).toMatchObject({ total: 4, rows: [] });
  });
});

describe("a divergence", () => {
  it("is a problem at the event that it began with, and tells when it has ended", () => {
    const events = frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} < v1 {total: 7}
      > unmount c1 < ok > mount Shop.Cart c1 < ok < v1 {total: 8}`;
    const messageAfter = (count: number) => {
      const { rows } = told(createLifeScene(events.slice(0, count)), store());
      return rows.find(({ code, seq }) => code === "missed_envelope" && seq === 8)?.message;
    };
    expect(messageAfter(7)).toBeUndefined();
    expect(messageAfter(8)).toContain("since event 8");
    expect(messageAfter(events.length)).toContain(`from event 8 to ${events.length}`);
  });
});

describe("an index of problems", () => {
  const place = { connection: 1, topic: TOPIC, root: ROOT };

  it("lists no more of a thing than of all", () => {
    const index = createProblemIndex();
    const problem: JournalProblem = { seq: 1, code: "bad_frame", message: "" };
    for (let nth = 0; nth < MAX_PROBLEMS + 10; nth++) index.add(problem, place);
    expect([index.all.length, index.countOf(CONNECTION, 1)]).toEqual([MAX_PROBLEMS, MAX_PROBLEMS]);
  });

  it("keeps no names of any length that a page likes", () => {
    const index = createProblemIndex();
    const topic = "x".repeat(100_000);
    index.add({ seq: 1, code: "bad_frame", message: "" }, { connection: 1, topic, root: null });
    expect(index.countOf({ kind: "channel", connection: 1, topic }, 1)).toBe(0);
    expect(index.countOf(CONNECTION, 1)).toBe(1);
  });

  it("keeps no more names than fit, and goes on with those that it has", () => {
    const index = createProblemIndex();
    const topicOf = (nth: number) => String(nth).padEnd(1_900, "x");
    for (let nth = 0; nth < MAX_PROBLEMS - 2; nth++) {
      index.add({ seq: nth, code: "bad_frame", message: "" }, { ...place, topic: topicOf(nth), root: null });
    }
    const countOf = (nth: number) =>
      index.countOf({ kind: "channel", connection: 1, topic: topicOf(nth) }, MAX_PROBLEMS);
    index.add(
      { seq: MAX_PROBLEMS, code: "bad_frame", message: "" },
      { ...place, topic: topicOf(0), root: null },
    );
    expect([countOf(0), countOf(MAX_PROBLEMS - 3)]).toEqual([2, 0]);
    expect(index.countOf(CONNECTION, MAX_PROBLEMS)).toBe(MAX_PROBLEMS - 1);
  });
});
