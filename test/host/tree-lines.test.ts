import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineKey } from "../../src/bridge/line-key";
import type { StoresQuery } from "../../src/bridge/stores-view";
import type { ConnectionView } from "../../src/bridge/view";
import { createTellStores, MAX_OPEN_CHILDREN } from "../../src/host/node-facts";
import { MAX_OPEN_ROOTS, type TreeConnection, type TreeRoot, treeLines } from "../../src/host/tree-lines";
import type { JsonObject } from "../../src/wire/json";
import { connection, root } from "../support/panel-views";

/** A store as it stands in a state, with the stores in it in a list. */
function store(id: readonly string[], ...children: readonly JsonObject[]): JsonObject {
  return { __musubi_store_id__: id, n: 1, children };
}

const CART = root("cart");
const TREE = store([], store(["lines"], store(["lines", "l1"])), store(["header"]));
const CHANNELS: ConnectionView["channels"] = [
  { topic: CART.key.topic, state: "joined", kind: "root" },
  { topic: "musubi:connection:No.Such:1", state: "refused", kind: "root" },
  { topic: "room:lobby", state: "joined", kind: "plain" },
];

function treeRoot(rootId: string, state: JsonObject | null = null): TreeRoot {
  const facts = createTellStores()(state);
  return { ...root(rootId), store: () => facts };
}

const SHOP: TreeConnection<TreeRoot> = connectionOf(CHANNELS, treeRoot("cart", TREE));

function connectionOf(
  channels: ConnectionView["channels"],
  ...roots: readonly TreeRoot[]
): TreeConnection<TreeRoot> {
  return { ...connection(1), channels, roots };
}

const ALL: StoresQuery = {
  ...{ kind: "stores", folds: [], chosen: null, reveal: null, find: null },
  ...{ from: 0, count: 1_000 },
};

const keyAt = (...storeId: readonly string[]): string =>
  lineKey({ kind: "store", root: CART.key, store_id: storeId });
const ROOM = lineKey({ kind: "channel", connection: 1, topic: "room:lobby" });

function draw(connections: readonly TreeConnection<TreeRoot>[], query: Partial<StoresQuery> = {}) {
  return treeLines(connections, { ...ALL, ...query }).lines.map((line) => {
    const sign = line.expandable ? (line.expanded ? "- " : "+ ") : "";
    return `${"  ".repeat(line.level - 1)}${sign}${line.shows.kind} ${nameOf(line.shows)}`.trimEnd();
  });
}

function nameOf(shows: ReturnType<typeof treeLines>["lines"][number]["shows"]): string {
  if (shows.kind === "store") return shows.store_id.join("/");
  return shows.kind === "channel" ? shows.topic : "";
}

