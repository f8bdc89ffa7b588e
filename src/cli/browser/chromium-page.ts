import type { Browser, Frame, Page } from "puppeteer-core";
import { callResult, callText } from "./call-text";
import { extensionOriginOf } from "./chromium-extension";
import { discardTab, readIconTitle } from "./chromium-tab";
import {
  type ConsoleEntry,
  type DiscardedPage,
  type DockSide,
  PANEL_PATH,
  PANEL_TITLE,
  type PageHandle,
  type PanelHandle,
  type Surface,
  until,
  untilClickable,
  untilLoaded,
} from "./driver";

/** Where pages are opened. */
export type Place = {
  readonly browser: Browser;
  readonly extensionId: string;
  /** Where DevTools stands at first. */
  readonly dock: DockSide;
};

/** The page, and what only Chromium can do or give. */
export type ChromiumPage = Omit<PageHandle, "openPanel" | "discard"> & {
  readonly page: Page;
  readonly openPanel: () => Promise<ChromiumPanel>;
  readonly discard: () => Promise<DiscardedPage>;
  /** Ends the page's process, as a fault in the browser would. A reload brings the page back. */
  readonly crash: () => Promise<void>;
};

export type ChromiumPanel = PanelHandle & {
  /** The panel's own document. */
  readonly frame: Frame;
  /** The front end of DevTools, in which the panel is a frame. */
  readonly devtools: Page;
};

/** Opens `url` in `page`. */
export async function openChromiumPage(place: Place, page: Page, url: string): Promise<ChromiumPage> {
  const handle = handleOf(place, page);
  await page.goto(url);
  return handle;
}

function handleOf(place: Place, page: Page): ChromiumPage {
  return {
    page,
    ...surfaceOf(page.mainFrame(), page),
    console: collectConsole(page),
    goto: async (next) => void (await page.goto(next)),
    reload: async () => void (await page.reload()),
    close: () => page.close(),
    openPanel: () => openPanel(page, place),
    iconTitle: () => readIconTitle(page, place.extensionId),
    discard: async () => {
      const revive = await discardTab(page, place.extensionId);
      return { revive: () => revived(place, revive) };
    },
    crash: () => crash(page),
  };
}

async function revived(place: Place, revive: () => Promise<Page>): Promise<ChromiumPage> {
  const handle = handleOf(place, await revive());
  await untilLoaded(handle);
  return handle;
}

/** The blank tab that the browser opened at its start, as long as it is blank. */
export async function firstOrNewPage(browser: Browser): Promise<Page> {
  const blank = (await browser.pages()).find((page) => page.url() === "about:blank");
  return blank ?? browser.newPage();
}

function surfaceOf(frame: Frame, shown: Page): Surface {
  const evaluate: Surface["evaluate"] = async (task, ...args) => {
    const json = await frame.evaluate<[], () => string | undefined>(callText(task, args));
    return callResult(json);
  };
  return {
    evaluate,
    click: async (selector) => {
      await untilClickable(selector, evaluate);
      await frame.click(selector);
    },
    text: () => evaluate(() => document.body.innerText),
    screenshot: async (path) => void (await shown.screenshot({ path: pngPath(path) })),
  };
}

function pngPath(path: string): `${string}.png` {
  return path.endsWith(".png") ? `${path.slice(0, -4)}.png` : `${path}.png`;
}

async function openPanel(page: Page, place: Place): Promise<ChromiumPanel> {
  const extensionOrigin = extensionOriginOf(place.extensionId);
  const devtools = await page.openDevTools();
  const title = await until(`the panel "${PANEL_TITLE}" in DevTools`, () =>
    // Until the front end has loaded there is nothing in it to ask.
    showView(devtools, place).catch(() => undefined),
  );
  await dock(devtools, place.dock);
  const frame = await until("the panel's page", () =>
    devtools.frames().find((candidate) => candidate.url().startsWith(extensionOrigin + PANEL_PATH)),
  );
  const surface = surfaceOf(frame, devtools);
  await untilLoaded(surface);
  return {
    frame,
    devtools,
    title,
    ...surface,
    dock: (side) => dock(devtools, side),
    close: async () => {
      // Where the extension was reloaded, the browser has closed it.
      if (!devtools.isClosed()) await devtools.close();
    },
  };
}

/** Moves the front end, by its own words for where it stands. */
async function dock(devtools: Page, side: DockSide): Promise<void> {
  await devtools.evaluate(`(async () => {
    const { DockController } = await import("./ui/legacy/legacy.js");
    DockController.DockController.instance().setDockSide(${JSON.stringify(side === "window" ? "undocked" : side)});
  })()`);
}

/** Brings our view to the front, by the front end's own view manager: its tab may be behind the overflow arrow. */
async function showView(devtools: Page, { extensionId }: Place): Promise<string | undefined> {
  // The front end names an extension's view by the extension's origin and the title given to `panels.create`.
  const shown = await devtools.evaluate(`(async () => {
    const { ViewManager } = await import("./ui/legacy/legacy.js");
    const manager = ViewManager.ViewManager.instance();
    const view = manager.view(${JSON.stringify(extensionOriginOf(extensionId) + PANEL_TITLE)});
    if (!view) return undefined;
    await manager.showView(view.viewId());
    return view.title();
  })()`);
  return typeof shown === "string" ? shown : undefined;
}

function collectConsole(page: Page): readonly ConsoleEntry[] {
  const entries: ConsoleEntry[] = [];
  page.on("console", (message) => entries.push({ level: message.type(), text: message.text() }));
  page.on("pageerror", (error) => entries.push({ level: "error", text: String(error) }));
  return entries;
}

async function crash(page: Page): Promise<void> {
  const session = await page.createCDPSession();
  const crashed = new Promise((resolve) => page.once("error", resolve));
  // Nobody is left to answer.
  session.send("Page.crash").catch(() => undefined);
  await crashed;
}
