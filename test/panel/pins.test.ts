import { signal } from "@preact/signals";
import { describe, expect, it } from "vitest";
import type { StoreSelection } from "../../src/panel/model/log-list";
import { createPassingMemory } from "../../src/panel/model/memory";
import { createPins, MAX_PINS } from "../../src/panel/model/pins";
import { root } from "../support/panel-views";

const CART: StoreSelection = { kind: "store", root: root("cart").key, store_id: [] };
const LINES: StoreSelection = { ...CART, store_id: ["lines"] };

function setUp(memory = createPassingMemory()) {
  const store = signal<StoreSelection | null>(CART);
  return { memory, store, pins: createPins(memory, store) };
}

describe("the pins of a store", () => {
  it("are its own, in the order in which they came, until they are let go", () => {
    const { pins, store } = setUp();
    pins.toggle("/total");
    pins.toggle("/address");
    store.value = LINES;
    expect(pins.paths.value).toEqual([]);
    pins.toggle("/total");
    store.value = CART;
    expect(pins.paths.value).toEqual(["/total", "/address"]);
    pins.toggle("/total");
    expect(pins.paths.value).toEqual(["/address"]);
    store.value = LINES;
    expect(pins.paths.value).toEqual(["/total"]);
  });

  it("are there again the next time, on another connection too", () => {
    const { memory, pins } = setUp();
    pins.toggle("/total");
    const again = setUp(memory);
    again.store.value = { ...CART, root: { ...CART.root, connection: 7 } };
    expect(again.pins.paths.value).toEqual(["/total"]);
  });

  it("are never the whole of a store, and none where no store is chosen", () => {
    const { pins, store } = setUp();
    pins.toggle("");
    store.value = null;
    pins.toggle("/total");
    expect(pins.paths.value).toEqual([]);
  });

  it("are as many as can be kept: the oldest go first", () => {
    const { pins } = setUp();
    for (let at = 0; at <= MAX_PINS; at++) pins.toggle(`/${at}`);
    expect(pins.paths.value).toHaveLength(MAX_PINS);
    expect([pins.paths.value[0], pins.paths.value.at(-1)]).toEqual(["/1", `/${MAX_PINS}`]);
  });

  it("are none where what was kept is something else", () => {
    const { memory } = setUp();
    for (const kept of [{ pins: 1 }, "pins", [1, null, ["a"], ["a", 2]]]) {
      memory.write("pins", kept);
      expect(setUp(memory).pins.paths.value).toEqual([]);
    }
  });
});
