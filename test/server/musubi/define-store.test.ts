import { describe, expect, it } from "vitest";
import { child } from "../../../src/server/musubi/child";
import { command, defineStore } from "../../../src/server/musubi/define-store";
import { assign, createSocket, type MusubiSocket } from "../../../src/server/musubi/socket";
import { noreply, refuse, reply, type Store } from "../../../src/server/musubi/store";
import { requireNumber, requireObject } from "../../../src/server/payload";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import type { Json } from "../../../src/wire/json";
import { startPage } from "./page/page-harness";

describe("the attributes of a child", () => {
  const sized: Store = defineStore<Assigns>({
    module: "Test.Sized",
    attributes: { name: { required: true }, size: { default: 3 }, note: {} },
    render: ({ assigns }) => ({ keys: Object.keys(assigns).join(), size: Number(assigns.size) }),
  });
  const showing = (props: Assigns) =>
    startPage(
      defineStore({
        module: "Test.Root",
        root: true,
        mount: (_params, socket) => assign(socket, { props }),
        render: ({ assigns }) => ({ sized: child(sized, { id: "s", ...assigns.props }) }),
        commands: { show: ({ name }, socket) => noreply(assign(socket, { props: { name } })) },
      }),
    );

  it.each<[string, Assigns, object]>([
    ["has its default where it is left out", { name: "a" }, { keys: "name,size", size: 3 }],
    ["is what was given, null included", { name: "a", size: null }, { keys: "name,size", size: 0 }],
    ["may stay away", { name: "a", note: "n" }, { keys: "name,note,size" }],
  ])("one %s", async (_what, props, shown) => {
    const { client } = await showing(props);
    expect(client.state).toMatchObject({ sized: shown });
  });

  it("keep their defaults when props change", async () => {
    const { client, run } = await showing({ name: "a", size: 9 });
    await run("show", { name: "b" });
    expect(client.state).toMatchObject({ sized: { size: 3 } });
  });

  it.each<[string, Assigns, string]>([
    ["is missing", {}, 'Test.Sized needs the attribute "name"'],
    [
      "is none",
      { name: "a", colour: "red" },
      'was given "colour", which is none of its attributes (name, size, note)',
    ],
  ])("crash the page where one %s", async (_what, props, sentence) => {
    await expect(showing(props)).rejects.toThrow(sentence);
  });
});

describe("the attributes of a root", () => {
  const rooted = (assigns: Assigns) =>
    startPage(
      defineStore<Assigns>({
        module: "Test.Root",
        root: true,
        attributes: { name: { required: true }, size: { default: 3 } },
        mount: (_params, socket) => assign(socket, assigns),
        init: (socket) => assign(socket, { doubled: Number(socket.assigns.size) * 2 }),
        render: ({ assigns: { doubled } }) => ({ doubled: Number(doubled) }),
      }),
    );

  it("are completed between mount and init; further assigns are its own affair", async () => {
    expect((await rooted({ name: "a", other: 1 })).client.state).toMatchObject({ doubled: 6 });
  });

  it("crash the mount where one is missing", async () => {
    await expect(rooted({})).rejects.toThrow('Test.Root needs the attribute "name"');
  });
});

type Counting = MusubiSocket<{ readonly count: number }>;

describe("a command", () => {
  const amount = (json: Json) => requireNumber(requireObject(json), "amount");
  const store = defineStore({
    module: "Test.Checked",
    root: true,
    mount: (_params, socket) => assign(socket, { count: 0 }),
    render: ({ assigns: { count } }) => ({ count }),
    commands: {
      add: command({
        payload: amount,
        handle: (by, socket: Counting) => noreply(assign(socket, { count: socket.assigns.count + by })),
      }),
      answer: command({
        reply: (json) => requireNumber(requireObject(json), "n"),
        handle: ({ n = null }, socket: Counting) => reply(socket, { n }),
      }),
      refuse: command({
        reply: (json) => requireNumber(requireObject(json), "n"),
        handle: (_payload, socket: Counting) => refuse(socket, "sold out"),
      }),
      raw: (payload, socket) => reply(socket, payload),
      unwirable: (_payload, socket) =>
        reply(
          socket,
          JSON.parse("{}", () => ({ n: 1n })),
        ),
    },
  });

  it("gets what its validator made of the payload", async () => {
    const { run, client } = await startPage(store);
    expect(await run("add", { amount: 3 })).toEqual({ status: "ok", response: {} });
    expect(client.state).toMatchObject({ count: 3 });
  });

  it.each<[string, string, { readonly [key: string]: Json }, string]>([
    ["a payload", "add", { amount: "3" }, 'The payload\'s "amount" must be a number'],
    ["a reply", "answer", { n: "x" }, 'The payload\'s "n" must be a number'],
    ["a reply for the wire", "unwirable", {}, 'The reply of Test.Checked to "unwirable"'],
  ])("crashes the page where %s is not what it must be", async (_what, name, payload, sentence) => {
    const { run } = await startPage(store);
    await expect(run(name, payload)).rejects.toThrow(sentence);
    await expect(run("raw")).rejects.toThrow("has ended");
  });

  it.each<[string, unknown]>([
    ["nothing", undefined],
    ["no socket", { status: "ok", response: {} }],
    ["a status of its own", { ...noreply(createSocket("Test.Odd", [], {})), status: "weird" }],
  ])("crashes the page where its handler answers %s", async (_what, answer) => {
    const odd = defineStore<Assigns>({
      module: "Test.Odd",
      root: true,
      render: () => ({}),
      commands: { run: () => JSON.parse("0", () => answer) },
    });
    const { run } = await startPage(odd);
    await expect(run("run")).rejects.toThrow('Test.Odd\'s command "run" must answer with noreply, reply');
  });

  it("answers what its handler gives, checked or not; a refusal is not checked", async () => {
    const { run } = await startPage(store);
    expect(await run("answer", { n: 1 })).toEqual({ status: "ok", response: { n: 1 } });
    expect(await run("raw", { any: [1] })).toEqual({ status: "ok", response: { any: [1] } });
    expect(await run("refuse")).toEqual({ status: "error", response: { reason: "sold out" } });
  });
});

describe("the names of a store", () => {
  const declared = (more: object) =>
    defineStore<Assigns>({ module: "Test.Named", root: true, render: () => ({}), ...more });

  it.each([
    ["no module", { module: "" }, 'the module ""'],
    ["a module that ids cannot be told from", { module: "Shop:Cart" }, 'the module "Shop:Cart"'],
    ["a stream with a name of Musubi's", { streams: { __musubi_rows: {} } }, '"__musubi_rows"'],
    ["an upload with one", { uploads: { __musubi_x: { accept: "any" } } }, '"__musubi_x"'],
  ])("are refused at its declaration: %s", (_what, more, sentence) => {
    expect(() => declared(more)).toThrow(sentence);
  });
});

describe("a store that is no root", () => {
  it("cannot be mounted by a client", async () => {
    const store = defineStore<Assigns>({ module: "Test.Child", render: () => ({}) });
    await expect(startPage(store)).rejects.toThrow("Test.Child is no root store");
  });
});
