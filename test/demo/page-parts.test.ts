import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { serve } from "../../src/cli/serve";
import { createClient } from "../../src/client/client";
import { formatCents } from "../../src/demo/pages/cart/money";
import { createToaster } from "../../src/demo/pages/chat/toasts";
import { readAsync } from "../../src/demo/pages/roots/async-value";
import { countOf } from "../../src/demo/pages/shell/count";
import { createSocket } from "../../src/demo/pages/shell/create-socket";
import { describeConfig, readDemoConfig } from "../../src/demo/pages/shell/demo-config";
import { createReplyLog } from "../../src/demo/pages/shell/reply-log";
import { forgeEnvelope, writePatch } from "../../src/demo/pages/start/forged-frame";
import { formatBytes } from "../../src/demo/pages/upload/bytes";
import { fakeBucket, makeFile, slowly } from "../../src/demo/pages/upload/fake-files";
import { mountRoot, snapshotWhen } from "../client/connect";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("the socket of a page", () => {
  const choices = (["websocket", "longpoll"] as const).flatMap((transport) =>
    (["1", "2"] as const).map((vsn) => [transport, vsn] as const),
  );

  it.each(choices)("speaks to a server of %s and version %s alone", async (transport, vsn) => {
    // What phoenix.js takes where it is not told of another transport; Node 20 has none.
    vi.stubGlobal("WebSocket", WebSocket);
    const serving = await serve({ port: 0, demo: "no such folder", log: () => {}, transport, vsn });
    const url = `http://127.0.0.1:${serving.port}`;
    const response = await fetch(`${url}/demo-config.json`);
    vi.stubGlobal("fetch", () => Promise.resolve(response));
    const config = await readDemoConfig();
    vi.unstubAllGlobals();
    vi.stubGlobal("WebSocket", WebSocket);
    const socket = createSocket(
      `${transport === "websocket" ? url.replace("http", "ws") : url}/socket`,
      config,
    );
    socket.connect();
    try {
      const client = createClient(socket, { report: () => {} });
      const root = await mountRoot(client, "Demo.CounterStore");
      expect(await root.command([], "increment", { amount: 3 })).toEqual({ ok: true, value: {} });
      expect((await snapshotWhen(root, ({ version }) => version === 2)).data).toMatchObject({ count: 3 });
    } finally {
      socket.disconnect();
      await serving.close();
    }
  });
});

describe("a forged frame", () => {
  const payload = { type: "patch" };

  it("is as the server would write it", () => {
    const perRoot = { wire: "per-root", transport: "websocket" } as const;
    expect(JSON.parse(writePatch({ ...perRoot, vsn: "2.0.0" }, "Shop:c1", payload))).toEqual([
      null,
      null,
      "musubi:connection:Shop:c1",
      "patch",
      payload,
    ]);
    const shared = { wire: "multiplexed", transport: "websocket", vsn: "1.0.0" } as const;
    expect(JSON.parse(writePatch(shared, "c1", payload))).toEqual({
      topic: "musubi:connection",
      event: "patch",
      payload,
      ref: null,
    });
  });

  it("begins where the page is, or ahead of it", () => {
    expect(forgeEnvelope(null, 10, "/count")).toMatchObject({
      base_version: 10,
      version: 11,
      ops: [{ path: "/count" }],
    });
  });
});

describe("what the server says of how to speak to it", () => {
  const answer = (status: number, body: unknown) =>
    vi.stubGlobal("fetch", () => Promise.resolve(new Response(JSON.stringify(body), { status })));

  it("is taken as it is", async () => {
    const config = { wire: "multiplexed", transport: "longpoll", vsn: "2.0.0" };
    answer(200, config);
    expect(await readDemoConfig()).toEqual(config);
    expect(describeConfig(await readDemoConfig())).toBe("long poll, V2, multiplexed");
  });

  it.each([
    [404, null],
    [200, null],
    [200, { wire: "multiplexed" }],
    [200, { wire: "per-root", transport: "smoke", vsn: "2.0.0" }],
    [200, { wire: "per-root", transport: "websocket", vsn: 2 }],
  ])("is no answer of the demo's server: %i %j", async (status, body) => {
    answer(status, body);
    await expect(readDemoConfig()).rejects.toThrow("npm run serve");
  });
});

