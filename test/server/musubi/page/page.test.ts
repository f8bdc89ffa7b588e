import { describe, expect, it } from "vitest";
import { child } from "../../../../src/server/musubi/child";
import { defineStore } from "../../../../src/server/musubi/define-store";
import { sendAfter, sendSelf } from "../../../../src/server/musubi/message";
import { assign, type MusubiSocket, storeId, update } from "../../../../src/server/musubi/socket";
import {
  connectInfo,
  putConnectInfo,
  putRootParams,
  putSession,
  rootParams,
  session,
} from "../../../../src/server/musubi/socket-context";
import { noreply } from "../../../../src/server/musubi/store";
import { createManualTimers } from "../uploads/manual-timers";
import { connection, createEndpointHandle, startPage } from "./page-harness";

const counter = defineStore({
  module: "Test.Counter",
  root: true,
  mount: (_params, socket) => assign(socket, { count: 0 }),
  render: ({ assigns: { count } }) => ({ count }),
  commands: {
    add: async (payload, socket) => {
      await new Promise((resolve) => setTimeout(resolve, Number(payload.after)));
      return noreply(update(socket, "count", (count) => count + 1));
    },
    same: (_payload, socket) => noreply(assign(socket, { count: socket.assigns.count })),
    crash: () => Promise.reject(new Error("the handler crashes")),
    crashLater: (_payload, socket) => noreply(sendSelf(socket, "crash")),
  },
  handleInfo: () => {
    throw new Error("the message crashes");
  },
});

const startCounter = () => startPage(counter);

describe("a page", () => {
  it("has emitted its first envelope when it has started", async () => {
    const { envelopes } = await startCounter();
    expect(envelopes).toEqual([
      {
        type: "patch",
        root_id: "Test.Counter:r1",
        base_version: 0,
        version: 1,
        ops: [{ op: "replace", path: "", value: { count: 0, __musubi_store_id__: [] } }],
        stream_ops: [],
        upload_ops: [],
        events: [],
      },
    ]);
  });

  it("has no root id in its envelopes where the wire has none", async () => {
    const { envelopes } = await startPage(counter, { rootId: null });
    expect(envelopes.map((envelope) => "root_id" in envelope)).toEqual([false]);
  });

  it("runs one command at a time, in their order, however long each takes", async () => {
    const { envelopes, run } = await startCounter();
    await Promise.all([run("add", { after: 20 }), run("add", { after: 0 }), run("add", { after: 5 })]);
    expect(envelopes.slice(1)).toMatchObject([
      { version: 2, ops: [{ value: 1 }] },
      { version: 3, ops: [{ value: 2 }] },
      { version: 4, ops: [{ value: 3 }] },
    ]);
  });

  it("emits nothing for a command that changes nothing, so that versions have no gaps", async () => {
    const { envelopes, run } = await startCounter();
    await run("same");
    await run("add", { after: 0 });
    expect(envelopes.map(({ base_version, version }) => [base_version, version])).toEqual([
      [0, 1],
      [1, 2],
    ]);
  });

  it.each([
    ["add", ["nobody"], "unknown store"],
    ["add", [1], "unknown store"],
    ["other", [], "unknown command"],
  ])("refuses %s for %j: %s", async (name, target, reason) => {
    const { run } = await startCounter();
    expect(await run(name, {}, target)).toEqual({ status: "error", response: { reason } });
  });
});

describe("a crash", () => {
  it("of a command rejects it, and ends the page", async () => {
    const { run, crashes } = await startCounter();
    await expect(run("crash")).rejects.toThrow("the handler crashes");
    await expect(run("same")).rejects.toThrow("The page of Test.Counter has ended.");
    expect(crashes).toEqual([]);
  });

  it("outside a command is told, once", async () => {
    const { page, run, idle, crashes } = await startCounter();
    await run("crashLater");
    page.info("crash again");
    await idle();
    expect(crashes).toMatchObject([{ message: "the message crashes" }]);
  });

  it("of a mount, an init or a first render rejects the start", async () => {
    const fail = () => {
      throw new Error("no");
    };
    const base = { module: "Test.Failing", root: true, render: () => ({}) } as const;
    await expect(startPage(defineStore({ ...base, mount: fail }))).rejects.toThrow("no");
    await expect(startPage(defineStore({ ...base, init: fail }))).rejects.toThrow("no");
    await expect(startPage(defineStore({ ...base, render: fail }))).rejects.toThrow("no");
  });

  it("of a callback that gives no socket says which one", async () => {
    const forgetful = defineStore({
      module: "Test.Forgetful",
      root: true,
      render: () => ({}),
      handleInfo: () => JSON.parse("null"),
    });
    const { page, idle, crashes } = await startPage(forgetful);
    page.info("x");
    await idle();
    expect(crashes).toMatchObject([
      { message: "Test.Forgetful's handleInfo must give the socket that it made, but it gave none." },
    ]);
  });
});

