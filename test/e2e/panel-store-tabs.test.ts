import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { press, send, textOf, tick } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const CART = "Shop.Stores.CartStore:u9:open";
const COUNTER = "Demo.CounterStore:c1";

async function choose(page: Page, rootId: string, tab: string): Promise<void> {
  await page.locator(`[data-kind=root][data-root-id="${rootId}"]`).click();
  await page.locator(`#store-tab-${tab}`).click();
  await page.waitForSelector(`#store-panel[aria-labelledby=store-tab-${tab}]`);
}

describeInPanelPage("the sides of a store, over a made-up session", (load) => {
  it("are a tab list that arrow keys choose in", async () => {
    const page = await load("");
    await page.focus("#store-tab-state");
    await press(page, "ArrowRight");
    await page.waitForSelector("[data-log=changes]");
    await press(page, "ArrowRight", "ArrowRight", "ArrowRight");
    await page.waitForSelector("[data-log=commands]");
    await press(page, "ArrowRight");
    expect(await textOf(page, "[data-raw]")).toContain('"count": 17');
  });

  it("list the changes newest first, and tell all of a chosen one", async () => {
    const page = await load("events=1000");
    await choose(page, COUNTER, "changes");
    await page.waitForSelector("[data-log=changes] [role=row][data-seq]");
    await page.focus("[data-log=changes] [role=grid]");
    await press(page, "ArrowDown", "ArrowDown");
    const seq = await page.$eval("[data-log=changes] [aria-selected=true]", (row) =>
      row.getAttribute("data-seq"),
    );
    await page.waitForSelector(`[data-detail=changes][data-seq="${seq}"]`);
    await page.waitForSelector('[data-json=change] [data-path="/count/after"]');
    await press(page, "End");
    await page.waitForSelector('[data-detail=changes][data-seq="6"]');
    expect(await textOf(page, "[data-log=changes] [aria-selected=true]")).toContain("the store came");
    await press(page, "Escape");
    await page.waitForFunction(() => document.querySelector("[data-detail=changes]") === null);
  });

  it("follow what happens at the top, and stand still below it", async () => {
    const page = await load("events=1000");
    await choose(page, COUNTER, "commands");
    const first = "[data-log=commands] .grid-body [role=row]";
    await page.waitForSelector(`${first}[data-seq="1000"]`);
    await tick(page);
    await page.waitForSelector(`${first}[data-seq="1003"]`);
    await page.$eval("[data-log=commands] .grid-body", (list) => list.scrollTo(0, 20 * 100));
    await page.waitForSelector(`${first}[data-seq="700"]`);
    await send(page, "tick");
    const newer = await page.waitForSelector("[data-action=newer]");
    await newer?.click();
    await page.waitForSelector(`${first}[data-seq="1006"]`);
  });

  it("explain why a command was refused, and lead to its envelope in the timeline", async () => {
    const page = await load("");
    await choose(page, COUNTER, "commands");
    await page.locator('[data-log=commands] [role=row]:has([data-command-status="error"])').click();
    await page.waitForSelector("[data-detail=commands] [data-meaning=refusal]");
    await page.waitForSelector('[data-json=command] [data-path="/reply/reason"]');
    await page.locator('[data-log=commands] [role=row]:has([data-command-status="ok"])').click();
    await page.waitForSelector("[data-detail=commands] .caused-by [data-event-link]");
    await page.locator("[data-detail=commands] .caused-by [data-event-link]").click();
    await page.waitForSelector('[role=tab][data-tab=timeline][aria-selected="true"]');
  });

  it("show the push events with their payloads", async () => {
    const page = await load("");
    await choose(page, COUNTER, "events");
    await page.locator("[data-log=events] [role=row][data-seq]").click();
    await page.waitForSelector('[data-json=event-payload] [data-path="/text"]');
  });

  it("say in a sentence where there is nothing", async () => {
    const page = await load("");
    await choose(page, CART, "commands");
    await page.waitForSelector("#store-panel .sentence");
    expect(await textOf(page, "#store-panel .sentence")).toContain("No command was sent");
    await choose(page, CART, "assigns");
    await page.waitForSelector("#store-panel .sentence");
    expect(await textOf(page, "#store-panel .sentence")).toContain("lens: true");
  });

  it("show what the server shows of the assigns, and the history of one", async () => {
    const page = await load("");
    await choose(page, COUNTER, "assigns");
    await page.waitForSelector('[data-json=assigns] [data-path="/clicks_left"]');
    await page.waitForSelector("[data-render]");
    await page.locator('[data-json=assigns] [data-path="/clicks_left"]').click();
    await page.locator("[data-json=assigns] [data-action=history]").click();
    await page.waitForSelector('[data-history="/clicks_left"]');
  });

  it("open the history of a value by a key, with more of it on demand", async () => {
    const page = await load("events=1000");
    await choose(page, COUNTER, "state");
    await page.locator('[data-json=state] [data-path="/count"]').click();
    await page.focus("[data-json=state] [role=tree]");
    await page.keyboard.down("Shift");
    await page.keyboard.press("H");
    await page.keyboard.up("Shift");
    await page.waitForSelector('[data-history="/count"] [data-written]');
    expect(await textOf(page, '[data-history="/count"] [data-written]')).toContain("17now");
    await page.$eval("[data-history] [role=list]", (list) => list.scrollTo(0, list.scrollHeight));
    await page.locator("[data-action=more-history]").click();
    await page.$eval("[data-history] [role=list]", (list) => list.scrollTo(0, list.scrollHeight));
    await page.waitForFunction(() => document.querySelectorAll("[data-written]").length > 0);
    await press(page, "Escape");
    await page.waitForFunction(() => document.querySelector("[data-history]") === null);
  });

  it("say why an upload has no history", async () => {
    const page = await load("");
    await choose(page, CART, "state");
    await page.locator('[data-json=state] [data-path="/avatar"]').click();
    await page.locator("[data-json=state] [data-action=history]").click();
    await page.waitForSelector("[data-history]");
    expect(await textOf(page, "[data-history] .sentence")).toContain("cannot be told yet");
  });
});
