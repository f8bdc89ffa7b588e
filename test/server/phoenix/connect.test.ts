import { request } from "node:http";
import { text } from "node:stream/consumers";
import { afterEach, describe, expect, it } from "vitest";
import type { ConnectInfo } from "../../../src/server/phoenix/connect-info";
import { signSession } from "../../../src/server/phoenix/http/session-cookie";
import type { MountedSocket } from "../../../src/server/phoenix/mounted-socket";
import { v2 } from "../../../src/server/phoenix/serializers/v2";
import type { SocketDefinition } from "../../../src/server/phoenix/socket-definition";
import { webSocketTransport } from "../../../src/server/phoenix/websocket/websocket-transport";
import { encodeAuthToken } from "../../../src/wire/auth-token";
import { connectRaw } from "../raw-client";
import { type ServingOptions, startServer, type TestServer } from "../serving";
import { roomSocket } from "./room";

let server: TestServer;

afterEach(() => server.close());

async function start(socket: SocketDefinition, options?: ServingOptions): Promise<void> {
  server = await startServer(socket, options);
}

/** A socket that notes what `connect` was told. */
function noting(told: ConnectInfo[]): SocketDefinition {
  return {
    connect: (_params, socket, info) => {
      told.push(info);
      return { kind: "ok", socket };
    },
    routes: [],
  };
}

describe("the version", () => {
  it.each([
    ["", "1.0.0"],
    ["?vsn=1.0.0", "1.0.0"],
    ["?vsn=1.0.7", "1.0.0"],
    ["?vsn=2.0.0", "2.0.0"],
    ["?vsn=2.0.1-rc.1", "2.0.0"],
  ])("of the query %j is served by %s", async (query, vsn) => {
    const seen: string[] = [];
    await start({
      connect: (_params, socket) => {
        seen.push(socket.serializer.vsn);
        return { kind: "ok", socket };
      },
      routes: [],
    });
    await connectRaw(server.url, query);
    expect(seen).toEqual([vsn]);
  });

  it.each([
    "?vsn=3.0.0",
    "?vsn=2.1.0",
    "?vsn=2",
    "?vsn=2.0.0-rc",
    "?vsn=02.0.0",
    "?vsn=",
    "?vsn[a]=2.0.0",
    "?vsn[]=2.0.0",
  ])("of the query %j is refused with 403", async (query) => {
    await start(roomSocket);
    await expect(connectRaw(server.url, query)).rejects.toThrow("403");
  });

  it("is met by the serializers that the mounted socket has, and only by these", async () => {
    await start(roomSocket, { mounted: { serializers: [{ requirement: "~> 3.0.0", serializer: v2 }] } });
    const client = await connectRaw(server.url, "?vsn=3.0.0");
    expect(await client.rest()).toEqual([]);
    await expect(connectRaw(server.url)).rejects.toThrow("403");
  });
});

describe("connect", () => {
  it("may refuse, which is 403", async () => {
    await start(roomSocket);
    await expect(connectRaw(server.url, "?vsn=2.0.0&token=bad")).rejects.toThrow("403");
  });

  it("may refuse with a reason, of which the error handler makes the answer", async () => {
    const errorHandler = (reason: unknown) => ({
      status: 429,
      headers: { "retry-after": "7\r\nx: y" },
      body: JSON.stringify(reason),
    });
    await start(
      { connect: () => ({ kind: "refused", reason: { why: "busy" } }), routes: [] },
      { mounted: { transports: [webSocketTransport({ errorHandler })] } },
    );
    const response = await fetch(`${server.httpUrl}/websocket?vsn=2.0.0`);
    expect(response.status).toBe(400);
    const answer = await upgradeAnswer();
    expect(answer).toMatchObject({ status: 429, retryAfter: "7 x: y", body: '{"why":"busy"}' });
    // Of what the application was not asked, it does not make the answer.
    await expect(connectRaw(server.url, "?vsn=3.0.0")).rejects.toThrow("403");
  });

  it.each(["connect", "id"])("that throws is answered with 500, and logged: %s", async (callback) => {
    const failing = () => {
      throw new Error("the database is away");
    };
    await start({ ...roomSocket, [callback]: failing });
    await expect(connectRaw(server.url)).rejects.toThrow("500");
    expect(server.log.join()).toContain("the database is away");
  });

  it("may take longer than its client waits", async () => {
    let release = () => {};
    await start({
      connect: async (_params, socket) => {
        await new Promise<void>((resolve) => {
          release = resolve;
        });
        return { kind: "ok", socket };
      },
      routes: [],
    });
    const impatient = connectRaw(server.url, "?vsn=2.0.0", { handshakeTimeout: 30 });
    await expect(impatient).rejects.toThrow("timed out");
    release();
    await expect(connectRaw(server.url, "?vsn=7.0.0")).rejects.toThrow("403");
    expect(server.endpoint.connections()).toEqual([]);
    expect(server.log).toEqual([]);
  });

  it("is told the address, the headers and who is asking", async () => {
    const told: ConnectInfo[] = [];
    await start(noting(told));
    await connectRaw(server.url, "?vsn=2.0.0&a[b]=c", { headers: { "user-agent": "Test/1", "x-own": "1" } });
    const [info] = told;
    expect(info?.uri.href).toBe(`${server.httpUrl}/websocket?vsn=2.0.0&a[b]=c`);
    expect(info).toMatchObject({ userAgent: "Test/1", authToken: null, session: null });
    expect(info?.headers["x-own"]).toBe("1");
    expect(info?.peer).toEqual({ address: "127.0.0.1", port: expect.any(Number) });
  });
});

