import { describe, expect, it } from "vitest";
import type { ConnectionView, StoreNode } from "../../src/bridge/view";
import { keysAround, MAX_OPEN_ROOTS, storeItems } from "../../src/panel/model/store-item";
import { keyOf, rootKeyOf } from "../../src/panel/model/store-key";
import { connection, root, storeNode } from "../support/panel-views";

const CART = root("cart");
const TREE = storeNode([], storeNode(["lines"], storeNode(["lines", "l1"])), storeNode(["header"]));
const CHANNELS: ConnectionView["channels"] = [
  { topic: CART.key.topic, state: "joined", kind: "root" },
  { topic: "musubi:connection:No.Such:1", state: "refused", kind: "root" },
  { topic: "room:lobby", state: "joined", kind: "plain" },
];

function draw(
  connections: readonly ConnectionView[],
  trees: ReadonlyMap<string, StoreNode | null> = new Map(),
  open: ReadonlyMap<string, boolean> = new Map(),
): readonly string[] {
  return storeItems({ connections, trees, open }).map((item) => {
    const sign = item.expandable ? (item.expanded ? "- " : "+ ") : "";
    const name = item.shows.kind === "root" ? item.shows.root.caller_id : item.label;
    return `${"  ".repeat(item.level - 1)}${sign}${item.shows.kind} ${name}`;
  });
}

describe("the tree of stores", () => {
  it("has connections, their roots with their stores, and the channels that carry no root", () => {
    const trees = new Map([[rootKeyOf(CART.key), TREE]]);
    expect(draw([connection(1, { roots: [CART], channels: CHANNELS })], trees)).toEqual([
      "- connection ws://localhost:4000/socket/websocket",
      "  - root cart",
      "    - store lines",
      "      store l1",
      "    store header",
      "  channel musubi:connection:No.Such:1",
      "  channel room:lobby",
    ]);
  });

  it("tells each line its place among its siblings", () => {
    const items = storeItems({
      ...{ connections: [connection(1, { roots: [CART], channels: CHANNELS })], open: new Map() },
      trees: new Map([[rootKeyOf(CART.key), TREE]]),
    });
    expect(items.map(({ position, size }) => `${position}/${size}`)).toEqual([
      ...["1/1", "1/3", "1/2", "1/1", "2/2", "2/3", "3/3"],
    ]);
    expect(new Set(items.map((item) => item.key)).size).toBe(items.length);
  });

  it("folds what a person has folded", () => {
    const trees = new Map([[rootKeyOf(CART.key), TREE]]);
    const open = new Map([[rootKeyOf(CART.key), false]]);
    expect(draw([connection(1, { roots: [CART] })], trees, open)[1]).toBe("  + root cart");
  });

  it("does not unfold many roots by itself, and says that they may unfold", () => {
    const roots = Array.from({ length: MAX_OPEN_ROOTS + 1 }, (_, index) => root(`r${index}`));
    expect(draw([connection(1, { roots })])[1]).toBe("  + root r0");
    expect(draw([connection(1, { roots: roots.slice(1) })])[1]).toBe("  root r1");
  });

  it("knows what must be unfolded for a store to show", () => {
    const at = (...storeId: readonly string[]) =>
      ({ kind: "store", root: CART.key, store_id: storeId }) as const;
    expect(keysAround(TREE, at("lines", "l1"))).toEqual([keyOf(at()), keyOf(at("lines"))]);
    expect(keysAround(TREE, at())).toEqual([]);
    expect(keysAround(TREE, at("gone"))).toEqual([]);
  });
});
