import type { Browser, Page } from "puppeteer-core";
import { callResult, callText } from "./call-text";
import { type ExtensionHandle, until } from "./driver";

export function extensionOriginOf(extensionId: string): string {
  return `chrome-extension://${extensionId}`;
}

/** The extension with this id in `browser`. */
export function chromiumExtension(browser: Browser, extensionId: string): ExtensionHandle {
  const origin = extensionOriginOf(extensionId);
  return {
    origin,
    isBackgroundRunning: async () => (await findWorker(browser, origin)) !== undefined,
    killBackground: () => killWorker(browser, origin),
    reload: () => restarting(browser, extensionId, reloadExtension),
    agreeTo: (site) => agreeTo(browser, extensionId, site),
    allow: async (site) => {
      await agreeTo(browser, extensionId, site);
      await inExtension(browser, extensionId, requestSite, site);
    },
    revoke: (site) => inExtension(browser, extensionId, removeSite, site),
  };
}

/** Allows the extension in private windows, which reloads it. */
export async function allowInPrivate(browser: Browser, extensionId: string): Promise<void> {
  await restarting(browser, extensionId, allowIncognito);
}

/**
 * Calls `task` where the extension's own interfaces are, with a person's click behind it, without waking the
 * background by it: in a file of the extension that is no page of it. The function travels as `Surface.evaluate` says.
 */
export async function inExtension<Args extends readonly unknown[], Result>(
  browser: Browser,
  extensionId: string,
  task: (...args: Args) => Result | Promise<Result>,
  ...args: Args
): Promise<Result> {
  return inTab(browser, `${extensionOriginOf(extensionId)}/manifest.json`, task, ...args);
}

/** Calls `task` in a tab with `url` that stands behind the others, and is closed afterwards. */
async function inTab<Args extends readonly unknown[], Result>(
  browser: Browser,
  url: string,
  task: (...args: Args) => Result | Promise<Result>,
  ...args: Args
): Promise<Result> {
  const page = await browser.newPage({ background: true });
  try {
    await page.goto(url);
    return callResult(await evaluateClicked(page, callText(task, args)));
  } finally {
    await page.close();
  }
}

async function evaluateClicked(page: Page, expression: string): Promise<string | undefined> {
  const session = await page.createCDPSession();
  const { result, exceptionDetails } = await session.send("Runtime.evaluate", {
    expression,
    userGesture: true,
    awaitPromise: true,
    returnByValue: true,
  });
  if (exceptionDetails) throw new Error(exceptionDetails.exception?.description ?? exceptionDetails.text);
  return typeof result.value === "string" ? result.value : undefined;
}

async function killWorker(browser: Browser, origin: string): Promise<void> {
  // Not by Puppeteer's `worker()`: that attaches to the worker, and one that is attached to is not let go as others are.
  const targetId = await findWorker(browser, origin);
  if (targetId === undefined) {
    throw new Error("The extension's service worker is not running, so it cannot be killed.");
  }
  const session = await browser.target().createCDPSession();
  try {
    await session.send("Target.closeTarget", { targetId });
  } finally {
    await session.detach();
  }
  await until("the worker's end", async () => (await findWorker(browser, origin)) !== targetId || undefined);
}

/** The target of the running service worker; undefined where it does not run. */
async function findWorker(browser: Browser, origin: string): Promise<string | undefined> {
  const session = await browser.target().createCDPSession();
  try {
    const { targetInfos } = await session.send("Target.getTargets");
    return targetInfos.find(({ type, url }) => type === "service_worker" && url.startsWith(origin))?.targetId;
  } finally {
    await session.detach();
  }
}

/** Does what makes the browser reload the extension, and waits until it has. */
async function restarting(
  browser: Browser,
  extensionId: string,
  order: (extensionId: string) => Promise<unknown>,
): Promise<void> {
  const origin = extensionOriginOf(extensionId);
  const before = await findWorker(browser, origin);
  // Where developer mode is off, an unpacked extension that is reloaded does not come back.
  await inTab(browser, EXTENSIONS_PAGE, switchOnDeveloperMode);
  await inTab(browser, EXTENSIONS_PAGE, order, extensionId);
  await until("the extension to be back", async () => {
    const now = await findWorker(browser, origin);
    return (now !== undefined && now !== before) || undefined;
  });
}

async function agreeTo(browser: Browser, extensionId: string, site: string): Promise<void> {
  await inTab(browser, EXTENSIONS_PAGE, addHostPermission, extensionId, site);
}

/** The browser's own page about extensions, whose interfaces can do what a person does there. */
const EXTENSIONS_PAGE = "chrome://extensions/";

// The functions below run in that page, or among the extension's own files.

/** What they use of what Chromium gives those pages. */
declare const chrome: {
  readonly developerPrivate: {
    readonly addHostPermission: (extensionId: string, site: string) => Promise<void>;
    readonly reload: (extensionId: string, options: { readonly failQuietly: true }) => Promise<unknown>;
    readonly updateExtensionConfiguration: (change: {
      readonly extensionId: string;
      readonly incognitoAccess: true;
    }) => Promise<void>;
    readonly updateProfileConfiguration: (change: { readonly inDeveloperMode: true }) => Promise<void>;
  };
  readonly permissions: {
    readonly request: (wanted: { readonly origins: readonly string[] }) => Promise<boolean>;
    readonly remove: (unwanted: { readonly origins: readonly string[] }) => Promise<boolean>;
  };
};

async function switchOnDeveloperMode(): Promise<void> {
  await chrome.developerPrivate.updateProfileConfiguration({ inDeveloperMode: true });
}

async function reloadExtension(id: string): Promise<void> {
  await chrome.developerPrivate.reload(id, { failQuietly: true });
}

async function allowIncognito(extensionId: string): Promise<void> {
  await chrome.developerPrivate.updateExtensionConfiguration({ extensionId, incognitoAccess: true });
}

/** The browser takes what was added for agreed upon; the extension still has to ask for it. */
async function addHostPermission(extensionId: string, site: string): Promise<void> {
  await chrome.developerPrivate.addHostPermission(extensionId, site);
}

async function requestSite(site: string): Promise<void> {
  if (!(await chrome.permissions.request({ origins: [site] }))) throw new Error(`${site} was not allowed.`);
}

async function removeSite(site: string): Promise<void> {
  if (!(await chrome.permissions.remove({ origins: [site] }))) throw new Error(`${site} was not taken away.`);
}
