import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { createMultiplexedWire, multiplexedWire } from "../../src/client/multiplexed-wire";
import { connect, mountRoot, snapshotWhen, type TestClient } from "./connect";
import { envelope, firstEnvelope, replace } from "./envelopes";
import { type Received, type ScriptedServer, startScriptedServer } from "./scripted-server";

const TOPIC = "musubi:connection";
const CART = { module: "Shop.Cart", id: "c1", params: { user: "u9" } };

let server: ScriptedServer;
let connected: TestClient;
/** What the wire asked how long to wait for, by the number of the try. */
let retries: number[];

beforeEach(async () => {
  server = await startScriptedServer();
  retries = [];
  const remountAfterMs = (tries: number) => {
    retries.push(tries);
    return 10;
  };
  connected = connect(server.url, createMultiplexedWire({ remountAfterMs }));
});

afterEach(async () => {
  connected.socket.disconnect();
  await server.close();
});

/** Lets the connection join. */
async function join(): Promise<Received> {
  const asked = await server.next("phx_join", TOPIC);
  expect(asked.payload).toEqual({});
  server.reply(asked, "ok", {});
  return asked;
}

/** Agrees to the next mount, and sends its first envelope. */
async function agree(total = 0, root_id = "c1"): Promise<Received> {
  const asked = await server.next("mount", TOPIC);
  server.reply(asked, "ok", { root_id });
  server.push(asked, "patch", firstEnvelope(root_id, { total }));
  return asked;
}

async function mountCart(): Promise<{ readonly root: Root; readonly joined: Received }> {
  const mounting = mountRoot(connected.client, CART.module, CART.params, CART.id);
  const joined = await join();
  await agree();
  return { root: await mounting, joined };
}

async function acceptUnmount(): Promise<void> {
  const asked = await server.next("unmount");
  expect(asked.payload).toEqual({ root_id: "c1" });
  server.reply(asked, "ok", {});
}

describe("a root on a shared connection", () => {
  it("is mounted, commanded and unmounted as wire.md 4 has it", async () => {
    const mounting = connected.client.mount(CART);
    const joined = await join();
    const mount = await agree();
    expect([mount.join_ref, mount.payload]).toEqual([joined.ref, CART]);
    const mounted = await mounting;
    if (!mounted.ok) throw new Error("It was not mounted.");
    const root = mounted.value;
    expect(root.root_id).toBe("c1");

    const adding = root.command([], "add", { sku: "x" });
    const command = await server.next("command");
    expect(command.payload).toEqual({ root_id: "c1", store_id: [], name: "add", payload: { sku: "x" } });
    server.reply(command, "ok", { count: 1 });
    expect(await adding).toEqual({ ok: true, value: { count: 1 } });
    server.push(command, "patch", envelope("c1", 1, { ops: [replace("/total", 4)] }));
    expect(await snapshotWhen(root, ({ version }) => version === 2)).toMatchObject({ state: { total: 4 } });

    const unmounting = root.unmount();
    await acceptUnmount();
    await unmounting;
    await server.next("phx_leave");
    expect(root.snapshot().status).toBe("unmounted");
  });

  it("shares the connection, which the last one leaves", async () => {
    const { root } = await mountCart();
    const second = mountRoot(connected.client, "Shop.Poll", {}, "p1");
    await agree(7, "p1");
    const poll = await second;
    const unmounting = root.unmount();
    await acceptUnmount();
    await unmounting;
    expect(await server.rest(connected.socket)).toEqual([]);
    expect(poll.snapshot()).toMatchObject({ status: "mounted", state: { total: 7 } });
    void poll.unmount();
    server.reply(await server.next("unmount"), "ok", {});
    await server.next("phx_leave");
    const again = mountRoot(connected.client, CART.module, {}, CART.id);
    await join();
    await agree();
    expect((await again).snapshot().version).toBe(1);
  });

  it("ignores the envelopes of other roots, and those that come after its unmount", async () => {
    const { root, joined } = await mountCart();
    server.push(joined, "patch", envelope("c2", 1, { ops: [replace("/total", 9)] }));
    server.push(joined, "patch", { type: "patch" });
    void root.unmount();
    await server.next("unmount");
    server.push(joined, "patch", envelope("c1", 1, { ops: [replace("/total", 9)] }));
    await server.rest(connected.socket);
    expect(root.snapshot().state).toMatchObject({ total: 0 });
    expect(connected.problems).toEqual([]);
  });

  it("takes the envelopes that come before the mount's reply, from the last one that begins anew", async () => {
    const mounting = connected.client.mount(CART);
    await join();
    const mount = await server.next("mount");
    server.push(mount, "patch", envelope("c1", 4, { ops: [replace("/total", 1)] }));
    server.push(mount, "patch", firstEnvelope("c1", { total: 2 }));
    server.push(mount, "patch", envelope("c1", 1, { ops: [replace("/total", 3)] }));
    server.reply(mount, "ok", { root_id: "c1" });
    expect(await mounting).toMatchObject({ ok: true });
    const root = await mountRoot(connected.client, CART.module, {}, CART.id);
    expect(root.snapshot()).toMatchObject({ version: 2, state: { total: 3 } });
    expect(connected.problems).toEqual([]);
  });

  it("goes by the root id that the server chooses", async () => {
    const mounting = connected.client.mount(CART);
    await join();
    await agree(1, "Shop.Cart:c1");
    const mounted = await mounting;
    expect(mounted).toMatchObject({ ok: true, value: { root_id: "Shop.Cart:c1" } });
    if (mounted.ok) void mounted.value.command([], "add");
    expect((await server.next("command")).payload).toMatchObject({ root_id: "Shop.Cart:c1" });
  });

  it("can be joined under another topic, with params for the join", async () => {
    const other = connect(
      server.url,
      createMultiplexedWire({ topic: "musubi:shop", joinParams: { who: 1 } }),
    );
    void other.client.mount(CART);
    expect((await server.next("phx_join", "musubi:shop")).payload).toEqual({ who: 1 });
    other.socket.disconnect();
  });
});

