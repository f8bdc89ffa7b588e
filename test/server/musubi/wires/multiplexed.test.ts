import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { errorReply, okReply } from "./channel-replies";
import { CartStore, ToastCartStore } from "./shop-stores";

const TOPIC = "musubi:connection";

let server: TestServer;
let client: RawClient;

async function start(store = CartStore): Promise<void> {
  server = await startServer(defineSocket({ roots: [store], wire: "multiplexed" }));
  client = await connectRaw(server.url);
}

afterEach(() => server.close());

/** Joins as join_ref 3 and mounts these roots. */
async function mount(...ids: readonly string[]): Promise<void> {
  client.send(["3", "3", TOPIC, "phx_join", {}]);
  for (const id of ids) client.send(["3", `mount ${id}`, TOPIC, "mount", { module: "Shop.Cart", id }]);
  await client.take(1 + 2 * ids.length);
}

function push(ref: string, event: string, payload: unknown): void {
  client.send(["3", ref, TOPIC, event, payload]);
}

const command = (ref: string, rootId: string, name: string, payload = {}) =>
  push(ref, "command", { root_id: rootId, store_id: [], name, payload });

const ok = (ref: string, response: unknown = {}) => okReply(TOPIC, "3", ref, response);
const refused = (ref: string, reason: string) => errorReply(TOPIC, "3", ref, reason);

/** A patch as the tests of order need it: whose it is, and to which version it leads. */
const patch = (rootId: string, version: number) => [
  "3",
  null,
  TOPIC,
  "patch",
  expect.objectContaining({ root_id: rootId, version }),
];

describe("the frames of wire.md 4", () => {
  it("come as they stand there", async () => {
    await start();
    const sent: readonly string[] = [
      `["3", "3", "musubi:connection", "phx_join", {}]`,
      `["3", "5", "musubi:connection", "mount", {"module": "Shop.Cart", "id": "c1", "params": {"user": "u9"}}]`,
      `["3", "8", "musubi:connection", "command", {"root_id": "c1", "store_id": [], "name": "add", "payload": {"sku": "x"}}]`,
      `["3", "9", "musubi:connection", "unmount", {"root_id": "c1"}]`,
    ];
    const come: readonly (readonly string[])[] = [
      [`["3", "3", "musubi:connection", "phx_reply", {"status": "ok", "response": {}}]`],
      [
        `["3", "5", "musubi:connection", "phx_reply", {"status": "ok", "response": {"root_id": "c1"}}]`,
        `["3", null, "musubi:connection", "patch", {"type": "patch", "root_id": "c1", "base_version": 0, "version": 1, "ops": [{"op": "replace", "path": "", "value": {"total": 0, "__musubi_store_id__": []}}], "stream_ops": [], "upload_ops": []}]`,
      ],
      [
        `["3", "8", "musubi:connection", "phx_reply", {"status": "ok", "response": {}}]`,
        `["3", null, "musubi:connection", "patch", {"type": "patch", "root_id": "c1", "base_version": 1, "version": 2, "ops": [{"op": "replace", "path": "/total", "value": 4}], "stream_ops": [], "upload_ops": []}]`,
      ],
      [`["3", "9", "musubi:connection", "phx_reply", {"status": "ok", "response": {}}]`],
    ];
    for (const [index, frame] of sent.entries()) {
      client.send(frame);
      expect(await client.rest()).toEqual(come[index]?.map((text) => JSON.parse(text)));
    }
  });

  it("have events where a store of a newer server pushes one", async () => {
    await start(ToastCartStore);
    await mount("c1");
    command("5", "c1", "add");
    const toast = { store_id: [], name: "toast", payload: { text: "added" } };
    expect(await client.rest()).toEqual([
      ok("5", { count: 1 }),
      ["3", null, TOPIC, "patch", expect.objectContaining({ version: 2, ops: [], events: [toast] })],
    ]);
  });
});

