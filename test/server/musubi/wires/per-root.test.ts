import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { errorReply, okReply } from "./channel-replies";
import { command, MOUNT, mount, ok, patch, refused } from "./mounted-cart";
import { client, OWN_TOPIC, server, start } from "./served-cart";
import { ToastCartStore } from "./shop-stores";

afterEach(() => server.close());

describe("the frames of wire.md 5", () => {
  it("come as they stand there", async () => {
    await start({ roots: [ToastCartStore] });
    const topic = "musubi:connection:Shop.Cart:c1";
    const sent: readonly string[] = [
      `["4", "4", "${topic}", "phx_join", {"module": "Shop.Cart", "id": "c1", "params": {"user": "u9"}}]`,
      `["4", "6", "${topic}", "command", {"store_id": [], "name": "add", "payload": {"sku": "x"}}]`,
      `["4", "9", "${topic}", "phx_leave", {}]`,
    ];
    const come: readonly (readonly string[])[] = [
      [
        `["4", "4", "${topic}", "phx_reply", {"status": "ok", "response": {"root_id": "Shop.Cart:c1"}}]`,
        `["4", null, "${topic}", "patch", {"type": "patch", "root_id": "Shop.Cart:c1", "base_version": 0, "version": 1, "ops": [{"op": "replace", "path": "", "value": {"total": 0, "__musubi_store_id__": []}}], "stream_ops": [], "upload_ops": [], "events": []}]`,
      ],
      [
        `["4", "6", "${topic}", "phx_reply", {"status": "ok", "response": {"count": 1}}]`,
        `["4", null, "${topic}", "patch", {"type": "patch", "root_id": "Shop.Cart:c1", "base_version": 1, "version": 2, "ops": [], "stream_ops": [], "upload_ops": [], "events": [{"store_id": [], "name": "toast", "payload": {"text": "added"}}]}]`,
      ],
      [
        `["4", "9", "${topic}", "phx_reply", {"status": "ok", "response": {}}]`,
        `["4", "4", "${topic}", "phx_close", {}]`,
      ],
    ];
    for (const [index, frame] of sent.entries()) {
      client.send(frame);
      expect(await client.rest()).toEqual(come[index]?.map((text) => JSON.parse(text)));
    }
  });
});

describe("a root", () => {
  beforeEach(() => start());

  it.each([
    ["missing required field", {}],
    ["missing required field", { ...MOUNT, module: "" }],
    ["missing required field", { ...MOUNT, module: 7, id: 7 }],
    ["missing root id", { module: "Shop.Cart" }],
    ["missing root id", { ...MOUNT, id: 7 }],
    ["missing root id", { module: "No.Such", id: "", params: [] }],
    ["params must be a map", { ...MOUNT, params: null }],
    ["params must be a map", { ...MOUNT, module: "No.Such", params: [] }],
    ["unknown root", { ...MOUNT, module: "No.Such" }],
    ["unknown root", { ...MOUNT, module: "Shop.Line" }],
    ["unknown root", { ...MOUNT, module: "constructor" }],
    ["unauthorized", "no object"],
    ["unauthorized", null],
    ["join crashed", { ...MOUNT, params: { user: "crash" } }],
    ["join crashed", { ...MOUNT, params: { user: "unrenderable" } }],
  ])("is refused with %j for %j", async (reason, payload) => {
    client.send(["4", "4", OWN_TOPIC, "phx_join", payload]);
    expect(await client.rest()).toEqual([refused("4", reason)]);
  });

  it.each(["musubi:connection", "musubi:other:Shop.Cart:c1", "musubi:"])(
    "is unauthorized on %s",
    async (topic) => {
      client.send(["4", "4", topic, "phx_join", MOUNT]);
      expect(await client.rest()).toEqual([errorReply(topic, "4", "4", "unauthorized")]);
    },
  );

  it("needs no params", async () => {
    client.send(["4", "4", OWN_TOPIC, "phx_join", { module: "Shop.Cart", id: "c1" }]);
    expect(await client.take(2)).toEqual([ok("4", { root_id: "Shop.Cart:c1" }), patch(1)]);
  });

  it("is named after the payload, whatever the topic ends with", async () => {
    client.send(["4", "4", `${OWN_TOPIC}-other`, "phx_join", { ...MOUNT, id: "a:b" }]);
    expect(await client.take(1)).toEqual([
      okReply(`${OWN_TOPIC}-other`, "4", "4", { root_id: "Shop.Cart:a:b" }),
    ]);
  });

  it("begins anew at version 1 after a duplicate join", async () => {
    await mount();
    command("5", "add", { payload: { sku: "x" } });
    await client.take(2);
    client.send(["7", "7", OWN_TOPIC, "phx_join", MOUNT]);
    expect(await client.rest()).toMatchObject([
      ["7", "7", OWN_TOPIC, "phx_reply", { status: "ok" }],
      ["4", "4", OWN_TOPIC, "phx_close", {}],
      ["7", null, OWN_TOPIC, "patch", { base_version: 0, version: 1 }],
    ]);
  });

  it("that is left while it still mounts is mounted first", async () => {
    client.send(["4", "4", OWN_TOPIC, "phx_join", { ...MOUNT, params: { user: "slow" } }]);
    client.send(["4", "5", OWN_TOPIC, "phx_leave", {}]);
    expect(await client.take(4)).toMatchObject([
      okReply(OWN_TOPIC, "4", "4", { root_id: "Shop.Cart:c1" }),
      ["4", null, OWN_TOPIC, "patch", { version: 1 }],
      okReply(OWN_TOPIC, "4", "5"),
      ["4", "4", OWN_TOPIC, "phx_close", {}],
    ]);
  });
});
