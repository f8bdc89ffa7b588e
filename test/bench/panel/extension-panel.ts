import { callText } from "../../../src/cli/browser/call-text";
import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import { inExtension } from "../../../src/cli/browser/chromium-extension";
import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import { PANEL_PATH, until } from "../../../src/cli/browser/driver";

/** When the panel's page had what, in milliseconds since its navigation began. */
export type Opening = {
  /** Its script had been loaded, and ran. */
  readonly script: number;
  /** The first root's line was painted. */
  readonly painted: number;
};

/**
 * The extension's own panel on the only page that there is, in a tab: inside of DevTools that a program drives no more
 * than a few frames a second are drawn. What DevTools would tell it is made up, all else is as there.
 */
export async function openPanelInTab(driver: ChromiumDriver): Promise<ChromiumPage> {
  const { origin } = driver.extension;
  const tab = await inExtension(driver.browser, new URL(origin).host, findOtherTab);
  const panel = await driver.openPage("about:blank");
  await panel.page.evaluateOnNewDocument(callText(standInForDevTools, [tab]));
  await panel.goto(origin + PANEL_PATH);
  await panel.page.bringToFront();
  return panel;
}

/** Opens the panel anew, as often as it is closed and opened: its host goes on. */
export async function reopen(panel: ChromiumPage): Promise<Opening> {
  await panel.reload();
  return until("the panel's first root", () => panel.evaluate(readOpening));
}

// The functions below run among the extension's files, or in the panel.

declare const chrome: {
  readonly tabs: {
    readonly getCurrent: () => Promise<{ readonly id: number }>;
    readonly query: (all: object) => Promise<readonly { readonly id: number }[]>;
  };
};

declare global {
  var opening: { script: number | null; painted: number | null } | undefined;
}

async function findOtherTab(): Promise<number> {
  const own = await chrome.tabs.getCurrent();
  const other = (await chrome.tabs.query({})).find(({ id }) => id !== own.id);
  if (other === undefined) throw new Error("There is no page to look at.");
  return other.id;
}

/** Also notes when the script asks for DevTools, which it does first of all, and when the first root is painted. */
function standInForDevTools(tabId: number): void {
  const opening: { script: number | null; painted: number | null } = { script: null, painted: null };
  globalThis.opening = opening;
  const url = "http://shop.test/";
  const answer = (_: string, tell?: (value: string) => void) => Promise.resolve(tell?.(url));
  const devtools = {
    inspectedWindow: { tabId, eval: answer, reload: () => undefined },
    network: { onNavigated: { addListener: () => undefined } },
    panels: { themeName: "default", setThemeChangeHandler: () => undefined },
  };
  const get = () => {
    opening.script ??= performance.now();
    return devtools;
  };
  for (const api of [Reflect.get(globalThis, "chrome"), Reflect.get(globalThis, "browser")]) {
    if (api) Object.defineProperty(api, "devtools", { get, configurable: true });
  }
  const { port1, port2 } = new MessageChannel();
  port2.onmessage = () => {
    opening.painted = performance.now();
  };
  const observer = new MutationObserver(() => {
    if (document.querySelector("[role=treeitem][data-kind=root]") === null) return;
    observer.disconnect();
    // It is called while the frame is laid out that shows the root.
    new ResizeObserver((_, sizes) => {
      sizes.disconnect();
      port1.postMessage(null);
    }).observe(document.body);
  });
  observer.observe(document, { subtree: true, childList: true });
}

function readOpening(): Opening | undefined {
  const { script = null, painted = null } = globalThis.opening ?? {};
  return script === null || painted === null ? undefined : { script, painted };
}
