import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import { benchInChromium } from "../in-chromium";
import type { Figure } from "../table";
import { extensionFigures } from "./extension-figures";
import { messagesFigures } from "./messages-figures";
import { sizeFigure } from "./size-figure";
import { viewerFigures } from "./viewer-figures";

/** How quick the panel is with a root of 10,000 stores and a timeline of 100,000 entries. */
async function* panelFigures(driver: ChromiumDriver, folder: string): AsyncGenerator<Figure> {
  yield sizeFigure(folder);
  yield* extensionFigures(driver);
  yield* viewerFigures(driver, folder);
  yield* messagesFigures(driver.browser.process()?.spawnfile ?? "");
}

/** `npm run bench:panel`. */
await benchInChromium(panelFigures);
