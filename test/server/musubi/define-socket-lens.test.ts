import { afterEach, describe, expect, it } from "vitest";
import { okReply } from "./wires/channel-replies";
import { CART, client, OWN_TOPIC, server, start } from "./wires/served-cart";

afterEach(() => server?.close());

describe("the lens", () => {
  const assignsOf = (frames: readonly unknown[]) =>
    frames.filter((frame) => Array.isArray(frame) && frame[3] === "devtools:assigns");

  it("follows its envelope on the root's channel, with its join_ref", async () => {
    await start({ lens: true });
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    client.send(["4", "5", OWN_TOPIC, "command", { name: "add", payload: { sku: "x" } }]);
    const frames = await client.rest();
    const events = frames.map((frame) => (Array.isArray(frame) ? frame[3] : null));
    expect(events).toEqual([
      "phx_reply",
      "patch",
      "devtools:assigns",
      "phx_reply",
      "patch",
      "devtools:assigns",
    ]);
    expect(assignsOf(frames)).toMatchObject([
      [
        "4",
        null,
        OWN_TOPIC,
        "devtools:assigns",
        { root_id: "Shop.Cart:c1", store_id: [], module: "Shop.Cart", version: 1, assigns: { total: 0 } },
      ],
      [
        "4",
        null,
        OWN_TOPIC,
        "devtools:assigns",
        { version: 2, cause: { kind: "command", name: "add" }, changed: ["total"], assigns: { total: 4 } },
      ],
    ]);
  });

  it("has the client's root id where roots are multiplexed, and none on the adapter", async () => {
    await start({ lens: true, wire: "multiplexed" });
    client.send(["3", "3", "musubi:connection", "phx_join", {}]);
    client.send(["3", "4", "musubi:connection", "mount", CART]);
    expect(assignsOf(await client.rest())).toMatchObject(
      [["3", null, "musubi:connection", {}, { root_id: "c1" }]].map(([joinRef, ref, topic, , payload]) => [
        joinRef,
        ref,
        topic,
        "devtools:assigns",
        payload,
      ]),
    );
    await server.close();
    await start({ lens: true, wire: "adapter" });
    client.send(["4", "4", "musubi:x", "phx_join", CART]);
    const [frame] = assignsOf(await client.rest());
    expect(frame).toMatchObject(["4", null, "musubi:x", "devtools:assigns", { module: "Shop.Cart" }]);
    expect(JSON.stringify(frame)).not.toContain("root_id");
  });

  it("is off unless it is asked for", async () => {
    await start({});
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    expect(assignsOf(await client.rest())).toEqual([]);
    client.send(["4", "5", OWN_TOPIC, "phx_leave", {}]);
    expect(await client.take(1)).toEqual([okReply(OWN_TOPIC, "4", "5")]);
  });
});
