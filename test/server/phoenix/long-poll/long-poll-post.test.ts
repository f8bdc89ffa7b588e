import { afterEach, describe, expect, it } from "vitest";
import { type LongPollServer, serveLongPoll } from "./long-poll-server";

const FRAME = '["1","2","room:1","echo",{"é":1}]';
const V1_FRAME = '{"topic":"room:1","event":"echo","payload":{},"ref":"2"}';

let server: LongPollServer;

afterEach(() => server.close());

describe("a POST", () => {
  it("hands over the lines of NDJSON in order: texts of both versions, and base64 of binary ones", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const { http, body } = await server.post(token, `${FRAME}\n${V1_FRAME}\nAAEBBAQxMnRlc3RlY2hvAf8=`);
    expect([http, body]).toEqual([200, { status: 200 }]);
    const binary = Buffer.concat([
      Buffer.from([0, 1, 1, 4, 4]),
      Buffer.from("12testecho"),
      Buffer.from([1, 255]),
    ]);
    expect(server.link().received).toEqual([FRAME, V1_FRAME, binary]);
  });

  it.each(["application/json", "text/plain;charset=UTF-8"])(
    "of %s is one frame, as of an old client",
    async (type) => {
      server = await serveLongPoll();
      const token = await server.connect();
      const body = JSON.stringify(
        { topic: "room:1", event: "a", payload: { lines: "a\nb" }, ref: "1" },
        null,
        2,
      );
      expect((await server.post(token, body, type)).body).toEqual({ status: 200 });
      expect(server.link().received).toEqual([body]);
    },
  );

  it("may have 100 lines and no more; of a wrong one no frame is taken", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    expect((await server.post(token, `${FRAME}\n`.repeat(100))).body).toEqual({ status: 200 });
    const { body } = await server.post(token, `${FRAME}\n`.repeat(101));
    expect(body).toEqual({ status: 400, reason: "The post has more than 100 frames." });
    expect(server.link().received).toHaveLength(100);
  });

  it.each([
    ["a line that is neither text nor base64", `${FRAME}\nnot base64!`, "Frame 1 of the post"],
    ["bytes that are no UTF-8", Uint8Array.of(0x5b, 0xff), "no UTF-8"],
  ])("with %s is answered with 400 and a sentence", async (_what, sent, sentence) => {
    server = await serveLongPoll();
    const token = await server.connect();
    const { http, body } = await server.post(token, sent);
    expect([http, body]).toEqual([200, { status: 400, reason: expect.stringContaining(sentence) }]);
    expect(server.link().received).toEqual([]);
  });

  it("that is too large is answered with 413 and a sentence, and the session lives on", async () => {
    server = await serveLongPoll({ maxBodyBytes: 50, windowMs: 20 });
    const token = await server.connect();
    const { http, body } = await server.post(token, "x".repeat(51));
    expect([http, body]).toEqual([200, { status: 413, reason: expect.stringContaining("50 bytes") }]);
    const chunked = new ReadableStream({
      start: (controller) => {
        for (let n = 0; n < 9; n += 1) controller.enqueue(new Uint8Array(10));
        controller.close();
      },
    });
    const init = { method: "POST", body: chunked, duplex: "half" } as const;
    expect((await server.poll(token, init)).body).toMatchObject({ status: 413 });
    expect((await server.poll(token)).body).toMatchObject({ status: 204 });
  });

  it("is answered with 408 where a frame hangs; those after it are not handed over", async () => {
    server = await serveLongPoll({ dispatchMs: 20 });
    const token = await server.connect();
    const release = server.link().hang();
    expect((await server.post(token, `["slow join"]\n${FRAME}`)).body).toEqual({ status: 408 });
    release();
    expect(server.link().received).toEqual(['["slow join"]']);
  });

  it("is answered with 410 where the session ends meanwhile", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    server.link().hang();
    const posted = server.post(token, FRAME);
    await expect.poll(() => server.link().received.length).toBe(1);
    server.link().transport.close(1011);
    expect((await posted).body).toEqual({ status: 410 });
  });

  it("waits while its connection asks for no more, and drops what it waited for too long", async () => {
    server = await serveLongPoll({ dispatchMs: 20 });
    const token = await server.connect();
    const { transport, received } = server.link();
    transport.pause?.();
    expect((await server.post(token, '["too long"]')).body).toEqual({ status: 408 });
    transport.resume?.();
    expect((await server.post(token, FRAME)).body).toEqual({ status: 200 });
    expect(received).toEqual([FRAME]);
  });

  it("is refused where its session has too many open", async () => {
    server = await serveLongPoll();
    const token = await server.connect();
    const release = server.link().hang();
    const open = Array.from({ length: 16 }, () => server.post(token, FRAME));
    await expect.poll(() => server.link().received.length).toBe(16);
    expect((await server.post(token, FRAME)).body).toMatchObject({ status: 429 });
    release();
    for (const { body } of await Promise.all(open)) expect(body).toEqual({ status: 200 });
    expect((await server.post(token, FRAME)).body).toEqual({ status: 200 });
  });
});

describe("pages of other origins", () => {
  it("are answered with 403, whatever they ask, where their origin is not allowed", async () => {
    server = await serveLongPoll({}, { isAllowedOrigin: () => false });
    for (const method of ["GET", "POST", "OPTIONS"]) {
      expect(await server.request("", { method })).toMatchObject({ http: 200, body: { status: 403 } });
    }
    expect(server.linkCount()).toBe(0);
  });

  it("may read what they are answered", async () => {
    server = await serveLongPoll();
    expect((await server.request("")).headers.get("access-control-allow-origin")).toBe("*");
  });

  it("are told in a preflight that they may send what they want to send", async () => {
    server = await serveLongPoll();
    const { http, headers } = await server.request("", {
      method: "OPTIONS",
      headers: { "access-control-request-headers": "content-type,x-phoenix-authtoken" },
    });
    expect(http).toBe(200);
    expect(headers.get("access-control-allow-origin")).toBe("*");
    expect(headers.get("access-control-allow-headers")).toBe("content-type,x-phoenix-authtoken");
    expect(headers.get("access-control-allow-methods")).toBe("get, post, options");
    expect(headers.get("access-control-max-age")).toBe("3600");
  });

  it("get HTTP 400 for a method that has no meaning", async () => {
    server = await serveLongPoll();
    expect((await server.request("", { method: "PUT" })).http).toBe(400);
  });
});
