import { createServer } from "node:http";
import { connect, type Socket } from "node:net";
import { afterEach, describe, expect, it } from "vitest";
import { WebSocket } from "ws";
import { connectRaw } from "../../raw-client";
import { startServer, type TestServer } from "../../serving";
import { roomSocket } from "../room";

let server: TestServer;

afterEach(() => server.close());

describe("a server that an endpoint is attached to", () => {
  it("answers 404 where nothing is, and 400 to a request that asks for no upgrade", async () => {
    server = await startServer(roomSocket);
    await expect(connectRaw(server.url.replace("/socket", "/elsewhere"))).rejects.toThrow("404");
    expect((await fetch(server.httpUrl)).status).toBe(404);
    expect((await fetch(`${server.httpUrl}/websocket`)).status).toBe(400);
  });

  it.each(["/socket//websocket", "//socket/websocket/"])(
    "finds a socket at %s, as the real one",
    async (path) => {
      server = await startServer(roomSocket);
      const webSocket = new WebSocket(`ws://${new URL(server.url).host}${path}`);
      await new Promise((resolve, reject) => webSocket.once("open", resolve).once("error", reject));
      webSocket.close();
    },
  );

  it.each(["/nowhere", "/socket/longpoll", "/socket/websocket?vsn=9.0.0"])(
    "outlives clients that break off an upgrade to %s, and keeps none that stays",
    async (path) => {
      server = await startServer(roomSocket);
      const { hostname, port } = new URL(server.httpUrl);
      for (let n = 0; n < 20; n += 1) {
        const breaking = await openUpgrade(hostname, Number(port), path);
        breaking.resetAndDestroy();
      }
      const staying = await openUpgrade(hostname, Number(port), path);
      const closed = new Promise((resolve) => staying.once("close", resolve));
      // It never ends its own half: the server's cutting it is what it notices.
      while (staying.writable) {
        staying.write("more");
        await new Promise((resolve) => setTimeout(resolve, 1));
      }
      await closed;
      expect((await connectRaw(server.url)).webSocket.readyState).toBe(1);
    },
  );

  it("gives its other listeners everything else, and only that", async () => {
    const seen: string[] = [];
    const carrier = createServer((request, response) => {
      seen.push(`request ${request.url}`);
      response.end("a page");
    });
    carrier.on("upgrade", (request, stream) => {
      seen.push(`upgrade ${request.url}`);
      stream.end("HTTP/1.1 418 Teapot\r\nConnection: close\r\n\r\n");
    });
    server = await startServer(roomSocket, { server: carrier });
    const client = await connectRaw(server.url);
    expect(await client.rest()).toEqual([]);
    expect(await (await fetch(`${server.httpUrl}/page`)).text()).toBe("a page");
    await expect(connectRaw(server.url.replace("/socket", "/other"))).rejects.toThrow("418");
    expect(seen).toEqual(["request /socket/page", "upgrade /other/websocket?vsn=2.0.0"]);
  });

  it("may be one of several, whose clients hear each other", async () => {
    server = await startServer(roomSocket);
    const second = createServer();
    server.endpoint.attach(second);
    await new Promise<void>((resolve) => second.listen(0, "127.0.0.1", resolve));
    const address = second.address();
    const port = typeof address === "object" ? address?.port : null;
    const [one, two] = [await connectRaw(server.url), await connectRaw(`ws://127.0.0.1:${port}/socket`)];
    for (const client of [one, two]) {
      client.send(["1", "1", "room:1", "phx_join", {}]);
      await client.take(1);
    }
    one.send(["1", "2", "room:1", "broadcast", 1]);
    expect(await two.take(1)).toEqual([[null, null, "room:1", "news", { payload: 1 }]]);
    await server.drain();
    await new Promise((resolve) => second.close(resolve));
  });
});

/** A connection on which an upgrade has been asked for; it may be half open, and its errors are nobody's. */
async function openUpgrade(host: string, port: number, path: string): Promise<Socket> {
  const socket = connect({ host, port, allowHalfOpen: true });
  socket.on("error", () => {}).resume();
  await new Promise((resolve) => socket.once("connect", resolve));
  const headers = [
    "Host: localhost",
    "Connection: Upgrade",
    "Upgrade: websocket",
    "Sec-WebSocket-Version: 13",
    "Sec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==",
  ];
  socket.write(`GET ${path} HTTP/1.1\r\n${headers.join("\r\n")}\r\n\r\n`);
  return socket;
}
