import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { okReply } from "./channel-replies";
import { command, MOUNT, mount, ok, patch, refused } from "./mounted-cart";
import { client, OWN_TOPIC, server, start } from "./served-cart";

afterEach(() => server.close());

describe("a command", () => {
  beforeEach(async () => {
    await start();
    await mount();
  });

  it("that changes nothing is answered, and no envelope follows", async () => {
    command("5", "look");
    expect(await client.rest()).toEqual([ok("5")]);
  });

  it("has store_id [] and payload {} where it says nothing else", async () => {
    client.send(["4", "5", OWN_TOPIC, "command", { name: "look" }]);
    expect(await client.rest()).toEqual([ok("5")]);
  });

  it.each([
    ["missing required field", undefined, {}],
    ["missing required field", "", { store_id: "x" }],
    ["missing required field", 7, {}],
    ["unknown command", "nope", {}],
    ["unknown command", "constructor", {}],
    ["unknown store", "look", { store_id: ["nope"] }],
    ["unknown store", "nope", { store_id: [7] }],
    ["denied", "deny", {}],
  ])("is answered with the error %j: name %j, %j", async (reason, name, fields) => {
    command("5", name, fields);
    expect(await client.rest()).toEqual([refused("5", reason)]);
  });

  it.each<[string, string, unknown]>([
    ["whose handler throws", "command", { name: "crash" }],
    ["whose payload misses its schema", "command", { name: "add" }],
    ["after which render throws", "command", { name: "spoil" }],
    ["whose store_id is no list", "command", { name: "look", store_id: "x" }],
    ["whose store_id is null", "command", { name: "look", store_id: null }],
    ["whose payload is no object", "command", { name: "look", payload: [] }],
    ["whose message is no object", "command", []],
    ["by an unknown event's name", "commands", {}],
    ["of the other wire: mount", "mount", MOUNT],
    ["of the other wire: unmount", "unmount", { root_id: "Shop.Cart:c1" }],
  ])("%s crashes the root, without a reply", async (_what, event, payload) => {
    client.send(["4", "5", OWN_TOPIC, event, payload]);
    expect(await client.rest()).toEqual([["4", "4", OWN_TOPIC, "phx_error", {}]]);
  });

  it("may be followed by a crash in handleInfo", async () => {
    command("5", "crashLater");
    expect(await client.rest()).toEqual([ok("5"), ["4", "4", OWN_TOPIC, "phx_error", {}]]);
  });

  it("that crashes leaves the other roots of the connection alone", async () => {
    const other = `${OWN_TOPIC}2`;
    client.send(["8", "8", other, "phx_join", { ...MOUNT, id: "c12" }]);
    await client.take(2);
    command("9", "crash");
    client.send(["8", "10", other, "command", { name: "look" }]);
    expect(await client.rest()).toEqual(
      expect.arrayContaining([["4", "4", OWN_TOPIC, "phx_error", {}], okReply(other, "8", "10")]),
    );
  });

  it("runs after those before it, each reply before its envelope, versions without a gap", async () => {
    command("5", "slowly");
    command("6", "add", { payload: { sku: "x" } });
    command("7", "slowly");
    expect(await client.take(6)).toEqual([ok("5"), ok("6"), ok("7"), patch(2), patch(3), patch(4)]);
  });

  it("does not hold other roots back", async () => {
    const other = `${OWN_TOPIC}2`;
    client.send(["8", "8", other, "phx_join", { ...MOUNT, id: "c12" }]);
    await client.take(2);
    command("9", "slowly");
    client.send(["8", "10", other, "command", { name: "look" }]);
    expect(await client.take(3)).toEqual([okReply(other, "8", "10"), ok("9"), patch(2)]);
  });

  it("that still runs when its client goes sends nothing more, and logs nothing", async () => {
    command("5", "slowly");
    await client.rest();
    client.close();
    await client.closed;
    await new Promise((resolve) => setTimeout(resolve, 40));
    expect(server.log).toEqual([]);
  });
});
