import { describe, expect, it } from "vitest";
import { child, notifyParent, type ParentCallback } from "../../../src/server/musubi/child";
import { defineStore } from "../../../src/server/musubi/define-store";
import { assign, createSocket, type MusubiSocket } from "../../../src/server/musubi/socket";
import { noreply, type Store } from "../../../src/server/musubi/store";
import {
  stream,
  streamDelete,
  streamDeleteByKey,
  streamInsert,
  streamReset,
} from "../../../src/server/musubi/stream";
import { streamSlot } from "../../../src/server/musubi/stream-slot";
import { putStreams } from "../../../src/server/musubi/stream-state";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import type { Json } from "../../../src/wire/json";
import { type RunningPage, startPage } from "./page/page-harness";

type Script = (socket: MusubiSocket<Assigns>) => MusubiSocket<Assigns>;

/** A root, and a child `list`, whose one command runs the next script. */
function scripted(mount: Script = (socket) => socket) {
  const scripts: Script[] = [];
  const streams = {
    rows: {},
    log: { limit: 2 },
    people: { itemKey: ({ name }: { name?: Json }) => `p/${name}` },
  };
  const commands = {
    run: (_payload: unknown, socket: MusubiSocket<Assigns>) => noreply(scripts.shift()?.(socket) ?? socket),
  };
  const render = (socket: MusubiSocket<Assigns>) => ({
    rows: streamSlot("rows"),
    n: typeof socket.assigns.n === "number" ? socket.assigns.n : 0,
  });
  const list: Store = defineStore<Assigns, Assigns>({
    module: "Test.List",
    streams,
    commands,
    render,
    init: (socket) => stream(socket, "rows", [{ id: "seed" }]),
  });
  const root: Store = defineStore<Assigns>({
    module: "Test.Root",
    root: true,
    streams,
    commands,
    mount: (_params, socket) => mount(assign(socket, { isShown: true })),
    render: (socket) => ({
      ...render(socket),
      list: socket.assigns.isShown === true ? child(list, { id: "list" }) : null,
    }),
  });
  const run = (page: RunningPage, script: Script, storeId: readonly string[] = []) => {
    scripts.push(script);
    return page.run("run", {}, storeId);
  };
  return { root, run };
}

async function startScripted(mount?: Script) {
  const { root, run } = scripted(mount);
  const page = await startPage(root);
  return { ...page, script: (script: Script, storeId?: readonly string[]) => run(page, script, storeId) };
}

const row = (id: number | string) => ({ id });
const rows = (...ids: readonly (number | string)[]) => ids.map(row);
const seed = (socket: MusubiSocket<Assigns>) => stream(socket, "rows", rows(1, 2, 3));

describe("the operations of a stream", () => {
  it("are those of the wire reference, to the byte", async () => {
    const { envelopes, script } = await startScripted();
    await script((socket) =>
      streamDelete(stream(socket, "rows", [{ id: "1" }], { reset: true }), "rows", { id: "9" }),
    );
    expect(envelopes[1]).toMatchObject({
      ops: [],
      stream_ops: [
        { op: "reset", stream: "rows", ref: "0", store_id: [] },
        {
          op: "insert",
          stream: "rows",
          ref: "0",
          store_id: [],
          item_key: "rows-1",
          at: -1,
          item: { id: "1" },
          limit: null,
        },
        { op: "delete", stream: "rows", ref: "0", store_id: [], item_key: "rows-9" },
      ],
    });
  });

  it("come as reset, inserts in call order, deletes in call order, whatever the order of the calls", async () => {
    const { envelopes, script } = await startScripted();
    await script((socket) => {
      const first = streamDelete(streamInsert(socket, "rows", row("x1")), "rows", row("x1"));
      const second = stream(streamInsert(first, "rows", row("x2")), "rows", rows("y1"), { reset: true });
      return streamInsert(second, "rows", row("y2"));
    });
    const [, envelope] = envelopes;
    expect(envelope?.stream_ops.map(({ op, item_key = "" }) => `${op} ${item_key}`)).toEqual([
      "reset ",
      "insert rows-x1",
      "insert rows-x2",
      "insert rows-y1",
      "insert rows-y2",
      "delete rows-x1",
    ]);
  });

  it("come by the length of the stores' ids, then by the streams' first use", async () => {
    const { envelopes } = await startScripted((socket) =>
      stream(stream(stream(socket, "log", rows("a")), "rows", rows("b")), "log", rows("c")),
    );
    expect(envelopes[0]?.stream_ops).toMatchObject([
      { store_id: [], stream: "log", ref: "0", item: { id: "a" } },
      { store_id: [], stream: "log", ref: "0", item: { id: "c" } },
      { store_id: [], stream: "rows", ref: "1", item: { id: "b" } },
      { store_id: ["list"], stream: "rows", ref: "0", item: { id: "seed" } },
    ]);
  });

  it("have the limit that was given to them, never the declared one", async () => {
    const { envelopes, script } = await startScripted();
    await script((socket) => streamInsert(streamInsert(socket, "log", row(1)), "log", row(2), { limit: -5 }));
    expect(envelopes[1]?.stream_ops).toMatchObject([{ limit: null }, { limit: -5 }]);
  });

  it("name items by the stream and their id, or as the store says", async () => {
    const { envelopes, script } = await startScripted();
    await script((socket) => streamInsert(streamInsert(socket, "rows", row(7)), "people", { name: "ada" }));
    await script((socket) => streamDelete(socket, "people", { name: "ada" }));
    expect(envelopes[1]?.stream_ops).toMatchObject([{ item_key: "rows-7" }, { item_key: "p/ada" }]);
    expect(envelopes[2]?.stream_ops).toMatchObject([{ op: "delete", item_key: "p/ada" }]);
  });

  it("hold dates and absent fields as the wire does", async () => {
    const { client, script } = await startScripted();
    await script((socket) => streamInsert(socket, "rows", { id: 1, at: new Date(0), gone: undefined }));
    expect(client.items([], "rows")).toEqual([{ id: 1, at: "1970-01-01T00:00:00.000Z", gone: null }]);
  });

  it("ride on the state that changed with them, and mark nothing as changed by themselves", async () => {
    const { envelopes, script } = await startScripted();
    await script((socket) => assign(streamInsert(socket, "rows", row(1)), { n: 5 }));
    await script((socket) => {
      const inserted = streamInsert(socket, "rows", row(2));
      return assign(inserted, { n: inserted.changed.size });
    });
    expect(envelopes.slice(1)).toMatchObject([
      { ops: [{ path: "/n", value: 5 }], stream_ops: [{}] },
      { ops: [{ path: "/n", value: 0 }], stream_ops: [{}] },
    ]);
  });
});

