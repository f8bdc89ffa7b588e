import { describe, expect, it } from "vitest";
import type { Wire } from "../../src/client/wire";
import { fieldIn, isJsonArray, isJsonObject, type Json } from "../../src/wire/json";
import { BOTH_WIRES } from "./both-wires";
import { expectSameHeld } from "./random-law";
import { calmPrograms } from "./random-programs";
import { foldCalls, type StreamCall } from "./random-streams";

function insert(id: number, at: number, limit: number | null = null): StreamCall {
  return { op: "insert", stream: "rows", key: `rows-${id}`, item: { id, text: "" }, at, limit };
}

const remove = (id: number): StreamCall => ({ op: "delete", stream: "rows", key: `rows-${id}` });
const reset: StreamCall = { op: "reset", stream: "rows" };

describe("a stream's calls by the text of wire.md 8", () => {
  const start = (...ids: readonly number[]) => ids.map((id) => insert(id, -1));
  const cases: readonly (readonly [
    string,
    readonly StreamCall[],
    readonly StreamCall[],
    readonly number[],
  ])[] = [
    ["insert at an index", start(1, 2, 3), [insert(7, 1)], [1, 7, 2, 3]],
    ["move what is there", start(1, 7, 2, 3), [insert(1, 2)], [7, 2, 1, 3]],
    ["trim the front", start(1, 2, 3, 4), [insert(5, -1, 3)], [3, 4, 5]],
    ["trim the end of an insert at 0, whatever the sign", start(3, 4, 5), [insert(6, 0, -2)], [6, 3]],
    ["empty the stream with a limit of 0", start(6, 3), [insert(7, 0, 0)], []],
    ["delete after all inserts", start(1), [remove(2), insert(2, -1)], [1]],
    ["keep what was inserted before a reset", start(1), [insert(2, -1), reset], [2]],
    ["reverse what is inserted at 0", [], [insert(1, 0), insert(2, 0)], [2, 1]],
  ];

  it.each(cases)("%s", (_what, before, calls, after) => {
    const list = foldCalls(foldCalls([], before), calls);
    expect(list.map(({ item }) => item.id)).toEqual(after);
  });
});

/** The wire, each of whose envelopes has one of its lists changed. */
function changing(list: string, change: (values: readonly Json[]) => readonly Json[]) {
  return (wire: Wire): Wire =>
    (socket, spec, tell) =>
      wire(socket, spec, (event) => {
        const values = event.kind === "patch" ? fieldIn(event.payload, list) : undefined;
        if (event.kind !== "patch" || !isJsonObject(event.payload) || !isJsonArray(values)) tell(event);
        else tell({ kind: "patch", payload: { ...event.payload, [list]: change(values) } });
      });
}

const swapped = (values: readonly Json[]) => values.toReversed();
const cut = (values: readonly Json[]) => (values.length > 1 ? values.slice(0, -1) : values);

describe.each(BOTH_WIRES)("the law of random programs, on the $name wire", (wireCase) => {
  it.each([
    ["operations come in another order", "ops", swapped],
    ["an operation is missing", "ops", cut],
    ["stream operations come in another order", "stream_ops", swapped],
    ["a stream operation is missing", "stream_ops", cut],
    ["events come in another order", "events", swapped],
    ["an event is missing", "events", cut],
  ] as const)("is broken where %s (seed 4716)", async (_what, list, change) => {
    const tries = { seed: 4_716, numRuns: 300, endOnFailure: true };
    const law = expectSameHeld({ wireCase, disguise: changing(list, change) }, calmPrograms, tries);
    await expect(law).rejects.toThrow("Property failed");
  });
});
