import { describe, expect, it } from "vitest";
import { streamAsync, type TaskError } from "../../../src/server/musubi/async";
import { defineStore } from "../../../src/server/musubi/define-store";
import { noreply, type Store } from "../../../src/server/musubi/store";
import { stream } from "../../../src/server/musubi/stream";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import { deferredTask, marker } from "./deferred-task";
import { startPage } from "./page/page-harness";

describe("a stream that a task brings", () => {
  function listing() {
    const deferred = deferredTask();
    const task = (signal: AbortSignal): Promise<Iterable<unknown> | TaskError> =>
      deferred.task(signal).then((value) => (Array.isArray(value) ? value : JSON.parse("7")));
    const store: Store = defineStore<Assigns>({
      module: "Test.Listing",
      root: true,
      streams: { rows: {} },
      mount: (_params, socket) => streamAsync(socket, "rows", task),
      render: ({ assigns }) => ({ rows: JSON.parse("0", () => assigns.rows) }),
      commands: {
        reload: (_payload, socket) => noreply(streamAsync(socket, "rows", task, { reset: true, at: 0 })),
      },
    });
    return { ...deferred, store };
  }
  const slot = { __musubi_stream__: "rows" };

  it("is its place in every status, and its items go into the stream", async () => {
    const { store, call } = listing();
    const { idle, client, run } = await startPage(store);
    expect(client.state).toMatchObject({ rows: marker("loading", slot) });
    await idle();
    call(0).resolve([{ id: 1 }, { id: 2 }]);
    await idle();
    expect(client.state).toMatchObject({ rows: marker("ok", slot) });
    expect(client.items([], "rows")).toEqual([{ id: 1 }, { id: 2 }]);
    await run("reload");
    await idle();
    call(1).resolve([{ id: 3 }, { id: 4 }]);
    await idle();
    expect(client.items([], "rows")).toEqual([{ id: 4 }, { id: 3 }]);
    await run("reload");
    await idle();
    call(2).reject("no");
    await idle();
    expect(client.state).toMatchObject({ rows: marker("failed", slot, { kind: "exit", value: "no" }) });
  });

  it("has failed where the task gives no list", async () => {
    const { store, call } = listing();
    const { idle, crashes, client } = await startPage(store);
    await idle();
    call(0).resolve(7);
    await idle();
    const value = `TypeError: The task of Test.Listing's stream "rows" must give a list of items.`;
    expect(client.state).toMatchObject({ rows: marker("failed", slot, { kind: "exit", value }) });
    expect(crashes).toEqual([]);
  });

  it("has its number from when the task starts, not from when the items come", async () => {
    const store: Store = defineStore<Assigns>({
      module: "Test.Numbered",
      root: true,
      streams: { log: {}, rows: {} },
      mount: (_params, socket) =>
        stream(
          streamAsync(socket, "rows", () => [{ id: 2 }]),
          "log",
          [{ id: 1 }],
        ),
      render: () => ({}),
    });
    const { idle, envelopes } = await startPage(store);
    await idle();
    expect(envelopes.map(({ stream_ops }) => stream_ops)).toMatchObject([
      [{ stream: "log", ref: "1" }],
      [{ stream: "rows", ref: "0" }],
    ]);
  });

  it("must be declared", () => {
    const store = defineStore({
      module: "Test.Undeclared",
      root: true,
      mount: (_params, socket) => streamAsync(socket, "rows", () => []),
      render: () => ({}),
    });
    return expect(startPage(store)).rejects.toThrow('declares no stream "rows"');
  });
});
