import { expect, it } from "vitest";
import { createRates, type RatesPage } from "../../../src/engine/ask/rates";
import { createEngine } from "../../../src/engine/engine";
import { LIMITS } from "../../../src/engine/fold/limits";
import type { SessionEvent } from "../../../src/session/event";
import { folded } from "../../support/folding";
import { frames, page } from "../../support/frames";

const ALL = { from_t: 0, to_t: "end", buckets: 100, marks: 100 } as const;

const mark = (t: number): SessionEvent => ({ type: "mark", t, text: "here" });

function ratesOf(events: readonly SessionEvent[], maxSlots?: number) {
  const rates = createRates(folded(events), maxSlots);
  rates.extend();
  return rates;
}

const countsOf = ({ kinds }: RatesPage, kind: string): readonly number[] | undefined =>
  kinds.find((one) => one.kind === kind)?.counts;

it("counts entries by kind, in buckets that divide the time evenly", () => {
  const rates = ratesOf(
    frames`> join < ok > mount Shop.Cart c1 < ok < v1 {total: 0} > add < ok < v2 /total=4`,
  );
  const page = rates.read({ ...ALL, buckets: 5 });
  expect(page).toMatchObject({ from_t: 0, to_t: 10, first_t: 0, newest_t: 9 });
  expect(page.kinds.map(({ kind }) => kind)).toEqual([
    ...["transport", "channel", "mount", "envelope", "command", "reply"],
  ]);
  expect(countsOf(page, "transport")).toEqual([2, 0, 0, 0, 0]);
  expect(countsOf(page, "envelope")).toEqual([0, 0, 0, 1, 1]);
});

it("gives a range that holds the one asked for, in whole slots", () => {
  const rates = ratesOf([mark(0), mark(2.5), mark(3), mark(3.25), mark(9)]);
  const page = rates.read({ ...ALL, from_t: 2.9, to_t: 3.1, buckets: 10 });
  expect(page).toMatchObject({ from_t: 2, to_t: 4, first_t: 0, newest_t: 9 });
  expect(countsOf(page, "mark")).toEqual([1, 2]);
  const before = rates.read({ ...ALL, from_t: -5, to_t: -1 });
  expect(before).toMatchObject({ from_t: 0, to_t: 1 });
  const beyond = rates.read({ ...ALL, from_t: 1e300, to_t: 1e308 });
  expect(countsOf(beyond, "mark")).toEqual([0]);
});

it("tells time less finely where a session lasts longer, and loses nothing", () => {
  const rates = ratesOf([mark(0), mark(1), mark(6), mark(7.9), mark(31)], 8);
  const page = rates.read(ALL);
  expect(page).toMatchObject({ from_t: 0, to_t: 32 });
  expect(countsOf(page, "mark")).toEqual([2, 2, 0, 0, 0, 0, 0, 1]);
});

it("takes times that go back, and any time that a file may name", () => {
  const rates = ratesOf([mark(50), mark(10), mark(-3), mark(1e200)]);
  const { kinds, first_t, to_t } = rates.read(ALL);
  expect(kinds[0]?.counts.reduce((sum, count) => sum + count, 0)).toBe(4);
  expect(first_t).toBe(0);
  expect(Number.isFinite(to_t)).toBe(true);
});

it("looks at so many entries at a time, and tells how many are left", () => {
  const rates = createRates(folded([mark(0), mark(1), mark(2)]));
  rates.extend(2);
  expect(rates.left()).toBe(1);
  expect(countsOf(rates.read(ALL), "mark")).toEqual([1, 1, 0]);
  rates.extend(2);
  expect(rates.left()).toBe(0);
  expect(countsOf(rates.read(ALL), "mark")).toEqual([1, 1, 1]);
});

it("keeps counting what the timeline has let go", () => {
  const engine = createEngine(undefined, { ...LIMITS, timeline_entries: 2 });
  const rates = createRates(engine);
  for (let t = 0; t < 6; t++) {
    engine.fold(mark(t));
    rates.extend();
  }
  expect(engine.timeline.forgotten()).toBe(4);
  expect(countsOf(rates.read(ALL), "mark")).toEqual([1, 1, 1, 1, 1, 1]);
});

it("marks problems, gaps, bookmarks and the page's life, one an event and the newest ones", () => {
  const gap: SessionEvent = { type: "gap", t: 4, events: 2, bytes: 10, why: "too much" };
  const rates = ratesOf([
    { ...page("load"), t: 1 },
    mark(2),
    { type: "broken", t: 3, text: "", why: "no" },
    gap,
  ]);
  expect(rates.read(ALL).marks).toEqual([
    { seq: 1, t: 1, kind: "page" },
    { seq: 2, t: 2, kind: "mark" },
    { seq: 3, t: 3, kind: "problem" },
    { seq: 4, t: 4, kind: "gap" },
  ]);
  expect(rates.read({ ...ALL, marks: 2 }).marks.map(({ seq }) => seq)).toEqual([3, 4]);
  expect(rates.read({ ...ALL, from_t: 2, to_t: 3 }).marks.map(({ seq }) => seq)).toEqual([2]);
});

it("is empty where nothing has happened", () => {
  expect(ratesOf([]).read(ALL)).toEqual({
    from_t: 0,
    to_t: 1,
    first_t: 0,
    newest_t: 0,
    kinds: [],
    marks: [],
  });
});
