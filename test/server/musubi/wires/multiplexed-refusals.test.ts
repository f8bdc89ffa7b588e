import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineSocket } from "../../../../src/server/musubi/define-socket";
import { connectRaw, type RawClient } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { errorReply, okReply } from "./channel-replies";
import { CartStore, UploadsStore } from "./shop-stores";

const TOPIC = "musubi:connection";
const MOUNT = { module: "Shop.Cart", id: "c1", params: {} };

let server: TestServer;
let client: RawClient;

beforeEach(async () => {
  server = await startServer(defineSocket({ roots: [CartStore, UploadsStore], wire: "multiplexed" }));
  client = await connectRaw(server.url);
  client.send(["3", "3", TOPIC, "phx_join", {}]);
  client.send(["3", "4", TOPIC, "mount", MOUNT]);
  client.send(["3", "5", TOPIC, "mount", { module: "Shop.Uploads", id: "u1" }]);
  await client.take(5);
});

afterEach(() => server.close());

const PHX_ERROR = ["3", "3", TOPIC, "phx_error", {}];

describe("a mount", () => {
  it.each([
    ["missing required field", {}],
    ["missing required field", { ...MOUNT, module: "" }],
    ["missing required field", { module: 7, id: 7, params: [] }],
    ["missing root id", { module: "Shop.Cart", root_id: "c2" }],
    ["missing root id", { ...MOUNT, id: "" }],
    ["missing root id", { ...MOUNT, id: 7 }],
    ["missing root id", { module: "No.Such", id: "", params: [] }],
    ["params must be a map", { ...MOUNT, params: null }],
    ["params must be a map", { ...MOUNT, params: [] }],
    ["params must be a map", { ...MOUNT, module: "No.Such", params: "x" }],
    ["root already mounted", MOUNT],
    ["root already mounted", { ...MOUNT, module: "No.Such" }],
    ["unknown root", { ...MOUNT, module: "No.Such", id: "c2" }],
    ["unknown root", { ...MOUNT, module: "Shop.Line", id: "c2" }],
    ["unknown root", { ...MOUNT, module: "constructor", id: "c2" }],
  ])("is refused with %j for %j, and the mounted roots live on", async (reason, payload) => {
    client.send(["3", "6", TOPIC, "mount", payload]);
    client.send(["3", "7", TOPIC, "command", { root_id: "c1", name: "look" }]);
    expect(await client.rest()).toEqual([errorReply(TOPIC, "3", "6", reason), okReply(TOPIC, "3", "7")]);
  });
});

describe("a push to a root", () => {
  it.each<[string, string, object]>([
    ["missing required field", "command", { root_id: "c1" }],
    ["missing required field", "command", { root_id: "c1", name: "" }],
    ["missing required field", "command", { root_id: "nope", name: 7 }],
    ["missing required field", "command", { name: "look" }],
    ["missing required field", "command", { root_id: "", name: "look", store_id: "x" }],
    ["missing required field", "command", { root_id: 7, name: "look" }],
    ["unknown root", "command", { root_id: "nope", name: "nope", store_id: "x" }],
    ["unknown root", "command", { root_id: "constructor", name: "look" }],
    ["unknown store", "command", { root_id: "c1", name: "look", store_id: ["nope"] }],
    ["unknown store", "command", { root_id: "c1", name: "nope", store_id: ["nope"] }],
    ["unknown command", "command", { root_id: "c1", name: "nope" }],
    ["denied", "command", { root_id: "c1", name: "deny" }],
    ["missing required field", "unmount", {}],
    ["missing required field", "unmount", { root_id: "" }],
    ["unknown root", "unmount", { root_id: "nope" }],
    ["missing required field", "allow_upload", { root_id: "u1", entries: [] }],
    ["missing required field", "allow_upload", { name: "avatar", entries: [] }],
    ["unknown root", "allow_upload", { root_id: "nope", name: "avatar", entries: [] }],
    ["unknown store", "allow_upload", { root_id: "u1", name: "avatar", store_id: ["nope"], entries: [] }],
    ["unknown upload", "allow_upload", { root_id: "u1", name: "nope", entries: [] }],
    ["missing required field", "cancel_upload", { root_id: "u1", name: "avatar" }],
    ["missing required field", "cancel_upload", { root_id: "u1", name: "avatar", ref: "" }],
    ["missing required field", "cancel_upload", { root_id: "nope", name: "avatar" }],
    ["unknown upload", "cancel_upload", { root_id: "c1", name: "avatar", ref: "u_x" }],
    ["missing required field", "upload_progress", { root_id: "u1", name: "avatar", progress: 1 }],
    ["unknown root", "upload_progress", { root_id: "nope", name: "avatar", ref: "u_x", progress: 1 }],
    ["unknown upload", "upload_progress", { root_id: "u1", name: "nope", ref: "u_x", progress: 1 }],
    ["missing required field", "upload_error", { root_id: "u1", ref: "u_x" }],
    ["unknown store", "upload_error", { root_id: "u1", name: "avatar", ref: "u_x", store_id: ["nope"] }],
  ])("is refused with %j: %s %j", async (reason, event, payload) => {
    client.send(["3", "6", TOPIC, event, payload]);
    expect(await client.rest()).toEqual([errorReply(TOPIC, "3", "6", reason)]);
  });
});

