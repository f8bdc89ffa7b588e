import { describe, expect, it } from "vitest";
import { assignAsync, cancelAsync, startAsync } from "../../../src/server/musubi/async";
import { command, defineStore } from "../../../src/server/musubi/define-store";
import { cont, halt } from "../../../src/server/musubi/hook";
import { broadcast, subscribe } from "../../../src/server/musubi/pubsub";
import { assign } from "../../../src/server/musubi/socket";
import { reply, type Store } from "../../../src/server/musubi/store";
import { stream, streamDeleteByKey } from "../../../src/server/musubi/stream";
import { createTelemetry, type TelemetryEvent } from "../../../src/server/musubi/telemetry";
import { requireNumber, requireObject } from "../../../src/server/payload";
import type { Assigns } from "../../../src/server/phoenix/assigns";
import { type RunningPage, startPage } from "./page/page-harness";
import { createManualTimers } from "./uploads/manual-timers";

const store: Store = defineStore<Assigns>({
  module: "Shop.Cart",
  root: true,
  streams: { rows: {} },
  hooks: {
    beforeCommand: { auth: (_name, { deny }, socket) => (deny === true ? halt(socket) : cont(socket)) },
  },
  handleAsync: (_name, _result, socket) => socket,
  render: ({ assigns }) => ({ n: Number(assigns.n ?? 0), bad: JSON.parse("0", () => assigns.bad) }),
  commands: {
    set: command({
      payload: (json) => requireNumber(requireObject(json), "n"),
      reply: requireObject,
      handle: (n, socket) => reply(assign(socket, { n }), { n }),
    }),
    bad: (_payload, socket) => reply(assign(socket, { bad: () => 1 }), {}),
    stream: (_payload, socket) =>
      reply(
        streamDeleteByKey(stream(socket, "rows", [{ id: 1 }, { id: 2 }], { reset: true }), "rows", "x"),
        {},
      ),
    news: (_payload, socket) => reply(broadcast(subscribe(socket, "news"), "news", 1), {}),
    ok: (_payload, socket) =>
      reply(
        startAsync(socket, "work", () => 1),
        {},
      ),
    fail: (_payload, socket) =>
      reply(
        assignAsync(socket, "user", () => Promise.reject("no")),
        {},
      ),
    never: (_payload, socket) =>
      reply(
        startAsync(socket, "work", () => new Promise(() => {})),
        {},
      ),
    cancel: (_payload, socket) => reply(cancelAsync(socket, "work", "enough"), {}),
  },
});

const ROOT = { root: "Shop.Cart:r1", module: "Shop.Cart" };
const PLACE = { ...ROOT, storeId: [] };

async function eventsOf(
  program: (page: RunningPage) => Promise<unknown>,
): Promise<readonly TelemetryEvent[]> {
  const timers = createManualTimers();
  const page = await startPage(store, { timers });
  const before = page.events.length;
  await program(page);
  return page.events.slice(before);
}

const about = (events: readonly TelemetryEvent[], name: TelemetryEvent["name"]) =>
  events
    .filter((event) => event.name === name)
    .map(({ measurements, metadata }) => ({ measurements, metadata }));

