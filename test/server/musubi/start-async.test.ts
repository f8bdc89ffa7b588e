import { describe, expect, it } from "vitest";
import { cancelAsync, startAsync } from "../../../src/server/musubi/async";
import { defineStore } from "../../../src/server/musubi/define-store";
import { assign, type MusubiSocket } from "../../../src/server/musubi/socket";
import { noreply, type Store } from "../../../src/server/musubi/store";
import type { TaskResult } from "../../../src/server/musubi/task-result";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import { deferredTask } from "./deferred-task";
import { connection, createEndpointHandle, startPage } from "./page/page-harness";

describe("a task of startAsync", () => {
  function starting(handleAsync: ((name: string, result: TaskResult) => unknown) | null) {
    const deferred = deferredTask();
    const heard: [string, TaskResult][] = [];
    const store: Store = defineStore<Assigns>({
      module: "Test.Starting",
      root: true,
      render: ({ assigns }) => ({ done: assigns.done === true }),
      commands: {
        start: (_payload, socket) => noreply(startAsync(socket, "work", deferred.task)),
        cancel: (_payload, socket) => noreply(cancelAsync(socket, "work", "enough")),
      },
      ...(handleAsync === null
        ? {}
        : {
            handleAsync: (name: string, result: TaskResult, socket: MusubiSocket<Assigns>) => {
              heard.push([name, result]);
              return assign(socket, { done: true });
            },
          }),
    });
    return { ...deferred, store, heard };
  }

  it.each<
    [string, (call: { resolve(value: unknown): void; reject(error: unknown): void }) => void, TaskResult]
  >([
    ["its value, be it no JSON", (call) => call.resolve(1n), { kind: "ok", value: 1n }],
    ["what it throws", (call) => call.reject("no"), { kind: "exit", reason: "no" }],
  ])("tells handleAsync %s", async (_what, end, result) => {
    const { store, heard, call } = starting(() => {});
    const { run, idle, client } = await startPage(store);
    await run("start");
    await idle();
    end(call(0));
    await idle();
    expect(heard).toEqual([["work", result]]);
    expect(client.state).toMatchObject({ done: true });
  });

  it("that is cancelled tells handleAsync so, once", async () => {
    const { store, heard, call } = starting(() => {});
    const { run, idle } = await startPage(store);
    await run("start");
    await idle();
    await run("cancel");
    call(0).resolve("late");
    await idle();
    expect(heard).toEqual([["work", { kind: "exit", reason: "enough" }]]);
  });

  it("means nothing to a store without handleAsync", async () => {
    const { store, call } = starting(null);
    const { run, idle, crashes, envelopes } = await startPage(store);
    await run("start");
    await idle();
    call(0).resolve(1);
    await idle();
    expect([crashes, envelopes.length]).toEqual([[], 1]);
  });

  it.each<[string, () => unknown, string]>([
    ["throws", () => raise("no luck"), "no luck"],
    ["gives no socket", () => undefined, "must give the socket"],
  ])(
    "does not crash the page where handleAsync %s: it is logged, and told to telemetry",
    async (_what, end, why) => {
      const store: Store = defineStore<Assigns>({
        module: "Test.Failing",
        root: true,
        render: ({ assigns }) => ({ n: Number(assigns.n ?? 0) }),
        handleAsync: () => JSON.parse("0", end),
        commands: {
          start: (_payload, socket) => noreply(startAsync(socket, "work", () => 1)),
          set: (_payload, socket) => noreply(assign(socket, { n: 1 })),
        },
      });
      const log: string[] = [];
      const socket = connection(createEndpointHandle(log));
      const { run, idle, crashes, events, client } = await startPage(store, { socket });
      await run("start");
      await idle();
      await run("set");
      expect([crashes, client.state]).toMatchObject([[], { n: 1 }]);
      expect(log).toEqual([expect.stringMatching(`Test.Failing's handleAsync failed .*${why}`)]);
      expect(events.filter(({ name }) => name === "musubi.async.exception")).toMatchObject([
        { metadata: { name: "work", reason: expect.any(Error) } },
      ]);
    },
  );
});

function raise(message: string): never {
  throw new Error(message);
}
