import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { watchConnection } from "../../src/client/connection-status";
import { faultsChannel } from "../../src/server/faults/faults-channel";
import { defineSocket } from "../../src/server/musubi/define-socket";
import { defineStore } from "../../src/server/musubi/define-store";
import { assign, update } from "../../src/server/musubi/socket";
import { noreply, refuse, reply } from "../../src/server/musubi/store";
import { requireNumber } from "../../src/server/payload";
import { route } from "../../src/server/phoenix/route";
import { startServer, type TestServer } from "../server/serving";
import { BOTH_WIRES } from "./both-wires";
import { connect, mountRoot, snapshotWhen, type TestClient } from "./connect";
import { envelope } from "./envelopes";

let mounts = 0;

const counter = defineStore({
  module: "Test.Counter",
  root: true,
  mount: (params, socket) => {
    mounts += 1;
    if (params.crash === true) throw new Error("the mount crashes");
    return assign(socket, { count: 0 });
  },
  render: ({ assigns: { count } }) => ({ count }),
  commands: {
    add: (payload, socket) => {
      const amount = requireNumber(payload, "amount");
      return reply(
        update(socket, "count", (count) => count + amount),
        { amount },
      );
    },
    fail: (_payload, socket) => refuse(socket, "asked to fail"),
    crash: () => {
      throw new Error("the handler crashes");
    },
    hang: async (_payload, socket) => {
      await new Promise((resolve) => setTimeout(resolve, 1_500));
      return noreply(socket);
    },
  },
});