describe("a mount on a shared connection that fails", () => {
  it("says why, and leaves the connection to nobody", async () => {
    const mounting = connected.client.mount(CART);
    await join();
    server.reply(await server.next("mount"), "error", { reason: "unknown root" });
    expect(await mounting).toMatchObject({ ok: false, failure: { kind: "refused", code: "unknown root" } });
    await server.next("phx_leave");
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("says that the connection was refused, and leaves it", async () => {
    const mounting = connected.client.mount(CART);
    server.reply(await server.next("phx_join"), "error", { reason: "unauthorized" });
    expect(await mounting).toMatchObject({ ok: false, failure: { kind: "refused", code: "unauthorized" } });
    await server.next("phx_leave");
    await new Promise((resolve) => setTimeout(resolve, 50));
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("is taken back where no answer came in time, for the server may do it yet", async () => {
    const mounting = connected.client.mount(CART);
    await join();
    await server.next("mount");
    expect(await mounting).toEqual({ ok: false, failure: { kind: "timeout" } });
    await acceptUnmount();
    await server.next("phx_leave");
  });

  it("is tried again where only the transport was lost", async () => {
    const mounting = connected.client.mount(CART);
    await join();
    await server.next("mount");
    server.drop();
    await join();
    await agree();
    expect(await mounting).toMatchObject({ ok: true });
  });

  it("takes over what was left over on the server, once", async () => {
    const mounting = connected.client.mount(CART);
    await join();
    server.reply(await server.next("mount"), "error", { reason: "root already mounted" });
    await acceptUnmount();
    server.reply(await server.next("mount"), "error", { reason: "root already mounted" });
    expect(await mounting).toMatchObject({ ok: false, failure: { code: "root already mounted" } });
    await server.next("phx_leave");
  });

  it("leaves alone what another root of the page has mounted under this id", async () => {
    await mountCart();
    const second = connected.client.mount({ ...CART, module: "Shop.Poll" });
    server.reply(await server.next("mount"), "error", { reason: "root already mounted" });
    expect(await second).toMatchObject({ ok: false, failure: { code: "root already mounted" } });
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("gives up the root whose first mount crashes the connection, and brings the others back", async () => {
    const { root, joined } = await mountCart();
    const second = connected.client.mount({ module: "Shop.Poll", id: "p1", params: {} });
    const third = connected.client.mount({ module: "Shop.Poll", id: "p2", params: {} });
    await server.next("mount");
    await server.next("mount");
    server.end(joined, "phx_error");
    expect(await second).toEqual({ ok: false, failure: { kind: "disconnected" } });
    await join();
    const mounts = [await agree(1, "c1"), await agree(2, "p2")];
    expect(mounts.map(({ payload }) => payload)).toMatchObject([{ id: "c1" }, { id: "p2" }]);
    expect(await third).toMatchObject({ ok: true });
    expect((await snapshotWhen(root, ({ status }) => status === "mounted")).state).toMatchObject({
      total: 1,
    });
  });
});

describe("recovery of a shared connection", () => {
  it("mounts the roots again after the transport was lost, keeping the last tree until then", async () => {
    const { root } = await mountCart();
    const pending = root.command([], "add");
    await server.next("command");
    server.drop();
    expect(await pending).toEqual({ ok: false, failure: { kind: "disconnected" } });
    expect(root.snapshot()).toMatchObject({ status: "reconnecting", version: 0, state: { total: 0 } });
    await join();
    expect((await agree(5)).payload).toEqual(CART);
    expect(await snapshotWhen(root, ({ status }) => status === "mounted")).toMatchObject({
      version: 1,
      state: { total: 5 },
    });
    expect(await server.rest(connected.socket)).toEqual([]);
  });

  it("disconnects the commands that are sent while the loss is being told", async () => {
    const { root } = await mountCart();
    const second = mountRoot(connected.client, "Shop.Poll", {}, "p1");
    await agree(7, "p1");
    const poll = await second;
    const sent: unknown[] = [];
    root.subscribe(() => sent.push(poll.command([], "vote")));
    server.drop();
    await snapshotWhen(root, ({ status }) => status === "reconnecting");
    expect(await Promise.all(sent)).toEqual([{ ok: false, failure: { kind: "disconnected" } }]);
    expect(connected.problems).toEqual([]);
  });

  it("unmounts what was given up while it was mounted again, once it knows its root id", async () => {
    const { root } = await mountCart();
    server.drop();
    await join();
    const mount = await server.next("mount");
    const unmounting = root.unmount();
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await server.rest(connected.socket)).toEqual([]);
    server.reply(mount, "ok", { root_id: "Shop.Cart:c1" });
    const unmount = await server.next("unmount");
    expect(unmount.payload).toEqual({ root_id: "Shop.Cart:c1" });
    server.reply(unmount, "ok", {});
    await unmounting;
    await server.next("phx_leave");
  });

  it("mounts again, though not at once, what crashed the connection when it was mounted again", async () => {
    const { root, joined } = await mountCart();
    server.end(joined, "phx_error");
    const again = await join();
    await server.next("mount");
    server.end(again, "phx_error");
    await join();
    await agree(3);
    await snapshotWhen(root, ({ status }) => status === "mounted");
    expect(retries).toEqual([1]);
  });

  it("tries again what the server refuses to mount again", async () => {
    const { root } = await mountCart();
    server.drop();
    await join();
    for (let count = 0; count < 2; count++) {
      server.reply(await server.next("mount"), "error", { reason: "unknown root" });
    }
    await agree(3);
    await snapshotWhen(root, ({ status }) => status === "mounted");
    expect(retries).toEqual([1, 2]);
    const problem = "Shop.Cart:c1 could not be mounted again: unknown root.";
    expect(connected.problems).toEqual([problem, problem]);
  });

  it("unmounts, waits and mounts again when an envelope is missing", async () => {
    const { root, joined } = await mountCart();
    const seen: string[] = [];
    root.subscribe(({ status, version }) => seen.push(`${status} ${version}`));
    server.push(joined, "patch", envelope("c1", 7));
    const unmount = await server.next("unmount");
    server.push(joined, "patch", envelope("c1", 8));
    expect(await server.rest(connected.socket)).toEqual([]);
    server.reply(unmount, "ok", {});
    await agree(5);
    expect(await snapshotWhen(root, ({ version }) => version === 1)).toMatchObject({ state: { total: 5 } });
    expect(seen).toEqual(["reconnecting 0", "mounted 1"]);
    expect(connected.problems).toEqual([expect.stringContaining("holds version 1")]);
  });

  it("ends the roots when the server closes the connection, and begins anew with the next mount", async () => {
    const { root, joined } = await mountCart();
    server.end(joined, "phx_close");
    await snapshotWhen(root, ({ status }) => status === "unmounted");
    await root.unmount();
    const again = mountRoot(connected.client, CART.module, {}, CART.id);
    await join();
    await agree();
    expect((await again).snapshot().status).toBe("mounted");
  });
});

describe("mounting a root that is on its way out", () => {
  it("costs no traffic in the same task", async () => {
    const { root } = await mountCart();
    const unmounting = root.unmount();
    const again = await mountRoot(connected.client, CART.module, {}, CART.id);
    await unmounting;
    expect(await server.rest(connected.socket)).toEqual([]);
    expect(again.snapshot()).toBe(root.snapshot());
  });

  it("waits for the server's answer to the unmount", async () => {
    const { root, joined } = await mountCart();
    void root.unmount();
    const unmount = await server.next("unmount");
    const again = mountRoot(connected.client, CART.module, {}, CART.id);
    expect(await server.rest(connected.socket)).toEqual([]);
    server.push(joined, "patch", firstEnvelope("c1", { total: 9 }));
    server.reply(unmount, "ok", {});
    await agree(1);
    expect((await again).snapshot()).toMatchObject({ version: 1, state: { total: 1 } });
    expect(await server.rest(connected.socket)).toEqual([]);
  });
});

it("is what Musubi's own client speaks by default", async () => {
  const plain = connect(server.url, multiplexedWire);
  void plain.client.mount(CART);
  expect((await server.next("phx_join", TOPIC)).payload).toEqual({});
  plain.socket.disconnect();
});
