import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { Root } from "../../src/client/client";
import { mountRoot } from "../client/connect";
import { type DemoScene, eventually, openScene, WIRES } from "./demo-scene";

const NOW = "2026-05-01T12:00:00.000Z";

describe.each(WIRES)("a room, %s", (wire) => {
  let scene: DemoScene;

  beforeEach(async () => {
    scene = await openScene({ wire, now: () => NOW });
  });

  afterEach(() => scene.close());

  const enter = (name: string) =>
    mountRoot(scene.visit().client, "Demo.RoomStore", { room: "lobby", name }, `lobby-${name}`);

  /** The texts of the push events that come from now on. */
  const hear = (root: Root): readonly unknown[] => {
    const heard: unknown[] = [];
    root.on([], "toast", (payload) => heard.push(payload));
    return heard;
  };

  it("streams what is said to everyone in it, and to who comes later", async () => {
    const ada = await enter("Ada");
    const bob = await enter("Bob");
    expect(await ada.command([], "say", { text: " Hello " })).toEqual({ ok: true, value: {} });
    const messages = [{ id: "m1", name: "Ada", text: "Hello", at: NOW, edited: false }];
    await eventually(ada, { said: 1, messages });
    await eventually(bob, { said: 1, messages });
    await eventually(await enter("Eve"), { said: 1, messages });
    expect(ada.snapshot().state).toMatchObject({ messages: { __musubi_stream__: "messages" } });
  });

  it("changes a message where it stands, and removes it, for whoever said it", async () => {
    const ada = await enter("Ada");
    const bob = await enter("Bob");
    for (const text of ["one", "two", "three"]) await ada.command([], "say", { text });
    await ada.command([], "edit", { id: "m1", text: "uno" });
    await ada.command([], "edit", { id: "m2", text: "due" });
    await eventually(bob, {
      messages: [{ text: "uno", edited: true }, { text: "due", edited: true }, { text: "three" }],
    });
    expect(await bob.command([], "remove", { id: "m1" })).toEqual({
      ok: true,
      value: { ok: false, reason: "unauthorized" },
    });
    await ada.command([], "remove", { id: "m1" });
    await eventually(bob, { messages: [{ text: "due" }, { text: "three" }] });
  });

  it("keeps fifty messages, in every list the same ones", async () => {
    const ada = await enter("Ada");
    const bob = await enter("Bob");
    for (let count = 1; count <= 53; count += 1) await ada.command([], "say", { text: `message ${count}` });
    await ada.command([], "edit", { id: "m4", text: "the oldest" });
    await eventually(bob, { said: 53 });
    await expect
      .poll(() => bob.snapshot().data)
      .toMatchObject({ messages: expect.toSatisfy((list: readonly unknown[]) => list.length === 50) });
    await eventually(await enter("Eve"), { said: 53 });
    const eve = await enter("Zoe");
    await expect.poll(() => eve.snapshot().data).toMatchObject({ messages: { 0: { text: "the oldest" } } });
    await expect.poll(() => bob.snapshot().data).toMatchObject({ messages: { 0: { text: "the oldest" } } });
  });

  it("tells others by push events", async () => {
    const ada = await enter("Ada");
    const heard = hear(ada);
    const bob = await enter("Bob");
    await bob.command([], "say", { text: "Hello" });
    await bob.command([], "nudge");
    await expect
      .poll(() => heard)
      .toEqual([{ text: "Bob came in" }, { text: "Bob says something" }, { text: "Bob nudges you" }]);
  });

  it("has the visitor's profile in time, or why not", async () => {
    const ada = await enter("Ada");
    await eventually(ada, { profile: { status: "ok", data: { name: "Ada" }, error: null } });
    await ada.command([], "load_profile", { fail: true });
    await eventually(ada, {
      profile: {
        status: "failed",
        data: { name: "Ada" },
        error: { kind: "error", value: "the profile service is down" },
      },
    });
    await ada.command([], "load_profile");
    await eventually(ada, { profile: { status: "ok" } });
  });
});
