import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import { until } from "../../../src/cli/browser/driver";
import { quantile } from "../measure";
import type { Figure } from "../table";
import { type Opening, openPanelInTab, reopen } from "./extension-panel";
import { readShown, showRoot } from "./fed-panel";
import { heapFigures } from "./heap-figures";
import { loadFigures, measureLoad } from "./load";
import { ENVELOPES } from "./session";
import { type ShopSite, serveShop } from "./shop-site";

const OPENINGS = { warmUps: 2, rounds: 9, target: 300 } as const;
const PER_SECOND = 1_000;

/** The extension as it is used, from a page's socket to the panel: opening it, and traffic as it comes. */
export async function* extensionFigures(driver: ChromiumDriver): AsyncGenerator<Figure> {
  const shop = await serveShop();
  try {
    const page = await driver.openPage(shop.url);
    const panel = await openPanelInTab(driver);
    await fill(shop, panel);
    yield await openFigure(panel);
    await showRoot(panel);
    const load = await measureLoad(panel, shop, PER_SECOND, () => readShown(panel));
    const name = `${PER_SECOND.toLocaleString("en-US")} envelopes/s through the extension`;
    yield* loadFigures(name, PER_SECOND, load);
    yield* await heapFigures("heap of the extension's panel after it", panel.page, null);
    await panel.close();
    await page.close();
  } finally {
    shop.close();
  }
}

/** So many envelopes at a time: what the page's buffer cannot hold would be folded. */
const PORTION = 2_500;
/** Events of the page itself, which the shop does not count. */
const SLACK = 100;

async function fill(shop: ShopSite, panel: ChromiumPage): Promise<void> {
  await until("the root", async () => (await readShown(panel)) > 0 || undefined);
  for (let sent = 0; sent < ENVELOPES; sent += PORTION) {
    shop.send(PORTION);
    const isThere = async () => (await readShown(panel)) > shop.made() - SLACK || undefined;
    await until("the panel to have heard of it all", isThere, 60_000);
  }
}

/** The background goes on; what it holds is there when the panel comes. */
async function openFigure(panel: ChromiumPage): Promise<Figure> {
  const openings: Opening[] = [];
  for (let round = 0; round < OPENINGS.warmUps + OPENINGS.rounds; round += 1) {
    openings.push(await reopen(panel));
  }
  const counted = openings.slice(OPENINGS.warmUps);
  const painted = counted.map((one) => one.painted);
  const afterScript = quantile(
    counted.map((one) => one.painted - one.script),
    0.5,
  );
  return {
    ...{ name: "opening the panel, navigation to the first root painted", unit: "ms" },
    ...{ value: quantile(painted, 0.5), target: OPENINGS.target },
    medians: `${afterScript.toFixed(0)} ms of it from the script's start, worst ${Math.max(...painted).toFixed(0)} ms of ${painted.length}`,
  };
}
