import type { Browser, Page } from "puppeteer-core";
import { inExtension } from "./chromium-extension";

/** What the extension's icon says for the page's tab. Brings the tab to the front of its window. */
export async function readIconTitle(page: Page, extensionId: string): Promise<string> {
  const tab = await tabOf(page, extensionId);
  return inExtension(page.browser(), extensionId, getTitle, tab);
}

/** Takes the tab's page out of memory. Gives what comes back to the tab, and gives the page that is then there. */
export async function discardTab(page: Page, extensionId: string): Promise<() => Promise<Page>> {
  const browser = page.browser();
  const url = page.url();
  const tab = await tabOf(page, extensionId);
  // The tab in front is never discarded: another is put before it, and leaves when it comes back.
  const cover = await inExtension(browser, extensionId, openCover, tab);
  const known = new Set(browser.targets());
  const left = browser.waitForTarget((target) => target.url() === url && !known.has(target));
  await inExtension(browser, extensionId, discard, tab);
  const target = await left;
  return async () => {
    const revived = await target.page();
    if (revived === null) throw new Error("The discarded tab has no page.");
    await revived.bringToFront();
    await inExtension(browser, extensionId, closeTab, cover);
    return revived;
  };
}

/** Opens a private window, in which the extension must be allowed, and gives its page, which is blank. */
export async function openPrivateWindow(browser: Browser, extensionId: string): Promise<Page> {
  const known = new Set(browser.targets());
  const opened = browser.waitForTarget((target) => target.url() === PRIVATE_PAGE && !known.has(target));
  await inExtension(browser, extensionId, createPrivateWindow, PRIVATE_PAGE);
  const page = await (await opened).page();
  if (page === null) throw new Error("The private window has no page.");
  return page;
}

/** The number that extensions know the page's tab by. Brings the tab to the front of its window. */
async function tabOf(page: Page, extensionId: string): Promise<number> {
  await page.bringToFront();
  return inExtension(page.browser(), extensionId, idOfFront, Number(await page.windowId()));
}

/** Blank, and told apart from every other blank page. */
const PRIVATE_PAGE = "about:blank#private";

// The functions below run among the extension's own files.

/** What they use of what Chromium gives an extension. */
declare const chrome: {
  readonly action: { readonly getTitle: (tab: { readonly tabId: number }) => Promise<string> };
  readonly tabs: {
    readonly create: (tab: { readonly windowId: number }) => Promise<Tab>;
    readonly discard: (tab: number) => Promise<{ readonly discarded: boolean } | undefined>;
    readonly get: (tab: number) => Promise<Tab>;
    readonly query: (wanted: { readonly active: true; readonly windowId: number }) => Promise<readonly Tab[]>;
    readonly remove: (tab: number) => Promise<void>;
  };
  readonly windows: {
    readonly create: (window: { readonly incognito: true; readonly url: string }) => Promise<unknown>;
  };
};

type Tab = { readonly id: number; readonly windowId: number };

async function idOfFront(windowId: number): Promise<number> {
  const [tab] = await chrome.tabs.query({ active: true, windowId });
  if (!tab) throw new Error("The page's window has no tab.");
  return tab.id;
}

function getTitle(tabId: number): Promise<string> {
  return chrome.action.getTitle({ tabId });
}

async function openCover(tab: number): Promise<number> {
  const { windowId } = await chrome.tabs.get(tab);
  return (await chrome.tabs.create({ windowId })).id;
}

async function discard(tab: number): Promise<void> {
  if (!(await chrome.tabs.discard(tab))?.discarded) throw new Error("The browser kept the tab's page.");
}

async function closeTab(tab: number): Promise<void> {
  await chrome.tabs.remove(tab);
}

async function createPrivateWindow(url: string): Promise<void> {
  await chrome.windows.create({ incognito: true, url });
}
