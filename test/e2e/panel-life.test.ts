import { expect, it } from "vitest";
import { press, textOf } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const channel = (topic: string): string => `[data-view=channels] [role=row][data-topic="${topic}"]`;

describeInPanelPage("channels, connections and frames over a made-up session", (load) => {
  const show = async (tab: string, search = "events=900") => {
    const page = await load(search);
    await page.setViewport({ width: 1600, height: 600 });
    await page.locator(`[role=tab][data-tab=${tab}]`).click();
    return page;
  };

  it("lists all channels, and shows why one was refused", async () => {
    const page = await show("channels");
    await page.waitForSelector(`${channel("room:lobby")}[data-state=joined]`);
    await page.locator(channel("admin:metrics")).click();
    await page.waitForSelector("[data-detail=channel] [data-answer=refused]");
    expect(await textOf(page, "[data-detail=channel] [data-answer=refused] .problem")).toContain(
      "unauthorized",
    );
    await page.locator('[data-detail=channel] [data-join="4"] [data-seq]').click();
    await page.waitForSelector("[data-tab=frames][aria-selected=true]");
    await page.waitForSelector('[role=row][data-seq="124"][aria-selected=true]');
  });

  it("is used by keyboard alone in a long list of channels", async () => {
    const page = await show("channels", "events=6000");
    await page.waitForSelector(channel("room:lobby"));
    await page.focus("[data-view=channels] [role=grid]");
    await press(page, "End");
    await page.waitForSelector(`${channel("room:999")}[aria-selected=true]`);
    await press(page, "Home", "ArrowDown", "ArrowDown", "ArrowDown");
    await page.waitForSelector(`${channel("room:lobby")}[aria-selected=true]`);
    expect(await page.$$eval("[data-view=channels] [role=row]", (rows) => rows.length)).toBeLessThan(80);
    await press(page, "Escape");
    await page.waitForFunction(() => document.querySelector("[data-detail=channel]") === null);
  });

  it("shows who is present, and one person's metas", async () => {
    const page = await show("channels");
    await page.locator(channel("room:lobby")).click();
    await page.waitForSelector('[data-present="240"]');
    await page.type("[data-action=filter-people]", "user:12");
    await page.locator('[data-person="user:120"]').click();
    await page.waitForSelector('[data-json=metas] [data-path="/0"]');
    await page.focus("[role=listbox].people");
    await press(page, "Home");
    await page.waitForSelector('[data-person="user:12"][aria-selected=true]');
  });

  it("leads from a root's channel to its root, and from a channel to all of its frames", async () => {
    const page = await show("channels");
    await page.locator(channel("musubi:connection:Shop.Stores.CartStore:u9:open")).click();
    await page.locator("[data-action=show-in-stores]").click();
    await page.waitForSelector("[data-tab=stores][aria-selected=true]");
    await page.locator("[role=tab][data-tab=channels]").click();
    await page.locator(channel("room:lobby")).click();
    await page.locator("[role=tab][data-tab=recent]").click();
    await page.locator("[data-action=show-in-frames]").click();
    await page.waitForSelector("[data-tab=frames][aria-selected=true]");
    expect(await page.$eval("[data-action=filter]", (field) => "value" in field && field.value)).toBe(
      "room:lobby",
    );
  });

  it("shows a connection's life, its closes explained, and leads to their events", async () => {
    const page = await show("connection");
    await page.waitForSelector('[data-view=connection][data-connection="1"] [data-spans="6"]');
    expect(await textOf(page, '[data-code="1006"]')).toContain("Abnormal closure");
    expect(await textOf(page, '[data-code="1012"]')).toContain("deploy of 2026-11-21");
    await page.select("[data-action=choose-connection]", "2");
    await page.waitForSelector('[data-view=connection][data-connection="2"] [data-code="1008"]');
    await page.focus("[role=listbox].life-list");
    await press(page, "End", "Enter");
    await page.waitForSelector('[role=row][data-seq="6"][aria-selected=true]');
  });

  it("plots heartbeats, of which the keyboard reaches each", async () => {
    const page = await show("connection", "events=2600");
    await page.waitForSelector('[data-beats="58"] [data-missing="3"]');
    await page.focus("[role=slider].beats-plot");
    await press(page, "Home", "ArrowRight");
    await page.waitForSelector('.beats-plot[aria-valuenow="2"]');
    await page.waitForSelector('[data-beat="82"]');
    await press(page, "Enter");
    await page.waitForSelector('[role=row][data-seq="82"][aria-selected=true]');
  });

  it("lists the frames of one direction", async () => {
    const page = await show("frames");
    await page.waitForSelector('[role=row][data-seq="900"]');
    await page.select("[data-action=only]", "out");
    await page.waitForSelector("[role=row][data-type=out]");
    await page.waitForFunction(() => document.querySelector("[role=row][data-type=in]") === null);
    await page.select("[data-action=only]", "all");
    await page.waitForSelector("[role=row][data-type=in]");
  });

  it("shows a binary frame as bytes", async () => {
    const page = await show("frames");
    await page.type("[data-action=filter]", "chunk");
    await page.locator('[role=row][data-seq="466"]').click();
    await page.waitForSelector("[data-hex] .hex-line");
    expect(await textOf(page, "[data-hex] .hex-line")).toContain("6d 75 73  75 62 69");
    expect(await textOf(page, "[data-hex] .hex-line")).toContain("musubi_uplo");
  });
});
