import { expect, it } from "vitest";
import type { Query, View } from "../../src/bridge/view";
import { createWatches, MAX_WATCHES } from "../../src/host/watches";
import { createLifeScene } from "../support/life-scene";

const OVERVIEW: Query = { kind: "overview" };

it("answers no more queries than there is room for, and says so of the next until one is over", () => {
  const { scene } = createLifeScene([]);
  const answered: number[] = [];
  const watches = createWatches((id: number, _view: View) => answered.push(id));
  for (let id = 1; id <= MAX_WATCHES; id++) expect(watches.watch(id, OVERVIEW, scene())).toBe(true);
  const more = MAX_WATCHES + 1;
  expect(watches.watch(more, OVERVIEW, scene())).toBe(false);
  // Another query in the place of one is no more than before.
  expect(watches.watch(1, { kind: "event", seq: 1 }, scene())).toBe(true);
  expect(answered).not.toContain(more);
  watches.unwatch(2);
  expect(watches.watch(more, OVERVIEW, scene())).toBe(true);
  expect(answered.at(-1)).toBe(more);
});