describe("the telemetry of a page", () => {
  it("tells of a mount: render, validation, the way through the tree, the difference, the patch", async () => {
    const { events } = await startPage(store, { timers: createManualTimers() });
    expect(events).toEqual([
      { name: "musubi.render.stop", measurements: { duration: 0 }, metadata: PLACE },
      { name: "musubi.validate.stop", measurements: { duration: 0 }, metadata: PLACE },
      { name: "musubi.resolve.stop", measurements: { duration: 0, rendered: 1 }, metadata: ROOT },
      { name: "musubi.diff.stop", measurements: { duration: 0, ops: 1 }, metadata: ROOT },
      {
        name: "musubi.patch.stop",
        measurements: { ops: 1, streamOps: 0, uploadOps: 0, events: 0 },
        metadata: { ...ROOT, version: 1 },
      },
    ]);
  });

  it("tells of a command: its start and end, what was checked, and what came of it", async () => {
    const events = await eventsOf(({ run }) => run("set", { n: 2 }));
    expect(events.map(({ name }) => name)).toEqual([
      "musubi.command.start",
      "musubi.validate.command.stop",
      "musubi.validate.reply.stop",
      "musubi.command.stop",
      "musubi.render.stop",
      "musubi.validate.stop",
      "musubi.resolve.stop",
      "musubi.diff.stop",
      "musubi.patch.stop",
    ]);
    expect(about(events, "musubi.command.stop")).toEqual([
      {
        measurements: { duration: 0 },
        metadata: { ...PLACE, command: "set", status: "ok", isHalted: false },
      },
    ]);
  });

  it("tells of a command that a hook halted, and of one that failed", async () => {
    const halted = await eventsOf(({ run }) => run("set", { deny: true, n: 1 }));
    expect(about(halted, "musubi.command.stop")).toMatchObject([{ metadata: { isHalted: true } }]);
    const failed = await eventsOf(({ run }) => run("set", { n: "x" }).catch(() => {}));
    expect(about(failed, "musubi.command.exception")).toMatchObject([
      { measurements: { duration: 0 }, metadata: { command: "set", error: expect.any(Error) } },
    ]);
    expect(about(failed, "musubi.command.stop")).toEqual([]);
  });

  it("tells of a render that the wire cannot hold", async () => {
    const events = await eventsOf(({ run }) => run("bad").catch(() => {}));
    expect(about(events, "musubi.validate.exception")).toMatchObject([
      { metadata: { error: expect.any(Error) } },
    ]);
  });

  it("tells of a stream that was flushed", async () => {
    const events = await eventsOf(({ run }) => run("stream"));
    expect(about(events, "musubi.stream.flush")).toEqual([
      { measurements: { inserts: 2, deletes: 1 }, metadata: { ...PLACE, stream: "rows", isReset: true } },
    ]);
  });

  it("tells of a message that came by publish and subscribe; a patch is for mounts and commands only", async () => {
    const events = await eventsOf(async ({ run, idle }) => {
      await run("news");
      await idle();
    });
    expect(about(events, "musubi.pubsub.receive")).toEqual([
      { measurements: {}, metadata: { ...PLACE, topic: "news" } },
    ]);
    expect(about(events, "musubi.patch.stop")).toEqual([]);
  });

  it("tells of tasks: their start, and whether they ended, failed or were cancelled", async () => {
    const ran = async (...names: readonly string[]) => {
      const events = await eventsOf(async ({ run, idle }) => {
        for (const name of names) await run(name);
        await idle();
      });
      return events.flatMap(({ name, metadata }) =>
        name.startsWith("musubi.async") ? [{ name, metadata }] : [],
      );
    };
    expect(await ran("ok")).toEqual([
      { name: "musubi.async.start", metadata: { ...PLACE, name: "work" } },
      { name: "musubi.async.stop", metadata: { ...PLACE, name: "work" } },
    ]);
    expect(await ran("fail")).toMatchObject([
      { name: "musubi.async.start" },
      { name: "musubi.async.exception", metadata: { name: "user", reason: "no" } },
    ]);
    expect(await ran("never", "cancel")).toMatchObject([
      { name: "musubi.async.start" },
      { name: "musubi.async.cancel", metadata: { name: "work", reason: "enough" } },
    ]);
  });
});

describe("the emitter", () => {
  const deny = { topic: "musubi:connection", reason: "unauthorized" };

  it("tells every listener, until its undo", () => {
    const telemetry = createTelemetry();
    const heard: string[] = [];
    const undo = telemetry.attach(({ name }) => heard.push(`one ${name}`));
    telemetry.attach(({ name }) => heard.push(`two ${name}`));
    telemetry.emit("musubi.auth.deny", {}, deny);
    undo();
    telemetry.emit("musubi.auth.deny", {}, deny);
    expect(heard).toEqual(["one musubi.auth.deny", "two musubi.auth.deny", "two musubi.auth.deny"]);
  });

  it("detaches a listener that throws, and says so: nobody else is harmed", () => {
    const failures: unknown[] = [];
    const telemetry = createTelemetry((error) => failures.push(error));
    const heard: unknown[] = [];
    telemetry.attach(() => {
      throw new Error("a bad listener");
    });
    telemetry.attach(({ metadata }) => heard.push(metadata));
    telemetry.emit("musubi.auth.deny", {}, deny);
    telemetry.emit("musubi.auth.deny", {}, deny);
    expect([heard, failures]).toMatchObject([[deny, deny], [{ message: "a bad listener" }]]);
  });
});
