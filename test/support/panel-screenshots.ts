import { mkdir } from "node:fs/promises";
import type { Page } from "puppeteer-core";
import { findBrowser } from "../../src/cli/browser/find";
import { openPanelPage } from "./panel-page";

/**
 * Takes screenshots of every view and state of the panel in both themes at three widths, to be looked at:
 * `node --import tsx test/support/panel-screenshots.ts FOLDER`.
 */
const [folder = "panel-screenshots"] = process.argv.slice(2);
const chromium = findBrowser(["chromium", "chrome"]);
if (!chromium) throw new Error("Chromium or Chrome is needed to take screenshots, and neither was found.");
const THEMES = ["light", "dark"] as const;
const WIDTHS = [400, 900, 1600] as const;
/** Long enough for views to come and to be drawn. */
const SETTLED_MS = 500;

type Shot = { readonly name: string; readonly search?: string; readonly act: (page: Page) => Promise<void> };

const STAGES = [
  ...["connecting", "unwatchable", "not_allowed", "not_reported", "no_tap", "tap_off", "no_socket"],
  ...["closed_socket", "channels_refused", "plain_channels", "no_envelope"],
];
const SITES =
  "https://shop.example.com/*,https://a-very-long-name-of-a-host.staging.example.com/*,*://*.example.org/*";

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
  {
    name: "compare",
    async act(page) {
      await click('[data-tab="compare"]')(page);
      await page.waitForSelector("[data-differences]");
      const values = await page.$$eval("[data-action=root] option", (all) => all.map(({ value }) => value));
      await page.select("[data-action=root]", values[2] ?? "");
      await page.waitForSelector('[data-path="/shipping"]');
    },
  },
  {
    name: "palette",
    async act(page) {
      await page.keyboard.down("Control");
      await page.keyboard.press("k");
      await page.keyboard.up("Control");
    },
  },
  {
    name: "search",
    async act(page) {
      await click('[data-action="search"]')(page);
      await page.keyboard.type("count");
    },
  },
  { name: "keys", act: click('[data-action="keys"]') },
  ...STAGES.map((stage) => ({ name: stage, search: `&stage=${stage}`, act: async () => {} })),
  { name: "plain-frames", search: "&stage=plain_channels", act: frames },
  {
    name: "plain-unfolded",
    search: "&stage=plain_channels",
    act: async (page) => {
      await frames(page);
      await page.locator("[data-diagnosis] summary").click();
    },
  },
  { name: "allow-firefox", search: "&stage=not_allowed&firefox", act: async () => {} },
  { name: "menu", search: `&past&sites=${SITES}`, act: click("[data-action=settings]") },
  { name: "menu-private", search: "&private", act: click("[data-action=settings]") },
  { name: "past", search: "&past", act: click("[data-action=show-past]") },
  { name: "off", search: "&off&full&url=https://shop.example.com/cart", act: async () => {} },
  { name: "orphaned", act: (page) => page.evaluate(() => void dispatchEvent(new Event("harness:orphan"))) },
  {
    name: "base",
    act: async (page) => {
      await frames(page);
      await (await page.waitForSelector("[role=grid]"))?.focus();
      await page.keyboard.press("Home");
      await page.waitForSelector('[data-seq="1"]');
      await page.$eval(".grid-body", (list) => list.scrollTo(0, 20 * 140));
      await page.waitForSelector('[data-type="base"]');
      await page.$eval('[data-type="base"]', (row) => row instanceof HTMLElement && row.click());
    },
  },
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
