/**
 * What `npm start` and the browser tests do with a browser, the same in Chromium and in Firefox: open it with the
 * extension in it, open a page, open the real DevTools on our panel.
 */
export type BrowserDriver = {
  /** Such as `chrome-extension://…` or `moz-extension://…`: where the extension's own files are. */
  readonly extensionOrigin: string;
  /** Opens `url` in a tab of its own and waits until it has loaded. */
  readonly openPage: (url: string) => Promise<PageHandle>;
  /** Calls `listener` once, when the browser has gone, whoever closed it. Returns the undo. */
  readonly onClose: (listener: () => void) => () => void;
  /** Closes the browser and removes its profile. Does nothing the second time. */
  readonly close: () => Promise<void>;
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
};

export type PanelHandle = Surface & {
  /** What DevTools itself wrote on the panel's tab. */
  readonly title: string;
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
