import { describe, expect, it } from "vitest";
import { startAsync } from "../../../src/server/musubi/async";
import { child } from "../../../src/server/musubi/child";
import { command, defineStore } from "../../../src/server/musubi/define-store";
import { attachHook, cont, type DeclaredHooks, detachHook, halt } from "../../../src/server/musubi/hook";
import { pushEvent } from "../../../src/server/musubi/push-event";
import { assign, createSocket, type MusubiSocket } from "../../../src/server/musubi/socket";
import { noreply, reply, type Store } from "../../../src/server/musubi/store";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import { startPage } from "./page/page-harness";

const fresh = createSocket("Shop.Cart", [], {});

/** A root with a child `inner`, both with these hooks; commands `run` and `attach`. */
function hooked(
  { root = {}, inner = {} }: { root?: DeclaredHooks; inner?: DeclaredHooks },
  log: string[] = [],
) {
  const commands = {
    run: (_payload: unknown, socket: MusubiSocket<Assigns>) => {
      log.push(`run in ${socket.module}`);
      return reply(assign(socket, { ran: true }), { ran: true });
    },
    event: (_payload: unknown, socket: MusubiSocket<Assigns>) =>
      noreply(pushEvent(socket, "toast", { n: 1 })),
    work: (_payload: unknown, socket: MusubiSocket<Assigns>) => noreply(startAsync(socket, "work", () => 7)),
  };
  const render = ({ assigns }: MusubiSocket<Assigns>) => ({
    ran: assigns.ran === true,
    seen: String(assigns.seen ?? ""),
  });
  const innerStore: Store = defineStore<Assigns>({ module: "Test.Inner", commands, hooks: inner, render });
  return defineStore<Assigns>({
    module: "Test.Root",
    root: true,
    commands,
    hooks: root,
    handleInfo: (message, socket) => {
      log.push(`info ${String(message)}`);
      return socket;
    },
    handleAsync: (name, _result, socket) => {
      log.push(`async ${name}`);
      return socket;
    },
    render: (socket) => ({ ...render(socket), inner: child(innerStore, { id: "inner" }) }),
  });
}

describe("hooks around a command", () => {
  const logging = (log: string[], names: readonly string[], store: string): DeclaredHooks => ({
    beforeCommand: Object.fromEntries(
      names.map((name) => [
        name,
        (command: string, payload: unknown, socket: MusubiSocket<Assigns>, target: readonly string[]) => {
          log.push(
            `before ${name} of ${store}: ${command} ${JSON.stringify([payload, socket.module, target])}`,
          );
          return cont(socket);
        },
      ]),
    ),
    afterCommand: {
      after: (command, _payload, { response }, socket) => {
        log.push(`after of ${store}: ${command} ${JSON.stringify(response)}`);
        return cont(assign(socket, { seen: command }));
      },
    },
  });

  it("run from the root down, each store's in the order in which they were attached", async () => {
    const log: string[] = [];
    const store = hooked(
      { root: logging(log, ["b", "a"], "root"), inner: logging(log, ["c"], "inner") },
      log,
    );
    const { run, client } = await startPage(store);
    await run("run", { n: 1 }, ["inner"]);
    expect(log).toEqual([
      'before b of root: run [{"n":1},"Test.Root",["inner"]]',
      'before a of root: run [{"n":1},"Test.Root",["inner"]]',
      'before c of inner: run [{"n":1},"Test.Inner",["inner"]]',
      "run in Test.Inner",
      'after of root: run {"ran":true}',
      'after of inner: run {"ran":true}',
    ]);
    expect(client.state).toMatchObject({ seen: "run", inner: { seen: "run", ran: true } });
  });

  it("may halt it, with a reply of status ok; a patch follows where something changed", async () => {
    const log: string[] = [];
    const deny = { ok: false, reason: "unauthorized" };
    const store = hooked(
      {
        root: {
          beforeCommand: {
            auth: (_name, _payload, socket) => halt(assign(socket, { seen: "denied" }), deny),
            later: (_name, _payload, socket) => {
              log.push("never");
              return cont(socket);
            },
          },
          afterCommand: {
            after: (_name, _payload, _reply, socket) => {
              log.push("never");
              return cont(socket);
            },
          },
        },
      },
      log,
    );
    const { run, envelopes } = await startPage(store);
    expect(await run("run", {}, ["inner"])).toEqual({ status: "ok", response: deny });
    expect(log).toEqual([]);
    expect(envelopes.slice(1)).toMatchObject([{ ops: [{ path: "/seen", value: "denied" }] }]);
  });

  it("above a store come before its payload is checked, its own after", async () => {
    const log: string[] = [];
    const logged = (name: string): DeclaredHooks => ({
      beforeCommand: {
        log: (_name, _payload, socket) => {
          log.push(name);
          return cont(socket);
        },
      },
    });
    const leaf: Store = defineStore<Assigns>({
      module: "Test.Leaf",
      hooks: logged("leaf"),
      render: () => ({}),
      commands: { add: command({ payload: () => refuseAll(), handle: (_given, socket) => noreply(socket) }) },
    });
    const root: Store = defineStore<Assigns>({
      module: "Test.Root",
      root: true,
      hooks: logged("root"),
      render: () => ({ leaf: child(leaf, { id: "leaf" }) }),
    });
    const { run } = await startPage(root);
    await expect(run("add", {}, ["leaf"])).rejects.toThrow("a bad payload");
    expect(log).toEqual(["root"]);
  });

  it("are not asked for what the store does not know", async () => {
    const log: string[] = [];
    const { run } = await startPage(hooked({ root: logging(log, ["a"], "root") }));
    await run("other");
    expect(log).toEqual([]);
  });
});

