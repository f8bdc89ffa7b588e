import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { ChromiumPanel } from "../../src/cli/browser/chromium-page";
import { describeInChromium } from "../support/browser";
import { inPanel } from "../support/panel-words";

const FOLDER = fileURLToPath(new URL("../../dist/screenshots/", import.meta.url));
const THEMES = ["light", "dark"] as const;
const WIDTHS = [400, 480, 900, 1600] as const;

/** The picture in README.md; renewed with `UPDATE_SCREENSHOTS=1 npm run e2e`. */
const README_PICTURE = {
  name: "dark-1600-stores",
  path: new URL("screenshots/stores-dark.png", import.meta.url),
};

describeInChromium("the panel", (stage) => {
  it("fits its width and follows the theme of DevTools, light and dark", async () => {
    await mkdir(FOLDER, { recursive: true });
    const page = await stage.driver.openPage(stage.demo);
    const panel = await page.openPanel();
    const person = inPanel(panel);
    for (const control of ['[data-command="increment"]', '[data-command="add"]', '[data-command="fail"]']) {
      await page.click(control);
    }
    await page.click('[data-fault="bad_frame"]');
    await page.click('[data-fault="wrong_path"]');
    await person.chooseStore("Demo.TodoStore:main", []);
    await person.sees("[data-last-change] [data-command]", "add");

    for (const theme of THEMES) {
      await panel.devtools.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
      await expect.poll(() => panel.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
      for (const width of WIDTHS) {
        await panel.devtools.setViewport({ width, height: 600, deviceScaleFactor: 1 });
        await seeEachView(panel, `${theme}-${width}`);
      }
    }
    if (process.env.UPDATE_SCREENSHOTS === "1") {
      await copyFile(`${FOLDER}${README_PICTURE.name}.png`, README_PICTURE.path);
    }
    await page.close();
  });

  async function seeEachView(panel: ChromiumPanel, name: string): Promise<void> {
    for (const tab of ["stores", "frames", "problems"] as const) {
      await inPanel(panel).showTab(tab);
      await expect.poll(() => panel.evaluate(findOverflow), { timeout: 5_000 }).toEqual([]);
      await panel.screenshot(`${FOLDER}${name}-${tab}.png`);
    }
  }
});

/** What sticks out of the panel on the right, in the panel's own words. */
function findOverflow(): readonly string[] {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.tagName}.${element.className}`);
}
