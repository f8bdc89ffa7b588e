import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { defineSocket } from "../../../src/server/musubi/define-socket";
import { defineStore } from "../../../src/server/musubi/define-store";
import { assign, type MusubiSocket, update } from "../../../src/server/musubi/socket";
import { noreply, refuse, reply } from "../../../src/server/musubi/store";
import { requireString } from "../../../src/server/payload";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer, type TestServer } from "../serving";

const cart = defineStore({
  module: "Shop.Cart",
  root: true,
  mount: async (params, socket) => {
    if (params.user === "crash") throw new Error("the mount crashes");
    if (params.user === "unrenderable") return assign(socket, { total: Number.NaN });
    return assign(socket, { total: 0 });
  },
  render: ({ assigns: { total } }) => ({ total }),
  commands: {
    add: (payload, socket) => {
      requireString(payload, "sku");
      return reply(
        update(socket, "total", (total) => total + 4),
        { count: 1 },
      );
    },
    look: (_payload, socket) => noreply(socket),
    deny: (_payload, socket) => refuse(socket, "denied"),
    crash: () => {
      throw new Error("the handler crashes");
    },
    spoil: (_payload, socket) => noreply(assign(socket, { total: Number.NaN })),
    slowly: async (_payload, socket) => {
      await new Promise((resolve) => setTimeout(resolve, 20));
      return noreply(update(socket, "total", (total) => total + 1));
    },
  },
});

const line = defineStore({ module: "Shop.Line", render: (_socket: MusubiSocket) => ({}) });

const socket = defineSocket({
  roots: [cart],
  handleJoin: (payload) => (JSON.stringify(payload).includes("banned") ? "unauthorized" : "ok"),
});

const TOPIC = "musubi:connection:Shop.Cart:c1";
const MOUNT = { module: "Shop.Cart", id: "c1", params: { user: "u9" } };

let server: TestServer;
let client: RawClient;

beforeEach(async () => {
  server = await startServer(socket);
  client = await connectRaw(server.url);
});

afterEach(() => server.close());

async function mount(): Promise<void> {
  client.send(["4", "4", TOPIC, "phx_join", MOUNT]);
  await client.take(2);
}

function command(ref: string, name: unknown, fields: object = {}): void {
  client.send(["4", ref, TOPIC, "command", { store_id: [], name, payload: {}, ...fields }]);
}

const okReply = (ref: string, response = {}) => ["4", ref, TOPIC, "phx_reply", { status: "ok", response }];
const errorReply = (ref: string, reason: string) => [
  "4",
  ref,
  TOPIC,
  "phx_reply",
  { status: "error", response: { reason } },
];

describe("the frames of wire.md 5", () => {
  it("are sent byte for byte", async () => {
    client.send(`["4","4","${TOPIC}","phx_join",{"module":"Shop.Cart","id":"c1","params":{"user":"u9"}}]`);
    expect(await client.next()).toBe(
      `["4","4","${TOPIC}","phx_reply",{"status":"ok","response":{"root_id":"Shop.Cart:c1"}}]`,
    );
    expect(await client.next()).toBe(
      `["4",null,"${TOPIC}","patch",{"type":"patch","root_id":"Shop.Cart:c1","base_version":0,"version":1,"ops":[{"op":"replace","path":"","value":{"total":0,"__musubi_store_id__":[]}}],"stream_ops":[],"upload_ops":[],"events":[]}]`,
    );
    client.send(`["4","6","${TOPIC}","command",{"store_id":[],"name":"add","payload":{"sku":"x"}}]`);
    expect(await client.next()).toBe(
      `["4","6","${TOPIC}","phx_reply",{"status":"ok","response":{"count":1}}]`,
    );
    expect(await client.next()).toBe(
      `["4",null,"${TOPIC}","patch",{"type":"patch","root_id":"Shop.Cart:c1","base_version":1,"version":2,"ops":[{"op":"replace","path":"/total","value":4}],"stream_ops":[],"upload_ops":[],"events":[]}]`,
    );
    client.send(`["4","9","${TOPIC}","phx_leave",{}]`);
    expect(await client.next()).toBe(`["4","9","${TOPIC}","phx_reply",{"status":"ok","response":{}}]`);
    expect(await client.next()).toBe(`["4","4","${TOPIC}","phx_close",{}]`);
  });
});

