import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import { type Surface, until } from "../../../src/cli/browser/driver";
import type { ViewName } from "../../../src/panel/model/view-name";
import { type FeedPlan, openFeed, sourceOf } from "./feed";
import type { Source } from "./load";
import { ENVELOPES } from "./session";
import type { PanelSite } from "./site";

/** A page with a host that has the whole session, and what more of it comes from. */
export type FedPage = { readonly page: ChromiumPage; readonly source: Source };

/** The panel as an ordinary page, at the root of its session. */
export async function openFedPanel(driver: ChromiumDriver, site: PanelSite): Promise<FedPage> {
  const fed = await openFed(driver, site.viewer, site, null);
  await showRoot(fed.page);
  return fed;
}

/** A page with nothing in it, beside a host that nobody looks at. */
export function openFedEmptyPage(driver: ChromiumDriver, site: PanelSite): Promise<FedPage> {
  return openFed(driver, site.empty, site, site.host);
}

async function openFed(
  driver: ChromiumDriver,
  url: string,
  site: PanelSite,
  host: string | null,
): Promise<FedPage> {
  const plan: FeedPlan = { session: site.session, version: ENVELOPES + 1 };
  const page = await driver.openPage(url);
  await page.page.bringToFront();
  // The viewer takes ports from when it is drawn on.
  if (host === null) await page.page.waitForSelector("[role=tab]");
  await page.evaluate(openFeed, site.feed, plan, host);
  return { page, source: await sourceOf(page.page, site.feed) };
}

/** Chooses the root, and unfolds it: all of its stores stand in the tree, and their ids in its state. */
export async function showRoot(page: ChromiumPage): Promise<void> {
  await page.click(ROOT);
  await page.page.focus("[role=tree]");
  await page.page.keyboard.press("ArrowRight");
  await until("the root's stores", () => page.evaluate(isUnfolded, ROOT));
}

export async function showView(page: ChromiumPage, view: ViewName): Promise<void> {
  await page.click(`[role=tab][data-tab=${view}]`);
  await until(`the ${view}`, () => page.evaluate(isSelected, `[data-tab=${view}]`));
}

/** How many events the panel has heard of. */
export async function readShown({ evaluate }: Pick<Surface, "evaluate">): Promise<number> {
  return evaluate(readPosition);
}

const ROOT = "[role=treeitem][data-kind=root]";

// The functions below run in the panel.

function isUnfolded(selector: string): true | undefined {
  return document.querySelector(selector)?.getAttribute("aria-expanded") === "true" || undefined;
}

function isSelected(selector: string): true | undefined {
  return document.querySelector(selector)?.getAttribute("aria-selected") === "true" || undefined;
}

function readPosition(): number {
  return Number(document.querySelector("[data-position]")?.getAttribute("data-position") ?? 0);
}
