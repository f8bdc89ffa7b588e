import { afterEach, describe, expect, it } from "vitest";
import {
  defineSocket,
  fetchRootByModule,
  type MusubiSocketDefinition,
} from "../../../src/server/musubi/define-socket";
import { error, ok } from "../../../src/server/musubi/socket-answer";
import { silentTelemetry } from "../../../src/server/musubi/telemetry";
import { adapterChannel } from "../../../src/server/musubi/wires/adapter";
import type { ChannelSettings } from "../../../src/server/musubi/wires/channel-settings";
import { multiplexedChannel } from "../../../src/server/musubi/wires/multiplexed";
import { perRootChannel } from "../../../src/server/musubi/wires/per-root";
import { route } from "../../../src/server/phoenix/route";
import { connectRaw } from "../raw-client";
import { errorReply, okReply } from "./wires/channel-replies";
import { CART, client, connect, OWN_TOPIC, serve, server, start } from "./wires/served-cart";
import { CartStore, LineStore, UploadsStore } from "./wires/shop-stores";

afterEach(() => server?.close());

describe("a socket's declaration", () => {
  it("refuses a root that is no root store, and says what to do", () => {
    expect(() => defineSocket({ roots: [CartStore, LineStore] })).toThrow(
      'Shop.Line cannot be a root of the socket: declare it with "root: true".',
    );
  });

  it("refuses two roots of one module", () => {
    expect(() => defineSocket({ roots: [CartStore, UploadsStore, CartStore] })).toThrow("Shop.Cart");
  });

  it("finds its roots by their dotted names, exactly", () => {
    const socket = defineSocket({ roots: [CartStore, UploadsStore] });
    expect(fetchRootByModule(socket, "Shop.Uploads")).toEqual({ ok: true, value: UploadsStore });
    for (const module of ["Shop", "Shop.Line", "shop.cart", "Elixir.Shop.Cart", "constructor", ""]) {
      expect(fetchRootByModule(socket, module)).toEqual({ ok: false, failure: "unknown root" });
    }
  });
});

describe("a client that handleConnect refuses", () => {
  it.each([null, "unauthorized", "not_found", "invalid_params", "forbidden"] as const)(
    "gets 403: %s",
    async (reason) => {
      await serve(defineSocket({ roots: [CartStore], handleConnect: () => error(reason) }));
      await expect(connectRaw(server.url)).rejects.toThrow("403");
    },
  );

  it("is asked once, with its params", async () => {
    const asked: unknown[] = [];
    await start({
      handleConnect: (params, socket) => {
        asked.push(params);
        return ok(socket);
      },
    });
    for (const id of ["c1", "c2"]) {
      client.send(["4", id, `musubi:connection:Shop.Cart:${id}`, "phx_join", { ...CART, id }]);
    }
    await client.take(4);
    expect(asked).toEqual([{ vsn: "2.0.0" }]);
  });
});

describe("a channel that is not set up", () => {
  it.each([
    ["missing Musubi socket", false],
    ["missing Musubi connection socket", true],
  ])("refuses every join with %j", async (reason, hasRoots) => {
    const { routes, roots } = defineSocket({ roots: [CartStore] });
    const withRoots: Pick<MusubiSocketDefinition, "routes" | "roots"> = { routes, roots };
    await serve(hasRoots ? withRoots : { routes });
    await connect();
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    expect(await client.rest()).toEqual([errorReply(OWN_TOPIC, "4", "4", reason)]);
  });
});

describe("a channel that is routed to with a store that is no root", () => {
  const settings: ChannelSettings = {
    roots: new Map([[LineStore.module, LineStore]]),
    handleJoin: (_params, socket) => ok(socket),
    lens: false,
    telemetry: silentTelemetry,
  };
  const LINE = { module: "Shop.Line", id: "l1" };

  it.each([
    ["declared store is not a root store", "musubi:connection:Shop.Line:l1", perRootChannel(settings)],
    ['module "Shop.Line" is not a Musubi root store', "musubi:x", adapterChannel(settings)],
  ])("refuses its join: %s", async (reason, topic, channel) => {
    await serve({ ...defineSocket({ roots: [] }), routes: [route("musubi:*", channel)] });
    await connect();
    client.send(["4", "4", topic, "phx_join", LINE]);
    expect(await client.rest()).toEqual([errorReply(topic, "4", "4", reason)]);
  });

  it("refuses its mount", async () => {
    const channel = multiplexedChannel(settings);
    await serve({ ...defineSocket({ roots: [] }), routes: [route("musubi:*", channel)] });
    await connect();
    client.send(["3", "3", "musubi:connection", "phx_join", {}]);
    client.send(["3", "4", "musubi:connection", "mount", LINE]);
    expect(await client.rest()).toEqual([
      okReply("musubi:connection", "3", "3"),
      errorReply("musubi:connection", "3", "4", "declared store is not a root store"),
    ]);
  });
});

describe("an upload's own channel", () => {
  it.each(["per_root", "multiplexed", "adapter"] as const)("is routed to: %s", async (wire) => {
    await start({ wire });
    client.send(["4", "4", "musubi_upload:u_abcdefghijk", "phx_join", { token: "no" }]);
    expect(await client.rest()).toEqual([
      errorReply("musubi_upload:u_abcdefghijk", "4", "4", "unauthorized"),
    ]);
  });
});
