import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { errorReply, okReply } from "./channel-replies";
import { CartStore, UploadsStore } from "./shop-stores";

const TOPIC = "musubi:whatever";
const MOUNT = { module: "Shop.Cart", id: "c1", params: {} };

let server: TestServer;
let client: RawClient;

beforeEach(async () => {
  server = await startServer(defineSocket({ roots: [CartStore, UploadsStore], wire: "adapter" }));
  client = await connectRaw(server.url);
});

afterEach(() => server.close());

const ok = (ref: string, response: unknown = {}) => okReply(TOPIC, "4", ref, response);
const refused = (ref: string, reason: string) => errorReply(TOPIC, "4", ref, reason);

function push(ref: string, event: string, payload: unknown): void {
  client.send(["4", ref, TOPIC, event, payload]);
}

describe("a join", () => {
  it("mounts, and its envelopes have no root id", async () => {
    push("4", "phx_join", MOUNT);
    expect(await client.rest()).toEqual([
      ok("4"),
      [
        "4",
        null,
        TOPIC,
        "patch",
        {
          base_version: 0,
          ops: [{ op: "replace", path: "", value: { __musubi_store_id__: [], total: 0 } }],
          stream_ops: [],
          type: "patch",
          upload_ops: [],
          version: 1,
        },
      ],
    ]);
    push("5", "command", { store_id: [], name: "add", payload: { sku: "x" } });
    expect(await client.rest()).toEqual([
      ok("5"),
      [
        "4",
        null,
        TOPIC,
        "patch",
        {
          base_version: 1,
          ops: [{ op: "replace", path: "/total", value: 4 }],
          stream_ops: [],
          type: "patch",
          upload_ops: [],
          version: 2,
        },
      ],
    ]);
    push("6", "phx_leave", {});
    expect(await client.rest()).toEqual([ok("6"), ["4", "4", TOPIC, "phx_close", {}]]);
  });

  it.each([
    ["missing module", {}],
    ["missing module", { ...MOUNT, module: "" }],
    ["missing module", { module: 7, id: 7, params: 7 }],
    ["missing id", { module: "Shop.Cart" }],
    ["missing id", { module: "No.Such", id: "" }],
    ['module "No.Such" is not in the channel allowlist', { ...MOUNT, module: "No.Such", params: "x" }],
    ['module "Shop.Line" is not in the channel allowlist', { ...MOUNT, module: "Shop.Line" }],
    ['module "a\\"b" is not in the channel allowlist', { ...MOUNT, module: 'a"b' }],
    ["join crashed", { ...MOUNT, params: "x" }],
    ["join crashed", { ...MOUNT, params: { user: "crash" } }],
    ["join crashed", "no object"],
  ])("is refused with %j for %j", async (reason, payload) => {
    push("4", "phx_join", payload);
    expect(await client.rest()).toEqual([refused("4", reason)]);
  });

  it.each([null, false])("takes params of %j for none", async (params) => {
    push("4", "phx_join", { ...MOUNT, params });
    expect(await client.take(1)).toEqual([ok("4")]);
  });
});

describe("a push", () => {
  beforeEach(async () => {
    push("4", "phx_join", MOUNT);
    await client.take(2);
  });

  it.each([
    ["unknown command", { name: "nope" }],
    ["unknown command", { name: "" }],
    ["unknown store", { name: "look", store_id: ["nope"] }],
    ["denied", { name: "deny" }],
  ])("is answered with the error %j: %j", async (reason, payload) => {
    push("5", "command", payload);
    expect(await client.rest()).toEqual([refused("5", reason)]);
  });

  it.each<[string, string, unknown]>([
    ["of a command that throws", "command", { name: "crash" }],
    ["of a command without a name", "command", {}],
    ["of a command that is no object", "command", "look"],
    ["of an upload", "allow_upload", { name: "avatar", entries: [] }],
    ["of an unknown event", "commands", {}],
  ])("%s crashes the root, without a reply", async (_what, event, payload) => {
    push("5", event, payload);
    expect(await client.rest()).toEqual([["4", "4", TOPIC, "phx_error", {}]]);
  });
});
