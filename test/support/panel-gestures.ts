import type { Page } from "puppeteer-core";

/** What a person does and sees in the panel over a made-up session, and what happens to its host. */
export async function press(
  page: Page,
  ...keys: readonly Parameters<Page["keyboard"]["press"]>[0][]
): Promise<void> {
  for (const key of keys) {
    await page.keyboard.press(key);
    await drawn(page);
  }
}

export async function tick(page: Page): Promise<void> {
  await send(page, "tick");
  await drawn(page);
}

/** Tells the harness what happens to the host: `kill`, `attach`, `orphan`, or `tick`. */
export async function send(page: Page, name: string): Promise<void> {
  await page.evaluate((type) => dispatchEvent(new Event(`harness:${type}`)), name);
}

/** Two frames: one for the views, one for what they draw. */
export async function drawn(page: Page): Promise<void> {
  await page.evaluate(
    () => new Promise((resolve) => requestAnimationFrame(() => requestAnimationFrame(resolve))),
  );
}

/** The chosen line of the tree of stores: its kind, and its store's id. */
export async function chosen(page: Page): Promise<string> {
  return page.$eval(".store-tree [aria-selected=true]", (line) =>
    [line.getAttribute("data-kind"), line.getAttribute("data-store-id")]
      .filter((part) => part !== null)
      .join(" "),
  );
}

export async function textOf(page: Page, selector: string): Promise<string | null> {
  return page.$eval(selector, (element) => element.textContent);
}

export async function scrollTop(page: Page): Promise<number> {
  return page.$eval(".grid-body", (list) => list.scrollTop);
}

export async function firstRow(page: Page): Promise<string | null> {
  return page.$eval("[role=row][data-seq]", (row) => row.getAttribute("data-seq"));
}