describe("the auth token", () => {
  const protocols = encodeAuthToken("sécret?>");

  it("comes from the subprotocol, which is answered with phoenix", async () => {
    const told: ConnectInfo[] = [];
    await start(noting(told), { mounted: { authToken: true } });
    const client = await connectRaw(server.url, "?vsn=2.0.0", { protocols });
    expect(client.webSocket.protocol).toBe("phoenix");
    expect(told[0]?.authToken).toBe("sécret?>");
    await connectRaw(server.url);
    expect(told[1]?.authToken).toBeNull();
  });

  it("is none for a socket that takes none, and no subprotocol is chosen", async () => {
    const told: ConnectInfo[] = [];
    await start(noting(told));
    await expect(connectRaw(server.url, "?vsn=2.0.0", { protocols })).rejects.toThrow("subprotocol");
    expect(told[0]?.authToken).toBeNull();
  });
});

describe("the session", () => {
  const secret = "a secret of this test";
  const options = (mounted: Partial<MountedSocket>) => ({
    endpoint: { secret, now: () => 5_000 },
    mounted: { session: { cookie: "_app", maxAgeMs: 1_000 }, ...mounted },
  });
  const cookieOf = (value: string) => ({ headers: { cookie: `theme=dark; _app=${value}; last=1` } });

  it.each([
    ["signed and fresh", signSession(secret, "_app", { user: "ann" }, 4_000), { user: "ann" }],
    ["expired", signSession(secret, "_app", { user: "ann" }, 3_999), null],
    ["signed with another secret", signSession("other", "_app", { user: "ann" }, 5_000), null],
    ["signed for another cookie", signSession(secret, "_b", { user: "ann" }, 5_000), null],
    ["not signed", '{"user":"ann"}', null],
  ])("of a cookie that is %s", async (_what, value, session) => {
    const told: ConnectInfo[] = [];
    await start(noting(told), options({}));
    await connectRaw(server.url, "?vsn=2.0.0", cookieOf(value));
    expect(told[0]?.session).toEqual(session);
  });

  it("is none without a cookie", async () => {
    const told: ConnectInfo[] = [];
    await start(noting(told), options({}));
    await connectRaw(server.url);
    expect(told[0]?.session).toBeNull();
  });
});

describe("the id", () => {
  it.each<readonly [string, () => unknown]>([
    ["undefined", () => undefined],
    ["7", () => 7],
    ["7n", () => 7n],
    ["Symbol(user)", () => Symbol("user")],
    ["{ id: 'user' }", () => ({ id: "user" })],
    ["Promise {", () => Promise.reject(new Error("too late"))],
  ])("%s is refused with 403, and logged", async (shown, give) => {
    // What code without types can do.
    await start({ id: (): ReturnType<typeof JSON.parse> => give(), routes: [] });
    await expect(connectRaw(server.url)).rejects.toThrow("403");
    expect(server.log).toHaveLength(1);
    expect(server.log[0]).toContain(`the socket's "id" gave ${shown}`);
    expect(server.log[0]).toContain("It must give null or a string.");
  });

  it.each([[null], ["user:7"], [""]])("%j is taken", async (id) => {
    await start({ id: () => id, routes: [] });
    await connectRaw(server.url);
    expect(server.endpoint.connections()).toMatchObject([{ socketId: id }]);
  });
});

describe("a page's origin", () => {
  it("that is not this host's is refused with 403, and the log says what to do", async () => {
    await start(roomSocket);
    const attempt = connectRaw(server.url, "?vsn=2.0.0", { origin: "https://evil.test" });
    await expect(attempt).rejects.toThrow("403");
    expect(server.log.join()).toMatch(/evil\.test.*checkOrigin/);
    await connectRaw(server.url, "?vsn=2.0.0", { origin: "http://127.0.0.1:9999" });
  });
});

/** The answer to an upgrade request that is refused. */
function upgradeAnswer(): Promise<{ status: number | undefined; retryAfter: unknown; body: string }> {
  const headers = {
    connection: "Upgrade",
    upgrade: "websocket",
    "sec-websocket-version": "13",
    "sec-websocket-key": "dGhlIHNhbXBsZSBub25jZQ==",
  };
  return new Promise((resolve, reject) => {
    const asking = request(`${server.httpUrl}/websocket?vsn=2.0.0`, { headers }, async (response) => {
      const body = await text(response);
      resolve({ status: response.statusCode, retryAfter: response.headers["retry-after"], body });
    });
    asking.on("error", reject).end();
  });
}
