import { getuid } from "node:process";
import puppeteer, { type Browser, type Frame, type Page } from "puppeteer-core";
import { callResult, callText } from "./call-text";
import {
  type BrowserDriver,
  DEFAULT_SIZE,
  type LaunchOptions,
  PANEL_PATH,
  PANEL_TITLE,
  type PageHandle,
  type PanelHandle,
  type Surface,
  until,
  untilClickable,
  untilLoaded,
} from "./driver";

/** The driver, and what only Chromium can do or give. */
export type ChromiumDriver = Omit<BrowserDriver, "openPage"> & {
  readonly browser: Browser;
  readonly openPage: (url: string) => Promise<ChromiumPage>;
  /** Ends the extension's service worker as the browser does after 30 s of idleness. */
  readonly killWorker: () => Promise<void>;
};

export type ChromiumPage = Omit<PageHandle, "openPanel"> & {
  readonly page: Page;
  readonly openPanel: () => Promise<ChromiumPanel>;
};

export type ChromiumPanel = PanelHandle & {
  /** The panel's own document. */
  readonly frame: Frame;
  /** The front end of DevTools, in which the panel is a frame. */
  readonly devtools: Page;
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
      extensionOrigin: `chrome-extension://${id}`,
      // A person sees page and panel together; without a display, a panel of the whole width can be looked at best.
      dock: options.headless ? "undocked" : "bottom",
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

type Running = {
  readonly browser: Browser;
  readonly extensionOrigin: string;
  readonly dock: "bottom" | "undocked";
};

function driverOf(running: Running): ChromiumDriver {
  const { browser, extensionOrigin } = running;
  let closing: Promise<void> | undefined;
  return {
    browser,
    extensionOrigin,
    openPage: (url) => openPage(running, url),
    killWorker: () => killWorker(running),
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

async function killWorker({ browser, extensionOrigin }: Running): Promise<void> {
  // Not by Puppeteer's `worker()`: that attaches to the worker, and one that is attached to is not let go as others are.
  const session = await browser.target().createCDPSession();
  const findId = async (): Promise<string | undefined> => {
    const { targetInfos } = await session.send("Target.getTargets");
    return targetInfos.find(({ type, url }) => type === "service_worker" && url.startsWith(extensionOrigin))
      ?.targetId;
  };
  try {
    const targetId = await findId();
    if (targetId === undefined) {
      throw new Error("The extension's service worker is not running, so it cannot be killed.");
    }
    await session.send("Target.closeTarget", { targetId });
    await until("the worker's end", async () => ((await findId()) !== targetId ? true : undefined));
  } finally {
    await session.detach();
  }
}

async function openPage(running: Running, url: string): Promise<ChromiumPage> {
  const page = await firstOrNewPage(running.browser);
  await page.goto(url);
  return {
    page,
    ...surfaceOf(page.mainFrame(), page),
    goto: async (next) => void (await page.goto(next)),
    reload: async () => void (await page.reload()),
    close: () => page.close(),
    openPanel: () => openPanel(page, running),
  };
}

/** The blank tab that the browser opened at its start, as long as it is blank. */
async function firstOrNewPage(browser: Browser): Promise<Page> {
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

async function openPanel(page: Page, running: Running): Promise<ChromiumPanel> {
  const { extensionOrigin } = running;
  const devtools = await page.openDevTools();
  const title = await until(`the panel "${PANEL_TITLE}" in DevTools`, () =>
    // Until the front end has loaded there is nothing in it to ask.
    showView(devtools, running).catch(() => undefined),
  );
  const frame = await until("the panel's page", () =>
    devtools.frames().find((candidate) => candidate.url().startsWith(extensionOrigin + PANEL_PATH)),
  );
  const surface = surfaceOf(frame, devtools);
  await untilLoaded(surface);
  return { frame, devtools, title, ...surface, close: () => devtools.close() };
}

/** Brings our view to the front, by the front end's own view manager: its tab may be behind the overflow arrow. */
async function showView(devtools: Page, { extensionOrigin, dock }: Running): Promise<string | undefined> {
  // The front end names an extension's view by the extension's origin and the title given to `panels.create`.
  const shown = await devtools.evaluate(`(async () => {
    const { DockController, ViewManager } = await import("./ui/legacy/legacy.js");
    const manager = ViewManager.ViewManager.instance();
    const view = manager.view(${JSON.stringify(extensionOrigin + PANEL_TITLE)});
    if (!view) return undefined;
    DockController.DockController.instance().setDockSide(${JSON.stringify(dock)});
    await manager.showView(view.viewId());
    return view.title();
  })()`);
  return typeof shown === "string" ? shown : undefined;
}
