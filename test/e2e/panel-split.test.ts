import { expect, it } from "vitest";
import { drawn, press } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

describeInPanelPage("two views at once", (loadPanel) => {
  const load = async (width = 1100, height = 560) => {
    const page = await loadPanel("");
    await page.setViewport({ width, height });
    await page.waitForSelector("[role=treeitem]");
    return page;
  };
  type Page = Awaited<ReturnType<typeof load>>;
  const open = async (page: Page) => {
    await page.locator("[data-action=split]").click();
    await page.waitForSelector("[data-second=timeline] [data-view=timeline]");
  };
  const shown = (page: Page) =>
    page.evaluate(() => [
      document.querySelector("[role=tab][aria-selected=true]")?.getAttribute("data-tab"),
      document.querySelector("[data-second]")?.getAttribute("data-second") ?? null,
    ]);
  const boxOf = (page: Page, selector: string) =>
    page.$eval(selector, (element) => {
      const { left, top, right, bottom } = element.getBoundingClientRect();
      return { left, top, right, bottom };
    });

  it("stand beside one another, each with what it shows, and go on", async () => {
    const page = await load();
    await open(page);
    const [main, second] = [await boxOf(page, "#view-panel"), await boxOf(page, "#second-panel")];
    expect(second.left).toBeGreaterThanOrEqual(main.right);
    expect(second.bottom).toBeLessThanOrEqual(560);
    await page.waitForSelector("#view-panel [data-detail=store]");
    await page.waitForSelector("#second-panel [role=row][data-seq]");
    await page.locator("[data-action=split]").click();
    await page.waitForFunction(() => document.querySelector("#second-panel") === null);
    expect(await shown(page)).toEqual(["stores", null]);
  });

  it("stand below one another where it is narrow, and nothing sticks out", async () => {
    const page = await load(480, 640);
    await open(page);
    const [main, second] = [await boxOf(page, "#view-panel"), await boxOf(page, "#second-panel")];
    expect(second.top).toBeGreaterThanOrEqual(main.bottom);
    expect(second.right).toBeLessThanOrEqual(480);
    const bar = await page.$$eval(".second-bar > *", (parts) =>
      parts.map((part) => part.getBoundingClientRect().right),
    );
    expect(Math.max(...bar)).toBeLessThanOrEqual(480);
  });

  it("change places where one is chosen that is in the other", async () => {
    const page = await load();
    await open(page);
    await page.locator("[data-tab=timeline]").click();
    expect(await shown(page)).toEqual(["timeline", "stores"]);
    await page.locator("[data-action=second-swap]").click();
    expect(await shown(page)).toEqual(["stores", "timeline"]);
    await page.select("[data-action=second-view]", "frames");
    await page.waitForSelector("#second-panel [data-view=frames]");
    expect(await shown(page)).toEqual(["stores", "frames"]);
  });

  it("leave the list beside what it leads to", async () => {
    const page = await load();
    await open(page);
    await page.select("[data-action=second-view]", "problems");
    await page.locator("#second-panel [role=option][data-seq='97']").click();
    await page.waitForSelector("#view-panel [role=row][data-seq='97'][aria-selected=true]");
    expect(await shown(page)).toEqual(["frames", "problems"]);
    await page.locator("#second-panel [role=option][data-seq='194']").click();
    await page.waitForSelector("#view-panel [role=row][data-seq='194'][aria-selected=true]");
    expect(await shown(page)).toEqual(["frames", "problems"]);
  });

  it("are used by keyboard alone, the divider too, and closing them leaves the keyboard in the panel", async () => {
    const page = await load();
    await page.focus(".store-tree[role=tree]");
    await press(page, "\\");
    expect(await shown(page)).toEqual(["stores", "timeline"]);
    const before = await boxOf(page, "#view-panel");
    await page.focus("[role=separator][aria-controls]:has(+ .pane > #second-panel)");
    await press(page, "ArrowRight", "ArrowRight");
    expect((await boxOf(page, "#view-panel")).right).toBeGreaterThan(before.right + 20);
    await page.focus("[data-action=second-close]");
    await press(page, "Enter");
    expect(await shown(page)).toEqual(["stores", null]);
    await expect.poll(() => page.evaluate(() => document.activeElement !== document.body)).toBe(true);
  });
});

describeInPanelPage("problems where they belong", (loadPanel) => {
  const CART = '.store-tree [data-kind=root][data-root-id="Shop.Stores.CartStore:u9:open"]';

  it("are told of what is chosen, with what to do, and lead to the event and to the list of them", async () => {
    const page = await loadPanel("");
    await page.setViewport({ width: 900, height: 520 });
    await page.locator(CART).click();
    await page.waitForSelector("[data-newest-problem='97'][data-code=version_gap] .problem-todo");
    await page.locator("[data-action=problems]").click();
    await page.waitForSelector("[data-view=problems][data-of='Shop.Stores.CartStore:u9:open']");
    await drawn(page);
    expect(await page.$$eval("[role=option][data-seq]", (rows) => rows.length)).toBe(2);
    await page.locator("[data-action=all-problems]").click();
    await page.waitForSelector("[role=option][data-seq='194']");
    await page.locator("[data-tab=stores]").click();
    await page.locator("[data-action=problem-frame]").click();
    await page.waitForSelector("[role=row][data-seq='97'][aria-selected=true]");
  });

  it("are listed by a click on their badge", async () => {
    const page = await loadPanel("");
    await page.setViewport({ width: 900, height: 520 });
    await page.locator(`${CART} [data-badge=problems]`).click();
    await page.waitForSelector("[data-view=problems][data-of]");
  });
});
