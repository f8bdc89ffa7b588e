import { launchChromium } from "../../../src/cli/browser/chromium";
import { findBrowser } from "../../../src/cli/browser/find";
import { build, distFolder } from "../../../src/cli/build";
import { stopSignal } from "../../../src/cli/stop";
import { TESTED } from "../../run/browser-packages";
import { type Figure, formatFigure, formatHead } from "../table";
import { serveEchoSite } from "./echo-site";
import { frameFigures } from "./frame-figures";
import { loadFigures } from "./load-figures";
import { sizeFigures } from "./size-figures";

/**
 * `npm run bench:tap`: what the extension costs a page, in Chromium. A page on a host that the extension watches is
 * measured in turns with the same page on one that it does not. It fails where it cannot measure, not where a figure
 * is too high.
 */
async function benchTap(executable: string, signal: AbortSignal): Promise<void> {
  const extension = distFolder("chrome");
  if (!(await build(["chrome"], console.log, signal))) throw new Error("The extension could not be built.");
  const site = await serveEchoSite();
  const driver = await launchChromium({ executable, extension, headless: true });
  signal.addEventListener("abort", () => void driver.close());
  const show = (figure: Figure): void => console.log(formatFigure(figure));
  try {
    console.log(formatHead());
    for (const figure of sizeFigures(extension)) show(figure);
    for await (const figure of loadFigures(driver, site)) show(figure);
    for await (const figure of frameFigures(driver, site)) show(figure);
  } finally {
    await driver.close();
    site.close();
  }
}

const [{ title, names }] = TESTED;
const found = findBrowser(names);
const signal = stopSignal();
if (found) {
  await benchTap(found.executable, signal).catch((error: unknown) => {
    // Who ended it knows why the browser has gone.
    if (!signal.aborted) throw error;
    process.exitCode = 1;
  });
} else {
  console.error(
    `${title} was not found, and nothing else can say what a page's thread does. Install it, or name its program in CHROME_BIN.`,
  );
  process.exitCode = 1;
}
