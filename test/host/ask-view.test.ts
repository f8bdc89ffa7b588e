import { describe, expect, it } from "vitest";
import { answerQuestion } from "../../src/host/ask-view";
import type { Scene } from "../../src/host/scene";
import { LOOKED_AT_ONCE } from "../../src/host/slices";
import type { SessionEvent } from "../../src/session/event";
import { envelope, frames, incoming } from "../support/frames";
import { createLifeScene } from "../support/life-scene";

const ROWS = 3 * LOOKED_AT_ONCE;
const SESSION = [
  ...frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0}`,
  patch(2, [{ op: "add", path: "/rows", value: Array.from({ length: ROWS }, (_, nth) => `row ${nth}`) }]),
];
const SEARCH = { kind: "search", query: { kind: "text", text: "ROW 1" } } as const;

function patch(version: number, ops: Parameters<typeof envelope>[1]): SessionEvent {
  return incoming(1, "1", null, "musubi:connection", "patch", envelope(version, ops, { root_id: "c1" }));
}

/** A session with a clock that is always late: each answer looks at as much as has to be, and no more. */
function busyScene() {
  const life = createLifeScene(SESSION);
  let calls = 0;
  return {
    append: life.append,
    calls: () => calls,
    scene: (at: number | null = null): Scene => ({
      ...life.scene(at),
      ...{ until: 0, again: () => void calls++ },
    }),
  };
}

describe("a question that takes long", () => {
  it("is worked off in slices, and told when it has been answered", () => {
    const { scene, calls } = busyScene();
    const answer = answerQuestion({ kind: "ask", question: SEARCH, once: true });
    const views = Array.from({ length: 6 }, () => answer(scene()));
    const told = views.flatMap((view) => view ?? []);
    expect(views[0]).toBeNull();
    expect(told).toEqual([
      answerQuestion({ kind: "ask", question: SEARCH })(createLifeScene(SESSION).scene()),
    ]);
    expect(told[0]).toMatchObject({ answer: { kind: "search", more: false } });
    expect(calls()).toBe(views.indexOf(told[0] ?? null));
  });

  it("is not begun anew by what comes meanwhile, but afterwards, where it is to be followed", () => {
    const { scene, append } = busyScene();
    const answer = answerQuestion({ kind: "ask", question: SEARCH });
    const counts: number[] = [];
    for (let version = 3; version < 13; version++) {
      const view = answer(scene());
      if (view?.kind === "answer") counts.push(hitsIn(view.answer));
      append(patch(version, [{ op: "replace", path: "/total", value: "row 1" }]));
    }
    const [first = 0, ...later] = counts;
    expect(later[0]).toBe(first + 1);
  });

  it("is begun anew at another moment", () => {
    const { scene } = busyScene();
    const answer = answerQuestion({ kind: "ask", question: SEARCH, once: true });
    expect(answer(scene())).toBeNull();
    expect(answer(scene(7))).toMatchObject({ answer: { kind: "search", hits: [], more: false } });
    expect(answer(scene(7))).toBeNull();
  });
});

function hitsIn(answer: unknown): number {
  return typeof answer === "object" && answer !== null && "hits" in answer && Array.isArray(answer.hits)
    ? answer.hits.length
    : -1;
}
