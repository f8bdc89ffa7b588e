import { afterEach, describe, expect, it } from "vitest";
import { type LongPollServer, serveLongPoll, tokenOf } from "./long-poll-server";

const FRAME = '["1","2","room:1","echo",{"é":1}]';

let server: LongPollServer;

afterEach(() => server.close());

/** So many requests have reached the server and wait there. */
async function untilWaiting(count: number): Promise<void> {
  await expect.poll(() => server.waiting()).toBe(count);
}

describe("the first GET", () => {
  it("starts a session and is answered with 410, a token and no messages", async () => {
    server = await serveLongPoll();
    const { http, headers, body } = await server.request("?vsn=2.0.0", {
      headers: { accept: "application/json" },
    });
    expect(http).toBe(200);
    expect(headers.get("content-type")).toBe("application/json; charset=utf-8");
    expect(headers.get("cache-control")).toBe("no-store");
    expect(body).toEqual({ status: 410, token: expect.stringMatching(/^SFMyNTY\./), messages: [] });
    expect(server.linkCount()).toBe(1);
  });

  it("is answered with 403 alone where the client is refused", async () => {
    server = await serveLongPoll({}, { admits: () => false });
    expect(await server.request("?vsn=9.0.0")).toMatchObject({ http: 200, body: { status: 403 } });
  });

  it("is answered with 500 where the connect callback throws, and the reason is logged", async () => {
    server = await serveLongPoll({}, { admits: () => Promise.reject(new Error("no database")) });
    expect(await server.request("")).toMatchObject({ http: 500, body: { status: 500 } });
    expect(server.log.join()).toContain("no database");
  });

  it("carries the auth token in a header, where the socket takes one", async () => {
    const given: unknown[] = [];
    const admits = (token: unknown) => given.push(token) > 0;
    const headers = { "x-phoenix-authtoken": "secret" };
    server = await serveLongPoll({}, { authToken: true, admits });
    await server.request("", { headers });
    await server.request("");
    await server.close();
    server = await serveLongPoll({}, { authToken: false, admits });
    await server.request("", { headers });
    expect(given).toEqual(["secret", null, null]);
  });

  it("is sent away where there are too many sessions", async () => {
    server = await serveLongPoll({ maxSessions: 1 });
    await server.connect();
    for (const query of ["", "?token=null"]) {
      expect(await server.request(query)).toMatchObject({ http: 500, body: { status: 500 } });
    }
    expect(server.log).toHaveLength(1);
    server.link().transport.close(1000);
    expect((await server.request("")).body).toMatchObject({ status: 410 });
  });
});

describe("a poll", () => {
  it("is answered with what waits, and with the same token", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    server.link().transport.send(FRAME);
    server.link().transport.send("second");
    expect((await server.poll(token)).body).toEqual({ status: 200, token, messages: [FRAME, "second"] });
  });

  it("waits for what comes", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const open = server.poll(token);
    await untilWaiting(1);
    server.link().transport.send(FRAME);
    expect((await open).body).toEqual({ status: 200, token, messages: [FRAME] });
  });

  it("is answered with 204 after the window", async () => {
    server = await serveLongPoll({ windowMs: 20 });
    const token = await server.connect();
    expect(await server.poll(token)).toMatchObject({ http: 200, body: { status: 204, token, messages: [] } });
  });

  it("may name its session in a header", async () => {
    server = await serveLongPoll({ windowMs: 20 });
    const token = await server.connect();
    const { body } = await server.request("?vsn=2.0.0", { headers: { "x-phoenix-longpoll-token": token } });
    expect(body).toEqual({ status: 204, token, messages: [] });
    expect(server.linkCount()).toBe(1);
  });

  it("sends an older one home with 204", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const older = server.poll(token);
    await untilWaiting(1);
    const newer = server.poll(token);
    expect((await older).body).toEqual({ status: 204, token, messages: [] });
    server.link().transport.send(FRAME);
    expect((await newer).body).toEqual({ status: 200, token, messages: [FRAME] });
  });

  it("whose client goes away leaves its messages to the next", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const leaving = new AbortController();
    const left = server.poll(token, { signal: leaving.signal }).catch(() => "left");
    await untilWaiting(1);
    leaving.abort();
    expect(await left).toBe("left");
    await untilWaiting(0);
    server.link().transport.send(FRAME);
    expect((await server.poll(token)).body).toEqual({ status: 200, token, messages: [FRAME] });
  });

  it("is answered with HTTP 500 where a binary frame is to be sent, and the session is over", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const open = server.poll(token);
    await untilWaiting(1);
    server.link().transport.send(Uint8Array.of(0, 1));
    expect(await open).toMatchObject({ http: 500, body: { status: 500 } });
    expect(server.link().isClosed()).toBe(true);
    expect(server.link().log.join()).toContain("binary");
    expect((await server.poll(token)).body).toMatchObject({ status: 410 });
  });
});