/** The worked examples of the wire reference: what the client shows. */
describe("a client shows", () => {
  it.each<[string, Script, readonly unknown[]]>([
    ["7 between, inserted at 1", (s) => streamInsert(s, "rows", row(7), { at: 1 }), [1, 7, 2, 3]],
    [
      "1 at 2, moved there",
      (s) => streamInsert(streamInsert(s, "rows", row(7), { at: 1 }), "rows", row(1), { at: 2 }),
      [7, 2, 1, 3],
    ],
    ["the last three, limited at the end", (s) => streamInsert(s, "rows", row(5), { limit: 3 }), [2, 3, 5]],
    [
      "the first two, limited at the start",
      (s) => streamInsert(s, "rows", row(6), { at: 0, limit: -2 }),
      [6, 1],
    ],
    ["nothing, with the limit 0", (s) => streamInsert(s, "rows", row(7), { limit: 0 }), []],
    ["a bulk at 0 reversed", (s) => stream(s, "rows", rows("a", "b"), { at: 0, reset: true }), ["b", "a"]],
    ["nothing after a reset", (s) => streamReset(s, "rows"), []],
    ["what is left after a delete", (s) => streamDeleteByKey(s, "rows", "rows-2"), [1, 3]],
    ["all, after a delete of what is not there", (s) => streamDeleteByKey(s, "rows", "rows-9"), [1, 2, 3]],
    [
      "nothing that was deleted and inserted in one cycle",
      (s) => streamInsert(streamDelete(s, "rows", row(2)), "rows", row(2)),
      [1, 3],
    ],
  ])("%s", async (_what, script, expected) => {
    const page = await startScripted(seed);
    await page.script(script);
    expect(page.client.items([], "rows")).toEqual(expected.map((id) => ({ id })));
  });
});

describe("the streams of a child", () => {
  const show = (isShown: boolean) => (socket: MusubiSocket<Assigns>) => assign(socket, { isShown });

  it("are gone with it, and start anew with it, refs and all", async () => {
    const { script, client, envelopes } = await startScripted();
    await script((socket) => streamInsert(streamInsert(socket, "log", row(1)), "rows", row(2)), ["list"]);
    await script(show(false));
    expect(client.items(["list"], "rows")).toEqual([]);
    await script(show(true));
    expect(client.items(["list"], "rows")).toEqual(rows("seed"));
    expect(envelopes.at(-1)?.stream_ops).toMatchObject([{ op: "insert", ref: "0", stream: "rows" }]);
  });

  it("are not sent where the child is discarded in the same cycle", async () => {
    const hide: ParentCallback<[]> = (parent) => assign(parent, { isShown: false });
    const item = defineStore<Assigns>({
      module: "Test.Item",
      streams: { rows: {} },
      render: () => ({ rows: streamSlot("rows") }),
      commands: {
        leave: (_payload, socket) => noreply(notifyParent(streamInsert(socket, "rows", row("last")), hide)),
      },
    });
    const root = defineStore({
      module: "Test.Root",
      root: true,
      mount: (_params, socket) => assign(socket, { isShown: true }),
      render: ({ assigns: { isShown } }) => ({ item: isShown ? child(item, { id: "item" }) : null }),
    });
    const { run, envelopes } = await startPage(root);
    await run("leave", {}, ["item"]);
    expect(envelopes[1]).toMatchObject({ ops: [{ path: "/item", value: null }], stream_ops: [] });
  });
});

describe("a stream that is used wrongly", () => {
  const socket = putStreams(createSocket("Shop.Cart", [], {}), new Map([["rows", {}]]));

  it.each<[string, () => unknown, string]>([
    ["is not declared", () => stream(socket, "lines", []), 'Shop.Cart declares no stream "lines"'],
    ["has an item without an id", () => streamInsert(socket, "rows", { text: "a" }), 'has no "id"'],
    ["has an item that is no object", () => streamInsert(socket, "rows", "a"), "must be an object"],
    ["has an item that JSON cannot hold", () => streamInsert(socket, "rows", { id: 1, n: 1n }), 'at "n"'],
    ["inserts before the start", () => streamInsert(socket, "rows", row(1), { at: -2 }), "not to -2"],
    ["has half a limit", () => streamInsert(socket, "rows", row(1), { limit: 0.5 }), "limit 0.5"],
  ])("throws a sentence where it %s", (_what, use, sentence) => {
    expect(use).toThrow(sentence);
  });
});
