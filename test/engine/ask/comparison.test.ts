import { describe, expect, it } from "vitest";
import { createAsker } from "../../../src/engine/ask/asker";
import { compareContents, MAX_COMPARED_CHARS, MAX_SHOWN_CHARS } from "../../../src/engine/ask/comparison";
import { MAX_DIFFERENCES } from "../../../src/engine/ask/difference";
import { type Content, EMPTY } from "../../../src/engine/content/draft";
import { createEngine } from "../../../src/engine/engine";
import type { Json } from "../../../src/wire/json";
import { frames } from "../../support/frames";

const ID = "__musubi_store_id__";

const content = (state: Json, more: Partial<Content> = {}): Content => ({ ...EMPTY, state, ...more });
const line = (name: string, quantity: number): Json => ({ [ID]: ["lines", name], quantity });

/** Store, place and what became of it, one line each. */
function told(before: Content, after: Content): readonly string[] {
  return compareContents(before, after).stores.flatMap(({ store_id, differences }) =>
    differences.map(({ what, name, item_key, path, op, before, after }) =>
      [store_id?.join("/") ?? "outside", what, name, item_key, path, op, before?.text, after?.text]
        .filter((part) => part !== undefined && part !== null && part !== "")
        .join(" "),
    ),
  );
}

describe("a comparison", () => {
  it("tells what differs by store", () => {
    const before = content({ [ID]: [], total: 0, cart: { [ID]: ["cart"], note: "" } });
    const after = content({ [ID]: [], total: 4, cart: { [ID]: ["cart"], note: "", open: true } });
    expect(told(before, after)).toEqual(["field /total replace 0 4", "cart field /open add true"]);
  });

  it("tells of the stores that were there in their order, then of those that came, then of what hangs on others", () => {
    const rest = { [ID]: ["b"], n: 0 };
    const before = content({ [ID]: [], n: 0, a: { [ID]: ["a"] }, b: rest }, { assigns: {} });
    const assigns = { '["b"]': { module: "B", assigns: { n: 1 } } };
    const after = content({ [ID]: [], c: { [ID]: ["c"] }, n: 1, b: rest }, { assigns });
    const stores = compareContents(before, after).stores.map(({ store_id }) => store_id?.join("/"));
    expect(stores).toEqual(["", "a", "c", "b"]);
  });

  it("tells nothing of a store that others have moved", () => {
    const [a, b, c] = [line("a", 1), line("b", 1), line("c", 1)];
    const before = content({ [ID]: [], lines: [a, b, c] });
    const after = content({ [ID]: [], lines: [b, c] });
    expect(told(before, after).filter((text) => text.startsWith("lines/"))).toEqual([
      expect.stringMatching(/^lines\/a store remove \{/),
    ]);
  });

  it("shows a store that came without the stores in it", () => {
    const inner = { [ID]: ["a", "b"], much: "inside" };
    const [came, inside] = compareContents(
      content({ [ID]: [] }),
      content({ [ID]: [], a: { [ID]: ["a"], inner } }),
    )
      .stores.flatMap(({ differences }) => differences)
      .filter(({ what }) => what === "store");
    expect(came?.after?.text).not.toContain("much");
    expect(inside?.after?.text).toContain("much");
  });

  it("tells of the items of streams, of uploads and of what the server shows of assigns", () => {
    const items = (...names: readonly string[]): Json =>
      names.map((name) => ({ item_key: name, item: { name } }));
    const before = content(null, {
      streams: { "[]": { rows: items("a", "b") } },
      uploads: { "[]": { file: { progress: 0 } } },
      assigns: { "[]": { module: "Cart", assigns: { total: 1 } } },
    });
    const after = content(null, {
      streams: { "[]": { rows: [{ item_key: "b", item: { name: "B" } }] } },
      uploads: { "[]": { file: { progress: 50 } } },
      assigns: { "[]": { module: "Cart.Other", assigns: { total: 2 } } },
    });
    expect(told(before, after).map((text) => text.replace(/\s+/g, " "))).toEqual([
      'stream rows a remove { "name": "a" }',
      'stream rows b /name replace "b" "B"',
      "upload file /progress replace 0 50",
      "assign /total replace 1 2",
    ]);
  });

  it("tells of what stands outside all stores, too", () => {
    expect(told(content({ n: 1 }), content({ n: 2 }))).toEqual(["outside field /n replace 1 2"]);
    expect(compareContents(content({ n: 1 }), content({ n: 1 }))).toEqual({ stores: [], more: false });
  });

  it("cuts what is long, and says that there is more than it gives", () => {
    const long = "x".repeat(MAX_SHOWN_CHARS * 2);
    const [store] = compareContents(content({ [ID]: [] }), content({ [ID]: [], long })).stores;
    expect(store?.differences[0]?.after).toMatchObject({ length: long.length + 2 });
    expect(store?.differences[0]?.after?.text).toHaveLength(MAX_SHOWN_CHARS);
    const many = Object.fromEntries(Array.from({ length: MAX_DIFFERENCES + 1 }, (_, at) => [`n${at}`, at]));
    const cut = compareContents(content({ [ID]: [] }), content({ [ID]: [], ...many }));
    expect(cut.more).toBe(true);
    const heavy = Object.fromEntries(Array.from({ length: 200 }, (_, at) => [`n${at}`, long]));
    const bounded = compareContents(content({ [ID]: [] }), content({ [ID]: [], ...heavy }));
    expect(bounded.more).toBe(true);
    expect(JSON.stringify(bounded).length).toBeLessThan(MAX_COMPARED_CHARS * 1.2);
  });
});

describe("the question for a comparison", () => {
  const events = frames`> join < ok > mount A c1 < ok < v1 {total: 0} < v2 /total=4`;
  const engine = createEngine();
  for (const event of events) engine.fold(event);
  const [root] = engine.connections[0]?.roots ?? [];
  const asker = createAsker(engine, () => null);
  const ask = (from_seq: number, to_seq: number) =>
    asker.askJson({ kind: "compare", root: { root_id: root?.root_id ?? "" }, from_seq, to_seq });

  it("is answered both ways, and refused where there is no such event", () => {
    const side = (value: number) => ({ text: String(value) });
    expect(ask(engine.seq - 1, engine.seq)).toMatchObject({
      ...{ kind: "compare", more: false },
      stores: [{ store_id: [], differences: [{ path: "/total", before: side(0), after: side(4) }] }],
    });
    expect(ask(engine.seq, engine.seq - 1)).toMatchObject({
      stores: [{ differences: [{ before: side(4), after: side(0) }] }],
    });
    expect(ask(1, engine.seq + 5)).toMatchObject({ kind: "refused", reason: "no_such_event" });
  });
});
