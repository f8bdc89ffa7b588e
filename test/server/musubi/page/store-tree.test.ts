import { describe, expect, it } from "vitest";
import { child, notifyParent, type ParentCallback } from "../../../../src/server/musubi/child";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { assign, createSocket, type MusubiSocket, update } from "../../../../src/server/musubi/socket";
import { noreply, type RenderedObject } from "../../../../src/server/musubi/store";
import { streamSlot } from "../../../../src/server/musubi/stream-slot";
import type { Json } from "../../../../src/wire/json";
import { createTree, startPage } from "./page-harness";

type Leaf = { readonly n: number };

/** Counts how often it was called: what is memoised must not be. */
function countingLeaf() {
  const calls = { init: 0, update: 0, render: 0 };
  const store = defineStore({
    module: "Test.Leaf",
    init: (socket: MusubiSocket<Leaf>) => {
      calls.init += 1;
      return assign(socket, { own: 0 });
    },
    update: (props: Leaf, socket) => {
      calls.update += 1;
      return assign(socket, props);
    },
    render: ({ assigns: { n, own } }) => {
      calls.render += 1;
      return { n, own };
    },
  });
  return { store, calls };
}

/** A root that renders whatever its one assign makes of `view`. */
function viewTree<View>(first: View, render: (view: View) => RenderedObject) {
  const store = defineStore({
    module: "Test.Root",
    root: true,
    mount: (_params, socket) => assign(socket, { view: first }),
    render: ({ assigns }) => render(assigns.view),
  });
  const tree = createTree(store, assign(createSocket("Test.Root", [], {}), { view: first }));
  const show = (view: View) => {
    tree.adopt(tree.root, assign(tree.root.socket, { view }));
    return tree.resolve().wire;
  };
  return { tree, first: tree.resolve().wire, show };
}

const leaf = countingLeaf().store;
const leafAt = (id: string, n = 0) => child(leaf, { id, n });

describe("a store's id", () => {
  it.each<[string, RenderedObject, readonly string[]]>([
    ["is its own id under a field", { header: leafAt("hdr") }, ["hdr"]],
    ["has the field's name in a list", { lines: [leafAt("l1")] }, ["lines", "l1"]],
    ["has the keys above the one that holds it", { layout: { nav: leafAt("n") } }, ["layout", "n"]],
    ["has no array indices", { grid: [[leafAt("x")]] }, ["grid", "x"]],
    ["has no index and no key of the object that holds it", { rows: [{ cell: leafAt("x") }] }, ["rows", "x"]],
    ["has keys between arrays", { a: [{ b: { c: [leafAt("x")] } }] }, ["a", "b", "c", "x"]],
  ])("%s", (_rule, rendered, storeId) => {
    const { tree, first } = viewTree(rendered, (view) => view);
    expect(tree.find(storeId)?.store).toBe(leaf);
    expect(JSON.stringify(first)).toContain(JSON.stringify({ __musubi_store_id__: storeId }).slice(1, -1));
  });

  it("begins with its owner's", () => {
    const line = defineStore({
      module: "Test.Line",
      render: (_socket: MusubiSocket) => ({ price: leafAt("p") }),
    });
    const { tree, first } = viewTree(0, () => ({ lines: [child(line, { id: "l1" })] }));
    expect(tree.find(["lines", "l1", "p"])?.store).toBe(leaf);
    expect(first).toEqual({
      __musubi_store_id__: [],
      lines: [
        {
          __musubi_store_id__: ["lines", "l1"],
          price: { __musubi_store_id__: ["lines", "l1", "p"], n: 0, own: 0 },
        },
      ],
    });
  });

  it.each<[string, RenderedObject]>([
    ["in one list", { lines: [leafAt("a"), leafAt("a")] }],
    ["in two fields", { left: leafAt("a"), right: leafAt("a") }],
    ["of two owners", { layout: { nav: leafAt("n") }, layout2: child(ownerOf("n"), { id: "layout" }) }],
  ])("is unique within a root: twice %s throws", (_where, rendered) => {
    expect(() => viewTree(rendered, (view) => view)).toThrow("Two stores have the id");
  });
});

function ownerOf(id: string) {
  return defineStore({
    module: "Test.Owner",
    render: (_socket: MusubiSocket) => ({ inner: leafAt(id) }),
  });
}

