import { expect, it } from "vitest";
import { press, textOf } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

describeInPanelPage("the comparison of two moments", (load) => {
  const open = async (width = 900) => {
    const page = await load("events=400");
    await page.setViewport({ width, height: 520 });
    await page.waitForSelector("[role=treeitem]");
    await page.$eval("[data-tab=compare]", (one) => one instanceof HTMLElement && one.click());
    await page.waitForSelector("[data-differences]");
    return page;
  };
  type Page = Awaited<ReturnType<typeof open>>;
  const value = (page: Page, selector: string) =>
    page.$eval(selector, (field) => "value" in field && field.value);

  it("begins with what the last envelope changed, store by store", async () => {
    const page = await open();
    expect(await page.$eval("[data-differences]", (one) => one.getAttribute("data-differences"))).toBe("2");
    expect(await textOf(page, '[data-path="/count"] [data-side-value=before]')).toBe("132");
    expect(await textOf(page, '[data-path="/count"] [data-side-value=after]')).toBe("133");
    expect(await page.$$eval("[role=tree] [data-store-id]", (all) => all.length)).toBe(2);
  });

  it("compares moments that are typed, and turns them round", async () => {
    const page = await open();
    await page.$eval("[data-action=from]", (field) => field instanceof HTMLInputElement && field.select());
    await page.keyboard.type("30");
    await press(page, "Enter");
    await page.waitForFunction(
      () => document.querySelector('[data-path="/count"] [data-side-value=before]')?.textContent === "10",
    );
    await page.locator("[data-action=swap]").click();
    await page.waitForFunction(
      () => document.querySelector('[data-path="/count"] [data-side-value=after]')?.textContent === "10",
    );
    expect(await value(page, "[data-action=to]")).toBe("30");
  });

  it("takes a moment from the list of envelopes, by keyboard", async () => {
    const page = await open();
    await page.focus("[data-action=choose-from]");
    await press(page, "Enter");
    await page.waitForSelector("[data-versions=from]:popover-open [role=option][data-seq]");
    await page.focus("[data-versions=from] [role=listbox]");
    await press(page, "Home");
    await page.waitForSelector("[data-versions=from] [aria-selected=true][data-seq]");
    const seq = await page.$eval("[data-versions=from] [aria-selected=true]", (one) =>
      one.getAttribute("data-seq"),
    );
    await press(page, "Enter");
    expect(await value(page, "[data-action=from]")).toBe(seq);
    expect(await page.$(":popover-open")).toBeNull();
  });

  it("says where nothing differs", async () => {
    const page = await open();
    await page.locator("[data-action=choose-from]").click();
    await page.locator("[data-versions=from] [data-action=present]").click();
    await page.waitForFunction(() => document.body.textContent?.includes("Nothing differs"));
  });

  it("folds stores and long values by keyboard, and leads to a store", async () => {
    const page = await open();
    const cart = await page.$eval("[data-action=root]", (select) =>
      select instanceof HTMLSelectElement ? (select.options[2]?.value ?? "") : "",
    );
    await page.select("[data-action=root]", cart);
    await page.waitForSelector('[data-path="/shipping"]');
    const lines = () => page.$eval("[role=tree].differences", (tree) => tree.scrollHeight);
    const before = await lines();
    await page.focus("[role=tree].differences");
    await press(page, "Home", "ArrowLeft");
    expect(await lines()).toBeLessThan(before);
    await press(page, "ArrowDown", "o");
    await page.waitForSelector("[data-tab=stores][aria-selected=true]");
    await page.waitForSelector(".store-tree [aria-selected=true][data-store-id='[\"cart\"]']");
  });

  it("is side by side where there is room, or as it is chosen", async () => {
    const wide = await open(1600);
    expect(await wide.$("[data-layout=beside]")).not.toBeNull();
    await wide.select("[data-action=layout]", "unified");
    await wide.waitForSelector("[data-layout=unified]");
    const narrow = await open(480);
    expect(await narrow.$("[data-layout=unified]")).not.toBeNull();
  });
});