describe("a crash", () => {
  it.each<[string, string, unknown]>([
    ["whose handler throws", "command", { root_id: "c1", name: "crash" }],
    ["whose payload misses its schema", "command", { root_id: "c1", name: "add" }],
    ["after which render throws", "command", { root_id: "c1", name: "spoil" }],
    ["whose store_id is no list", "command", { root_id: "c1", name: "look", store_id: "x" }],
    ["whose store_id is null", "command", { root_id: "c1", name: "look", store_id: null }],
    ["whose payload is no object", "command", { root_id: "c1", name: "look", payload: [] }],
    ["whose message is no object", "command", []],
    ["by an event that the channel does not know", "commands", { root_id: "c1" }],
    ["that mounts a root whose mount throws", "mount", { ...MOUNT, id: "c2", params: { user: "crash" } }],
    [
      "that mounts a root which cannot be rendered",
      "mount",
      { ...MOUNT, id: "c2", params: { user: "unrenderable" } },
    ],
    ["that mounts with a message that is no object", "mount", "c2"],
    ["that unmounts with a message that is no object", "unmount", null],
    ["of an upload that is unknown", "upload_error", { root_id: "u1", name: "avatar", ref: "u_x" }],
    [
      "with the progress of an unknown upload",
      "upload_progress",
      { root_id: "u1", name: "avatar", ref: "u_x" },
    ],
  ])("comes of a push %s, without a reply: every root is lost", async (_what, event, payload) => {
    client.send(["3", "6", TOPIC, event, payload]);
    expect(await client.rest()).toEqual([PHX_ERROR]);
    client.send(["3", "7", TOPIC, "command", { root_id: "u1", name: "look" }]);
    expect(await client.rest()).toEqual([errorReply(TOPIC, null, "7", "unmatched topic")]);
  });

  it("may come after the reply, out of handleInfo", async () => {
    client.send(["3", "6", TOPIC, "command", { root_id: "c1", name: "crashLater" }]);
    expect(await client.rest()).toEqual([okReply(TOPIC, "3", "6"), PHX_ERROR]);
  });

  it("leaves the other topics of the connection alone, and the channel can be joined again", async () => {
    client.send(["9", "9", "musubi:other", "phx_join", {}]);
    client.send(["9", "10", "musubi:other", "mount", MOUNT]);
    await client.take(3);
    client.send(["3", "6", TOPIC, "command", { root_id: "c1", name: "crash" }]);
    expect(await client.rest()).toEqual([PHX_ERROR]);
    client.send(["9", "11", "musubi:other", "command", { root_id: "c1", name: "look" }]);
    expect(await client.rest()).toEqual([okReply("musubi:other", "9", "11")]);
    client.send(["12", "12", TOPIC, "phx_join", {}]);
    expect(await client.rest()).toEqual([okReply(TOPIC, "12", "12")]);
    client.send(["12", "13", TOPIC, "command", { root_id: "c1", name: "look" }]);
    expect(await client.rest()).toEqual([errorReply(TOPIC, "12", "13", "unknown root")]);
  });
});
