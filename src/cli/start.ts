import type { BrowserDriver } from "./browser/driver";
import { BROWSERS, type BrowserName, type FoundBrowser, findBrowser } from "./browser/find";
import { launchBrowser } from "./browser/launch";
import { build, distFolder, TARGETS } from "./build";
import { serve } from "./serve";
import type { ServingOptions } from "./serving-options";
import { stopped } from "./stop";

export type StartOptions = {
  /** The browser to open, "none", or undefined for the first that is found. */
  readonly browser: BrowserName | "none" | undefined;
  /** Undefined: the first free one from 4000. */
  readonly port: number | undefined;
  readonly serving: ServingOptions;
};

/**
 * Builds the extension and the demo, serves the demo and opens it in a browser with the extension, until `stop`
 * aborts; then ends all that it began. Gives the exit status.
 */
export async function start(
  options: StartOptions,
  log: (text: string) => void,
  stop: AbortSignal,
): Promise<number> {
  log("Building the extension and the demo app ...");
  if (!(await build(TARGETS, log, stop))) return stop.aborted ? 0 : 1;
  const server = await serve({
    port: options.port ?? "free",
    demo: distFolder("demo"),
    log,
    ...options.serving,
  });
  const address = `http://localhost:${server.port}/`;
  log(`The demo app is at ${address}`);
  const driver = await openBrowser(options.browser, address, log, stop);
  log("Ctrl-C ends everything.");
  await stopped(stop);
  // Ctrl-C in a terminal reaches the browser too, which may be gone already.
  await driver?.close().catch(() => undefined);
  await server.close();
  return 0;
}

/** Opens what was asked for, or says how to do it by hand. */
async function openBrowser(
  wanted: StartOptions["browser"],
  address: string,
  log: (text: string) => void,
  stop: AbortSignal,
): Promise<BrowserDriver | undefined> {
  const found = chooseBrowser(wanted, findBrowser, process);
  if (!("executable" in found)) {
    log(byHand(found.reason, address));
    return undefined;
  }
  log(`Opening ${found.executable} ...`);
  try {
    return await showPanel(found, address, log, stop);
  } catch (error) {
    if (stop.aborted) return undefined;
    log(byHand(`${found.executable} could not be used. ${messageOf(error)}`, address));
    return undefined;
  }
}

async function showPanel(
  found: FoundBrowser,
  address: string,
  log: (text: string) => void,
  stop: AbortSignal,
): Promise<BrowserDriver> {
  const extension = distFolder(found.name === "firefox" ? "firefox" : "chrome");
  const driver = await launchBrowser(found, { extension, headless: false });
  try {
    const page = await driver.openPage(address);
    await page.openPanel();
  } catch (error) {
    await driver.close();
    throw error;
  }
  log("DevTools is open on the Musubi panel.");
  driver.onClose(() => {
    if (!stop.aborted) log("The browser was closed; the demo app is still served.");
  });
  return driver;
}

/** Which browser to open, or why none is. Pure but for `find`: the wish and the machine are passed in. */
export function chooseBrowser(
  wanted: StartOptions["browser"],
  find: (names?: readonly BrowserName[]) => FoundBrowser | undefined,
  {
    platform,
    env,
  }: { readonly platform: string; readonly env: Readonly<Record<string, string | undefined>> },
): FoundBrowser | { readonly reason: string } {
  if (wanted === "none") return { reason: "No browser is opened, as you asked." };
  if (platform === "linux" && !env.DISPLAY && !env.WAYLAND_DISPLAY) {
    return { reason: "No browser is opened, since there is no display." };
  }
  const names = wanted === undefined ? BROWSERS : [wanted];
  return (
    find(names) ?? { reason: `No browser is opened: ${names.join(", ")} was not found on this machine.` }
  );
}

function byHand(reason: string, address: string): string {
  return `
${reason}
To load the extension yourself:

  Chrome, Chromium, Edge (${distFolder("chrome")})
    1. Open chrome://extensions
    2. Switch on "Developer mode"
    3. Click "Load unpacked" and choose that folder

  Firefox (${distFolder("firefox")})
    1. Open about:debugging#/runtime/this-firefox
    2. Click "Load Temporary Add-on..."
    3. Choose manifest.json in that folder

Then open ${address} and, in DevTools (F12), the Musubi panel.
`;
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
