import { type ChromiumDriver, launchChromium } from "../../src/cli/browser/chromium";
import { findBrowser } from "../../src/cli/browser/find";
import { build, distFolder } from "../../src/cli/build";
import { stopSignal } from "../../src/cli/stop";
import { TESTED } from "../run/browser-packages";
import { type Figure, formatFigure, formatHead } from "./table";

/** Measures in a browser with the extension, which was built into `folder`. */
type Bench = (driver: ChromiumDriver, folder: string) => AsyncIterable<Figure>;

/**
 * Builds the extension and runs a bench in Chromium, one line a figure. It fails where it cannot measure, not where a
 * figure is too high.
 */
export async function benchInChromium(bench: Bench): Promise<void> {
  const [{ title, names }] = TESTED;
  const found = findBrowser(names);
  if (found === undefined) {
    console.error(`${title} was not found. Install it, or name its program in CHROME_BIN.`);
    process.exitCode = 1;
    return;
  }
  const signal = stopSignal();
  await printFigures(found.executable, bench, signal).catch((error: unknown) => {
    // Who ended it knows why the browser has gone.
    if (!signal.aborted) throw error;
    process.exitCode = 1;
  });
}

async function printFigures(executable: string, bench: Bench, signal: AbortSignal): Promise<void> {
  const extension = distFolder("chrome");
  if (!(await build(["chrome"], console.log, signal))) throw new Error("The extension could not be built.");
  const driver = await launchChromium({ executable, extension, headless: true });
  signal.addEventListener("abort", () => void driver.close());
  try {
    console.log(formatHead());
    for await (const figure of bench(driver, extension)) console.log(formatFigure(figure));
  } finally {
    await driver.close();
  }
}