describe("the words of the pages", () => {
  it("say sizes, amounts and numbers of things", () => {
    expect([0, 999, 1_000, 64_000, 1_250_000, 3e9, 4e12].map(formatBytes)).toEqual([
      "0 bytes",
      "999 bytes",
      "1 KB",
      "64 KB",
      "1.3 MB",
      "3 GB",
      "4000 GB",
    ]);
    expect([0, 5, 1_250].map(formatCents)).toEqual(["€0.00", "€0.05", "€12.50"]);
    expect([0, 1, 2].map((count) => countOf(count, "vote"))).toEqual(["0 votes", "1 vote", "2 votes"]);
  });

  it("say what an async value is", () => {
    const state = {
      there: { status: "ok", data: 7, error: null },
      gone: { status: "failed", data: 6, error: { kind: "error", value: "no supplier" } },
      odd: { status: "failed", data: null, error: { kind: "exit", value: { code: 1 } } },
    };
    expect(readAsync(state, "there")).toEqual({ status: "ok", data: 7, error: "null" });
    expect(readAsync(state, "gone")).toEqual({ status: "failed", data: 6, error: "no supplier" });
    expect(readAsync(state, "odd")).toMatchObject({ status: "failed", error: '{"code":1}' });
    expect(readAsync(state, "toString")).toEqual({ status: "loading", data: null, error: "null" });
  });
});

describe("what passes", () => {
  it("keeps the last twenty replies, the newest first", () => {
    const { log, entries } = createReplyLog();
    for (let count = 1; count <= 25; count += 1) log("ok", "say", String(count));
    expect(entries.value).toHaveLength(20);
    expect(entries.value[0]).toMatchObject({ kind: "ok", text: "say: 25" });
    expect(entries.value.at(-1)?.text).toBe("say: 6");
  });

  it("shows four toasts at once, each for six seconds", () => {
    vi.useFakeTimers();
    const { toasts, show, dismiss } = createToaster();
    for (const text of ["a", "b", "c", "d", "e"]) show(text);
    expect(toasts.value.map(({ text }) => text)).toEqual(["b", "c", "d", "e"]);
    dismiss(toasts.value[0]?.key ?? -1);
    vi.advanceTimersByTime(5_000);
    show("f");
    expect(toasts.value.map(({ text }) => text)).toEqual(["c", "d", "e", "f"]);
    vi.advanceTimersByTime(1_000);
    expect(toasts.value.map(({ text }) => text)).toEqual(["f"]);
  });
});

describe("the files to try with", () => {
  it("are as large as they say, also read slowly", async () => {
    const file = makeFile("photo.png", 40);
    expect(file).toMatchObject({ name: "photo.png", size: 40, type: "image/png" });
    const bytes = await slowly(file).slice(10, 25).arrayBuffer();
    expect(bytes.byteLength).toBe(15);
  });

  it("go nowhere, step by step, and may fail half way", async () => {
    vi.useFakeTimers();
    const send = async (name: string, signal = new AbortController().signal) => {
      const seen: number[] = [];
      const file = { source: makeFile(name, 1), entry_ref: "u_1", meta: {}, signal };
      const sent = fakeBucket({ ...file, progress: (percent) => void seen.push(percent) });
      const ended = sent.then(
        () => "arrived",
        (error: unknown) => (error instanceof Error ? error.message : error),
      );
      await vi.runAllTimersAsync();
      return { last: seen.at(-1), ended: await ended };
    };
    expect(await send("notes.txt")).toEqual({ last: 100, ended: "arrived" });
    expect(await send("fail.bin")).toEqual({ last: 50, ended: "the bucket is full" });
    const cancelled = AbortSignal.abort(new Error("cancelled"));
    expect(await send("notes.txt", cancelled)).toEqual({ last: undefined, ended: "cancelled" });
  });
});
