import { launchChromium } from "./chromium";
import type { BrowserDriver, LaunchOptions } from "./driver";
import type { FoundBrowser } from "./find";
import { launchFirefox } from "./firefox";

/** Opens a browser that `findBrowser` found. The extension must be the one that was built for it. */
export function launchBrowser(
  { name, executable }: FoundBrowser,
  options: Omit<LaunchOptions, "executable">,
): Promise<BrowserDriver> {
  return name === "firefox"
    ? launchFirefox({ executable, ...options })
    : launchChromium({ executable, ...options });
}
