import { expect, it } from "vitest";
import { chosen, drawn, firstRow, press, scrollTop, send, textOf, tick } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const CART = "Shop.Stores.CartStore:u9:open";

describeInPanelPage("the panel over a made-up session", (load) => {
  it("is used by keyboard alone in the tree of stores", async () => {
    const page = await load("");
    await page.focus("[role=tree]");
    await press(page, "Home");
    expect(await chosen(page)).toBe("connection");
    await press(page, "ArrowDown", "ArrowDown");
    expect(await chosen(page)).toBe('store ["child"]');
    await press(page, "ArrowLeft");
    expect(await chosen(page)).toBe("root []");
    await press(page, "ArrowLeft", "ArrowRight", "s");
    expect(await chosen(page)).toBe("root []");
    await page.waitForSelector('[data-json=state] [data-path="/currency"]');
    await press(page, "End");
    expect(await chosen(page)).toBe("channel");
    await page.waitForSelector("[data-detail=channel]");
  });

  it("says how many stores a folded one holds", async () => {
    const page = await load("");
    const cart = `[data-root-id="${CART}"][data-store-id='["cart"]']`;
    await page.locator(`${cart} .twisty`).click();
    await page.waitForSelector(`${cart}[aria-expanded=false] [data-inside="6"]`);
    await page.locator(`${cart} .twisty`).click();
    await page.waitForFunction(() => document.querySelector("[data-inside]") === null);
  });

  it("leads from a store's link to that store", async () => {
    const page = await load("");
    await page.locator(`[data-kind=root][data-root-id="${CART}"]`).click();
    await page.locator(`[data-store-link='["cart"]']`).click();
    await page.waitForSelector('[data-json=state] [data-path="/note"]');
    expect(await chosen(page)).toBe('store ["cart"]');
  });

  it("unfolds a stream to its items, and an upload to its files", async () => {
    const page = await load("");
    await page.locator(`[data-kind=root][data-root-id="${CART}"]`).click();
    const line = (path: string): string => `[data-json=state] [data-path="${path}"]`;
    await page.waitForSelector(line("/messages/messages-3"));
    expect(await textOf(page, `${line("/messages")} [data-slot=messages]`)).toBe("stream of 3");
    expect(await textOf(page, line("/avatar/entries/1"))).toBe("1: holiday.jpg55%uploading");
    await page.locator(`${line("/log")} .twisty`).click();
    await page.waitForSelector(line("/log/audit_log-1"));
    await page.focus("[data-json=state] [role=tree]");
    await press(page, "End");
    await page.waitForSelector(line("/nothing"));
    await page.$eval("[data-json=state] [role=tree]", (tree) => tree.scrollTo(0, 20 * 505));
    await page.waitForFunction(() => document.body.textContent?.includes("show later items (940)"));
  });

  it("shows new values and highlights them", async () => {
    const page = await load("");
    const count = '[data-json=state] [data-path="/count"]';
    await page.waitForSelector(count);
    await send(page, "tick");
    await page.waitForSelector(`${count} [data-flash]`);
    expect(await textOf(page, `${count} [data-value]`)).toBe("18");
    expect(await textOf(page, "[data-root-version]")).toBe("v19");
    expect(await page.$('[data-path="/label"] [data-flash]')).toBeNull();
    await page.waitForFunction(() => document.querySelector("[data-flash]") === null);
    // What came before the view did is no news to it.
    await page.locator("[data-tab=problems]").click();
    await page.waitForSelector("[data-view=problems]");
    await page.locator("[data-tab=stores]").click();
    await page.waitForSelector(count);
    expect(await page.$("[data-json=state] [data-flash]")).toBeNull();
  });

  it("follows the end of the list until a person scrolls up, and again at the end", async () => {
    const page = await load("events=5000");
    await page.locator("[data-tab=frames]").click();
    await page.waitForSelector('[data-seq="5000"]');
    await tick(page);
    await page.waitForSelector('[data-seq="5003"]');
    await page.$eval(".grid-body", (list) => list.scrollBy(0, -400));
    await page.waitForSelector("[data-action=follow][aria-pressed=false]");
    const before = await firstRow(page);
    await tick(page);
    await tick(page);
    expect(await firstRow(page)).toBe(before);
    await page.$eval(".grid-body", (list) => list.scrollTo(0, list.scrollHeight));
    await page.waitForSelector("[data-action=follow][aria-pressed=true]");
    await page.waitForSelector('[data-seq="5009"]');
  });

  it("shows any place of 100,000 rows with few elements", async () => {
    const page = await load("events=100000");
    await page.locator("[data-tab=frames]").click();
    await page.waitForSelector('[data-seq="100000"]');
    for (const share of [0, 0.31, 0.77]) {
      await page.$eval(".grid-body", (list, at) => list.scrollTo(0, list.scrollHeight * at), share);
      const firstSeq = async (): Promise<number> => Number((await firstRow(page)) ?? Number.NaN);
      await expect.poll(firstSeq).toBeGreaterThan((share - 0.01) * 100_000);
      await expect.poll(firstSeq).toBeLessThan((share + 0.01) * 100_000);
      await page.waitForFunction(() => document.querySelector(".cell-loading") === null);
    }
    expect(await page.$$eval("[role=row]", (rows) => rows.length)).toBeLessThan(80);
  });

  it("leads from a problem to its frame, in a long list, and shows what it says", async () => {
    const page = await load("events=20000");
    await page.locator("[data-tab=problems]").click();
    await page.locator('[role=option][data-seq="970"]').click();
    await page.waitForSelector('[data-seq="970"][aria-selected=true]');
    await page.waitForSelector("[data-problem-text]");
    expect(await textOf(page, "[data-problem-text]")).toContain("event 970");
  });

  it("shows a frame that the filter leaves out when one is led to it", async () => {
    const page = await load("events=900");
    await page.locator("[data-tab=frames]").click();
    await page.type("[data-action=filter]", "heartbeat");
    await page.waitForFunction(() => document.body.textContent?.includes("No event matches"));
    await page.locator("[data-tab=problems]").click();
    await page.locator('[role=option][data-seq="97"]').click();
    await page.waitForSelector('[role=row][data-seq="97"][aria-selected=true]');
    expect(await page.$eval("[data-action=filter]", (field) => "value" in field && field.value)).toBe("");
  });

  it("moves through the rows by keyboard, and from a reply to its push", async () => {
    const page = await load("events=900");
    await page.locator("[data-tab=frames]").click();
    await page.waitForSelector('[data-seq="900"]');
    await page.focus("[role=grid]");
    await press(page, "Home");
    await page.waitForSelector('[data-seq="1"][aria-selected=true]');
    await press(page, "ArrowDown", "ArrowDown", "ArrowDown", "ArrowDown");
    await page.waitForSelector('[data-detail=event][data-seq="5"] [data-pair="4"]');
    await page.locator("[data-pair]").click();
    await page.waitForSelector('[data-seq="4"][aria-selected=true]');
    await press(page, "Tab");
    await page.locator("[data-tab=raw]").click();
    expect(await textOf(page, "[data-raw]")).toContain('"increment"');
    await page.focus("[role=grid]");
    await press(page, "End");
    await page.waitForSelector('[data-seq="900"][aria-selected=true]');
    await press(page, "Escape");
    await page.waitForFunction(() => document.querySelector("[data-detail=event]") === null);
  });

  it("keeps what was chosen when the host dies and comes back", async () => {
    const page = await load("");
    await page.locator(`[data-root-id="${CART}"][data-store-id='["header"]']`).click();
    await page.waitForSelector('[data-path="/unread"]');
    await send(page, "kill");
    await page.waitForSelector("[data-link=reconnecting]");
    expect(await page.$('[data-path="/unread"]')).not.toBeNull();
    await send(page, "attach");
    await page.waitForSelector("[data-link=attached]");
    await tick(page);
    expect(await chosen(page)).toBe('store ["header"]');
  });

  it("keeps its place in the list, and the chosen frame, when the host dies and comes back", async () => {
    const page = await load("events=5000");
    await page.locator("[data-tab=frames]").click();
    await page.waitForSelector('[data-seq="5000"]');
    await page.$eval(".grid-body", (list) => list.scrollTo(0, 20 * 2_000));
    await expect.poll(async () => Number((await firstRow(page)) ?? Number.NaN)).toBeLessThan(3_000);
    const middle = await page.$$eval("[role=row][data-seq]", (rows) => rows[12]?.getAttribute("data-seq"));
    await page.locator(`[role=row][data-seq="${middle}"]`).click();
    await page.waitForSelector(`[data-detail=event][data-seq="${middle}"]`);
    await page.$eval(".grid-body", (list) => list.scrollBy(0, 37));
    await drawn(page);
    const place = await scrollTop(page);
    for (const name of ["kill", "attach", "kill", "attach"]) await send(page, name);
    await page.waitForSelector("[data-link=attached]");
    await tick(page);
    expect(await scrollTop(page)).toBe(place);
    await page.waitForSelector(`[role=row][data-seq="${middle}"][aria-selected=true]`);
    await page.waitForSelector("[data-tab=frames][aria-selected=true]");
  });
});
