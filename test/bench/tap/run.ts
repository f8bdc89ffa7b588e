import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import { benchInChromium } from "../in-chromium";
import type { Figure } from "../table";
import { serveEchoSite } from "./echo-site";
import { frameFigures } from "./frame-figures";
import { loadFigures } from "./load-figures";
import { sizeFigures } from "./size-figures";

/** What the extension costs a page: one on a host that it watches, in turns with the same one where it does not. */
async function* tapFigures(driver: ChromiumDriver, folder: string): AsyncGenerator<Figure> {
  const site = await serveEchoSite();
  try {
    yield* sizeFigures(folder);
    yield* loadFigures(driver, site);
    yield* frameFigures(driver, site);
  } finally {
    site.close();
  }
}

/** `npm run bench:tap`. */
await benchInChromium(tapFigures);
