import { type Channel, Socket, type SocketConnectOption } from "phoenix";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { startServer, type TestServer } from "../serving";
import { roomSocket } from "./room";

let server: TestServer;
const sockets: Socket[] = [];

beforeEach(async () => {
  server = await startServer(roomSocket, { mounted: { authToken: true } });
});

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.disconnect();
  await server.close();
});

const V1_FIELDS = ["topic", "event", "payload", "ref", "join_ref"];

/** As pages of Phoenix 1.3 spoke; the client's own format is V2. */
const V1: Partial<SocketConnectOption> = {
  vsn: "1.0.0",
  encode: (message, callback) => {
    const fields = V1_FIELDS.map((field) => [field, Reflect.get(message, field)]);
    void callback(JSON.stringify(Object.fromEntries(fields)));
  },
  decode: (text, callback) => void callback({ join_ref: null, ...JSON.parse(text) }),
};

function connect(options: Partial<SocketConnectOption> = {}): Socket {
  const socket = new Socket(server.url, {
    transport: WebSocket,
    reconnectAfterMs: () => 5,
    rejoinAfterMs: () => 5,
    ...options,
  });
  sockets.push(socket);
  socket.connect();
  return socket;
}

/** The status and response of a push, or of a join. */
function answer(push: ReturnType<Channel["push"]>): Promise<readonly [string, unknown]> {
  return new Promise((resolve) => {
    for (const status of ["ok", "error", "timeout"] as const) {
      push.receive(status, (response) => resolve([status, response]));
    }
  });
}

function message(channel: Channel, event: string): Promise<unknown> {
  return new Promise((resolve) => channel.on(event, resolve));
}

describe.each([
  ["V1", V1],
  ["V2", {}],
])("the official client over %s", (_version, options) => {
  it("joins, pushes, hears pushes and broadcasts, and leaves", async () => {
    const channel = connect(options).channel("room:1", { hi: 1 });
    expect(await answer(channel.join())).toEqual(["ok", { hello: "room:1" }]);
    expect(await answer(channel.push("echo", { a: 1 }))).toEqual(["ok", { a: 1 }]);
    const pushed = message(channel, "news");
    channel.push("push", { n: 1 });
    expect(await pushed).toEqual({ payload: { n: 1 } });
    const other = connect(options).channel("room:1");
    await answer(other.join());
    const heard = message(other, "news");
    channel.push("broadcast", { n: 2 });
    expect(await heard).toEqual({ payload: { n: 2 } });
    const closed = new Promise<void>((resolve) => channel.onClose(() => resolve()));
    expect(await answer(channel.leave())).toEqual(["ok", {}]);
    await closed;
  });

  it("is told why a join is refused, or has no route", async () => {
    const socket = connect(options);
    const unmatched = await answer(socket.channel("nowhere").join());
    expect(unmatched).toEqual(["error", { reason: "unmatched topic" }]);
  });

  it("joins again after a crash", async () => {
    const channel = connect(options).channel("room:1");
    await answer(channel.join());
    const rejoined = new Promise<void>((resolve) => {
      channel.onError(() => {
        const poll = setInterval(() => {
          if (channel.state !== "joined") return;
          clearInterval(poll);
          resolve();
        }, 1);
      });
    });
    channel.push("crash", {});
    await rejoined;
    expect(await answer(channel.push("echo", { again: true }))).toEqual(["ok", { again: true }]);
  });

  it("connects and joins again after the server cut it", async () => {
    const channel = connect(options).channel("room:1");
    await answer(channel.join());
    const lost = new Promise<void>((resolve) => channel.onError(() => resolve()));
    server.endpoint.connections()[0]?.cut();
    await lost;
    expect(await answer(channel.push("echo", { back: true }))).toEqual(["ok", { back: true }]);
  });

  it("gets its heartbeats answered", async () => {
    const socket = connect({ ...options, heartbeatIntervalMs: 20 });
    await new Promise<void>((resolve) => void socket.onOpen(() => resolve()));
    let closes = 0;
    socket.onClose(() => {
      closes += 1;
    });
    let replies = 0;
    await new Promise<void>((resolve) => {
      socket.onMessage(() => {
        replies += 1;
        if (replies === 5) resolve();
      });
    });
    expect(closes).toBe(0);
  });
});

describe("the official client", () => {
  it("pushes an ArrayBuffer, and is answered, pushed and broadcast bytes", async () => {
    const channel = connect().channel("room:bin");
    await answer(channel.join());
    const data = Uint8Array.of(0, 1, 254, 255).buffer;
    const [status, response] = await answer(channel.push("echo", data));
    expect(status).toBe("ok");
    expect(response).toEqual(data);
    for (const event of ["push", "broadcast"]) {
      const heard = message(channel, "news");
      channel.push(event, data);
      expect(await heard).toEqual(data);
      channel.off("news");
    }
  });

  it("sends its auth token as a subprotocol", async () => {
    const socket = connect({ authToken: "of a user" });
    await new Promise<void>((resolve) => void socket.onOpen(() => resolve()));
    expect(socket.isConnected()).toBe(true);
  });
});
