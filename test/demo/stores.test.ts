import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { createDemoSocket } from "../../src/demo/stores/demo-socket";
import { connect, mountRoot, snapshotWhen, type TestClient } from "../client/connect";
import { connectRaw } from "../server/raw-client";
import { startServer, type TestServer } from "../server/serving";

let server: TestServer;
let connected: TestClient;

beforeEach(async () => {
  server = await startServer(createDemoSocket());
  connected = connect(server.url);
});

afterEach(async () => {
  connected.socket.disconnect();
  await server.close();
});

/** The state at `version`, once the root is there. */
async function stateAt(root: Root, version: number): Promise<unknown> {
  return (await snapshotWhen(root, (snapshot) => snapshot.version === version)).state;
}

describe("Demo.CounterStore", () => {
  it("begins at 0, with a child that doubles", async () => {
    const root = await mountRoot(connected.client, "Demo.CounterStore");
    expect(root.snapshot().state).toEqual({
      count: 0,
      label: "0 clicks",
      child: { doubled: 0, __musubi_store_id__: ["child"] },
      __musubi_store_id__: [],
    });
  });

  it("begins at its mount param, and increments by the amount", async () => {
    const root = await mountRoot(connected.client, "Demo.CounterStore", { count: 40 });
    expect(await root.command([], "increment", { amount: 2 })).toEqual({ ok: true, value: {} });
    expect(await stateAt(root, 2)).toMatchObject({ count: 42, label: "42 clicks", child: { doubled: 84 } });
  });

  it("fails when asked to", async () => {
    const root = await mountRoot(connected.client, "Demo.CounterStore");
    expect(await root.command([], "fail")).toEqual({
      ok: false,
      failure: { kind: "refused", code: "asked to fail", response: { reason: "asked to fail" } },
    });
  });

  it("refuses a count that is no number", async () => {
    const mounted = await connected.client.mount({
      module: "Demo.CounterStore",
      id: "c1",
      params: { count: "many" },
    });
    expect(mounted).toMatchObject({ ok: false, failure: { code: "join crashed" } });
  });
});

describe("Demo.TodoStore", () => {
  it("has a child store for each todo", async () => {
    const root = await mountRoot(connected.client, "Demo.TodoStore", { title: "Home" });
    expect(root.snapshot().state).toMatchObject({
      title: "Home",
      counts: { total: 3, open: 2, done: 1 },
      todos: [
        { id: "t1", done: true, __musubi_store_id__: ["todos", "t1"] },
        { id: "t2", done: false, __musubi_store_id__: ["todos", "t2"] },
        { id: "t3", done: false, __musubi_store_id__: ["todos", "t3"] },
      ],
    });
  });

  it("adds, toggles, renames, removes and clears, and counts", async () => {
    const root = await mountRoot(connected.client, "Demo.TodoStore");
    expect(await root.command([], "add", { text: " Milk " })).toEqual({ ok: true, value: { id: "t4" } });
    expect(await stateAt(root, 2)).toMatchObject({
      counts: { total: 4 },
      todos: [{}, {}, {}, { text: "Milk" }],
    });
    await root.command(["todos", "t4"], "toggle");
    expect(await stateAt(root, 3)).toMatchObject({ counts: { open: 2, done: 2 } });
    await root.command(["todos", "t4"], "rename", { text: "Oat milk" });
    expect(await stateAt(root, 4)).toMatchObject({ todos: [{}, {}, {}, { text: "Oat milk", done: true }] });
    await root.command([], "remove", { id: "t2" });
    expect(await stateAt(root, 5)).toMatchObject({ todos: [{ id: "t1" }, { id: "t3" }, { id: "t4" }] });
    expect(await root.command([], "clear_done")).toEqual({ ok: true, value: { removed: 2 } });
    expect(await stateAt(root, 6)).toMatchObject({ counts: { total: 1 }, todos: [{ id: "t3" }] });
    await root.command([], "rename_list", { title: "Later" });
    expect(await stateAt(root, 7)).toMatchObject({ title: "Later" });
  });

  it("says no to an empty text, with an ordinary reply", async () => {
    const root = await mountRoot(connected.client, "Demo.TodoStore");
    const no = { ok: true, value: { ok: false, reason: "the text is empty" } };
    expect(await root.command([], "add", { text: " " })).toEqual(no);
    expect(await root.command(["todos", "t1"], "rename", { text: "" })).toEqual(no);
  });

  it("does not know a todo that was removed", async () => {
    const root = await mountRoot(connected.client, "Demo.TodoStore");
    await root.command([], "remove", { id: "t1" });
    expect(await root.command(["todos", "t1"], "toggle")).toMatchObject({
      failure: { code: "unknown store" },
    });
  });
});

