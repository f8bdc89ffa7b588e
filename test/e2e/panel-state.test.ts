import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { drawn, press, send, textOf, tick } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const CART = "Shop.Stores.CartStore:u9:open";
const COUNTER = "Demo.CounterStore:c1";
const STATE = "[data-json=state]";
const line = (path: string): string => `${STATE} [data-path="${path}"]`;

async function choose(page: Page, rootId: string): Promise<void> {
  await page.locator(`[data-kind=root][data-root-id="${rootId}"]`).click();
  await page.waitForSelector(`[data-kind=root][data-root-id="${rootId}"][aria-selected=true]`);
  await page.waitForSelector(`${STATE} [data-path]`);
}

const linesIn = (page: Page): Promise<number> =>
  page.$eval(`${STATE} [role=tree]:last-of-type .spacer`, (spacer) =>
    Math.round(spacer.getBoundingClientRect().height / 20),
  );

async function shift(page: Page, key: Parameters<Page["keyboard"]["press"]>[0]): Promise<void> {
  await page.keyboard.down("Shift");
  await press(page, key);
  await page.keyboard.up("Shift");
}

/** Scrolls the state until a line is in the document. */
async function scrollTo(page: Page, path: string): Promise<void> {
  for (let top = 0; (await page.$(line(path))) === null; top += 200) {
    await page.$eval(`${STATE} > [role=tree]`, (tree, to) => tree.scrollTo(0, to), top);
    await drawn(page);
  }
}

