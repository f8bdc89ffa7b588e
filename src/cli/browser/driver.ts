/**
 * What `npm start` and the browser tests do with a browser, the same in Chromium and in Firefox: open it with the
 * extension in it, open a page, open the real DevTools on our panel.
 */
export type BrowserDriver = {
  readonly extension: ExtensionHandle;
  /** Opens `url` in a tab of its own and waits until it has loaded. */
  readonly openPage: (url: string) => Promise<PageHandle>;
  /**
   * The same in a private window of its own. The first call allows the extension in private windows, for which the
   * browser reloads it: pages that are open by then have lost it.
   */
  readonly openPrivatePage: (url: string) => Promise<PageHandle>;
  /** Calls `listener` once, when the browser has gone, whoever closed it. Returns the undo. */
  readonly onClose: (listener: () => void) => () => void;
  /** Closes the browser and removes its profile. Does nothing the second time. */
  readonly close: () => Promise<void>;
};

/** The extension, as the browser and the person who installed it handle it. */
export type ExtensionHandle = {
  /** Such as `chrome-extension://…` or `moz-extension://…`: where the extension's own files are. */
  readonly origin: string;
  /** Whether the background runs: Chromium's service worker, Firefox's event page. */
  readonly isBackgroundRunning: () => Promise<boolean>;
  /** Ends the background as the browser does when it has been idle. Rejects where it does not run. */
  readonly killBackground: () => Promise<void>;
  /** Reloads the extension, as an update does. Pages and DevTools that are open have lost it by then. */
  readonly reload: () => Promise<void>;
  /** Answers the browser's question about a site, such as `https://example.com/*`, with yes before it is asked. */
  readonly agreeTo: (site: string) => Promise<void>;
  /** Allows the extension a site, without any click. */
  readonly allow: (site: string) => Promise<void>;
  /** Takes a site away from it again. */
  readonly revoke: (site: string) => Promise<void>;
};

/** A document that one can look at and act in. */
export type Surface = {
  /**
   * Calls `task` in the document and gives what it returns, by way of JSON. The function travels as text: it sees
   * `document`, `window` and `args`, and nothing of the code around it. What it throws rejects.
   */
  readonly evaluate: <Args extends readonly unknown[], Result>(
    task: (...args: Args) => Result | Promise<Result>,
    ...args: Args
  ) => Promise<Result>;
  /**
   * Clicks the first element that matches, once there is one, enabled and lying still, as a person would wait. Rejects
   * after `PATIENCE_MS`.
   */
  readonly click: (selector: string) => Promise<void>;
  /** The document's text, as it is rendered. */
  readonly text: () => Promise<string>;
  /** Writes a PNG: of the page, or for a panel of the DevTools around it. */
  readonly screenshot: (path: string) => Promise<void>;
};

export type PageHandle = Surface & {
  readonly goto: (url: string) => Promise<void>;
  readonly reload: () => Promise<void>;
  readonly close: () => Promise<void>;
  /** Opens DevTools on this page with the panel called `PANEL_TITLE` in front. */
  readonly openPanel: () => Promise<PanelHandle>;
  /** What the page's console has shown so far, its iframes' and the extension's scripts in it included. */
  readonly console: readonly ConsoleEntry[];
  /** What the extension's icon says when this page's tab is in front. */
  readonly iconTitle: () => Promise<string>;
  /** Takes the page out of memory, as a browser does that runs short of it. This handle is of no use any more. */
  readonly discard: () => Promise<DiscardedPage>;
};

/** `level` is the browser's own word, `warn` and `error` being the same in all. An uncaught error is an `error` too. */
export type ConsoleEntry = { readonly level: string; readonly text: string };

/** A tab without a page. */
export type DiscardedPage = {
  /** Comes back to the tab, for which the browser loads its page anew. */
  readonly revive: () => Promise<PageHandle>;
};

/** Where DevTools stands: in the page's window, below or beside it, or in a window of its own. */
export type DockSide = "bottom" | "right" | "window";

export type PanelHandle = Surface & {
  /** What DevTools itself wrote on the panel's tab. */
  readonly title: string;
  /** Moves DevTools. */
  readonly dock: (side: DockSide) => Promise<void>;
  /** Closes the page's DevTools. */
  readonly close: () => Promise<void>;
};

export type LaunchOptions = {
  /** The browser's program. */
  readonly executable: string;
  /** The built extension's folder, absolute. */
  readonly extension: string;
  readonly headless: boolean;
  readonly size?: { readonly width: number; readonly height: number };
};

export const DEFAULT_SIZE = { width: 1600, height: 900 } as const;

/** The title given to `devtools.panels.create`. */
export const PANEL_TITLE = "Musubi";

/** The panel's page in the extension. */
export const PANEL_PATH = "/src/panel/panel.html";

/** How long a driver waits for something that should be there at once. */
export const PATIENCE_MS = 20_000;

const POLL_MS = 50;

/**
 * Asks `probe` again and again until it gives something, and gives that. Rejects after `PATIENCE_MS` with a sentence
 * that says what was awaited; what `probe` throws rejects at once.
 */
export async function until<Value>(
  what: string,
  probe: () => Promise<Value | undefined> | Value | undefined,
  patience = PATIENCE_MS,
): Promise<Value> {
  for (const end = Date.now() + patience; ; ) {
    const value = await probe();
    if (value !== undefined) return value;
    if (Date.now() > end) throw new Error(`Waited ${patience / 1000} s for ${what} in vain.`);
    await new Promise((resolve) => setTimeout(resolve, POLL_MS));
  }
}

/** Waits until a document's scripts have run. */
export async function untilLoaded({ evaluate }: Pick<Surface, "evaluate">): Promise<void> {
  await until("the document to be loaded", async () =>
    (await evaluate(() => document.readyState)) === "complete" ? true : undefined,
  );
}

/** Waits until the first element that matches can be clicked. DevTools, as it opens, moves what is on a page. */
export async function untilClickable(selector: string, evaluate: Surface["evaluate"]): Promise<void> {
  let last: string | undefined;
  await until(`${selector} to be there, enabled and lying still`, async () => {
    const place = await evaluate(readPlace, selector);
    const isStill = place !== null && place === last;
    last = place ?? undefined;
    return isStill || undefined;
  });
}

/** Runs in the document. Where an element is, as text; null where there is none that could be clicked. */
function readPlace(selector: string): string | null {
  const element = document.querySelector(selector);
  if (!element || element.matches(":disabled")) return null;
  const { x, y, width, height } = element.getBoundingClientRect();
  return width > 0 && height > 0 ? [x, y, width, height].join() : null;
}