describe("a mount", () => {
  it.each([
    ["missing required field", {}],
    ["missing required field", { ...MOUNT, module: "" }],
    ["missing required field", { ...MOUNT, module: 7, id: 7 }],
    ["missing required field", "no object"],
    ["missing root id", { module: "Shop.Cart" }],
    ["missing root id", { ...MOUNT, id: 7 }],
    ["missing root id", { module: "No.Such", id: "", params: [] }],
    ["params must be a map", { ...MOUNT, params: null }],
    ["params must be a map", { ...MOUNT, module: "No.Such", params: [] }],
    ["unknown root", { ...MOUNT, module: "No.Such" }],
    ["unknown root", { ...MOUNT, module: "Shop.Line" }],
    ["unknown root", { ...MOUNT, module: "constructor" }],
    ["unauthorized", { module: "banned" }],
    ["join crashed", { ...MOUNT, params: { user: "crash" } }],
    ["join crashed", { ...MOUNT, params: { user: "unrenderable" } }],
  ])("is refused with %j for %j", async (reason, payload) => {
    client.send(["4", "4", TOPIC, "phx_join", payload]);
    expect(await client.rest()).toEqual([errorReply("4", reason)]);
  });

  it.each(["musubi:connection", "musubi:other:Shop.Cart:c1"])("is unauthorized on %s", async (topic) => {
    client.send(["4", "4", topic, "phx_join", MOUNT]);
    expect(await client.take(1)).toMatchObject([["4", "4", topic, "phx_reply", { status: "error" }]]);
  });

  it("needs no params", async () => {
    client.send(["4", "4", TOPIC, "phx_join", { module: "Shop.Cart", id: "c1" }]);
    expect(await client.take(2)).toMatchObject([okReply("4", { root_id: "Shop.Cart:c1" }), {}]);
  });

  it("names the root after the payload, whatever the topic ends with", async () => {
    client.send(["4", "4", `${TOPIC}-other`, "phx_join", { ...MOUNT, id: "a:b" }]);
    expect(await client.take(1)).toMatchObject([{ 4: { response: { root_id: "Shop.Cart:a:b" } } }]);
  });

  it("begins anew at version 1 after a duplicate join", async () => {
    await mount();
    command("5", "add", { payload: { sku: "x" } });
    await client.take(2);
    client.send(["7", "7", TOPIC, "phx_join", MOUNT]);
    expect(await client.rest()).toMatchObject([
      ["7", "7", TOPIC, "phx_reply", { status: "ok" }],
      ["4", "4", TOPIC, "phx_close", {}],
      ["7", null, TOPIC, "patch", { base_version: 0, version: 1 }],
    ]);
  });
});

describe("a command", () => {
  beforeEach(mount);

  it("that changes nothing is answered, and no envelope follows", async () => {
    command("5", "look");
    expect(await client.rest()).toEqual([okReply("5")]);
  });

  it("has store_id [] and payload {} where it says nothing else", async () => {
    client.send(["4", "5", TOPIC, "command", { name: "look" }]);
    expect(await client.rest()).toEqual([okReply("5")]);
  });

  it.each([
    ["missing required field", undefined, {}],
    ["missing required field", "", {}],
    ["missing required field", 7, {}],
    ["unknown command", "nope", {}],
    ["unknown command", "constructor", {}],
    ["unknown store", "look", { store_id: ["nope"] }],
    ["unknown store", "nope", { store_id: [7] }],
    ["denied", "deny", {}],
  ])("is answered with the error %j: name %j, %j", async (reason, name, fields) => {
    command("5", name, fields);
    expect(await client.rest()).toEqual([errorReply("5", reason)]);
  });

  it.each([
    ["whose handler throws", () => command("5", "crash")],
    ["whose payload misses its schema", () => command("5", "add")],
    ["after which render throws", () => command("5", "spoil")],
    ["whose store_id is no list", () => command("5", "look", { store_id: "x" })],
    ["whose store_id is null", () => command("5", "look", { store_id: null })],
    ["whose payload is no object", () => command("5", "look", { payload: [] })],
    ["whose message is no object", () => client.send(["4", "5", TOPIC, "command", []])],
    ["by an unknown event's name", () => client.send(["4", "5", TOPIC, "commands", {}])],
  ])("%s crashes the root, without a reply", async (_what, send) => {
    send();
    expect(await client.rest()).toEqual([["4", "4", TOPIC, "phx_error", {}]]);
  });

  it("that crashes leaves the other roots of the connection alone", async () => {
    const other = `${TOPIC}2`;
    client.send(["8", "8", other, "phx_join", { ...MOUNT, id: "c12" }]);
    await client.take(2);
    command("9", "crash");
    client.send(["8", "10", other, "command", { name: "look" }]);
    expect(await client.rest()).toMatchObject([
      ["4", "4", TOPIC, "phx_error", {}],
      ["8", "10", other, "phx_reply", { status: "ok" }],
    ]);
  });

  it("runs after those before it, each reply before its envelope, versions without a gap", async () => {
    command("5", "slowly");
    command("6", "add", { payload: { sku: "x" } });
    command("7", "slowly");
    const frames = (await client.take(6)).filter(Array.isArray);
    expect(frames.filter(([, ref]) => ref !== null).map(([, ref]) => ref)).toEqual(["5", "6", "7"]);
    const envelopes = frames.filter(([, ref]) => ref === null).map(([, , , , envelope]) => envelope);
    expect(envelopes).toMatchObject([
      { base_version: 1, version: 2, ops: [{ path: "/total", value: 1 }] },
      { base_version: 2, version: 3, ops: [{ path: "/total", value: 5 }] },
      { base_version: 3, version: 4, ops: [{ path: "/total", value: 6 }] },
    ]);
    for (const ref of ["5", "6", "7"]) {
      const version = Number(ref) - 3;
      const replied = frames.findIndex((frame) => frame[1] === ref);
      expect(replied).toBeLessThan(frames.findIndex((frame) => frame[4]?.version === version));
    }
  });

  it("that still runs when its root is left sends nothing more", async () => {
    command("5", "slowly");
    await client.rest();
    client.close();
    await client.closed;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(server.log).toEqual([]);
  });
});

describe("a socket's declaration", () => {
  it("refuses a root that is no root store", () => {
    expect(() => defineSocket({ roots: [line] })).toThrow("Shop.Line");
  });
});
