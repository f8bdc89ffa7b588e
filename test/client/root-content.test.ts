import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import type { Json, JsonObject } from "../../src/wire/json";
import { connect, mountRoot, snapshotWhen, type TestClient } from "./connect";
import { envelope, firstEnvelope, replace } from "./envelopes";
import { type Received, type ScriptedServer, startScriptedServer } from "./scripted-server";

const ROOT_ID = "Shop.Cart:c1";

let server: ScriptedServer;
let connected: TestClient;
let joined: Received;

beforeEach(async () => {
  server = await startScriptedServer();
  connected = connect(server.url);
});

afterEach(async () => {
  connected.socket.disconnect();
  await server.close();
});

async function mountWith(fields: JsonObject, parts: Parameters<typeof envelope>[2] = {}): Promise<Root> {
  const mounting = mountRoot(connected.client, "Shop.Cart");
  await acceptMount(fields, parts);
  return mounting;
}

async function acceptMount(fields: JsonObject, parts: Parameters<typeof envelope>[2] = {}): Promise<void> {
  joined = await server.next("phx_join", `musubi:connection:${ROOT_ID}`);
  server.reply(joined, "ok", { root_id: ROOT_ID });
  server.push(joined, "patch", firstEnvelope(ROOT_ID, fields, parts));
}

/** Sends the next envelope, and gives what an app sees then. */
async function follow(root: Root, parts: Parameters<typeof envelope>[2]): Promise<Json> {
  const { version } = root.snapshot();
  server.push(joined, "patch", envelope(ROOT_ID, version, parts));
  return (await snapshotWhen(root, (snapshot) => snapshot.version === version + 1)).data;
}

const insert = (id: number, at: number, limit: number | null = null, store_id: readonly string[] = []) => ({
  op: "insert",
  stream: "rows",
  ref: "0",
  store_id,
  item_key: `row-${id}`,
  at,
  item: id,
  limit,
});

const ROWS = { rows: { __musubi_stream__: "rows" } };

describe("a stream in a root's data", () => {
  it.each([
    ["inserts in the middle, and moves what it has", [1, 2, 3], [insert(7, 1), insert(1, 2)], [7, 2, 1, 3]],
    ["keeps the last ones", [1, 2, 3, 4], [insert(5, -1, 3)], [3, 4, 5]],
    ["keeps the first ones", [3, 4, 5], [insert(6, 0, -2)], [6, 3]],
    ["keeps nothing", [6, 3], [insert(7, -1, 0)], []],
    [
      "deletes, also what is not there",
      [1, 2],
      [
        { op: "delete", stream: "rows", ref: "0", store_id: [], item_key: "row-1" },
        { op: "delete", stream: "rows", ref: "0", store_id: [], item_key: "row-9" },
      ],
      [2],
    ],
    ["starts anew", [1, 2], [{ op: "reset", stream: "rows", ref: "0", store_id: [] }, insert(3, -1)], [3]],
  ])("%s (wire.md 8)", async (_what, before, stream_ops, after) => {
    const root = await mountWith(ROWS, { stream_ops: before.map((id) => insert(id, -1)) });
    expect(root.snapshot().data).toEqual({ rows: before, __musubi_store_id__: [] });
    expect(await follow(root, { stream_ops })).toMatchObject({ rows: after });
    expect(root.snapshot().state).toMatchObject(ROWS);
  });

  it("goes with its store, and begins empty with a new mount", async () => {
    const child = { ...ROWS, __musubi_store_id__: ["c"] };
    const root = await mountWith(
      { ...ROWS, child },
      { stream_ops: [insert(1, -1), insert(2, -1, null, ["c"])] },
    );
    expect(root.snapshot().data).toMatchObject({ rows: [1], child: { rows: [2] } });
    await follow(root, { ops: [replace("/child", null)] });
    expect(await follow(root, { ops: [replace("/child", child)] })).toMatchObject({ child: { rows: [] } });
    server.drop();
    await acceptMount(ROWS);
    expect(await snapshotWhen(root, ({ status }) => status === "mounted")).toMatchObject({
      data: { rows: [] },
    });
  });

  it("passes over an operation that cannot be read, and says so", async () => {
    const root = await mountWith(ROWS);
    const stream_ops = [{ op: "insert", stream: "rows" }, insert(1, -1)];
    expect(await follow(root, { stream_ops, events: [{}] })).toMatchObject({ rows: [1] });
    expect(connected.problems).toEqual(["2 parts of an envelope of Shop.Cart:c1 could not be read."]);
  });
});

