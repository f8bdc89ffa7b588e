import { copyFile, mkdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import type { ChromiumPanel } from "../../src/cli/browser/chromium-page";
import type { PageHandle } from "../../src/cli/browser/driver";
import { VIEWS } from "../../src/panel/model/view-name";
import { describeInChromium } from "../support/browser";
import { inPanel } from "../support/panel-words";

const FOLDER = fileURLToPath(new URL("../../dist/screenshots/", import.meta.url));
const THEMES = ["light", "dark"] as const;
const WIDTHS = [400, 480, 900, 1600] as const;

/** The pictures in README.md; renewed with `UPDATE_SCREENSHOTS=1 npm run e2e`. */
const README_PICTURES = ["dark-1600-stores", "light-1600-timeline", "dark-900-compare"];

/** Each view in each width and theme: more than the usual time of one test. */
const TIMEOUT_MS = 300_000;

describeInChromium("the panel", (stage) => {
  it(
    "fits its width and follows the theme of DevTools, light and dark, in every view",
    async () => {
      await mkdir(FOLDER, { recursive: true });
      const page = await stage.driver.openPage(stage.demo);
      const panel = await page.openPanel();
      await fill(page, panel);
      for (const theme of THEMES) {
        await panel.devtools.emulateMediaFeatures([{ name: "prefers-color-scheme", value: theme }]);
        await expect.poll(() => panel.evaluate(() => document.documentElement.dataset.theme)).toBe(theme);
        for (const width of WIDTHS) {
          await panel.devtools.setViewport({ width, height: 600, deviceScaleFactor: 1 });
          for (const view of VIEWS) {
            await inPanel(panel).showTab(view);
            await expect.poll(() => panel.evaluate(findOverflow), { timeout: 5_000 }).toEqual([]);
            await panel.screenshot(`${FOLDER}${theme}-${width}-${view}.png`);
          }
        }
      }
      if (process.env.UPDATE_SCREENSHOTS === "1") {
        for (const name of README_PICTURES) {
          await copyFile(`${FOLDER}${name}.png`, new URL(`screenshots/${name}.png`, import.meta.url));
        }
      }
      await page.close();
    },
    TIMEOUT_MS,
  );
});

/** Leaves something to see in each of the views. */
async function fill(page: PageHandle, panel: ChromiumPanel): Promise<void> {
  const person = inPanel(panel);
  for (const control of ["increment", "add", "fail"]) await page.click(`[data-command="${control}"]`);
  for (const fault of ["bad_frame", "wrong_path"]) await page.click(`[data-fault="${fault}"]`);
  await person.chooseStore("Demo.TodoStore:main", []);
  await person.sees("[data-last-change] [data-command]", "add");
  await person.showTab("timeline");
  await person.choose("[data-view=timeline] [role=row][data-kind=command]");
  await person.showTab("frames");
  await person.choose("[data-view=frames] [role=row][data-problem=true]");
  await person.showTab("channels");
  await person.choose("[data-view=channels] [role=row][data-state=joined]");
}

/** What sticks out of the panel on the right, in the panel's own words. */
function findOverflow(): readonly string[] {
  const width = document.documentElement.clientWidth;
  if (document.documentElement.scrollWidth <= width) return [];
  return [...document.querySelectorAll("body *")]
    .filter((element) => element.getBoundingClientRect().right > width + 1)
    .map((element) => `${element.tagName}.${element.className}`);
}