describe("the lines of the tree of stores", () => {
  it("are connections, their roots with their stores, and the channels that carry no root", () => {
    expect(draw([SHOP])).toEqual([
      "- connection",
      "  - root",
      "    - store lines",
      "      store lines/l1",
      "    store header",
      "  channel musubi:connection:No.Such:1",
      "  channel room:lobby",
    ]);
  });

  it("know their places among their siblings, what they stand under, and how many stores are in them", () => {
    const { lines, total } = treeLines([SHOP], ALL);
    expect(total).toBe(7);
    expect(lines.map(({ position, size }) => `${position}/${size}`)).toEqual([
      ...["1/1", "1/3", "1/2", "1/1", "2/2", "2/3", "3/3"],
    ]);
    expect(lines.map(({ parent }) => parent)).toEqual([-1, 0, 1, 2, 1, 0, 0]);
    expect(lines.map(({ inside }) => inside)).toEqual([0, 3, 1, 0, 0, 0, 0]);
    expect(new Set(lines.map(({ key }) => key)).size).toBe(lines.length);
  });

  it("are folded as a person has folded them, and keys that mean nothing fold nothing", () => {
    const folds = [keyAt("lines"), "no key", "[1,2]", keyAt("gone")].map((key) => ({ key, open: false }));
    expect(draw([SHOP], { folds })[2]).toBe("    + store lines");
    expect(draw([SHOP], { folds: [{ key: keyAt(), open: false }] })[1]).toBe("  + root");
    expect(draw([SHOP], { folds: [{ key: "[1]", open: false }] })).toEqual(["+ connection"]);
  });

  it("do not unfold many roots by themselves, nor a store with many in it", () => {
    const roots = Array.from({ length: MAX_OPEN_ROOTS + 1 }, (_, nth) => treeRoot(`r${nth}`, TREE));
    expect(draw([connectionOf([], ...roots)])[1]).toBe("  + root");
    expect(draw([connectionOf([], ...roots.slice(1))])[1]).toBe("  - root");
    const many = Array.from({ length: MAX_OPEN_CHILDREN + 1 }, (_, nth) => store(["list", `${nth}`]));
    const list = connectionOf([], treeRoot("cart", store([], store(["list"], ...many))));
    expect(draw([list])).toEqual(["- connection", "  - root", "    + store list"]);
    expect(draw([list], { folds: [{ key: keyAt("list"), open: true }] })).toHaveLength(3 + many.length);
  });

  it("show a root without a state as one that does not unfold", () => {
    expect(draw([connectionOf([], treeRoot("cart"))])).toEqual(["- connection", "  root"]);
  });

  it("tell where the chosen one stands, as far as it is to be seen", () => {
    const lineOf = (chosen: string, folds: StoresQuery["folds"] = []) =>
      treeLines([SHOP], { ...ALL, count: 0, chosen, folds }).chosen;
    expect([keyAt(), keyAt("lines", "l1"), keyAt("header"), ROOM, "[1]"].map((key) => lineOf(key))).toEqual([
      ...[1, 3, 4, 6, 0],
    ]);
    expect(lineOf(keyAt("lines", "l1"), [{ key: keyAt("lines"), open: false }])).toBeNull();
    expect([keyAt("gone"), "", "[7]"].map((key) => lineOf(key))).toEqual([null, null, null]);
  });

  it("unfold what is around one that is to be revealed, and say what that was", () => {
    const folds = ["[1]", keyAt(), keyAt("lines")].map((key) => ({ key, open: false }));
    const reveal = keyAt("lines", "l1");
    const { revealed, around, total } = treeLines([SHOP], { ...ALL, folds, reveal });
    expect([revealed, total]).toEqual([3, 7]);
    expect(around).toEqual(["[1]", keyAt(), keyAt("lines")]);
    expect(treeLines([SHOP], { ...ALL, folds, reveal: keyAt() })).toMatchObject({
      revealed: 1,
      around: ["[1]"],
    });
    expect(treeLines([SHOP], { ...ALL, folds, reveal: keyAt("gone") })).toMatchObject({
      ...{ revealed: null, around: [], total: 1 },
    });
  });

  it("are found by how their names begin, on from a line and around the end", () => {
    const find = (text: string, after: number) =>
      treeLines([SHOP], { ...ALL, count: 0, find: { text, after } }).revealed;
    expect(find("L", 1)).toBe(2);
    expect(find("l", 2)).toBe(3);
    expect(find("l", 3)).toBe(2);
    expect(find("room", 6)).toBe(6);
    expect(find("nothing", 0)).toBeNull();
  });
});

/** A state of stores in stores, of one to 60 children each: some unfold by themselves. */
const forest = fc.letrec<{ node: Shape }>((tie) => ({
  node: fc.record({
    children: fc.oneof({ maxDepth: 4 }, fc.constant([]), fc.array(tie("node"), { maxLength: 4 })),
    many: fc.boolean(),
  }),
})).node;
type Shape = { readonly children: readonly Shape[]; readonly many: boolean };

function grow({ children, many }: Shape, id: readonly string[]): JsonObject {
  const leaves = many ? Array.from({ length: 60 }, (_, nth) => store([...id, `leaf${nth}`])) : [];
  return store(id, ...children.map((child, nth) => grow(child, [...id, `${nth}`])), ...leaves);
}

describe("a window of the tree of stores", () => {
  it("is a part of all lines, however it is folded, and knows the same chosen line", () => {
    fc.assert(
      fc.property(
        forest,
        fc.array(fc.tuple(fc.nat(200), fc.boolean()), { maxLength: 6 }),
        fc.tuple(fc.nat(150), fc.nat(40), fc.nat(200)),
        (shape, folded, [from, count, nth]) => {
          const trees = [connectionOf(CHANNELS, treeRoot("cart", grow(shape, [])))];
          const every = treeLines(trees, { ...ALL, count: 10_000 }).lines;
          const folds = folded.map(([at, open]) => ({ key: every[at % every.length]?.key ?? "", open }));
          // What is searched for makes every line be walked.
          const whole = treeLines(trees, { ...ALL, count: 10_000, folds, find: { text: "", after: 0 } });
          const chosen = every[nth % every.length]?.key ?? null;
          const part = treeLines(trees, { ...ALL, from, count, folds, chosen });
          expect(part.total).toBe(whole.total);
          expect(part.lines).toEqual(whole.lines.slice(from, from + count));
          const line = whole.lines.findIndex(({ key }) => key === chosen);
          expect(part.chosen).toBe(line === -1 ? null : line);
          expect(treeLines(trees, { ...ALL, from: "end", count, folds }).lines).toEqual(
            count === 0 ? [] : whole.lines.slice(-count),
          );
        },
      ),
    );
  });
});
