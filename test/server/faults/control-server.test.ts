import { request } from "node:http";
import { connect } from "node:net";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type FaultControl, serveFaultControl } from "../../../src/server/faults/control-server";
import { createFaults } from "../../../src/server/faults/faults";
import { findStranger } from "../../../src/server/faults/loopback";
import { connectRaw, type RawClient } from "../raw-client";
import { envelopeOf, type FaultyServer, join, startFaultyServer, TOPIC } from "./faulty-server";

let server: FaultyServer;
let control: FaultControl;
let client: RawClient;

beforeEach(async () => {
  server = await startFaultyServer();
  control = await serveFaultControl(server.faults, server.endpoint, { port: 0 });
  client = await connectRaw(server.url);
  await join(client);
});

afterEach(async () => {
  await control.close();
  server.faults.clearAll();
  await server.close();
});

type Asked = { readonly body?: unknown; readonly text?: string; readonly headers?: Record<string, string> };
type Answer = { readonly status: number; readonly body: unknown; readonly allow: string | undefined };

/** One request; `fetch` would not let a test choose the Host. */
function ask(method: string, path: string, { body, text, headers = {} }: Asked = {}): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const asked = request({ port: control.port, host: "127.0.0.1", method, path, headers }, (response) => {
      let answered = "";
      response.setEncoding("utf8").on("data", (chunk) => {
        answered += chunk;
      });
      response.on("end", () => {
        const { statusCode = 0, headers: given } = response;
        resolve({ status: statusCode, body: JSON.parse(answered), allow: given.allow });
      });
    });
    asked.on("error", reject);
    asked.end(text ?? (body === undefined ? "" : JSON.stringify(body)));
  });
}

const version = (number: number) => client.send(["1", null, TOPIC, "version", number]);
const patch = (number: number) => ["1", null, TOPIC, "patch", envelopeOf(TOPIC, number)];

