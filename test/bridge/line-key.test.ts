import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { isLineSubject, type LineSubject, lineKey, readLineKey } from "../../src/bridge/line-key";
import { isQuery } from "../../src/bridge/query-guard";
import { MAX_FOLDS, type StoresQuery } from "../../src/bridge/stores-view";

const connection = fc.nat();
const topic = fc.string();
const subject: fc.Arbitrary<LineSubject> = fc.oneof(
  fc.record({ kind: fc.constant("connection" as const), connection }),
  fc.record({ kind: fc.constant("channel" as const), connection, topic }),
  fc.record({
    kind: fc.constant("store" as const),
    root: fc.record({ connection, topic, root_id: fc.string() }),
    store_id: fc.array(fc.string(), { maxLength: 3 }),
  }),
);

describe("the key of a line of the tree of stores", () => {
  it("tells what it stands for", () => {
    fc.assert(
      fc.property(subject, (one) => {
        expect(readLineKey(lineKey(one))).toEqual(one);
      }),
    );
  });

  it("is another for another thing", () => {
    fc.assert(
      fc.property(subject, subject, (one, other) => {
        expect(lineKey(one) === lineKey(other)).toBe(JSON.stringify(one) === JSON.stringify(other));
      }),
    );
  });

  it("is no other text", () => {
    for (const text of ["", "[", "1", "null", "{}", "[]", "[-1]", '["1"]', "[1,2]", '[1,"a",null]']) {
      expect(readLineKey(text)).toBeNull();
    }
  });
});

describe("what a line stands for", () => {
  it("is known by its shape, also in what a panel asks for", () => {
    fc.assert(
      fc.property(subject, (of) => {
        expect(isLineSubject(structuredClone(of))).toBe(true);
        expect(isQuery({ kind: "problems", from: "end", count: 1, of })).toBe(true);
      }),
    );
  });

  it("is nothing that lacks a name", () => {
    const root = { connection: 1, topic: "a", root_id: "b" };
    const others = [
      ...[null, "[1]", {}, { kind: "root", connection: 1 }, { kind: "connection", connection: "1" }],
      { kind: "channel", connection: 1 },
      { kind: "store", root: { ...root, topic: null }, store_id: [] },
      { kind: "store", root, store_id: [1] },
    ];
    expect(others.map(isLineSubject)).toEqual(others.map(() => false));
    expect(isQuery({ kind: "problems", from: 0, count: 1, of: null })).toBe(false);
  });
});

describe("a query of the stores", () => {
  const query: StoresQuery = {
    ...{ kind: "stores", from: 0, count: 10, chosen: null, reveal: "[1]", find: { text: "a", after: 0 } },
    folds: [{ key: "[1]", open: false }],
  };

  it("is one as a panel asks it, and nothing else is", () => {
    expect(isQuery(query)).toBe(true);
    const folds = Array.from({ length: MAX_FOLDS + 1 }, () => ({ key: "", open: true }));
    const others = [
      { chosen: 1 },
      { chosen: undefined },
      { reveal: {} },
      { find: { text: "a", after: -1 } },
      { folds },
    ];
    expect(others.map((other) => isQuery({ ...query, ...other }))).toEqual(others.map(() => false));
  });
});
