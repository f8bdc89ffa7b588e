import { describe, expect, it } from "vitest";
import { child } from "../../../src/server/musubi/child";
import { defineStore } from "../../../src/server/musubi/define-store";
import { sendAfter, sendSelf, sendUpdate } from "../../../src/server/musubi/message";
import { broadcast, subscribe, unsubscribe } from "../../../src/server/musubi/pubsub";
import { pushEvent } from "../../../src/server/musubi/push-event";
import { assign, createSocket, type MusubiSocket, update } from "../../../src/server/musubi/socket";
import { noreply, type Store } from "../../../src/server/musubi/store";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import { connection, createEndpointHandle, startPage } from "./page/page-harness";
import { createManualTimers } from "./uploads/manual-timers";

/** A root with a child `inner`; both keep the messages that they hear, and do what a command says. */
function listening() {
  type Heard = { readonly heard: readonly unknown[]; readonly isShown: boolean };
  const definition = {
    handleInfo: (message: unknown, socket: MusubiSocket<Heard>) =>
      update(socket, "heard", (heard) => [...heard, message]),
    commands: {
      subscribe: (_payload: unknown, socket: MusubiSocket<Heard>) => noreply(subscribe(socket, "news")),
      unsubscribe: (_payload: unknown, socket: MusubiSocket<Heard>) => noreply(unsubscribe(socket, "news")),
      tell: ({ text }: Assigns, socket: MusubiSocket<Heard>) => noreply(broadcast(socket, "news", text)),
      self: (_payload: unknown, socket: MusubiSocket<Heard>) =>
        noreply(sendSelf(sendSelf(socket, "first"), "second")),
      later: (_payload: unknown, socket: MusubiSocket<Heard>) => noreply(sendAfter(socket, 50, "later")),
      hide: (_payload: unknown, socket: MusubiSocket<Heard>) => noreply(assign(socket, { isShown: false })),
    },
  };
  const show = ({ assigns }: MusubiSocket<Heard>) => ({ heard: assigns.heard.map(String) });
  const inner = defineStore<Assigns, Heard>({
    ...definition,
    module: "Test.Inner",
    init: (socket) => assign(socket, { heard: [], isShown: true }),
    render: show,
  });
  return defineStore<Heard>({
    ...definition,
    module: "Test.Root",
    root: true,
    mount: (_params, socket) => assign(socket, { heard: [], isShown: true }),
    render: (socket) => ({
      ...show(socket),
      inner: socket.assigns.isShown ? child(inner, { id: "inner" }) : null,
    }),
  });
}

describe("publish and subscribe", () => {
  it("reaches every store that subscribed, on every page of the endpoint, each once", async () => {
    const socket = connection(createEndpointHandle());
    const [one, two] = [await startPage(listening(), { socket }), await startPage(listening(), { socket })];
    await one.run("subscribe");
    await one.run("subscribe");
    await two.run("subscribe", {}, ["inner"]);
    await two.run("tell", { text: "hello" });
    await Promise.all([one.idle(), two.idle()]);
    expect(one.client.state).toMatchObject({ heard: ["hello"], inner: { heard: [] } });
    expect(two.client.state).toMatchObject({ heard: [], inner: { heard: ["hello"] } });
  });

  it("ends with unsubscribe, with the store, and with the page", async () => {
    const socket = connection(createEndpointHandle());
    const { page, run, idle, client } = await startPage(listening(), { socket });
    const publish = async (text: string) => {
      socket.endpoint?.pubsub.publish("news", text);
      await idle();
    };
    await run("subscribe");
    await run("subscribe", {}, ["inner"]);
    await publish("both");
    await run("unsubscribe");
    await publish("inner only");
    expect(client.state).toMatchObject({ heard: ["both"], inner: { heard: ["both", "inner only"] } });
    await run("hide");
    await publish("nobody");
    page.stop();
    await publish("nobody");
    expect(client.state).toMatchObject({ heard: ["both"], inner: null });
  });

  it("needs an endpoint", async () => {
    const { run } = await startPage(listening(), { socket: createSocket("", [], {}) });
    await expect(run("subscribe")).rejects.toThrow("Test.Root uses publish and subscribe");
  });
});

describe("a message to oneself", () => {
  it("comes after the callback, in order", async () => {
    const { run, idle, client } = await startPage(listening());
    await run("self", {}, ["inner"]);
    await idle();
    expect(client.state).toMatchObject({ inner: { heard: ["first", "second"] } });
  });

  it("comes after its time, and not at all to a store that is gone", async () => {
    const timers = createManualTimers();
    const { run, idle, client } = await startPage(listening(), { timers });
    await run("later");
    await run("later", {}, ["inner"]);
    await run("hide");
    timers.pass(49);
    await idle();
    expect(client.state).toMatchObject({ heard: [] });
    timers.pass(1);
    await idle();
    expect([client.state, timers.waiting()]).toMatchObject([{ heard: ["later"] }, 0]);
  });

  it("is dropped by a store without handleInfo", async () => {
    const deaf = defineStore({ module: "Test.Deaf", root: true, render: () => ({}) });
    const { page, idle, crashes, envelopes } = await startPage(deaf);
    page.info("hello");
    await idle();
    expect([crashes, envelopes.length]).toEqual([[], 1]);
  });
});

