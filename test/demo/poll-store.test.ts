import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { mountRoot } from "../client/connect";
import { type DemoScene, eventually, openScene, WIRES } from "./demo-scene";

describe.each(WIRES)("a poll, %s", (wire) => {
  let scene: DemoScene;

  beforeEach(async () => {
    scene = await openScene({ wire });
  });

  afterEach(() => scene.close());

  const lunchOf = (voter: string) =>
    mountRoot(scene.visit().client, "Demo.PollStore", { poll: "lunch", voter }, "lunch");

  it("shows every visitor each vote, and everyone their own", async () => {
    const ada = await lunchOf("ada");
    const bob = await lunchOf("bob");
    await ada.command([], "vote", { option: "o1" });
    await bob.command([], "vote", { option: "o2" });
    await eventually(ada, {
      total: 2,
      options: [
        { id: "o1", votes: 1, share: 50, mine: true },
        { id: "o2", votes: 1, share: 50, mine: false },
        { id: "o3", votes: 0, share: 0, mine: false },
      ],
    });
    await eventually(bob, { total: 2, options: [{ mine: false }, { mine: true }, { mine: false }] });
    await ada.command([], "withdraw");
    await eventually(bob, { total: 1, options: [{ votes: 0 }, { votes: 1, share: 100 }, { votes: 0 }] });
  });

  it("has a child store for each answer", async () => {
    const root = await lunchOf("ada");
    expect(root.snapshot().state).toMatchObject({
      options: [
        { __musubi_store_id__: ["options", "o1"] },
        { __musubi_store_id__: ["options", "o2"] },
        { __musubi_store_id__: ["options", "o3"] },
      ],
    });
  });

  it("takes no votes while it is closed", async () => {
    const root = await lunchOf("ada");
    await root.command([], "close");
    await eventually(root, { open: false });
    expect(await root.command([], "vote", { option: "o1" })).toEqual({
      ok: true,
      value: { ok: false, reason: "the poll is closed" },
    });
    await root.command([], "reopen");
    await eventually(root, { open: true });
    expect(await root.command([], "vote", { option: "o1" })).toEqual({ ok: true, value: {} });
  });

  it("that there is not says so, and leaves the other roots of its page alone", async () => {
    const { client } = scene.visit();
    const lunch = await mountRoot(client, "Demo.PollStore", { poll: "lunch", voter: "ada" }, "lunch");
    const gone = await mountRoot(client, "Demo.PollStore", { poll: "p4", voter: "ada" }, "p4");
    expect(gone.snapshot().state).toMatchObject({ found: false, open: false, total: 0, options: [] });
    expect(await gone.command([], "vote", { option: "o1" })).toMatchObject({ value: { ok: false } });
    await lunch.command([], "vote", { option: "o1" });
    await eventually(lunch, { total: 1 });

    // As the server's visitors of before mount their polls again, somebody opens one of that name.
    const list = await mountRoot(client, "Demo.PollListStore", {}, "all");
    await list.command([], "open_poll", { question: "Tea?", options: ["Yes", "No"] });
    await eventually(gone, { found: true, question: "Tea?" });
  });

  it("is in the list of all, where anyone can open another one", async () => {
    const list = await mountRoot(scene.visit().client, "Demo.PollListStore", {}, "all");
    const other = await mountRoot(scene.visit().client, "Demo.PollListStore", {}, "all");
    const lunch = await lunchOf("ada");
    await lunch.command([], "vote", { option: "o1" });
    await eventually(list, { polls: [{ id: "lunch", total: 1, open: true }, {}, {}] });

    const opened = await other.command([], "open_poll", { question: "Tea?", options: ["Yes", " No "] });
    expect(opened).toEqual({ ok: true, value: { id: "p4" } });
    await eventually(list, { polls: [{}, {}, {}, { id: "p4", question: "Tea?", total: 0 }] });
    const tea = await mountRoot(scene.visit().client, "Demo.PollStore", { poll: "p4", voter: "ada" }, "p4");
    await eventually(tea, { question: "Tea?", options: [{ label: "Yes" }, { label: "No" }] });
    expect(await other.command([], "open_poll", { question: "", options: [] })).toMatchObject({
      value: { ok: false },
    });
  });
});
