import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { faultsChannel } from "../../../src/server/faults/faults-channel";
import { route } from "../../../src/server/phoenix/route";
import { connectRaw, type RawClient } from "../raw-client";
import { startServer } from "../serving";
import { envelopeOf, type FaultyServer, join, startFaultyServer, TOPIC } from "./faulty-server";

let server: FaultyServer;
let client: RawClient;

beforeEach(async () => {
  server = await startFaultyServer();
  client = await connectRaw(server.url);
  await join(client, "faults:page");
});

afterEach(async () => {
  server.faults.clearAll();
  await server.close();
});

const push = (event: string, payload: unknown = {}, ref = "2") =>
  client.send(["1", ref, "faults:page", event, payload]);
const answer = (status: string, response: unknown, ref = "2") => [
  "1",
  ref,
  "faults:page",
  "phx_reply",
  { status, response },
];

describe("the faults channel", () => {
  it("sends any text as a frame, then answers", async () => {
    push("send_raw", { text: "this is no frame" });
    expect(await client.next()).toBe("this is no frame");
    expect(await client.take(1)).toEqual([answer("ok", {})]);
  });

  it.each([
    ["close", { code: 1012 }, 1012],
    ["cut", {}, 1006],
    ["drop", { code: 4000 }, 4000],
  ])("ends the connection at %s %j", async (event, payload, code) => {
    push(event, payload);
    expect(await client.closed).toBe(code);
  });

  it("injects a fault into its own connection, lists and clears it", async () => {
    const other = await connectRaw(server.url);
    await join(other);
    await join(client);
    push("skip_version", { root: "App.Cart:c1", match: { count: 3 } });
    expect(await client.take(1)).toEqual([answer("ok", { id: 1 })]);
    for (const asker of [client, other]) asker.send(["1", null, TOPIC, "version", 1]);
    expect(await other.take(1)).toEqual([["1", null, TOPIC, "patch", envelopeOf(TOPIC, 1)]]);
    push("list");
    const own = { id: 1, kind: "skip_version", seen: 1, acted: 1 };
    expect(await client.take(1)).toEqual([answer("ok", { faults: [own] })]);
    push("clear", { id: 1 });
    expect(await client.take(1)).toEqual([answer("ok", { cleared: 1 })]);
    client.send(["1", null, TOPIC, "version", 2]);
    expect(await client.take(1)).toEqual([["1", null, TOPIC, "patch", envelopeOf(TOPIC, 2)]]);
  });

  it("clears what is its own, and nobody else's", async () => {
    const others = server.inject({ kind: "delay", ms: 0 }, "next");
    push("delay", { ms: 0 });
    await expect.poll(() => server.faults.list().length).toBe(2);
    server.time.pass(0);
    await client.take(1);
    push("clear", { id: others });
    server.time.pass(0);
    await expect.poll(() => server.faults.list().length).toBe(2);
    push("clear");
    await expect.poll(() => server.faults.list()).toMatchObject([{ id: others, target: "next" }]);
  });

  it.each([
    [
      "explode",
      {},
      'There is no fault "explode". There are: send_raw, close, cut, list, clear, drop, stall,',
    ],
    ["delay", { ms: "long" }, 'The fault "delay" is wrong: ms should be a whole number'],
    ["close", {}, 'The fault "drop" is wrong: code should be a close code'],
    ["close", { code: 7 }, 'The fault "drop" is wrong: code should be a close code'],
    ["send_raw", {}, 'The "text" should be a string, but it is missing.'],
    ["clear", { id: 99 }, "This connection has no fault 99 of its own."],
    [
      "crash_store",
      { topic: "room:*" },
      "There is no store to crash: no channel of connection 1 has such a topic.",
    ],
  ])("answers %s %j with a sentence", async (event, payload, sentence) => {
    push(event, payload);
    expect(await client.take(1)).toEqual([answer("error", { reason: expect.stringContaining(sentence) })]);
  });

  it("knows three faults where a server has no others", async () => {
    const plain = await startServer({ routes: [route("faults:*", faultsChannel)] });
    client = await connectRaw(plain.url);
    await join(client, "faults:page");
    push("stall");
    const reason = "This server has no faults but send_raw, close and cut.";
    expect(await client.take(1)).toEqual([answer("error", { reason })]);
    push("cut");
    expect(await client.closed).toBe(1006);
    await plain.close();
  });
});
