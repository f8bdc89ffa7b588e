import { afterAll, beforeAll, describe, it } from "vitest";
import { type ChromiumDriver, launchChromium } from "../../src/cli/browser/chromium";
import type { BrowserDriver, LaunchOptions } from "../../src/cli/browser/driver";
import { findBrowser } from "../../src/cli/browser/find";
import { launchFirefox } from "../../src/cli/browser/firefox";
import { distFolder } from "../../src/cli/build";
import { serve } from "../../src/cli/serve";
import { TESTED } from "../run/browser-packages";

const [CHROMIUM, FIREFOX] = TESTED;

/** What a browser test stands on: the built extension in a real browser, and the demo app on its own server. */
export type Stage<Driver extends BrowserDriver = BrowserDriver> = {
  readonly driver: Driver;
  /** Such as `http://localhost:4000/`. */
  readonly demo: string;
};

/** Declares tests that run in Chromium, and are skipped, with the reason said, where there is none. */
export function describeInChromium(title: string, tests: (stage: Stage<ChromiumDriver>) => void): void {
  const launch = (options: LaunchOptions) => launchChromium(options);
  describeOnStage(CHROMIUM, title, launch, distFolder("chrome"), tests);
}

/** Declares tests that run in Firefox, and are skipped, with the reason said, where there is none. */
export function describeInFirefox(title: string, tests: (stage: Stage) => void): void {
  describeOnStage(FIREFOX, title, launchFirefox, distFolder("firefox"), tests);
}

/** Declares tests that run in both browsers. */
export function describeInBrowsers(title: string, tests: (stage: Stage) => void): void {
  describeInChromium(title, tests);
  describeInFirefox(title, tests);
}

function describeOnStage<Driver extends BrowserDriver>(
  browser: (typeof TESTED)[number],
  title: string,
  launch: (options: LaunchOptions) => Promise<Driver>,
  extension: string,
  tests: (stage: Stage<Driver>) => void,
): void {
  const found = findBrowser(browser.names);
  const reason = `${browser.title} is not installed, so its tests cannot run.`;
  if (!found && process.env.CI === "true") {
    it(`${title} (${browser.title})`, () => {
      throw new Error(reason);
    });
    return;
  }
  if (!found) console.warn(`${reason} Skipped: ${title}`);
  describe.skipIf(!found)(`${title} (${browser.title})`, () => {
    let driver: Driver | undefined;
    let server: Awaited<ReturnType<typeof serve>> | undefined;
    beforeAll(async () => {
      if (!found) return;
      server = await serve({ port: 0, demo: distFolder("demo"), log: () => {} });
      driver = await launch({ executable: found.executable, extension, headless: true });
    });
    afterAll(async () => {
      await driver?.close();
      await server?.close();
    });
    tests({
      get driver() {
        return known(driver);
      },
      get demo() {
        return `http://localhost:${known(server).port}/`;
      },
    });
  });
}

function known<Value>(value: Value | undefined): Value {
  if (value === undefined)
    throw new Error("The stage is there only while a test runs: use it inside of one.");
  return value;
}
