import { UNTIL } from "./firefox-until";

/**
 * Expressions for Firefox's own window, as those of the toolbox, for its tabs and windows. A tab is known by the number
 * that `SELECTED_TAB` gives, as long as it is not discarded.
 */

const PRELUDE = `
  ${UNTIL}
  const { NavigableManager } = ChromeUtils.importESModule("chrome://remote/content/shared/NavigableManager.sys.mjs");
`;

/** Gives, as text, the number by which the tab in front is known from now on. */
export const SELECTED_TAB = "String(gBrowser.selectedTab.linkedBrowser.browserId)";

/** Opens a private window. Gives, as JSON, the BiDi contexts of the window and of its tab. */
export const OPEN_PRIVATE_WINDOW = `(async () => {
  ${PRELUDE}
  const opened = OpenBrowserWindow({ private: true });
  await new Promise((resolve) => opened.addEventListener("load", resolve, { once: true }));
  await opened.delayedStartupPromise;
  const { selectedBrowser } = opened.gBrowser;
  // A navigation that begins before the window's first page is there would never be reported as complete.
  await until("a private window", () => selectedBrowser.currentURI.spec === "about:privatebrowsing" && !selectedBrowser.webProgress.isLoadingDocument);
  return JSON.stringify({
    window: NavigableManager.getIdForBrowsingContext(opened.browsingContext),
    tab: NavigableManager.getIdForBrowser(opened.gBrowser.selectedBrowser),
  });
})()`;

/** Takes a tab's page out of memory. The tab must not be the one in front: another is put before it. */
export function discardTab(browserId: string): string {
  return `(async () => {
    const tab = gBrowser.tabs.find((tab) => tab.linkedBrowser.browserId === ${browserId});
    const cover = gBrowser.addTrustedTab("about:blank");
    gBrowser.selectedTab = cover;
    await gBrowser.prepareDiscardBrowser(tab);
    if (!gBrowser.discardBrowser(tab, true)) throw new Error("The browser kept the tab's page.");
    tab.musubiCover = cover;
  })()`;
}

/** Comes back to the tab that was discarded last, and gives the BiDi context of the page that is loaded into it. */
export const REVIVE_DISCARDED = `(async () => {
  ${PRELUDE}
  const tab = gBrowser.tabs.findLast((tab) => tab.musubiCover);
  const restored = new Promise((resolve) => tab.addEventListener("SSTabRestored", resolve, { once: true }));
  gBrowser.selectedTab = tab;
  await restored;
  gBrowser.removeTab(tab.musubiCover);
  delete tab.musubiCover;
  return NavigableManager.getIdForBrowser(tab.linkedBrowser);
})()`;
