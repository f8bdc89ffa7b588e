import { describe, expect, it } from "vitest";
import { assignAsync } from "../../../../src/server/musubi/async";
import { child, notifyParent, type ParentCallback } from "../../../../src/server/musubi/child";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { sendUpdate } from "../../../../src/server/musubi/message";
import { showValue } from "../../../../src/server/musubi/page/lens";
import { assign } from "../../../../src/server/musubi/socket";
import { noreply, type Store } from "../../../../src/server/musubi/store";
import type { Assigns } from "../../../../src/server/phoenix/assigns";
import { readLensMessage } from "../../../../src/wire/lens";
import { createManualTimers } from "../uploads/manual-timers";
import { startPage } from "./page-harness";

const rename: ParentCallback<[string]> = (parent, name) => assign(parent, { name });

const line: Store = defineStore<Assigns>({
  module: "Shop.Line",
  render: ({ assigns }) => ({ qty: Number(assigns.qty) }),
  commands: {
    set: (payload, socket) => noreply(assign(socket, payload)),
    rename: (_payload, socket) => noreply(notifyParent(socket, rename, "by its line")),
  },
});

const cart: Store = defineStore<Assigns>({
  module: "Shop.Cart",
  root: true,
  mount: (_params, socket) => assign(socket, { name: "a", qty: 1, hidden: 0, when: new Date(0) }),
  render: ({ assigns }) => ({
    name: String(assigns.name),
    lines: [child(line, { id: "l1", qty: Number(assigns.qty) })],
  }),
  handleInfo: (message, socket) => assign(socket, { name: String(message) }),
  commands: {
    set: (payload, socket) => noreply(assign(socket, payload)),
    drop: (_payload, socket) => {
      const { hidden, ...assigns } = socket.assigns;
      return noreply(assign({ ...socket, assigns }, { name: `without ${String(hidden)}` }));
    },
    send: (_payload, socket) => noreply(sendUpdate(socket, ["lines", "l1"], { qty: 9 })),
    load: (_payload, socket) => noreply(assignAsync(socket, "loaded", () => 7)),
  },
});

const NO_TIME = { render: 0, validate: 0, diff: 0 };

async function startCart(lens = true) {
  const page = await startPage(cart, { lens, timers: createManualTimers() });
  const toldBy = async (act: () => unknown) => {
    const before = page.lens.length;
    await act();
    await page.idle();
    return page.lens.slice(before);
  };
  return { ...page, toldBy };
}

