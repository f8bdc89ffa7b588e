import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer, type Server } from "node:http";
import { afterEach, describe, expect, it } from "vitest";
import { inRoot } from "../../src/cli/root";
import { type ServeOptions, type Serving, serve } from "../../src/cli/serve";
import { connectRaw } from "../server/raw-client";

const open: Serving[] = [];
let other: Server | null = null;

afterEach(async () => {
  await Promise.all(open.splice(0).map((serving) => serving.close()));
  await new Promise((resolve) => (other === null ? resolve(null) : other.close(resolve)));
  other = null;
});

async function start(port: number | "free", options: Partial<ServeOptions> = {}): Promise<Serving> {
  const serving = await serve({ demo: "no such folder", log: () => {}, ...options, port });
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

describe("the demo's socket", () => {
  const join = (port: number, query?: string) => connectRaw(`ws://127.0.0.1:${port}/socket`, query);

  it("opens to pages of this machine, and to programs, which are of none", async () => {
    const { port } = await start(0);
    const statusFor = async (origin: string | null) => {
      const headers = origin === null ? {} : { origin };
      const response = await fetch(`http://127.0.0.1:${port}/socket/longpoll?vsn=2.0.0`, { headers });
      return Reflect.get(Object(await response.json()), "status");
    };
    expect(await statusFor("http://shop.test")).toBe(410);
    expect(await statusFor(null)).toBe(410);
    expect(await statusFor("https://example.com")).toBe(403);
  });

  it("takes either version over either transport, unless one is asked for", async () => {
    const { port } = await start(0);
    (await join(port, "?vsn=1.0.0")).close();
    (await join(port, "?vsn=2.0.0")).close();
    expect((await fetch(`http://127.0.0.1:${port}/socket/longpoll?vsn=2.0.0`)).status).toBe(200);

    const old = await start(0, { vsn: "1", transport: "websocket" });
    (await join(old.port, "?vsn=1.0.0")).close();
    await expect(join(old.port, "?vsn=2.0.0")).rejects.toThrow("403");
    expect((await fetch(`http://127.0.0.1:${old.port}/socket/longpoll?vsn=1.0.0`)).status).toBe(404);

    const polled = await start(0, { transport: "longpoll" });
    await expect(join(polled.port)).rejects.toThrow();
    expect((await fetch(`http://127.0.0.1:${polled.port}/socket/longpoll?vsn=2.0.0`)).status).toBe(200);
  });

  it("carries roots on one channel each, or on one for all of them", async () => {
    const topic = "musubi:connection:Demo.CounterStore:c1";
    const params = { module: "Demo.CounterStore", id: "c1", params: {} };
    const perRoot = await join((await start(0)).port);
    perRoot.send(["1", "1", topic, "phx_join", params]);
    expect(await perRoot.take(2)).toMatchObject([
      { 2: topic, 4: { response: { root_id: "Demo.CounterStore:c1" } } },
      { 2: topic, 3: "patch" },
    ]);
    const shared = await join((await start(0, { wire: "multiplexed" })).port);
    shared.send(["1", "1", "musubi:connection", "phx_join", {}]);
    shared.send(["1", "2", "musubi:connection", "mount", params]);
    expect(await shared.take(3)).toMatchObject([
      { 2: "musubi:connection", 3: "phx_reply" },
      { 2: "musubi:connection", 4: { response: { root_id: "c1" } } },
      { 2: "musubi:connection", 3: "patch", 4: { root_id: "c1" } },
    ]);
  });

  it("tells what stores hold, unless it is asked to keep that to itself", async () => {
    const params = { module: "Demo.CounterStore", id: "c1", params: {} };
    const eventsOf = async (lens: boolean) => {
      const client = await join((await start(0, { lens })).port);
      client.send(["1", "1", "musubi:connection:Demo.CounterStore:c1", "phx_join", params]);
      const frames = await client.rest();
      return frames.map((frame) => (Array.isArray(frame) ? frame[3] : frame));
    };
    expect(await eventsOf(true)).toContain("devtools:assigns");
    expect(await eventsOf(false)).toEqual(["phx_reply", "patch"]);
  });
});

describe("the demo's server", () => {
  it("tells its pages how to speak to it", async () => {
    const { port } = await start(0, { wire: "multiplexed", vsn: "1" });
    const response = await fetch(`http://127.0.0.1:${port}/demo-config.json`);
    expect(response.headers.get("content-type")).toContain("application/json");
    expect(await response.json()).toEqual({ wire: "multiplexed", transport: "websocket", vsn: "1.0.0" });
  });

  it("takes orders to break things on a port of its own, where one was asked for", async () => {
    expect((await start(0)).faultsPort).toBeNull();
    const { port, faultsPort } = await start(0, { faultsPort: 0 });
    const client = await connectRaw(`ws://127.0.0.1:${port}/socket`);
    const drop = { method: "POST", body: JSON.stringify({ code: 1012 }) };
    const answer = await fetch(`http://127.0.0.1:${faultsPort}/connections/all/drop`, drop);
    expect(answer.ok).toBe(true);
    expect(await client.closed).toBe(1012);
  });

  it("does not stay half open where the port of the faults is taken", async () => {
    const { port } = await start(0);
    const free = await start(0);
    await free.close();
    await expect(start(free.port, { faultsPort: port })).rejects.toThrow(`${port}`);
    expect((await start(free.port)).port).toBe(free.port);
  });

  it.skipIf(process.platform === "win32")(
    "ends with status 0 when it is told to, having let its clients go",
    async () => {
      const program = spawn("npm", ["run", "serve", "--", "--port", "0"], {
        cwd: inRoot(),
        stdio: ["ignore", "pipe", "inherit"],
      });
      let said = "";
      program.stdout.on("data", (text) => {
        said += text;
      });
      const ended = once(program, "close");
      await expect.poll(() => said, { timeout: 60_000 }).toMatch(/^listening on http:\/\/localhost:\d+$/m);
      const [, port = ""] = /localhost:(\d+)/.exec(said) ?? [];
      const client = await connectRaw(`ws://127.0.0.1:${port}/socket`);
      program.kill("SIGTERM");
      expect(await client.closed).toBe(1012);
      expect(await ended).toEqual([0, null]);
    },
  );
});
