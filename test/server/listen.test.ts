import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { closeServer, listenOnLoopback } from "../../src/server/listen";

const open: Server[] = [];

afterEach(async () => void (await Promise.all(open.splice(0).map(closeServer))));

/** A server that answers, and is closed when the test ends. */
function create(): Server {
  const server = createServer((_request, response) => response.end("here"));
  open.push(server);
  return server;
}

describe("listening on this machine", () => {
  it("is done on all of its addresses, with one port", async () => {
    const listening = await listenOnLoopback(0, create);
    expect(listening?.servers).toHaveLength(open.length);
    for (const server of open) expect(server.address()).toMatchObject({ port: listening?.port });
    expect(await (await fetch(`http://localhost:${listening?.port}`)).text()).toBe("here");
  });

  it("is done on none of them where the port is taken on one", async () => {
    const taken = createServer();
    await new Promise<void>((resolve) => taken.listen(0, "127.0.0.1", resolve));
    const address = taken.address();
    const port = typeof address === "object" && address !== null ? address.port : 0;
    expect(await listenOnLoopback(port, create)).toBeNull();
    expect(open.some(({ listening }) => listening)).toBe(false);
    await closeServer(taken);
    expect((await listenOnLoopback(port, create))?.port).toBe(port);
  });
});