describe("the lens", () => {
  it("tells of every store once it has rendered first: all that it holds, behind the envelope", async () => {
    const { lens, outputs } = await startCart();
    expect(outputs).toEqual(["v1", "lens []", 'lens ["lines","l1"]']);
    expect(lens).toEqual([
      {
        root_id: "Shop.Cart:r1",
        store_id: [],
        module: "Shop.Cart",
        version: 1,
        cause: { kind: "mount", name: null },
        changed: ["name", "qty", "hidden", "when"],
        assigns: {
          name: "a",
          qty: 1,
          hidden: 0,
          when: { __inspect__: "1970-01-01T00:00:00.000Z" },
        },
        removed: [],
        us: NO_TIME,
      },
      {
        root_id: "Shop.Cart:r1",
        store_id: ["lines", "l1"],
        module: "Shop.Line",
        version: 1,
        cause: { kind: "mount", name: null },
        changed: ["qty"],
        assigns: { qty: 1 },
        removed: [],
        us: NO_TIME,
      },
    ]);
  });

  it("then tells of what rendered again, what changed in it, and why", async () => {
    const { toldBy, run } = await startCart();
    expect(await toldBy(() => run("set", { qty: 2, name: "b" }))).toMatchObject([
      {
        store_id: [],
        version: 2,
        cause: { kind: "command", name: "set" },
        changed: ["qty", "name"],
        assigns: { name: "b", qty: 2 },
      },
      { store_id: ["lines", "l1"], version: 2, cause: { kind: "update", name: null }, assigns: { qty: 2 } },
    ]);
  });

  it("tells of a change that nobody sees, with the version that is current", async () => {
    const { toldBy, run, envelopes } = await startCart();
    expect(await toldBy(() => run("set", { hidden: 1 }))).toMatchObject([
      { version: 1, changed: ["hidden"], assigns: { hidden: 1 } },
    ]);
    expect(envelopes).toHaveLength(1);
  });

  it("tells of keys that are gone", async () => {
    const { toldBy, run } = await startCart();
    expect(await toldBy(() => run("drop"))).toMatchObject([{ changed: ["name"], removed: ["hidden"] }]);
    expect(await toldBy(() => run("set", { name: "c" }))).toMatchObject([{ removed: [] }]);
  });

  it("tells of messages, tasks and updates as the cause, and of a command below", async () => {
    const { toldBy, run, page } = await startCart();
    expect(await toldBy(() => page.info("told"))).toMatchObject([{ cause: { kind: "info", name: null } }]);
    expect(await toldBy(() => run("load"))).toMatchObject([
      { cause: { kind: "command", name: "load" } },
      { cause: { kind: "async", name: "loaded" }, assigns: { loaded: { status: "ok", result: 7 } } },
    ]);
    expect(await toldBy(() => run("send"))).toMatchObject([
      { store_id: ["lines", "l1"], cause: { kind: "send_update", name: null } },
    ]);
    expect(await toldBy(() => page.sendUpdate(["lines", "l1"], { qty: 10 }))).toMatchObject([
      { store_id: ["lines", "l1"], cause: { kind: "send_update", name: null } },
    ]);
    expect(await toldBy(() => run("rename", {}, ["lines", "l1"]))).toMatchObject([
      { store_id: [], cause: { kind: "command", name: "rename" }, assigns: { name: "by its line" } },
    ]);
  });

  it("says nothing where it is off, and has no root id where the wire has none", async () => {
    expect((await startCart(false)).lens).toEqual([]);
    const { lens } = await startPage(cart, { lens: true, rootId: null });
    expect(lens.map((message) => "root_id" in message)).toEqual([false, false]);
  });

  it("says what the panel can read", async () => {
    const { lens } = await startPage(cart, { lens: true });
    for (const message of lens)
      expect(readLensMessage(JSON.parse(JSON.stringify(message)))).toMatchObject({ ok: true });
  });
});

describe("a value in the lens", () => {
  const cyclic: { self?: unknown } = {};
  cyclic.self = cyclic;

  it.each<[string, unknown, unknown]>([
    ["is itself where JSON can hold it", { a: [1, null, "x"] }, { a: [1, null, "x"] }],
    [
      "is a text where JSON cannot, where it stands",
      { a: [new Map([["k", 1]])] },
      { a: [{ __inspect__: "Map(1) { 'k' => 1 }" }] },
    ],
    ["that is a function", () => 1, { __inspect__: "[Function (anonymous)]" }],
    ["that is undefined", undefined, { __inspect__: "undefined" }],
    ["that is no number", Number.NaN, { __inspect__: "NaN" }],
    ["that is a bigint", 12n, { __inspect__: "12n" }],
    ["that is an error has no stack", new RangeError("far"), { __inspect__: "RangeError: far" }],
  ])("%s", (_what, value, shown) => {
    expect(showValue(value)).toEqual(shown);
  });

  it("that holds itself comes to an end, be it in two places", () => {
    expect(JSON.stringify(showValue(cyclic))).toContain("__inspect__");
    const twice: { left?: unknown; right?: unknown } = {};
    twice.left = twice;
    twice.right = [twice];
    const inside = { __inspect__: expect.stringContaining("Circular") };
    expect(showValue(twice)).toEqual({ left: inside, right: [inside] });
  });

  it("is told by its size and its beginning above 32 KB, in bytes of its JSON", () => {
    const largest = "x".repeat(32 * 1024 - 2);
    expect(showValue(largest)).toBe(largest);
    expect(showValue(`${largest}x`)).toEqual({ __truncated__: 32 * 1024 + 1, head: `"${"x".repeat(999)}` });
    const wide = "ü".repeat(16 * 1024);
    expect(showValue(wide)).toMatchObject({ __truncated__: 32 * 1024 + 2 });
  });
});
