import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { type Serving, serve } from "../../src/cli/serve";
import { connectRaw } from "../server/raw-client";

const open: Serving[] = [];
let other: Server | null = null;

afterEach(async () => {
  await Promise.all(open.splice(0).map((serving) => serving.close()));
  await new Promise((resolve) => (other === null ? resolve(null) : other.close(resolve)));
  other = null;
});

async function start(port: number | "free"): Promise<Serving> {
  const serving = await serve({ port, demo: "no such folder", log: () => {} });
  open.push(serving);
  return serving;
}

describe("serving the demo", () => {
  it("takes the first free port from 4000 on", async () => {
    const first = await start("free");
    const second = await start("free");
    expect(first.port).toBeGreaterThanOrEqual(4000);
    expect(second.port).toBeGreaterThan(first.port);
  });

  it("has the socket, and says what is missing where the page is not built", async () => {
    const { port } = await start(0);
    const client = await connectRaw(`ws://127.0.0.1:${port}/socket`);
    client.send(["1", "1", "echo:a", "phx_join", {}]);
    expect(await client.take(1)).toMatchObject([{ 3: "phx_reply" }]);
    const page = await fetch(`http://127.0.0.1:${port}/`);
    expect(page.status).toBe(404);
    expect(await page.text()).toContain("npm run build");
  });

  it("says so when the port is taken", async () => {
    const { port } = await start(0);
    await expect(start(port)).rejects.toThrow(`Port ${port} is taken`);
  });

  it("says so when the port is taken on one of the two addresses only", async ({ skip }) => {
    other = createServer();
    const listening = await new Promise<boolean>((resolve) =>
      other?.once("error", () => resolve(false)).listen(0, "::1", () => resolve(true)),
    );
    skip(!listening, "This machine has no IPv6.");
    const address = other.address();
    if (typeof address !== "object" || address === null) throw new Error("The other server has no port.");
    await expect(start(address.port)).rejects.toThrow("is taken");
  });

  it("drains: clients are closed with 1012, and the port is free again", async () => {
    const { port, close } = await start(0);
    const client = await connectRaw(`ws://127.0.0.1:${port}/socket`);
    await close();
    expect(await client.closed).toBe(1012);
    expect((await start(port)).port).toBe(port);
  });
});