describe("the demo's plain channels", () => {
  it("echo what they get, broadcast it, close and crash", async () => {
    const client = await connectRaw(server.url);
    client.send(["1", "1", "echo:a", "phx_join", { hello: 1 }]);
    client.send(["1", "2", "echo:a", "anything", [1, "x"]]);
    client.send(["1", "3", "echo:a", "broadcast", { to: "all" }]);
    client.send(["1", "4", "echo:a", "close", {}]);
    client.send(["5", "5", "echo:b", "phx_join", {}]);
    client.send(["5", "6", "echo:b", "crash", {}]);
    const frames = await client.rest();
    const of = (topic: string) => frames.filter((frame) => Array.isArray(frame) && frame[2] === topic);
    expect(of("echo:a")).toEqual([
      ["1", "1", "echo:a", "phx_reply", { status: "ok", response: { hello: 1 } }],
      ["1", "2", "echo:a", "phx_reply", { status: "ok", response: [1, "x"] }],
      [null, null, "echo:a", "broadcast", { to: "all" }],
      ["1", "3", "echo:a", "phx_reply", { status: "ok", response: { to: "all" } }],
      ["1", "4", "echo:a", "phx_reply", { status: "ok", response: {} }],
      ["1", "1", "echo:a", "phx_close", {}],
    ]);
    expect(of("echo:b")).toMatchObject([{ 3: "phx_reply" }, ["5", "5", "echo:b", "phx_error", {}]]);
  });

  it("echo whatever JSON there is, and refuse to broadcast what no push can carry", async () => {
    const client = await connectRaw(server.url);
    client.send(["1", "1", "echo:a", "phx_join", {}]);
    await client.take(1);
    for (const payload of [null, 0, "", "text", false, [], [null, [1]], {}, { status: "error" }]) {
      client.send(["1", "2", "echo:a", "phx_close", payload]);
      expect(await client.take(1)).toMatchObject([{ 4: { status: "ok", response: payload } }]);
      if (typeof payload === "object" && payload !== null && !Array.isArray(payload)) continue;
      client.send(["1", "3", "echo:a", "broadcast", payload]);
      expect(await client.take(1)).toMatchObject([{ 4: { status: "error" } }]);
    }
  });

  it("echo bytes as bytes, to everyone where that is asked for", async () => {
    const channel = connected.socket.channel("echo:bytes");
    const other = connect(server.url);
    const heard: unknown[] = [];
    const listening = other.socket.channel("echo:bytes");
    listening.on("broadcast", (payload) => void heard.push([...new Uint8Array(payload)]));
    await new Promise((resolve) => listening.join().receive("ok", resolve));
    channel.join();
    for (const event of ["anything", "broadcast"]) {
      const bytes = new Uint8Array([0, 7, 255]);
      const echoed = await new Promise<ArrayBuffer>((resolve) =>
        channel.push(event, bytes.buffer).receive("ok", resolve),
      );
      expect([...new Uint8Array(echoed)]).toEqual([0, 7, 255]);
    }
    await expect.poll(() => heard).toEqual([[0, 7, 255]]);
    other.socket.disconnect();
  });

  it("send raw text as a frame, for those who want to see what a client does with it", async () => {
    const client = await connectRaw(server.url);
    client.send(["1", "1", "faults:a", "phx_join", {}]);
    await client.next();
    client.send(["1", "2", "faults:a", "send_raw", { text: "no frame at all" }]);
    expect(await client.next()).toBe("no frame at all");
    expect(await client.take(1)).toMatchObject([{ 3: "phx_reply" }]);
  });

  it.each([
    ["close", { code: 4001 }, 4001],
    ["cut", {}, 1006],
  ])("%s the connection", async (event, payload, code) => {
    const client = await connectRaw(server.url);
    client.send(["1", "1", "faults:a", "phx_join", {}]);
    client.send(["1", "2", "faults:a", event, payload]);
    expect(await client.closed).toBe(code);
  });
});