describe("a child", () => {
  it("is called only when its props have changed, by structure", () => {
    const { store, calls } = countingLeaf();
    const { show } = viewTree({ n: 1, other: 0 }, ({ n, other }) => ({
      other,
      leaf: child(store, { id: "a", n }),
    }));
    show({ n: 1, other: 1 });
    expect(calls).toEqual({ init: 1, update: 0, render: 1 });
    show({ n: 2, other: 1 });
    expect(calls).toEqual({ init: 1, update: 1, render: 2 });
  });

  it("keeps its very wire object while nothing in it changes", () => {
    const { first, show } = viewTree(0, (view) => ({ view, leaf: leafAt("a") }));
    expect(show(1).leaf).toBe(first.leaf);
  });

  it("keeps what it assigned itself when its props change", () => {
    const { tree, show } = viewTree(1, (n) => ({ leaf: leafAt("a", n) }));
    const node = tree.find(["a"]);
    if (node !== null) tree.adopt(node, assign(node.socket, { own: 7 }));
    expect(show(2).leaf).toMatchObject({ n: 2, own: 7 });
  });

  it.each([0, "", undefined, null, 7])("needs an id that is a text: %j is none", (id) => {
    const { store } = countingLeaf();
    expect(() => child(store, { id: JSON.parse("0", () => id), n: 0 })).toThrow("needs an id: a text");
  });

  it("renders alone when it alone has changed", () => {
    const { store, calls } = countingLeaf();
    let renders = 0;
    const { tree } = viewTree(0, () => {
      renders += 1;
      return { leaves: [child(store, { id: "a", n: 0 }), child(store, { id: "b", n: 0 })] };
    });
    const node = tree.find(["leaves", "b"]);
    if (node !== null) tree.adopt(node, assign(node.socket, { own: 1 }));
    expect(tree.resolve().wire.leaves).toMatchObject([{ own: 0 }, { own: 1 }]);
    expect({ renders, ...calls }).toMatchObject({ renders: 1, render: 3 });
  });

  it("may stand in two places, as two stores", () => {
    const twice = leafAt("a");
    const { tree } = viewTree(0, () => ({ left: [twice], right: [twice] }));
    for (const [side, own] of [
      ["left", 1],
      ["right", 2],
    ] as const) {
      const node = tree.find([side, "a"]);
      if (node !== null) tree.adopt(node, assign(node.socket, { own }));
      tree.resolve();
    }
    expect(tree.resolve().wire).toMatchObject({ left: [{ own: 1 }], right: [{ own: 2 }] });
  });

  it("may change its parent when it starts: both are in one render", async () => {
    const greet: ParentCallback<[]> = (parent) => assign(parent, { greeted: true });
    const greeting = defineStore<{ readonly n: number }, { readonly n: number }>({
      module: "Test.Greeting",
      init: (socket) => notifyParent(socket, greet),
      render: ({ assigns: { n } }) => ({ n }),
    });
    const root = defineStore({
      module: "Test.Root",
      root: true,
      mount: (_params, socket) => assign(socket, { greeted: false }),
      render: ({ assigns: { greeted } }) => ({ greeted, inner: child(greeting, { id: "inner", n: 1 }) }),
    });
    const { envelopes, client } = await startPage(root);
    expect(envelopes).toHaveLength(1);
    expect(client.state).toMatchObject({ greeted: true, inner: { n: 1 } });
  });

  it("that changes its parent with every render crashes the page", async () => {
    const grow: ParentCallback<[]> = (parent) => update(parent, "n", (n) => Number(n) + 1);
    const restless = defineStore<{ readonly n: number }, { readonly n: number }>({
      module: "Test.Restless",
      init: (socket) => notifyParent(socket, grow),
      update: (props, socket) => notifyParent(assign(socket, props), grow),
      render: ({ assigns: { n } }) => ({ n }),
    });
    const root = defineStore({
      module: "Test.Root",
      root: true,
      mount: (_params, socket) => assign(socket, { n: 0 }),
      render: ({ assigns: { n } }) => ({ inner: child(restless, { id: "inner", n }) }),
    });
    await expect(startPage(root)).rejects.toThrow("The stores of Test.Root do not come to rest");
  });

  it("is found no more once it is gone, nor is anything in it, and comes back anew", () => {
    const owner = ownerOf("inner");
    const { tree, show } = viewTree(true, (isShown) => ({
      panel: isShown ? child(owner, { id: "panel" }) : null,
    }));
    expect(show(false)).toMatchObject({ panel: null });
    expect([tree.find(["panel"]), tree.find(["panel", "inner"])]).toEqual([null, null]);
    show(true);
    expect(tree.find(["panel", "inner"])).not.toBeNull();
  });

  it("is mounted anew when another store takes its id", () => {
    const { store: other, calls } = countingLeaf();
    const { tree, show } = viewTree(leaf, (store) => ({ a: child(store, { id: "a", n: 0 }) }));
    show(other);
    expect(tree.find(["a"])?.store).toBe(other);
    expect(calls.init).toBe(1);
  });

  it("may give its id to a store of another owner in the same render", () => {
    const { tree, show } = viewTree(true, (isInner) =>
      isInner ? { layout2: child(ownerOfN, { id: "layout" }) } : { layout: { nav: leafAt("n") } },
    );
    show(false);
    expect(tree.find(["layout", "n"])?.parent).toBe(tree.find([]));
  });
});