describe("an update sent to a store", () => {
  type Line = { readonly qty: number };
  const line = defineStore<Line>({ module: "Test.Line", render: ({ assigns: { qty } }) => ({ qty }) });
  const doubling = defineStore<Line, Line>({
    module: "Test.Doubling",
    init: (socket) => socket,
    update: ({ qty }, socket) => assign(socket, { qty: qty * 2 }),
    render: ({ assigns: { qty } }) => ({ qty }),
  });
  const cart: Store = defineStore<Assigns>({
    module: "Test.Cart",
    root: true,
    render: () => ({ lines: [child(line, { id: "l1", qty: 1 }), child(doubling, { id: "l2", qty: 1 })] }),
    commands: {
      set: ({ id, qty }, socket) => noreply(sendUpdate(socket, ["lines", String(id)], { qty })),
    },
  });

  it("is assigned, or taken by the store's own update", async () => {
    const { run, idle, client } = await startPage(cart);
    await run("set", { id: "l1", qty: 5 });
    await run("set", { id: "l2", qty: 5 });
    await idle();
    expect(client.state).toMatchObject({ lines: [{ qty: 5 }, { qty: 10 }] });
  });

  it("may come from outside", async () => {
    const { page, idle, client } = await startPage(cart);
    page.sendUpdate(["lines", "l1"], { qty: 7 });
    await idle();
    expect(client.state).toMatchObject({ lines: [{ qty: 7 }, { qty: 1 }] });
  });

  it("to nobody is told to telemetry only", async () => {
    const { run, idle, events, envelopes } = await startPage(cart);
    await run("set", { id: "l9", qty: 5 });
    await idle();
    expect(events.filter(({ name }) => name === "musubi.send_update.no_target")).toMatchObject([
      { metadata: { module: "Test.Cart", storeId: ["lines", "l9"] } },
    ]);
    expect(envelopes).toHaveLength(1);
  });

  it("reaches a store that the same callback has mounted, in an envelope of its own", async () => {
    const growing: Store = defineStore<Assigns>({
      module: "Test.Growing",
      root: true,
      render: ({ assigns }) => ({
        line: assigns.isShown === true ? child(line, { id: "l1", qty: 1 }) : null,
      }),
      commands: {
        add: (_payload, socket) => noreply(sendUpdate(assign(socket, { isShown: true }), ["l1"], { qty: 2 })),
      },
    });
    const { run, idle, envelopes, events } = await startPage(growing);
    await run("add");
    await idle();
    expect(envelopes.slice(1)).toMatchObject([
      { version: 2, ops: [{ path: "/line", value: { qty: 1 } }] },
      { version: 3, ops: [{ op: "replace", path: "/line/qty", value: 2 }] },
    ]);
    expect(events.map(({ name }) => name)).not.toContain("musubi.send_update.no_target");
  });
});

describe("stores that keep sending without end", () => {
  const endless: Store = defineStore<Assigns>({
    module: "Test.Endless",
    root: true,
    update: (_assigns, socket) => sendUpdate(socket, [], {}),
    handleInfo: (message, socket) => sendSelf(socket, message),
    render: () => ({}),
    commands: {
      update: (_payload, socket) => noreply(sendUpdate(socket, [], {})),
      message: (_payload, socket) => noreply(sendSelf(socket, "again")),
    },
  });

  it.each(["update", "message"])("an %s leave the rest of the process its turns", async (name) => {
    const { page, run, crashes } = await startPage(endless);
    await run(name);
    // Were they to hold the process, no timer would ever run.
    await new Promise((resolve) => setTimeout(resolve, 1));
    await run(name);
    page.stop();
    expect(crashes).toEqual([]);
  });
});

describe("push events", () => {
  const leaf = defineStore<Assigns>({
    module: "Test.Leaf",
    render: () => ({}),
    commands: {
      ping: (_payload, socket) =>
        noreply(pushEvent(pushEvent(socket, "ping", { n: 1 }), "ping", [new Date(0)])),
    },
  });
  const root: Store = defineStore<Assigns>({
    module: "Test.Root",
    root: true,
    mount: (_params, socket) => pushEvent(socket, "mounted", null),
    render: () => ({ leaf: child(leaf, { id: "leaf" }) }),
    hooks: {
      afterCommand: {
        tell: (name, _payload, _reply, socket) => ({ kind: "cont", socket: pushEvent(socket, "ran", name) }),
      },
    },
  });

  it("of the mount are in the first envelope", async () => {
    const { envelopes } = await startPage(root);
    expect(envelopes[0]?.events).toEqual([{ store_id: [], name: "mounted", payload: null }]);
  });

  it("make an envelope of their own where nothing else changed: shortest store ids first, then in order", async () => {
    const { envelopes, run } = await startPage(root);
    await run("ping", {}, ["leaf"]);
    expect(envelopes[1]).toMatchObject({
      version: 2,
      ops: [],
      events: [
        { store_id: [], name: "ran", payload: "ping" },
        { store_id: ["leaf"], name: "ping", payload: { n: 1 } },
        { store_id: ["leaf"], name: "ping", payload: ["1970-01-01T00:00:00.000Z"] },
      ],
    });
  });

  it("cannot carry what JSON cannot hold", () => {
    const socket = createSocket("Shop.Cart", [], {});
    expect(() => pushEvent(socket, "toast", { n: 1n })).toThrow(
      'The event "toast" of Shop.Cart has 1n at "n"',
    );
  });
});