describe("a session that is no more", () => {
  it.each([
    ["closed", (of: LongPollServer) => of.link().transport.close(1000)],
    ["cut", (of: LongPollServer) => of.link().transport.cut()],
  ])("because it was %s: a GET gets 410 and a new session's token, a POST 410", async (_how, end) => {
    server = await serveLongPoll();
    const token = await server.connect();
    end(server);
    expect(server.link().isClosed()).toBe(true);
    expect((await server.post(token, FRAME)).body).toEqual({ status: 410 });
    const { body } = await server.poll(token);
    expect(body).toEqual({ status: 410, token: expect.any(String), messages: [] });
    expect(tokenOf(body)).not.toBe(token);
    expect(server.linkCount()).toBe(2);
  });

  it("expires without a poll, and its connection is told", async () => {
    server = await serveLongPoll({ expiryMs: 20 });
    const token = await server.connect();
    await expect.poll(() => server.link().isClosed()).toBe(true);
    expect((await server.poll(token)).body).toMatchObject({ status: 410 });
  });

  it("breaks an open poll off when it is cut", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const open = server.poll(token).catch(() => "broken off");
    await untilWaiting(1);
    server.link().transport.cut();
    expect(await open).toBe("broken off");
  });

  it("ended because too much waited, which is logged", async () => {
    server = await serveLongPoll({ maxBufferedBytes: 10 });
    const token = await server.connect();
    server.link().transport.send("x".repeat(11));
    expect(server.link().isClosed()).toBe(true);
    expect(server.link().log.join()).toContain("11 bytes");
    expect((await server.poll(token)).body).toMatchObject({ status: 410 });
  });
});

describe("a token", () => {
  it.each(["null", "", "SFMyNTY.e30.x", "no token"])(
    "%j that is none starts a new session",
    async (token) => {
      server = await serveLongPoll();
      expect((await server.poll(token)).body).toMatchObject({ status: 410, messages: [] });
      expect((await server.post(token, FRAME)).body).toEqual({ status: 410 });
      expect(server.linkCount()).toBe(1);
    },
  );

  it("of another server is none, even with the same secret", async () => {
    const other = await serveLongPoll();
    const token = await other.connect();
    await other.close();
    server = await serveLongPoll();
    expect((await server.post(token, FRAME)).body).toEqual({ status: 410 });
  });

  it("is good for two weeks", async () => {
    const week = 7 * 24 * 60 * 60 * 1000;
    let time = 0;
    server = await serveLongPoll({ windowMs: 20 }, { now: () => time });
    const token = await server.connect();
    time = 2 * week;
    expect((await server.poll(token)).body).toMatchObject({ status: 204 });
    time += 1;
    expect((await server.poll(token)).body).toMatchObject({ status: 410 });
  });
});

describe("draining", () => {
  it("answers open polls, with what is left first, and ends the sessions", async () => {
    server = await serveLongPoll();
    const [idle, busy] = [await server.connect(), await server.connect()];
    const [idlePoll, busyPoll] = [server.poll(idle), server.poll(busy)];
    await untilWaiting(2);
    server.link(1).transport.send(FRAME);
    await server.drain();
    expect((await idlePoll).body).toEqual({ status: 410, token: idle, messages: [] });
    expect((await busyPoll).body).toEqual({ status: 200, token: busy, messages: [FRAME] });
    expect(server.link(0).isClosed() && server.link(1).isClosed()).toBe(true);
    // With its token the client knows that its session is gone; a new one is not to be had.
    expect((await server.poll(busy)).body).toEqual({ status: 410, token: busy, messages: [] });
    for (const query of ["", "?token=null"]) {
      expect((await server.request(query)).body).toEqual({ status: 500 });
    }
    expect(server.linkCount()).toBe(2);
  });

  it("waits for a client that still has something to fetch", async () => {
    server = await serveLongPoll({ drainMs: 60_000 });
    const token = await server.connect();
    server.link().transport.send(FRAME);
    const drained = server.drain();
    expect((await server.poll(token)).body).toEqual({ status: 200, token, messages: [FRAME] });
    await drained;
  });

  it("does not wait for longer than it is told", async () => {
    server = await serveLongPoll({ drainMs: 20 });
    const token = await server.connect();
    server.link().transport.send(FRAME);
    await server.drain();
    expect((await server.poll(token)).body).toEqual({ status: 410, token, messages: [] });
  });
});
