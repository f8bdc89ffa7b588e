import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { chosen, press, send, textOf } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const CART = "Shop.Stores.CartStore:u9:open";
const BOARD = "Demo.BoardStore:all";
const line = (root: string, storeId: string): string =>
  `[role=treeitem][data-root-id="${root}"][data-store-id='${storeId}']`;

describeInPanelPage("the tree of stores over a made-up session", (load) => {
  it("says by badges what a store holds and what is under way in it, in words too", async () => {
    const page = await load("");
    const badge = (kind: string): string => `${line(CART, "[]")} [data-badge=${kind}]`;
    await page.waitForSelector(badge("stream"));
    const badges = await page.$$eval(`${line(CART, "[]")} [data-badge]`, (all) =>
      all.map((one) => `${one.getAttribute("data-badge")} ${one.getAttribute("title")}`),
    );
    expect(badges).toEqual([
      "loading 1 async value is loading",
      "uploading 1 file is uploading",
      "stream Stream messages: 3 items",
      "stream Stream audit_log: 1,440 items",
      "stream Stream offers: 1 item",
      "failed 1 async value has failed",
      "problems 2 problems",
    ]);
    expect(await textOf(page, `${badge("problems")} .visually-hidden`)).toBe("2 problems");
    expect(await page.$(`${line(CART, '["cart"]')} [data-badge]`)).toBeNull();
  });

  it("highlights what just changed, and nothing when it is first shown", async () => {
    const page = await load("");
    const counter = line("Demo.CounterStore:c1", '["child"]');
    await page.waitForSelector(counter);
    expect(await page.$(".store-tree [data-flash]")).toBeNull();
    await send(page, "tick");
    await page.waitForSelector(`${counter} [data-flash]`);
    expect(await page.$(`${line(CART, "[]")} [data-flash]`)).toBeNull();
  });

  it("shows any of 10,000 stores with few elements, and is used there by keyboard alone", async () => {
    const page = await load("cards=10000");
    await page.waitForSelector(line(CART, "[]"));
    await page.focus(".store-tree");
    await press(page, "End");
    await expect.poll(() => chosen(page)).toBe("channel");
    await page.$eval(".store-tree", (tree) => tree.scrollTo(0, tree.scrollHeight / 2));
    await settled(page);
    const seen = await page.$$eval('.store-tree [data-kind="store"]', (lines) => lines.length);
    expect(seen).toBeGreaterThan(10);
    expect(await page.$$eval(".store-tree .tree-item", (lines) => lines.length)).toBeLessThan(80);

    await page.focus(".store-tree");
    for (const letter of ["c", "a", "r", "d", "-", "7", "7", "7", "7"] as const) {
      await page.keyboard.press(letter);
    }
    await expect.poll(() => chosen(page)).toBe('store ["cards","card-7777"]');
    await press(page, "ArrowDown");
    await expect.poll(() => chosen(page)).toBe('store ["cards","card-7778"]');
    await press(page, "ArrowLeft");
    await expect.poll(() => chosen(page)).toBe("root []");
    expect(await page.$(`${line(BOARD, "[]")}[aria-selected=true]`)).not.toBeNull();
    await press(page, "ArrowLeft");
    await page.waitForSelector(`${line(BOARD, "[]")}[aria-expanded=false] [data-inside="10000"]`);
    await press(page, "ArrowRight", "ArrowRight");
    await expect.poll(() => chosen(page)).toBe('store ["cards","card-1"]');
  });

  it("keeps its place when what is chosen is out of sight, and more comes", async () => {
    const page = await load("cards=10000");
    await page.waitForSelector(line(CART, "[]"));
    await page.$eval(".store-tree", (tree) => tree.scrollTo(0, 20 * 5_000));
    await settled(page);
    const place = await page.$eval(".store-tree", (tree) => tree.scrollTop);
    await send(page, "tick");
    await settled(page);
    expect(await page.$eval(".store-tree", (tree) => tree.scrollTop)).toBe(place);
  });

  it("leads to a store that is folded away and out of sight", async () => {
    const page = await load("cards=10000");
    await page.waitForSelector(line(CART, "[]"));
    await page.locator(`${line(CART, "[]")} .twisty`).click();
    await page.waitForSelector(`${line(CART, "[]")}[aria-expanded=false]`);
    await page.locator(line(CART, "[]")).click();
    await page.locator(`[data-store-link='["header"]']`).click();
    await page.waitForSelector(`${line(CART, '["header"]')}[aria-selected=true]`);
    expect(await page.$eval(line(CART, "[]"), (one) => one.getAttribute("aria-expanded"))).toBe("true");
  });
});

/** Until every line in view is there. */
async function settled(page: Page): Promise<void> {
  await page.waitForFunction(() => document.querySelector("[data-blank]") === null);
}