describe("the control server", () => {
  it("lists the connections with their channels", async () => {
    const channels = [{ topic: TOPIC, join_ref: "1" }];
    expect(await ask("GET", "/connections")).toMatchObject({
      status: 200,
      body: { connections: [{ id: 1, transport: "websocket", path: "/socket", socket_id: null, channels }] },
    });
  });

  it("injects a fault, lists it, and clears it", async () => {
    const fault = { kind: "skip_version", match: { topic: "musubi:*", count: 5 } };
    expect(await ask("POST", "/faults", { body: { connection: "all", fault } })).toMatchObject({
      status: 201,
      body: { id: 1, connections: [1] },
    });
    version(1);
    await client.rest();
    expect(await ask("GET", "/faults")).toMatchObject({
      status: 200,
      body: { faults: [{ id: 1, connection: "all", fault, seen: 1, acted: 1 }] },
    });
    expect(await ask("DELETE", "/faults/1")).toMatchObject({ status: 200, body: { cleared: 1 } });
    version(2);
    expect(await client.take(1)).toEqual([patch(2)]);
    expect(await ask("DELETE", "/faults/1")).toMatchObject({ status: 404 });
  });

  it("outlives what fails while it answers", async () => {
    await control.close();
    const endpoint = {
      connections: () => {
        throw new Error("the connections are lost");
      },
    };
    control = await serveFaultControl(createFaults(), endpoint, { port: 0 });
    const lost = { status: 500, body: { error: expect.stringContaining("the connections are lost") } };
    expect(await ask("GET", "/connections")).toMatchObject(lost);
    expect(await ask("GET", "/nowhere")).toMatchObject({ status: 404 });
  });

  it("clears all at once", async () => {
    for (const kind of ["stall", "half_open"]) await ask("POST", `/connections/1/${kind}`);
    expect(await ask("DELETE", "/faults")).toMatchObject({ status: 200, body: { cleared: 2 } });
    version(1);
    expect(await client.take(1)).toEqual([patch(1)]);
  });

  it("does at once what is done at once", async () => {
    const crash = await ask("POST", "/connections/1/crash_store", { body: { topic: TOPIC } });
    expect(crash).toMatchObject({ status: 200, body: { id: null, connections: [1] } });
    expect(await client.take(1)).toMatchObject([["1", "1", TOPIC, "phx_error", {}]]);
    expect(await ask("POST", "/connections/all/drop", { body: { code: 1012 } })).toMatchObject({
      status: 200,
    });
    expect(await client.closed).toBe(1012);
  });

  it("keeps a fault for the next connection", async () => {
    expect(await ask("POST", "/connections/next/refuse_join", { body: { reason: "full" } })).toMatchObject({
      status: 201,
      body: { connections: [] },
    });
    const next = await connectRaw(server.url);
    next.send(["1", "1", TOPIC, "phx_join", {}]);
    expect(await next.take(1)).toMatchObject([
      ["1", "1", TOPIC, "phx_reply", { response: { reason: "full" } }],
    ]);
  });

  it.each<readonly [string, string, Asked, number, string]>([
    ["POST", "/faults", {}, 400, "The body should be an object, but it is null."],
    ["POST", "/faults", { text: "{" }, 400, "The body is not JSON:"],
    ["POST", "/faults", { body: [] }, 400, "The body should be an object, but it is an array."],
    [
      "POST",
      "/faults",
      { body: { fault: {} } },
      400,
      'A connection is the id of one, "all" or "next", but it is missing',
    ],
    ["POST", "/faults", { body: { connection: 1 } }, 400, "A fault should be an object, but it is null."],
    [
      "POST",
      "/faults",
      { body: { conection: 1 } },
      400,
      'The body has "connection" and "fault", and not "conection".',
    ],
    [
      "POST",
      "/faults",
      { body: { connection: 1, fault: { kind: "no" } } },
      400,
      'There is no fault of the kind "no".',
    ],
    [
      "POST",
      "/faults",
      { body: { connection: 9, fault: { kind: "stall" } } },
      400,
      "There is no connection 9:",
    ],
    [
      "POST",
      "/connections/some/stall",
      {},
      404,
      'A connection is the id of one, "all" or "next", but it is "some"',
    ],
    ["POST", "/connections/1/stall", { body: 7 }, 400, "The body should be an object, but it is 7."],
    ["POST", "/connections/1/explode", {}, 400, 'There is no fault of the kind "explode".'],
    ["POST", "/connections/1/drop", {}, 400, 'The fault "drop" is wrong: code should be'],
    ["DELETE", "/faults/x", {}, 404, 'There is no fault "x":'],
    ["GET", "/", {}, 404, "There is nothing at /. There are: /connections,"],
    ["GET", "/faults/", {}, 404, "There is nothing at /faults/."],
  ])("answers %s %s %j with %i and a sentence", async (method, path, asked, status, sentence) => {
    expect(await ask(method, path, asked)).toMatchObject({
      status,
      body: { error: expect.stringContaining(sentence) },
    });
  });

  it.each([
    ["PUT", "/faults", "GET, POST, DELETE"],
    ["POST", "/connections", "GET"],
    ["GET", "/faults/1", "DELETE"],
    ["GET", "/connections/1/drop", "POST"],
  ])("answers %s %s with 405 and what there is", async (method, path, allow) => {
    expect(await ask(method, path)).toMatchObject({ status: 405, allow });
  });

  it("reads no more of a body than a fault needs", async () => {
    expect(await ask("POST", "/faults", { text: " ".repeat(64 * 1024 + 1) })).toMatchObject({
      status: 413,
      body: { error: "The body may have 65536 bytes, and this one has more." },
    });
  });

  it.each([
    [{ host: "evil.example" }, "The Host of the request is not this machine."],
    [{ host: "evil.example:80" }, "The Host of the request is not this machine."],
    [{ origin: "https://evil.example" }, "A page that is not of this machine may not ask for faults."],
    [{ origin: "null" }, "A page that is not of this machine may not ask for faults."],
  ])("does nothing for a stranger: %j", async (headers, sentence) => {
    const answer = await ask("POST", "/connections/1/drop", { body: { code: 1006 }, headers });
    expect(answer).toMatchObject({ status: 403, body: { error: expect.stringContaining(sentence) } });
    expect(await client.rest()).toEqual([]);
  });

  it("listens to this machine alone", async () => {
    const answered = (host: string) =>
      new Promise<boolean>((resolve) => {
        const socket = connect({ port: control.port, host }, () => resolve(true));
        socket.on("error", () => resolve(false)).on("connect", () => socket.destroy());
      });
    expect(await answered("127.0.0.1")).toBe(true);
    // Another address of this machine, which a server on every address would answer.
    expect(await answered("127.0.0.2")).toBe(false);
  });

  it("says that its port is taken", async () => {
    await expect(serveFaultControl(server.faults, server.endpoint, { port: control.port })).rejects.toThrow(
      `The port ${control.port} for the control of faults is taken by another program. Choose another one.`,
    );
  });
});

describe("a stranger", () => {
  it.each(["localhost", "LOCALHOST:4001", "127.0.0.1:4001", "127.9.8.7", "[::1]:4001", "[::1]"])(
    "is nobody who asks %s",
    (host) => {
      expect(findStranger(host, undefined)).toBeNull();
      expect(findStranger(host, `http://${host}`)).toBeNull();
      expect(findStranger(host, `https://${host}`)).toBeNull();
    },
  );

  it.each([
    undefined,
    "",
    "localhost.evil.example",
    "evil.example",
    "127.0.0.1.evil.example",
    "0.0.0.0",
    "192.168.0.1",
    "::1",
    "localhost@evil.example",
    "localhost:80:80",
    "localhost/",
  ])("is who asks %j", (host) => {
    expect(findStranger(host, undefined)).not.toBeNull();
  });

  it.each([
    "",
    "null",
    "file://",
    "http://evil.example",
    "http://localhost.evil.example",
    "chrome-extension://abc",
  ])("is a page of %j", (origin) => {
    expect(findStranger("localhost", origin)).not.toBeNull();
  });
});
