import { mkdir } from "node:fs/promises";
import type { Page } from "puppeteer-core";
import { findBrowser } from "../../src/cli/browser/find";
import { openPanelPage } from "./panel-page";

/**
 * Takes screenshots of every view of the panel in both themes at three widths, to be looked at:
 * `node --import tsx test/support/panel-screenshots.ts FOLDER`.
 */
const [folder = "panel-screenshots"] = process.argv.slice(2);
const chromium = findBrowser(["chromium", "chrome"]);
if (!chromium) throw new Error("Chromium or Chrome is needed to take screenshots, and neither was found.");
const THEMES = ["light", "dark"] as const;
const WIDTHS = [480, 900, 1600] as const;
/** Long enough for views to come and to be drawn. */
const SETTLED_MS = 200;

type Shot = { readonly name: string; readonly search?: string; readonly act: (page: Page) => Promise<void> };

const item = (rootId: string, storeId: string) =>
  `[role=treeitem][data-root-id="${rootId}"][data-store-id='${storeId}']`;
const click = (selector: string) => (page: Page) => page.locator(selector).click();
const frames = click('[data-tab="frames"]');

const SHOTS: readonly Shot[] = [
  { name: "stores", act: click(item("Shop.Stores.CartStore:u9:open", "[]")) },
  { name: "store", act: click(item("Shop.Stores.CartStore:u9:open", '["cart","lines","l2"]')) },
  { name: "frames", act: frames },
  {
    name: "frame",
    act: async (page) => {
      await frames(page);
      await page.locator('[data-problem="true"]').click();
      await page.waitForSelector("[data-problem-text]");
    },
  },
  { name: "problems", act: click('[data-tab="problems"]') },
  { name: "not-watched", search: "&stage=page_not_watched", act: async () => {} },
  { name: "no-root", search: "&stage=no_root", act: async () => {} },
];

const panel = await openPanelPage(chromium.executable);
try {
  await mkdir(folder, { recursive: true });
  for (const theme of THEMES) {
    for (const width of WIDTHS) {
      for (const { name, search = "", act } of SHOTS) {
        const page = await panel.load(`theme=${theme}${search}`);
        await page.setViewport({ width, height: width < 600 ? 640 : 520 });
        await act(page);
        await new Promise((resolve) => setTimeout(resolve, SETTLED_MS));
        await page.screenshot({ path: `${folder}/${name}-${theme}-${width}.png` });
      }
    }
  }
} finally {
  await panel.close();
}
for (const error of panel.errors) console.error(error);