const ownerOfN = ownerOf("n");

describe("a parent", () => {
  type Props = { readonly on_pick: ParentCallback<[id: string]> };

  const pick = (parent: MusubiSocket<{ readonly view: string }>, id: string) => assign(parent, { view: id });

  const item = defineStore({
    module: "Test.Item",
    render: (_socket: MusubiSocket<Props>) => ({}),
    commands: {
      pick: (_payload, socket) => noreply(notifyParent(socket, socket.assigns.on_pick, socket.id)),
    },
  });

  it("is changed by the callback that it gave to a child", async () => {
    const list = defineStore({
      module: "Test.List",
      root: true,
      mount: (_params, socket) => assign(socket, { view: "none" }),
      render: ({ assigns: { view } }) => ({
        view,
        items: ["a", "b"].map((id) => child(item, { id, on_pick: pick })),
      }),
    });
    const { run, client } = await startPage(list);
    await run("pick", {}, ["items", "b"]);
    expect(client.state).toMatchObject({ view: "b" });
  });

  it("is none of a root: one that notifies it crashes", async () => {
    const root = defineStore({
      module: "Test.Root",
      root: true,
      render: () => ({}),
      commands: { pick: (_payload, socket) => noreply(notifyParent(socket, pick, "a")) },
    });
    const { run } = await startPage(root);
    await expect(run("pick")).rejects.toThrow("Test.Root is a root: it has no parent to notify.");
  });
});

describe("a rendered value", () => {
  const rendering = (value: unknown) => {
    const store = defineStore({
      module: "Test.Root",
      root: true,
      render: () => JSON.parse("{}", () => ({ field: { inner: value } })),
    });
    return createTree(store, createSocket("Test.Root", [], {})).resolve().wire;
  };

  it.each<[string, unknown]>([
    ["a function", () => 1],
    ["NaN", Number.NaN],
    ["a bigint", 1n],
    ["a symbol", Symbol("s")],
    ["a map", new Map()],
    ["a date that is none", new Date(Number.NaN)],
  ])("that holds %s throws, with its place", (_what, value) => {
    expect(() => rendering(value)).toThrow('at "field.inner"');
  });

  it.each<[string, unknown, Json]>([
    ["a date as ISO 8601", new Date(0), "1970-01-01T00:00:00.000Z"],
    ["a URL as a string", new URL("https://a.example/b"), "https://a.example/b"],
    ["an absent optional field as null", undefined, null],
    ["absent items as null", [undefined, 1], [null, 1]],
    ["what says itself what it is on the wire", { toJSON: () => ({ n: 1 }), __proto__: {} }, { n: 1 }],
  ])("has %s", (_what, value, wire) => {
    expect(rendering(value)).toMatchObject({ field: { inner: wire } });
  });

  it("keeps __proto__ an ordinary key", () => {
    const { first } = viewTree<RenderedObject>(JSON.parse('{"__proto__":{"a":1}}'), (view) => view);
    expect(JSON.stringify(first)).toBe('{"__proto__":{"a":1},"__musubi_store_id__":[]}');
  });

  it.each(["__musubi_store_id__", "__musubi_stream__", "__musubi_anything__"])(
    "may not have a field %s, however deep",
    (name) => {
      expect(() => viewTree({ [name]: "x" }, (view) => view)).toThrow(name);
      expect(() => rendering([{ [name]: "x" }])).toThrow(name);
    },
  );

  it("may not have a stream that its store does not declare", () => {
    expect(() => viewTree({ rows: streamSlot("rows") }, (view) => view)).toThrow('the stream "rows"');
  });
});
