import { afterEach, describe, expect, it } from "vitest";
import { error, ok, type SocketRefusal } from "../../../src/server/musubi/socket-answer";
import { errorReply } from "./wires/channel-replies";
import { CART, client, OWN_TOPIC, server, start } from "./wires/served-cart";

afterEach(() => server?.close());

describe("a join that handleJoin refuses", () => {
  it.each<[SocketRefusal | null, string, string]>([
    [null, "unauthorized", "unauthorized"],
    ["unauthorized", "unauthorized", "unauthorized"],
    ["invalid_params", "params must be a map", "params must be a map"],
    ["not_found", "internal error", "join crashed"],
    ["forbidden", "internal error", "join crashed"],
  ])("with %j is answered with %j per root, with %j multiplexed", async (refusal, perRoot, multiplexed) => {
    await start({ handleJoin: () => error(refusal) });
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    expect(await client.rest()).toEqual([errorReply(OWN_TOPIC, "4", "4", perRoot)]);
    await server.close();
    await start({ handleJoin: () => error(refusal), wire: "multiplexed" });
    client.send(["4", "4", "musubi:connection", "phx_join", {}]);
    expect(await client.rest()).toEqual([errorReply("musubi:connection", "4", "4", multiplexed)]);
    await server.close();
    await start({ handleJoin: () => error(refusal), wire: "adapter" });
    client.send(["4", "4", "musubi:x", "phx_join", CART]);
    expect(await client.rest()).toEqual([errorReply("musubi:x", "4", "4", perRoot)]);
  });

  it("by throwing crashes, as does a connection's join without an object", async () => {
    const handleJoin = () => {
      throw new Error("handleJoin throws");
    };
    await start({ handleJoin });
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    expect(await client.rest()).toEqual([errorReply(OWN_TOPIC, "4", "4", "join crashed")]);
    await server.close();
    await start({ wire: "multiplexed" });
    client.send(["4", "4", "musubi:connection", "phx_join", "no object"]);
    expect(await client.rest()).toEqual([errorReply("musubi:connection", "4", "4", "join crashed")]);
  });

  it("is refused before anything else about it is looked at, but for its topic", async () => {
    await start({ handleJoin: () => error("invalid_params") });
    client.send(["4", "4", OWN_TOPIC, "phx_join", {}]);
    client.send(["5", "5", "musubi:other", "phx_join", {}]);
    expect(await client.rest()).toEqual([
      errorReply(OWN_TOPIC, "4", "4", "params must be a map"),
      errorReply("musubi:other", "5", "5", "unauthorized"),
    ]);
  });
});

describe("an answer that is none", () => {
  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["a word", "ok"],
    ["ok without a socket", { kind: "ok" }],
    ["a kind of its own", { kind: "maybe" }],
    ["a reason of its own", { kind: "error", reason: "strange" }],
  ])("%s: neither lets in nor counts as a refusal, and the log says so", async (_what, answer) => {
    const give = () => JSON.parse("0", () => answer);
    await start({ handleJoin: give });
    client.send(["4", "4", OWN_TOPIC, "phx_join", CART]);
    expect(await client.rest()).toEqual([errorReply(OWN_TOPIC, "4", "4", "join crashed")]);
    expect(server.log.join()).toContain("handleJoin must answer with ok(socket), error() or error(reason)");
    await server.close();
    await expect(start({ handleConnect: give })).rejects.toThrow("500");
    expect(server.log.join()).toContain("handleConnect must answer with ok(socket)");
  });
});

describe("handleJoin", () => {
  it("is asked at every join and rejoin of a root, with the whole payload", async () => {
    const asked: unknown[] = [];
    await start({
      handleJoin: (params, socket) => {
        asked.push([params, socket.topic]);
        return ok(socket);
      },
    });
    client.send(["4", "4", OWN_TOPIC, "phx_join", { ...CART, more: 1 }]);
    client.send(["6", "6", OWN_TOPIC, "phx_join", CART]);
    await client.rest();
    expect(asked).toEqual([
      [{ ...CART, more: 1 }, OWN_TOPIC],
      [CART, OWN_TOPIC],
    ]);
  });

  it("is asked once for a multiplexed connection, and not for its roots", async () => {
    const asked: unknown[] = [];
    await start({
      wire: "multiplexed",
      handleJoin: (params, socket) => {
        asked.push(params);
        return ok(socket);
      },
    });
    client.send(["3", "3", "musubi:connection", "phx_join", { locale: "de" }]);
    client.send(["3", "4", "musubi:connection", "mount", CART]);
    await client.rest();
    expect(asked).toEqual([{ locale: "de" }]);
  });
});
