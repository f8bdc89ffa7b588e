import { Socket } from "phoenix";
import { afterEach, describe, expect, it, vi } from "vitest";
import { WebSocket } from "ws";
import { createClient } from "../../src/client/client";
import { readAsync } from "../../src/demo/pages/async-value";
import { formatBytes } from "../../src/demo/pages/bytes";
import { countOf } from "../../src/demo/pages/count";
import { describeConfig, readDemoConfig } from "../../src/demo/pages/demo-config";
import { fakeBucket, makeFile, slowly } from "../../src/demo/pages/fake-files";
import { formatCents } from "../../src/demo/pages/money";
import { createReplyLog } from "../../src/demo/pages/reply-log";
import { createToaster } from "../../src/demo/pages/toasts";
import { V1 } from "../../src/demo/pages/v1-serializer";
import { createDemoSocket } from "../../src/demo/stores/demo-socket";
import { v1Json } from "../../src/server/phoenix/v1-json";
import { mountRoot, snapshotWhen } from "../client/connect";
import { startServer } from "../server/serving";

afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe("V1 for phoenix.js", () => {
  it("mounts and commands on a server that knows nothing else", async () => {
    const serializers = [{ requirement: "~> 1.0.0", serializer: v1Json }];
    const server = await startServer(createDemoSocket(), { mounted: { serializers } });
    const socket = new Socket(server.url, { ...V1, transport: WebSocket });
    socket.connect();
    try {
      const client = createClient(socket, { report: () => {} });
      const root = await mountRoot(client, "Demo.CounterStore");
      expect(await root.command([], "increment", { amount: 3 })).toEqual({ ok: true, value: {} });
      expect((await snapshotWhen(root, ({ version }) => version === 2)).data).toMatchObject({ count: 3 });
    } finally {
      socket.disconnect();
      await server.close();
    }
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