describe("the data of a root", () => {
  it("shows async values and uploads as an app wants them", async () => {
    const loading = { __musubi_async__: true, status: "loading", result: null, reason: null };
    const root = await mountWith(
      { user: loading, avatar: { __musubi_upload__: "avatar" } },
      { upload_ops: [{ op: "config", upload: "avatar", store_id: [], config: { max_entries: 1 } }] },
    );
    expect(root.snapshot().data).toEqual({
      user: { status: "loading", data: null, error: null },
      avatar: { config: { max_entries: 1 }, entries: [], errors: [] },
      __musubi_store_id__: [],
    });
    const reason = { kind: "error", value: "nope" };
    const entry = { ref: "u_0001", client_name: "me.png", progress: 0, status: "pending", errors: [] };
    expect(
      await follow(root, {
        ops: [replace("/user/status", "failed"), replace("/user/reason", reason)],
        upload_ops: [
          { op: "add", upload: "avatar", store_id: [], ref: "u_0001", entry },
          { op: "progress", upload: "avatar", store_id: [], ref: "u_0001", progress: 40 },
        ],
      }),
    ).toMatchObject({
      user: { status: "failed", error: reason },
      avatar: { entries: [{ ...entry, progress: 40, status: "uploading" }] },
    });
  });

  it("is made once, and stays as it was", async () => {
    const root = await mountWith({ total: 0 });
    const before = root.snapshot();
    expect(root.snapshot()).toBe(before);
    expect(before.data).toBe(before.data);
    await follow(root, { ops: [replace("/total", 4)] });
    expect(before).toMatchObject({ data: { total: 0 }, state: { total: 0 } });
    const after = root.snapshot();
    server.drop();
    const lost = await snapshotWhen(root, ({ status }) => status === "reconnecting");
    expect(lost.data).toBe(after.data);
  });
});

describe("a push event", () => {
  const toast = (store_id: readonly string[], payload: Json) => ({ store_id, name: "toast", payload });

  it("is told to who listens to that store, after the state was applied, until the undo", async () => {
    const root = await mountWith({ total: 0 });
    const heard: unknown[] = [];
    const undo = root.on([], "toast", (payload) => heard.push([payload, root.snapshot().version]));
    root.on(["other"], "toast", (payload) => heard.push(payload));
    root.on([], "other", (payload) => heard.push(payload));
    await follow(root, { events: [toast([], "added"), toast(["elsewhere"], 1), toast([], { n: 2 })] });
    undo();
    await follow(root, { events: [toast([], "unheard"), toast(["other"], "heard")] });
    expect(heard).toEqual([["added", 2], [{ n: 2 }, 2], "heard"]);
  });

  it("comes with a first envelope too, and its store is the root where it names none", async () => {
    const root = await mountWith({ total: 0 });
    const heard: unknown[] = [];
    root.on([], "toast", (payload) => heard.push(payload));
    server.drop();
    await acceptMount({}, { events: [{ name: "toast", payload: null }] });
    await snapshotWhen(root, ({ status }) => status === "mounted");
    await server.rest(connected.socket);
    expect(heard).toEqual([null]);
  });

  it("is discarded with an envelope that does not follow", async () => {
    const root = await mountWith({ total: 0 });
    const heard: unknown[] = [];
    root.on([], "toast", (payload) => heard.push(payload));
    server.push(joined, "patch", envelope(ROOT_ID, 7, { events: [toast([], 1)] }));
    await snapshotWhen(root, ({ status }) => status === "reconnecting");
    expect(heard).toEqual([]);
  });
});

describe("listeners", () => {
  it("that throw keep nobody else from the news, and are reported", async () => {
    const root = await mountWith({ total: 0 });
    const heard: unknown[] = [];
    root.subscribe(() => {
      throw new Error("no screen");
    });
    root.subscribe(({ version }) => heard.push(version));
    root.on([], "toast", () => {
      throw new Error("no toast");
    });
    root.on([], "toast", (payload) => heard.push(payload));
    await follow(root, { events: [{ store_id: [], name: "toast", payload: "added" }] });
    expect(heard).toEqual([2, "added"]);
    expect(connected.problems).toEqual([
      "A subscriber of Shop.Cart:c1 failed: Error: no screen",
      'A listener to the push event "toast" failed: Error: no toast',
    ]);
  });

  it("hear nothing after they have unmounted the root", async () => {
    const root = await mountWith({ total: 0 });
    const heard: unknown[] = [];
    root.on([], "toast", async (payload) => {
      heard.push(payload);
      await root.unmount();
    });
    await follow(root, { events: [{ name: "toast", payload: 1 }] });
    await server.next("phx_leave");
    server.push(joined, "patch", envelope(ROOT_ID, 2, { events: [{ name: "toast", payload: 2 }] }));
    await server.rest(connected.socket);
    expect(heard).toEqual([1]);
  });
});

describe("a root that is shared", () => {
  it("stays mounted where the last hold is given up and taken again in one task", async () => {
    const root = await mountWith({ total: 0 });
    const unmounting = root.unmount();
    const again = await mountRoot(connected.client, "Shop.Cart");
    await unmounting;
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(await server.rest(connected.socket)).toEqual([]);
    const unmounted = again.unmount();
    server.end(await server.next("phx_leave"), "phx_close");
    await unmounted;
  });

  it("fails to mount where the first envelope cannot be applied", async () => {
    const mounting = connected.client.mount({ module: "Shop.Cart", id: "c1", params: {} });
    joined = await server.next("phx_join");
    server.reply(joined, "ok", {});
    server.push(joined, "patch", envelope(ROOT_ID, 0, { ops: [replace("/total", 1)] }));
    expect(await mounting).toEqual({ ok: false, failure: { kind: "bad_initial_envelope" } });
    await server.next("phx_leave");
  });
});