describe("the frames of a real server's page", () => {
  // The first frames that were recorded of a Musubi page (observed.md, Joining, mounting).
  it("come for the same pushes, on any musubi: topic", async () => {
    await start();
    client.send(["3", "3", "musubi:other", "phx_join", {}]);
    client.send(["3", "4", "musubi:other", "mount", { module: "Shop.Cart", id: "a", params: { name: "a" } }]);
    expect(await client.rest()).toEqual([
      okReply("musubi:other", "3", "3"),
      okReply("musubi:other", "3", "4", { root_id: "a" }),
      [
        "3",
        null,
        "musubi:other",
        "patch",
        {
          base_version: 0,
          ops: [{ op: "replace", path: "", value: { __musubi_store_id__: [], total: 0 } }],
          root_id: "a",
          stream_ops: [],
          type: "patch",
          upload_ops: [],
          version: 1,
        },
      ],
    ]);
  });

  // observed.md: "mount z, unmount z, mount z, mount z pushed in one tick" (duplicate-join).
  it("bring the patch of a root that was unmounted meanwhile", async () => {
    await start();
    await mount("other");
    // While this one runs, the others gather in the channel's mailbox.
    command("4", "other", "slowly");
    push("5", "mount", { module: "Shop.Cart", id: "z" });
    push("6", "unmount", { root_id: "z" });
    push("7", "mount", { module: "Shop.Cart", id: "z" });
    push("8", "mount", { module: "Shop.Cart", id: "z" });
    expect(await client.take(8)).toEqual([
      ok("4"),
      ok("5", { root_id: "z" }),
      ok("6"),
      ok("7", { root_id: "z" }),
      refused("8", "root already mounted"),
      patch("other", 2),
      patch("z", 1),
      patch("z", 1),
    ]);
  });

  // observed.md: "then all replies come first and the patches after" (slow-command).
  it("hold the other roots back while one is slow, then bring all replies before all patches", async () => {
    await start();
    await mount("c", "er");
    command("5", "c", "slowly");
    command("6", "er", "add", { sku: "x" });
    command("7", "er", "add", { sku: "x" });
    command("8", "c", "add", { sku: "x" });
    expect(await client.take(8)).toEqual([
      ok("5"),
      ok("6"),
      ok("7"),
      ok("8"),
      patch("c", 2),
      patch("er", 2),
      patch("er", 3),
      patch("c", 3),
    ]);
  });

  // observed.md: "One command can cause two patches" (cart).
  it("may have two patches for one command", async () => {
    await start();
    await mount("c1");
    command("5", "c1", "addTwice");
    expect(await client.rest()).toEqual([ok("5"), patch("c1", 2), patch("c1", 3)]);
  });
});

describe("the roots of a connection", () => {
  beforeEach(async () => {
    await start();
    await mount("c1", "c2");
  });

  it("have versions of their own", async () => {
    command("5", "c1", "add", { sku: "x" });
    expect(await client.rest()).toEqual([ok("5"), patch("c1", 2)]);
    command("6", "c2", "add", { sku: "x" });
    expect(await client.rest()).toEqual([ok("6"), patch("c2", 2)]);
  });

  it("are gone once unmounted, each alone", async () => {
    push("5", "unmount", { root_id: "c1" });
    command("6", "c1", "look");
    push("7", "unmount", { root_id: "c1" });
    command("8", "c2", "look");
    expect(await client.rest()).toEqual([
      ok("5"),
      refused("6", "unknown root"),
      refused("7", "unknown root"),
      ok("8"),
    ]);
  });

  it("begin at version 1 when they are mounted again", async () => {
    command("4", "c1", "add", { sku: "x" });
    push("5", "unmount", { root_id: "c1" });
    await client.rest();
    push("6", "mount", { module: "Shop.Cart", id: "c1" });
    expect(await client.rest()).toEqual([ok("6", { root_id: "c1" }), patch("c1", 1)]);
  });

  it("change by themselves, too", async () => {
    command("5", "c2", "addLater");
    expect(await client.rest()).toEqual([ok("5"), patch("c2", 2)]);
  });

  it("all end with the channel: it can be joined and filled anew", async () => {
    client.send(["3", "5", TOPIC, "phx_leave", {}]);
    expect(await client.rest()).toEqual([ok("5"), ["3", "3", TOPIC, "phx_close", {}]]);
    client.send(["8", "8", TOPIC, "phx_join", {}]);
    client.send(["8", "9", TOPIC, "mount", { module: "Shop.Cart", id: "c1" }]);
    expect(await client.rest()).toMatchObject([
      okReply(TOPIC, "8", "8"),
      okReply(TOPIC, "8", "9", { root_id: "c1" }),
      ["8", null, TOPIC, "patch", { root_id: "c1", version: 1 }],
    ]);
  });
});
