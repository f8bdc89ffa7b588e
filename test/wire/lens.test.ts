import { describe, expect, it } from "vitest";
import type { Json } from "../../src/wire/json";
import { describeLensFault, readLensMessage } from "../../src/wire/lens";

/** The example of lens.md. */
const MESSAGE = {
  root_id: "Shop.Cart:c1",
  store_id: ["lines", "l1"],
  module: "Shop.Line",
  version: 7,
  cause: { kind: "command", name: "inc_qty" },
  changed: ["qty", "total"],
  assigns: { qty: 3, total: { __inspect__: 'Decimal.new("12.50")' } },
  removed: [],
  us: { render: 120, diff: 40, validate: 15 },
};
const LEAST = { module: "Shop.Line", version: 0, assigns: {} };

function read(payload: Json) {
  const message = readLensMessage(payload);
  if (!message.ok) throw new Error(describeLensFault(message.failure));
  return message.value;
}

describe("a message of the assigns lens (lens.md)", () => {
  it("is read with all its fields", () => {
    expect(read(MESSAGE)).toEqual(MESSAGE);
  });

  it("takes absent fields for null or empty, and null for absent", () => {
    const least = {
      ...LEAST,
      root_id: null,
      store_id: [],
      cause: null,
      changed: [],
      removed: [],
      us: null,
    };
    expect(read(LEAST)).toEqual(least);
    expect(read({ ...LEAST, root_id: null, store_id: null, cause: null, changed: null, us: null })).toEqual(
      least,
    );
  });

  it.each(["mount", "update", "command", "info", "async", "upload", "send_update"])(
    "knows the cause %s",
    (kind) => {
      expect(read({ ...LEAST, cause: { kind } }).cause).toEqual({ kind, name: null });
    },
  );

  it("keeps the name of a cause whose kind it does not know", () => {
    expect(read({ ...LEAST, cause: { kind: "timer", name: "tick" } }).cause).toEqual({
      kind: null,
      name: "tick",
    });
    expect(read({ ...LEAST, cause: {} }).cause).toEqual({ kind: null, name: null });
  });

  it("leaves out the server's own keys, and pollutes nothing", () => {
    const assigns = JSON.parse('{"qty":1,"__changed__":{"qty":true},"__proto__":{"polluted":1},"_id":2}');
    const lists = { changed: ["qty", "__streams__"], removed: ["__uploads__", "old"] };
    const message = read({ ...LEAST, assigns, ...lists });
    expect(Object.keys(message.assigns)).toEqual(["qty", "_id"]);
    expect(Object.getPrototypeOf(message.assigns)).toBe(Object.prototype);
    expect([message.changed, message.removed]).toEqual([["qty"], ["old"]]);
    expect(Reflect.get({}, "polluted")).toBeUndefined();
  });

  it.each([
    ["payload", []],
    ["payload", null],
    ["root_id", { ...MESSAGE, root_id: 7 }],
    ["store_id", { ...MESSAGE, store_id: ["lines", 1] }],
    ["store_id", { ...MESSAGE, store_id: "lines" }],
    ["module", { ...MESSAGE, module: null }],
    ["version", { ...MESSAGE, version: "7" }],
    ["version", { ...MESSAGE, version: -1 }],
    ["version", { ...MESSAGE, version: 1.5 }],
    ["cause", { ...MESSAGE, cause: "command" }],
    ["cause.kind", { ...MESSAGE, cause: { kind: 7 } }],
    ["cause.name", { ...MESSAGE, cause: { kind: "info", name: [] } }],
    ["changed", { ...MESSAGE, changed: { qty: true } }],
    ["assigns", { ...MESSAGE, assigns: [] }],
    ["assigns", { module: "Shop.Line", version: 7 }],
    ["removed", { ...MESSAGE, removed: [null] }],
    ["us", { ...MESSAGE, us: 120 }],
    ["us", { ...MESSAGE, us: { render: "120" } }],
    ["us", { ...MESSAGE, us: { render: -1 } }],
    ["us", { ...MESSAGE, us: JSON.parse('{"render":1e999}') }],
  ])("names %s as the field that is wrong", (field, payload) => {
    const message = readLensMessage(payload);
    if (message.ok) throw new Error("It should be refused.");
    expect(message.failure.field).toBe(field);
    expect(describeLensFault(message.failure)).toMatch(/^Its .* should be .*, but it is .*\.$/);
  });

  it("shows the start of a wrong value only", () => {
    const message = readLensMessage({ ...MESSAGE, version: "7".repeat(10_000) });
    if (message.ok) throw new Error("It should be refused.");
    expect(message.failure.found.length).toBe(100);
  });
});
