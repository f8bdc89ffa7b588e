import { getuid } from "node:process";
import puppeteer, { type Browser } from "puppeteer-core";
import { allowInPrivate, chromiumExtension } from "./chromium-extension";
import { type ChromiumPage, firstOrNewPage, openChromiumPage, type Place } from "./chromium-page";
import { openPrivateWindow } from "./chromium-tab";
import { type BrowserDriver, DEFAULT_SIZE, type LaunchOptions } from "./driver";

/** The driver, and what only Chromium can give. */
export type ChromiumDriver = Omit<BrowserDriver, "openPage" | "openPrivatePage"> & {
  readonly browser: Browser;
  readonly openPage: (url: string) => Promise<ChromiumPage>;
  readonly openPrivatePage: (url: string) => Promise<ChromiumPage>;
};

const FLAGS = [
  "--disable-gpu",
  "--disable-quic",
  "--no-first-run",
  "--no-default-browser-check",
  "--disable-background-networking",
  "--disable-component-update",
  "--disable-sync",
];

/** Starts Chromium, Chrome or Edge with a profile of its own and the extension in it. */
export async function launchChromium(options: LaunchOptions): Promise<ChromiumDriver> {
  const { width, height } = options.size ?? DEFAULT_SIZE;
  const browser = await puppeteer.launch({
    executablePath: options.executable,
    headless: options.headless,
    // Branded Chrome takes an unpacked extension over the debugging pipe only.
    pipe: true,
    enableExtensions: true,
    ignoreDefaultArgs: ["--enable-automation"],
    defaultViewport: options.headless ? { width, height } : null,
    args: [...FLAGS, `--window-size=${width},${height}`, ...sandboxFlags()],
    // Who launched the browser decides when it ends.
    handleSIGINT: false,
    handleSIGTERM: false,
    handleSIGHUP: false,
  });
  try {
    const id = await browser.installExtension(options.extension);
    return driverOf({
      browser,
      extensionId: id,
      // A person sees page and panel together; without a display, a panel of the whole width can be looked at best.
      dock: options.headless ? "window" : "bottom",
    });
  } catch (error) {
    await browser.close();
    throw error;
  }
}

/** Chromium's sandbox refuses to run as root, which is what one is in most containers. */
function sandboxFlags(): readonly string[] {
  return getuid?.() === 0 ? ["--no-sandbox"] : [];
}

function driverOf(place: Place): ChromiumDriver {
  const { browser, extensionId } = place;
  let closing: Promise<void> | undefined;
  let allowed: Promise<void> | undefined;
  return {
    browser,
    extension: chromiumExtension(browser, extensionId),
    openPage: async (url) => openChromiumPage(place, await firstOrNewPage(browser), url),
    openPrivatePage: async (url) => {
      allowed ??= allowInPrivate(browser, extensionId);
      await allowed;
      return openChromiumPage(place, await openPrivateWindow(browser, extensionId), url);
    },
    onClose: (listener) => {
      browser.once("disconnected", listener);
      return () => browser.off("disconnected", listener);
    },
    close: () => {
      closing ??= browser.close();
      return closing;
    },
  };
}