describeInPanelPage("the state of a store, over a made-up session", (load) => {
  it("unfolds to a depth, all below a value, and what stands beside it", async () => {
    const page = await load("");
    await choose(page, CART);
    await page.select(`${STATE} [data-action=levels]`, "1");
    await page.waitForSelector(`${line("/messages")}[aria-expanded=false]`);
    const folded = await linesIn(page);
    await page.select(`${STATE} [data-action=levels]`, "2");
    await page.waitForSelector(`${line("/messages")}[aria-expanded=true]`);
    await page.waitForSelector(`${line("/messages/messages-1")}[aria-expanded=false]`);
    expect(await linesIn(page)).toBeGreaterThan(folded);

    await page.locator(line("/messages")).click();
    await page.focus(`${STATE} > [role=tree]`);
    await shift(page, "E");
    await page.waitForSelector(line("/messages/messages-1/body"));
    await shift(page, "Digit1");
    await page.waitForSelector(`${line("/messages")}[aria-expanded=false]`);
    expect(await linesIn(page)).toBe(folded);
    await press(page, "*");
    await page.waitForSelector(`${line("/messages")}[aria-expanded=true]`);
    await scrollTo(page, "/log/audit_log-1");
  });

  it("unfolds all below a value by its twisty with Alt", async () => {
    const page = await load("");
    await choose(page, CART);
    await page.select(`${STATE} [data-action=levels]`, "1");
    await page.keyboard.down("Alt");
    await page.locator(`${line("/avatar")} .twisty`).click();
    await page.keyboard.up("Alt");
    await scrollTo(page, "/avatar/entries/2/errors/0/code");
  });

  it("copies value, path and JSON, by buttons, keys and the palette", async () => {
    const page = await load("");
    await page.evaluate(() => {
      navigator.clipboard.writeText = async (text) => {
        document.body.dataset.copied = text;
      };
    });
    const copied = (): Promise<string | undefined> => page.evaluate(() => document.body.dataset.copied);
    await choose(page, CART);
    await page.locator(line("/currency")).click();
    await page.locator(`${STATE} [data-action=copy-value]`).click();
    await expect.poll(copied).toBe("EUR");
    await page.locator(`${STATE} [data-action=copy-json]`).click();
    await expect.poll(copied).toBe('"EUR"');
    await page.focus(`${STATE} > [role=tree]`);
    await shift(page, "Y");
    await expect.poll(copied).toBe("/currency");
    await page.locator(line("/order")).click();
    await shift(page, "J");
    await expect.poll(copied).toBe("9007199254740993");
    await page.keyboard.down("Control");
    await press(page, "K");
    await page.keyboard.up("Control");
    await page.type("[data-action=palette-text]", "copy path");
    await page.locator('[data-action-id="stores.copy-path"]').click();
    await expect.poll(copied).toBe("/order");
  });

  it("keeps pinned values in view with what they are now, for the next time too", async () => {
    const page = await load("");
    await choose(page, COUNTER);
    await page.locator(line("/count")).click();
    await page.locator(`${STATE} [data-action=pin]`).click();
    const pinned = `${STATE} .json-pins [data-pinned="/count"]`;
    await page.waitForSelector(pinned);
    expect(await textOf(page, pinned)).toContain("17");
    await tick(page);
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.textContent?.includes("18"),
      {},
      pinned,
    );
    await choose(page, CART);
    await page.waitForFunction((selector) => document.querySelector(selector) === null, {}, pinned);
    await choose(page, COUNTER);
    await page.waitForSelector(pinned);
    await page.locator(pinned).click();
    await page.focus(`${STATE} .json-pins [role=tree]`);
    await shift(page, "P");
    await page.waitForFunction((selector) => document.querySelector(selector) === null, {}, pinned);
  });

  it("shows a number that a double does not hold with its source digits, and dates readably", async () => {
    const page = await load("");
    await choose(page, CART);
    expect(await textOf(page, `${line("/order")} [data-rounded]`)).toBe("9007199254740993");
    const title = await page.$eval(`${line("/order")} [data-rounded]`, (one) => one.getAttribute("title"));
    expect(title).toContain("9007199254740992");
    await scrollTo(page, "/profile/result");
    await page.locator(`${line("/profile/result")} .twisty`).click();
    await scrollTo(page, "/profile/result/seen");
    expect(await textOf(page, `${line("/profile/result/seen")} [data-date=instant]`)).toContain("2026");
    expect(await textOf(page, `${line("/profile/result/seen")} [data-value]`)).toBe(
      '"2026-11-21T22:46:05.120Z"',
    );
    expect(await textOf(page, `${line("/profile/result/since")} [data-date=day]`)).toContain(
      "February 29, 2024",
    );
  });

  it("says what has changed since the store was looked at last, and leads to it", async () => {
    const page = await load("");
    await choose(page, COUNTER);
    await choose(page, CART);
    await send(page, "tick");
    await choose(page, COUNTER);
    await page.waitForSelector('[data-since-count="1"]');
    expect(await textOf(page, "[data-since-count]")).toContain("1 change since you last looked (version 17)");
    await page.waitForSelector(`${line("/count")} [data-since]`);
    expect(await page.$(`${line("/label")} [data-since]`)).toBeNull();
    await page.locator("[data-action=next-since]").click();
    await page.waitForSelector(`${line("/count")}[aria-selected=true]`);
    await page.locator("[data-action=clear-since]").click();
    await page.waitForFunction(() => document.querySelector("[data-since], [data-since-count]") === null);
  });

  it("leads to every item of a long stream", async () => {
    const page = await load("");
    await choose(page, CART);
    await scrollTo(page, "/log");
    await page.locator(`${line("/log")} .twisty`).click();
    await page.waitForSelector(line("/log/audit_log-1"));
    await page.$eval(`${STATE} > [role=tree]`, (tree) => tree.scrollTo(0, 20 * 495));
    await page.locator(`${STATE} [data-action=later]`).click();
    await page.waitForFunction(
      (first, second) => document.querySelector(first) === null && document.querySelector(second) !== null,
      {},
      line("/log/audit_log-500"),
      `${STATE} [data-path^="/log/audit_log-"]`,
    );
    await page.$eval(`${STATE} > [role=tree]`, (tree) => tree.scrollTo(0, 0));
    await scrollTo(page, "/log/audit_log-501");
    await page.waitForSelector(`${STATE} [data-action=earlier]`);
  });

  it("shows all of a large value raw, with few elements", async () => {
    const page = await load("");
    await choose(page, CART);
    await page.locator("#store-tab-raw").click();
    await page.waitForSelector("[data-raw] .raw-line");
    expect(await page.$$eval("[data-raw] .raw-line", (lines) => lines.length)).toBeLessThan(120);
    expect(await textOf(page, "[data-raw]")).toContain('"order": 9007199254740993');
    await page.$eval("[data-raw] .scroller", (list) => list.scrollTo(0, list.scrollHeight));
    await page.waitForFunction(() =>
      [...document.querySelectorAll("[data-raw] .raw-line")].at(-1)?.textContent?.startsWith("}"),
    );
  });
});
