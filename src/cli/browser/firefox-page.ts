import { writeFile } from "node:fs/promises";
import type { Bidi } from "./bidi";
import { callResult, callText } from "./call-text";
import {
  PANEL_TITLE,
  type PageHandle,
  type PanelHandle,
  type Surface,
  untilClickable,
  untilLoaded,
} from "./driver";
import type { FirefoxConsoles } from "./firefox-console";
import { readIconTitle } from "./firefox-extension";
import { discardTab, OPEN_PRIVATE_WINDOW, REVIVE_DISCARDED, SELECTED_TAB } from "./firefox-tab";
import { closeToolbox, dockToolbox, inPanel, openTool, WINDOW_PNG } from "./firefox-toolbox";
import { at, textAt } from "./outside-value";

/** Where pages are opened. */
export type FirefoxPlace = {
  readonly bidi: Bidi;
  /** The BiDi context of the browser's window. */
  readonly chrome: string;
  readonly extensionId: string;
  readonly consoles: FirefoxConsoles;
};

/** Opens `url` in a tab of its own. */
export async function openFirefoxPage(place: FirefoxPlace, url: string): Promise<PageHandle> {
  return openIn(place, await firstOrNewTab(place.bidi), url);
}

/** Opens `url` in a private window of its own, in which the extension must be allowed. */
export async function openPrivateFirefoxPage(place: FirefoxPlace, url: string): Promise<PageHandle> {
  const opened: unknown = JSON.parse((await place.bidi.evaluate(place.chrome, OPEN_PRIVATE_WINDOW)) ?? "");
  return openIn({ ...place, chrome: textAt(opened, "window") }, textAt(opened, "tab"), url);
}

async function openIn(place: FirefoxPlace, context: string, url: string): Promise<PageHandle> {
  const { bidi } = place;
  await bidi.call("browsingContext.navigate", { context, url, wait: "complete" });
  await bidi.call("browsingContext.activate", { context });
  return handleOf(place, context);
}

/** The tab has to be the one in front. */
async function handleOf(place: FirefoxPlace, context: string): Promise<PageHandle> {
  const { bidi, chrome, extensionId, consoles } = place;
  const browserId = (await bidi.evaluate(chrome, SELECTED_TAB)) ?? "";
  const run = (expression: string): Promise<string | undefined> => bidi.evaluate(context, expression);
  const surface = surfaceOf(run);
  return {
    ...surface,
    click: async (selector) => {
      await untilClickable(selector, surface.evaluate);
      await clickPage(bidi, context, selector);
    },
    screenshot: async (path) => {
      const shot = await bidi.call("browsingContext.captureScreenshot", { context });
      await writeFile(path, textAt(shot, "data"), "base64");
    },
    console: consoles.of(context),
    goto: async (url) =>
      void (await bidi.call("browsingContext.navigate", { context, url, wait: "complete" })),
    reload: async () => void (await bidi.call("browsingContext.reload", { context, wait: "complete" })),
    close: async () => void (await bidi.call("browsingContext.close", { context })),
    openPanel: () => openPanel(bidi, chrome, browserId),
    iconTitle: async () => (await bidi.evaluate(chrome, readIconTitle(browserId, extensionId))) ?? "",
    discard: async () => {
      await bidi.evaluate(chrome, discardTab(browserId));
      return { revive: () => revive(place) };
    },
  };
}

async function revive(place: FirefoxPlace): Promise<PageHandle> {
  const context = (await place.bidi.evaluate(place.chrome, REVIVE_DISCARDED)) ?? "";
  const handle = await handleOf(place, context);
  await untilLoaded(handle);
  return handle;
}

/** The blank tab that the browser opened at its start, as long as it is blank. */
async function firstOrNewTab(bidi: Bidi): Promise<string> {
  const tabs = at(await bidi.call("browsingContext.getTree"), "contexts");
  const blank = Array.isArray(tabs) && tabs.find((tab) => at(tab, "url") === "about:blank");
  return textAt(blank || (await bidi.call("browsingContext.create", { type: "tab" })), "context");
}

async function openPanel(bidi: Bidi, chrome: string, browserId: string): Promise<PanelHandle> {
  const title = await bidi.evaluate(chrome, openTool(browserId, PANEL_TITLE));
  let calls = 0;
  const run = (expression: string): Promise<string | undefined> =>
    bidi.evaluate(chrome, inPanel(browserId, expression, `musubi:${browserId}:${++calls}`));
  const surface = surfaceOf(run);
  await untilLoaded(surface);
  return {
    title: title ?? "",
    dock: async (side) => void (await bidi.evaluate(chrome, dockToolbox(browserId, side))),
    ...surface,
    screenshot: async (path) => writeFile(path, (await bidi.evaluate(chrome, WINDOW_PNG)) ?? "", "base64"),
    close: async () => void (await bidi.evaluate(chrome, closeToolbox(browserId))),
  };
}

function surfaceOf(
  run: (expression: string) => Promise<string | undefined>,
): Pick<Surface, "evaluate" | "click" | "text"> {
  const evaluate: Surface["evaluate"] = async (task, ...args) => callResult(await run(callText(task, args)));
  return {
    evaluate,
    text: () => evaluate(() => document.body.innerText),
    click: async (selector) => {
      await untilClickable(selector, evaluate);
      await evaluate((wanted) => document.querySelector<HTMLElement>(wanted)?.click(), selector);
    },
  };
}

/** Clicks as a hand does, with the pointer, so that the page sees a trusted event. */
async function clickPage(bidi: Bidi, context: string, selector: string): Promise<void> {
  const found = await bidi.call("browsingContext.locateNodes", {
    context,
    locator: { type: "css", value: selector },
    maxNodeCount: 1,
  });
  const element = { sharedId: textAt(found, "nodes", 0, "sharedId") };
  await bidi.call("script.callFunction", {
    functionDeclaration: "(element) => element.scrollIntoView({ block: 'nearest' })",
    arguments: [element],
    target: { context },
    awaitPromise: false,
  });
  const actions = [
    { type: "pointerMove", x: 0, y: 0, origin: { type: "element", element } },
    { type: "pointerDown", button: 0 },
    { type: "pointerUp", button: 0 },
  ];
  await bidi.call("input.performActions", { context, actions: [{ type: "pointer", id: "mouse", actions }] });
}
