import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  choiceOf,
  EVERYTHING,
  FIRST_FILTER,
  isFiltering,
  readFilter,
  type TimelineFilter,
  toggleKind,
} from "../../src/panel/model/timeline-filter";
import { familyOf, KINDS } from "../../src/panel/model/timeline-kind";

const ROOT = { connection: 1, topic: "musubi:connection", root_id: "Cart:1" };

describe("the filter of the timeline", () => {
  it("leaves out heartbeats at first, and nothing else", () => {
    expect(choiceOf(FIRST_FILTER).kinds).toEqual(KINDS.filter((kind) => kind !== "heartbeat"));
    expect(choiceOf(EVERYTHING).kinds).toBeNull();
  });

  it("counts as one where it leaves out more than that", () => {
    expect(isFiltering(FIRST_FILTER)).toBe(false);
    expect(isFiltering(EVERYTHING)).toBe(false);
    expect(isFiltering(toggleKind(FIRST_FILTER, "reply"))).toBe(true);
    expect(isFiltering({ ...FIRST_FILTER, root: ROOT })).toBe(true);
    expect(isFiltering({ ...FIRST_FILTER, text: "a" })).toBe(true);
  });

  it("keeps the spaces of an expression alone", () => {
    expect(choiceOf({ ...FIRST_FILTER, text: " a ", isRegex: false }).text).toBe("a");
    expect(choiceOf({ ...FIRST_FILTER, text: " a ", isRegex: true }).text).toBe(" a ");
  });

  it("knows of every kind what it belongs to, and of a new one that it is something", () => {
    expect(familyOf("envelope")).toBe("envelope");
    expect(familyOf("constructor")).toBe("other");
  });

  it("is the first one again where what was kept is none", () => {
    for (const kept of [null, 1, "x", [], {}, { text: 3, isRegex: true, hidden: [] }]) {
      expect(readFilter(kept)).toEqual(FIRST_FILTER);
    }
    expect(
      readFilter({ ...FIRST_FILTER, hidden: ["reply", "nonsense", 3], root: { topic: 1 }, store_id: ["a"] }),
    ).toEqual({ ...FIRST_FILTER, hidden: ["reply"] });
  });

  it("is read as it was written (law)", () => {
    const filter: fc.Arbitrary<TimelineFilter> = fc.record({
      ...{ hidden: fc.subarray([...KINDS]), text: fc.string(), isRegex: fc.boolean() },
      ...{ root: fc.constant(ROOT), store_id: fc.option(fc.array(fc.string())) },
    });
    fc.assert(
      fc.property(filter, (written) => {
        expect(readFilter(JSON.parse(JSON.stringify(written)))).toEqual(written);
      }),
    );
  });
});