describe("hooks of messages and tasks", () => {
  const stages = ["handleInfo", "handleAsync"] as const;

  it.each(stages)("of %s run before the store's own handler, and may halt it", async (stage) => {
    for (const isHalting of [false, true]) {
      const log: string[] = [];
      const answer = isHalting ? halt : cont;
      const hooks: DeclaredHooks = {
        handleInfo: {
          first: (message, socket) => {
            log.push(`hook ${String(message)}`);
            return answer(socket);
          },
        },
        handleAsync: {
          first: (name, result, socket) => {
            log.push(`hook ${name} ${JSON.stringify(result)}`);
            return answer(socket);
          },
        },
      };
      const { page, run, idle } = await startPage(hooked({ root: hooks }, log));
      if (stage === "handleInfo") page.info("hello");
      else await run("work");
      await idle();
      const heard =
        stage === "handleInfo"
          ? ["hook hello", "info hello"]
          : ['hook work {"kind":"ok","value":7}', "async work"];
      expect(log).toEqual(isHalting ? heard.slice(0, 1) : heard);
    }
  });
});

describe("hooks of the output", () => {
  it("see what the store rendered and its events, and may rewrite both", async () => {
    const store = hooked({
      inner: {
        afterRender: {
          shout: ({ render, events }) => ({
            render: { ...render, seen: new Date(0) },
            events: events.map(({ name, payload }) => ({ name: `${name}!`, payload })),
          }),
          more: ({ render, events }) => ({ render: { ...render, extra: true }, events }),
        },
        afterSerialize: {
          stamp: ({ render, events }, socket) => ({
            render: { keys: Object.keys(render).join(), seen: render.seen ?? null, module: socket.module },
            events: [...events, { name: "extra", payload: events.length }],
          }),
        },
      },
    });
    const { run, client, envelopes } = await startPage(store);
    expect(client.state).toMatchObject({
      inner: {
        keys: "ran,seen,extra,__musubi_store_id__",
        seen: "1970-01-01T00:00:00.000Z",
        module: "Test.Inner",
        __musubi_store_id__: ["inner"],
      },
    });
    await run("event", {}, ["inner"]);
    expect(envelopes[1]).toMatchObject({
      ops: [],
      events: [
        { store_id: ["inner"], name: "toast!", payload: { n: 1 } },
        { store_id: ["inner"], name: "extra", payload: 1 },
      ],
    });
  });
});

describe("a hook of the serialized output", () => {
  it("sees the new state of a store below, be it only that which has changed", async () => {
    const leaf: Store = defineStore<Assigns>({
      module: "Test.Leaf",
      render: ({ assigns }) => ({ n: Number(assigns.n ?? 0) }),
      commands: {
        bump: (_payload, socket) => noreply(assign(socket, { n: Number(socket.assigns.n ?? 0) + 1 })),
      },
    });
    const root: Store = defineStore<Assigns>({
      module: "Test.Root",
      root: true,
      hooks: {
        afterSerialize: {
          copy: ({ render, events }) => ({
            render: { ...render, copy: JSON.stringify(render.leaves ?? null) },
            events,
          }),
        },
      },
      render: () => ({ leaves: [child(leaf, { id: "a" }), child(leaf, { id: "b" })] }),
    });
    const { run, client } = await startPage(root);
    await run("bump", {}, ["leaves", "b"]);
    await run("bump", {}, ["leaves", "b"]);
    const [a, b] = [
      { n: 0, __musubi_store_id__: ["leaves", "a"] },
      { n: 2, __musubi_store_id__: ["leaves", "b"] },
    ];
    expect(client.state).toMatchObject({ leaves: [a, b], copy: JSON.stringify([a, b]) });
  });
});

describe("attaching a hook", () => {
  const hook = (_message: unknown, socket: MusubiSocket<Assigns>) => cont(socket);

  it("refuses an id that the stage has, not one of another stage", () => {
    const attached = attachHook(fresh, "handleInfo", "log", hook);
    expect(() => attachHook(attached, "handleInfo", "log", hook)).toThrow(
      'Shop.Cart has a handleInfo hook "log" already',
    );
    expect(() => attachHook(attached, "handleAsync", "log", (_n, _r, socket) => cont(socket))).not.toThrow();
  });

  it("may be undone, and done again", () => {
    const attached = attachHook(fresh, "handleInfo", "log", hook);
    const detached = detachHook(attached, "handleInfo", "log");
    expect(detachHook(detached, "handleInfo", "log")).toBe(detached);
    expect(() => attachHook(detached, "handleInfo", "log", hook)).not.toThrow();
  });

  it("in a callback makes it run from then on", async () => {
    const store: Store = defineStore<Assigns>({
      module: "Test.Root",
      root: true,
      render: () => ({}),
      commands: {
        attach: (_payload, socket) =>
          noreply(
            attachHook(socket, "beforeCommand", "no", (_name, _payload2, own) => halt(own, { ok: false })),
          ),
      },
    });
    const { run } = await startPage(store);
    expect(await run("attach")).toEqual({ status: "ok", response: {} });
    expect(await run("attach")).toEqual({ status: "ok", response: { ok: false } });
  });
});

function refuseAll(): never {
  throw new Error("a bad payload");
}
