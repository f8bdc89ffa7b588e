import { afterEach, describe, expect, it } from "vitest";
import { defineSocket } from "../../../src/server/musubi/define-socket";
import { error, ok } from "../../../src/server/musubi/socket-answer";
import { createTelemetry, type TelemetryEvent } from "../../../src/server/musubi/telemetry";
import { connectRaw } from "../raw-client";
import { CART, client, OWN_TOPIC, serve, server, start } from "./wires/served-cart";
import { CartStore } from "./wires/shop-stores";

afterEach(() => server?.close());

describe("telemetry", () => {
  it("tells of joins, denials and ends", async () => {
    const told: TelemetryEvent[] = [];
    const telemetry = createTelemetry();
    telemetry.attach((event) => void told.push(event));
    await start({
      telemetry,
      handleJoin: (params, socket) => (params.id === "banned" ? error() : ok(socket)),
    });
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    client.send(["5", "5", "musubi:connection:x", "phx_join", { id: "banned" }]);
    client.send(["4", "6", OWN_TOPIC, "phx_leave", {}]);
    await client.rest();
    const ofChannels = told.filter(({ name }) => /auth|channel/.test(name));
    expect(ofChannels).toEqual([
      {
        name: "musubi.channel.join",
        measurements: { duration: expect.any(Number) },
        metadata: { topic: OWN_TOPIC, module: "Shop.Cart", status: "ok" },
      },
      {
        name: "musubi.auth.deny",
        measurements: {},
        metadata: { topic: "musubi:connection:x", reason: "unauthorized" },
      },
      {
        name: "musubi.channel.join",
        measurements: { duration: expect.any(Number) },
        metadata: { topic: "musubi:connection:x", module: null, status: "error" },
      },
      {
        name: "musubi.channel.terminate",
        measurements: {},
        metadata: { topic: OWN_TOPIC, reason: "left" },
      },
    ]);
  });

  it("tells of a join that crashed, and of a connection that was refused", async () => {
    const told: TelemetryEvent[] = [];
    const telemetry = createTelemetry();
    telemetry.attach((event) => void told.push(event));
    await start({ telemetry, wire: "multiplexed", handleJoin: () => error("forbidden") });
    client.send(["4", "4", "musubi:connection", "phx_join", {}]);
    await client.rest();
    await server.close();
    await serve(defineSocket({ roots: [CartStore], telemetry, handleConnect: () => error("forbidden") }));
    await expect(connectRaw(server.url)).rejects.toThrow("403");
    expect(told.map(({ name, metadata }) => [name, metadata])).toEqual([
      ["musubi.auth.deny", { topic: "musubi:connection", reason: "forbidden" }],
      ["musubi.channel.join", { topic: "musubi:connection", module: null, status: "error" }],
      ["musubi.auth.deny", { topic: null, reason: "forbidden" }],
    ]);
  });
});
