import { describe, expect, it } from "vitest";
import { assignAsync, cancelAsync, taskError } from "../../../src/server/musubi/async";
import { child } from "../../../src/server/musubi/child";
import { defineStore } from "../../../src/server/musubi/define-store";
import { assign } from "../../../src/server/musubi/socket";
import { noreply } from "../../../src/server/musubi/store";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import { deferredTask, type Loading, marker } from "./deferred-task";
import { startPage } from "./page/page-harness";
import { createManualTimers } from "./uploads/manual-timers";

function userStore(task: (signal: AbortSignal) => Promise<unknown>, options: { timeoutMs?: number } = {}) {
  return defineStore<Loading>({
    module: "Test.User",
    root: true,
    mount: (_params, socket) => assignAsync(socket, "user", task, options),
    render: ({ assigns: { user } }) => ({ user }),
    commands: {
      reload: (_payload, socket) => noreply(assignAsync(socket, "user", task, options)),
      reset: (_payload, socket) => noreply(assignAsync(socket, "user", task, { reset: true })),
      cancel: ({ reason }, socket) => noreply(cancelAsync(socket, "user", reason)),
      restart: (_payload, socket) => noreply(assignAsync(cancelAsync(socket, "user", "anew"), "user", task)),
    },
  });
}

async function startUser(options: { timeoutMs?: number } = {}) {
  const deferred = deferredTask();
  const timers = createManualTimers();
  const page = await startPage(userStore(deferred.task, options), { timers });
  await page.idle();
  const shown = () => Reflect.get(Object(page.client.state), "user");
  const discards = () => page.events.filter(({ name }) => name === "musubi.async.lazy_discard").length;
  return { ...page, ...deferred, timers, shown, discards };
}

describe("an assign that a task brings", () => {
  it("is loading in the first envelope, then ok, by separate ops", async () => {
    const { shown, call, idle, envelopes } = await startUser();
    expect(shown()).toEqual(marker("loading", null));
    call(0).resolve({ name: "ada" });
    await idle();
    expect(shown()).toEqual(marker("ok", { name: "ada" }));
    expect(envelopes[1]?.ops).toEqual([
      { op: "replace", path: "/user/status", value: "ok" },
      { op: "replace", path: "/user/result", value: { name: "ada" } },
    ]);
  });

  it("keeps its value while it loads again, and where that fails; not where it is reset", async () => {
    const { shown, call, idle, run } = await startUser();
    call(0).resolve("old");
    await idle();
    await run("reload");
    expect(shown()).toEqual(marker("loading", "old"));
    await idle();
    call(1).reject("gone");
    await idle();
    expect(shown()).toEqual(marker("failed", "old", { kind: "exit", value: "gone" }));
    await run("reset");
    expect(shown()).toEqual(marker("loading", null));
  });

  it.each<[string, (call: { resolve(value: unknown): void; reject(error: unknown): void }) => void, object]>([
    [
      "of what the task says",
      (call) => call.resolve(taskError({ code: 7 })),
      { kind: "error", value: { code: 7 } },
    ],
    [
      "of what it throws on purpose",
      (call) => call.reject(taskError("nope")),
      { kind: "error", value: "nope" },
    ],
    ["of what it throws", (call) => call.reject({ code: 7 }), { kind: "exit", value: { code: 7 } }],
    [
      "of an error, without its stack",
      (call) => call.reject(new TypeError("boom")),
      { kind: "exit", value: "TypeError: boom" },
    ],
    ["of what JSON cannot hold, as a text", (call) => call.reject([1n]), { kind: "exit", value: "[ 1n ]" }],
  ])("fails because %s", async (_what, end, reason) => {
    const { shown, call, idle, crashes } = await startUser();
    end(call(0));
    await idle();
    expect(shown()).toEqual(marker("failed", null, reason));
    expect(crashes).toEqual([]);
  });

  it("fails with a timeout, and discards what comes late", async () => {
    const { shown, call, idle, timers, discards } = await startUser({ timeoutMs: 100 });
    timers.pass(99);
    await idle();
    expect(shown()).toEqual(marker("loading", null));
    timers.pass(1);
    await idle();
    expect(shown()).toEqual(marker("failed", null, { kind: "exit", value: "timeout" }));
    expect(call(0).signal.aborted).toBe(true);
    call(0).resolve("late");
    await idle();
    expect([shown().status, discards()]).toEqual(["failed", 1]);
  });

  it("needs no timer once it has come", async () => {
    const { call, idle, timers } = await startUser({ timeoutMs: 100 });
    call(0).resolve("in time");
    await idle();
    expect(timers.waiting()).toBe(0);
  });

  it("fails with the reason of who cancels it, and discards what comes late", async () => {
    const { shown, call, idle, run, discards } = await startUser();
    await run("cancel", { reason: "not needed" });
    expect(shown()).toEqual(marker("failed", null, { kind: "exit", value: "not needed" }));
    call(0).resolve("late");
    await idle();
    expect([shown().status, discards()]).toEqual(["failed", 1]);
    await run("cancel", { reason: "again" });
    expect(shown().reason).toEqual({ kind: "exit", value: "not needed" });
  });

  it("is that of the last task: those before are superseded", async () => {
    const { shown, call, idle, run, discards } = await startUser();
    await run("reload");
    await idle();
    expect([call(0).signal.aborted, call(1).signal.aborted]).toEqual([true, false]);
    call(1).resolve("second");
    call(0).resolve("first");
    await idle();
    expect([shown(), discards()]).toEqual([marker("ok", "second"), 1]);
  });

  it("loads again where one callback cancels the task and starts another", async () => {
    const { shown, call, idle, run } = await startUser();
    await run("restart");
    expect(shown()).toEqual(marker("loading", null));
    await idle();
    call(1).resolve("second");
    await idle();
    expect(shown()).toEqual(marker("ok", "second"));
  });

  it("is waited for no more once the page has stopped", async () => {
    const { page, call, idle, envelopes } = await startUser();
    page.stop();
    expect(call(0).signal.aborted).toBe(true);
    call(0).resolve("late");
    await idle();
    expect(envelopes).toHaveLength(1);
  });

  it("crashes the page where its value is nothing that JSON can hold", async () => {
    const { call, idle, crashes } = await startUser();
    call(0).resolve(() => 1);
    await idle();
    expect(crashes).toMatchObject([{ message: expect.stringContaining("a function") }]);
  });
});

describe("the tasks of a child", () => {
  it("are given up when it is discarded: what comes is discarded too", async () => {
    const deferred = deferredTask();
    const item = defineStore<Assigns, Loading>({
      module: "Test.Item",
      init: (socket) => assignAsync(socket, "user", deferred.task),
      render: ({ assigns: { user } }) => ({ user }),
    });
    const root = defineStore({
      module: "Test.Root",
      root: true,
      mount: (_params, socket) => assign(socket, { isShown: true }),
      render: ({ assigns: { isShown } }) => ({ item: isShown ? child(item, { id: "item" }) : null }),
      commands: { hide: (_payload, socket) => noreply(assign(socket, { isShown: false })) },
    });
    const { run, idle, events, envelopes } = await startPage(root);
    await idle();
    await run("hide");
    expect(deferred.call(0).signal.aborted).toBe(true);
    deferred.call(0).resolve("late");
    await idle();
    expect(events.filter(({ name }) => name === "musubi.async.lazy_discard")).toHaveLength(1);
    expect(envelopes).toHaveLength(2);
  });
});