describe("a page that is stopped", () => {
  it("emits nothing, not even for a command that already runs", async () => {
    const { page, envelopes, run } = await startCounter();
    const running = run("add", { after: 5 });
    await new Promise((resolve) => setImmediate(resolve));
    page.stop();
    await running;
    expect(envelopes).toHaveLength(1);
  });

  it("tells every store why, the innermost first, once", async () => {
    const log: string[] = [];
    const leaf = defineStore({
      module: "Test.Leaf",
      render: () => ({}),
      terminate: ({ kind }, socket) => void log.push(`${kind} ${JSON.stringify(storeId(socket))}`),
    });
    const root = defineStore({
      module: "Test.Root",
      root: true,
      render: () => ({ a: child(leaf, { id: "a" }), b: child(leaf, { id: "b" }) }),
      terminate: ({ kind }) => void log.push(`${kind} root`),
    });
    const { page } = await startPage(root);
    page.stop({ kind: "left" });
    page.stop({ kind: "left" });
    expect(log).toEqual(['left ["b"]', 'left ["a"]', "left root"]);
  });

  it("is not harmed by a store that fails to end: the log says so", async () => {
    const lines: string[] = [];
    const root = defineStore({
      module: "Test.Root",
      root: true,
      render: () => ({}),
      terminate: () => {
        throw new Error("still busy");
      },
    });
    const { page } = await startPage(root, { socket: connection(createEndpointHandle(lines)) });
    page.stop();
    expect(lines.join()).toContain("Test.Root's terminate failed: Error: still busy");
  });

  it("waits for no timer any more", async () => {
    const timers = createManualTimers();
    const waiting = defineStore({
      module: "Test.Waiting",
      root: true,
      mount: (_params, socket) => sendAfter(socket, 10, "later"),
      render: () => ({}),
    });
    const { page } = await startPage(waiting, { timers });
    expect(timers.waiting()).toBe(1);
    page.stop();
    expect(timers.waiting()).toBe(0);
  });
});

describe("a root", () => {
  const probe = defineStore({
    module: "Test.Probe",
    root: true,
    mount: (params, socket) => assign(socket, { params, seen: rootParams(socket) }),
    init: (socket) => assign(socket, { order: [...Object.keys(socket.assigns)] }),
    render: (socket) => ({
      assigned: Object.keys(socket.assigns),
      params: JSON.stringify([
        socket.assigns.params,
        socket.assigns.seen,
        session(socket),
        connectInfo(socket),
      ]),
      place: [socket.module, socket.id, String(socket.parentPath), String(socket.topic)],
      inner: child(inner, { id: "inner" }),
    }),
  });
  const inner = defineStore({
    module: "Test.Inner",
    render: (socket: MusubiSocket) => ({
      context: JSON.stringify([rootParams(socket), session(socket), connectInfo(socket)]),
      assigned: Object.keys(socket.assigns),
      topic: socket.topic,
    }),
  });
  const joined = {
    ...putRootParams(putConnectInfo(putSession(assign(connection(), { user: "u9" }), { s: 1 }), { c: 1 }), {
      old: 1,
    }),
    topic: "musubi:connection:Test.Probe:r1",
  };

  it("is built of what the connection assigned, its context, and its own params", async () => {
    const { client } = await startPage(probe, { params: { p: 1 }, socket: joined });
    expect(client.state).toMatchObject({
      assigned: ["user", "params", "seen", "order"],
      params: '[{"p":1},{"p":1},{"s":1},{"c":1}]',
      place: ["Test.Probe", "", "null", "musubi:connection:Test.Probe:r1"],
    });
  });

  it("gives its children the context, but neither its params nor its assigns", async () => {
    const { client } = await startPage(probe, { params: { p: 1 }, socket: joined });
    expect(client.state).toMatchObject({
      inner: { context: '[{},{"s":1},{"c":1}]', assigned: [], topic: "musubi:connection:Test.Probe:r1" },
    });
  });
});