describe.each(BOTH_WIRES)("roots on the $name wire", ({ name: wireName, wire, place }) => {
  const { topic, root_id } = place("Test.Counter");
  // One root a channel: the join is refused. All over one: the connection breaks, and takes the mount with it.
  const crashed =
    wireName === "per_root" ? { kind: "refused", code: "join crashed" } : { kind: "disconnected" };
  let server: TestServer;
  let connected: TestClient;

  beforeEach(async () => {
    mounts = 0;
    server = await startServer(
      defineSocket({ roots: [counter], wire: wireName, routes: [route("faults:*", faultsChannel)] }),
    );
    connected = connect(server.url, wire);
  });

  afterEach(async () => {
    connected.socket.disconnect();
    await server.close();
  });

  const mountCounter = () => mountRoot(connected.client, "Test.Counter");

  /** Makes the server send `payload` as an envelope of the root, over the connection's faults channel. */
  async function forgePatch(payload: object): Promise<void> {
    const faults = connected.socket.channel("faults:test");
    faults.join();
    const text = JSON.stringify([null, null, topic, "patch", payload]);
    await new Promise((resolve) => faults.push("send_raw", { text }).receive("ok", resolve));
    faults.leave();
  }

  describe("a mounted root", () => {
    it("has the state of its first envelope", async () => {
      const root = await mountCounter();
      expect(root.snapshot()).toEqual({
        status: "mounted",
        version: 1,
        state: { count: 0, __musubi_store_id__: [] },
      });
    });

    it("follows its envelopes, and tells its subscribers until they undo it", async () => {
      const root = await mountCounter();
      const seen: unknown[] = [];
      const undo = root.subscribe(({ version, state }) => seen.push([version, state]));
      await root.command([], "add", { amount: 2 });
      await snapshotWhen(root, ({ version }) => version === 2);
      undo();
      await root.command([], "add", { amount: 3 });
      await snapshotWhen(root, ({ version }) => version === 3);
      expect(seen).toEqual([[2, { count: 2, __musubi_store_id__: [] }]]);
    });

    it("gives snapshots that later envelopes leave alone", async () => {
      const root = await mountCounter();
      const before = root.snapshot();
      await root.command([], "add", { amount: 2 });
      await snapshotWhen(root, ({ version }) => version === 2);
      expect(before.state).toMatchObject({ count: 0 });
      expect(root.snapshot().state).toBe(root.snapshot().state);
    });

    it("is shared by all who mount it, until the last one unmounts", async () => {
      const [first, second] = await Promise.all([mountCounter(), mountCounter()]);
      await first.unmount();
      await first.unmount();
      expect(second.snapshot().status).toBe("mounted");
      await second.unmount();
      expect(second.snapshot().status).toBe("unmounted");
      await mountCounter();
      expect(mounts).toBe(2);
    });
  });

  describe("a mount that fails", () => {
    it.each([
      ["is refused with the server's reason", "No.Such", {}, { kind: "refused", code: "unknown root" }],
      ["is given up when it crashes", "Test.Counter", { crash: true }, crashed],
    ])("%s, and is not tried again", async (_what, module, params, why) => {
      const mounted = await connected.client.mount({ module, id: "c1", params });
      expect(mounted).toMatchObject({ ok: false, failure: why });
      const tried = mounts;
      await new Promise((resolve) => setTimeout(resolve, 50));
      expect(mounts).toBe(tried);
    });

    it("can be mounted later", async () => {
      await connected.client.mount({ module: "Test.Counter", id: "c1", params: { crash: true } });
      expect((await mountCounter()).snapshot().version).toBe(1);
    });
  });

  describe("a command", () => {
    it("resolves with the reply", async () => {
      const root = await mountCounter();
      expect(await root.command([], "add", { amount: 2 })).toEqual({ ok: true, value: { amount: 2 } });
    });

    it.each([
      ["fail", [], "asked to fail"],
      ["nope", [], "unknown command"],
      ["fail", ["nope"], "unknown store"],
    ])("that is refused resolves with the reason: %s to %j", async (name, storeId, reason) => {
      const root = await mountCounter();
      expect(await root.command(storeId, name)).toEqual({
        ok: false,
        failure: { kind: "refused", code: reason, response: { reason } },
      });
    });

    it("without a reply in time resolves with a timeout", async () => {
      const root = await mountCounter();
      expect(await root.command([], "hang")).toEqual({ ok: false, failure: { kind: "timeout" } });
    });

    it("whose root is lost resolves as disconnected, and so does one after it", async () => {
      const root = await mountCounter();
      const pending = root.command([], "crash");
      expect(await pending).toEqual({ ok: false, failure: { kind: "disconnected" } });
      expect(await root.command([], "add")).toEqual({ ok: false, failure: { kind: "disconnected" } });
    });
  });

  describe("recovery", () => {
    it("mounts again when the connection comes back, keeping the last tree until then", async () => {
      const root = await mountCounter();
      await root.command([], "add", { amount: 2 });
      await snapshotWhen(root, ({ version }) => version === 2);
      connected.dropTransport();
      expect(await snapshotWhen(root, ({ status }) => status === "reconnecting")).toMatchObject({
        version: 0,
        state: { count: 2 },
      });
      expect(await snapshotWhen(root, ({ status }) => status === "mounted")).toMatchObject({
        version: 1,
        state: { count: 0 },
      });
    });

    it("mounts again after a crash", async () => {
      const root = await mountCounter();
      await root.command([], "crash");
      await snapshotWhen(root, ({ status, version }) => status === "mounted" && version === 1);
      expect(await root.command([], "add", { amount: 1 })).toMatchObject({ ok: true });
    });

    it("leaves and joins anew when an envelope is missing", async () => {
      const root = await mountCounter();
      const seen: string[] = [];
      root.subscribe(({ status, version }) => seen.push(`${status} ${version}`));
      await forgePatch(envelope(root_id, 7, { ops: [{ op: "replace", path: "/count", value: 99 }] }));
      await snapshotWhen(
        root,
        ({ status, version }) => status === "mounted" && version === 1 && mounts === 2,
      );
      expect(root.snapshot().state).toMatchObject({ count: 0 });
      expect(seen).toEqual(["reconnecting 0", "mounted 1"]);
      expect(connected.problems).toEqual([expect.stringContaining("holds version 1")]);
      expect(await root.command([], "add", { amount: 1 })).toMatchObject({ ok: true });
    });

    it("gives up the commands that wait when an envelope is missing", async () => {
      const root = await mountCounter();
      const pending = root.command([], "hang");
      await forgePatch(envelope(root_id, 7));
      expect(await pending).toEqual({ ok: false, failure: { kind: "disconnected" } });
    });

    it("leaves the version alone when an envelope does not fit, and accepts the next one", async () => {
      const root = await mountCounter();
      await forgePatch(envelope(root_id, 1, { ops: [{ op: "replace", path: "/no/such/place", value: 1 }] }));
      expect(root.snapshot()).toMatchObject({ status: "mounted", version: 1, state: { count: 0 } });
      expect(connected.problems).toEqual([expect.stringContaining("/no/such/place")]);
      await root.command([], "add", { amount: 1 });
      expect(await snapshotWhen(root, ({ version }) => version === 2)).toMatchObject({ state: { count: 1 } });
    });

    it("says so when what came is no envelope", async () => {
      await mountCounter();
      await forgePatch({ type: "patch", root_id, base_version: "1" });
      expect(connected.problems).toHaveLength(1);
    });
  });

  describe("the connection's status", () => {
    it("is told now and at every change, until the undo", async () => {
      const seen: string[] = [];
      const undo = watchConnection(connected.socket, (status) => seen.push(status));
      await mountCounter();
      connected.dropTransport();
      await new Promise((resolve) => setTimeout(resolve, 100));
      undo();
      connected.dropTransport();
      await new Promise((resolve) => setTimeout(resolve, 100));
      expect(seen).toEqual(["connecting", "connected", "disconnected", "connected"]);
    });
  });
});
