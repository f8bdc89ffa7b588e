import type { DockSide } from "./driver";
import { UNTIL } from "./firefox-until";

/**
 * Expressions for Firefox's own window (BiDi's `moz:scope: chrome`), where the toolbox lives. They stand as text,
 * since they speak to objects that only that window has.
 */

const PRELUDE = `
  const { require } = ChromeUtils.importESModule("resource://devtools/shared/loader/Loader.sys.mjs");
  const { gDevTools } = require("devtools/client/framework/devtools");
  ${UNTIL}
  const tabOf = (browserId) => gBrowser.tabs.find((tab) => tab.linkedBrowser.browserId === browserId);
  const toolboxOf = (browserId) => {
    const toolbox = gDevTools.getToolboxForTab(tabOf(browserId));
    if (!toolbox) throw new Error("This tab has no DevTools open.");
    return toolbox;
  };
  const browsersIn = (doc) => [...doc.querySelectorAll("browser, iframe")].flatMap((element) => [
    element, ...(element.contentDocument ? browsersIn(element.contentDocument) : []),
  ]);
  const panelOf = (browserId) => until("the panel's page", () =>
    browsersIn(toolboxOf(browserId).doc).find((element) =>
      element.getAttribute("webextension-view-type") === "devtools_panel" &&
      element.currentURI?.spec.startsWith("moz-extension:") &&
      element.closest(".invisible, [hidden]") === null));
`;

function inChrome(body: string): string {
  return `(async () => { ${PRELUDE} ${body} })()`;
}

/** Opens the toolbox of a tab, selects the tool with this label, and gives the label as the toolbox shows it. */
export function openTool(browserId: string, label: string): string {
  return inChrome(`
    const toolbox = await gDevTools.showToolboxForTab(tabOf(${browserId}), { toolId: "webconsole" });
    const tool = await until("the panel in DevTools", () =>
      toolbox.getAdditionalTools().find((tool) => tool.label === ${JSON.stringify(label)}));
    await toolbox.selectTool(tool.id);
    await panelOf(${browserId});
    return tool.label;
  `);
}

/** Moves the toolbox of a tab. */
export function dockToolbox(browserId: string, side: DockSide): string {
  return inChrome(`await toolboxOf(${browserId}).switchHost(${JSON.stringify(side)});`);
}

/** Closes the toolbox of a tab. */
export function closeToolbox(browserId: string): string {
  return inChrome(`await toolboxOf(${browserId}).destroy();`);
}

/**
 * Evaluates an expression (of `callText`) in the panel's document. The panel is a remote browser: a frame script
 * reaches its document, evaluates in a sandbox that has the rights and the names of the page, as content scripts do,
 * and sends the answer back under a name that no other call uses.
 */
export function inPanel(browserId: string, expression: string, callName: string): string {
  const frameScript = `{
    const answer = (data) => sendAsyncMessage(${JSON.stringify(callName)}, data);
    const sandbox = new Components.utils.Sandbox(content, { sandboxPrototype: content, wantXrays: false });
    Components.utils.evalInSandbox(${JSON.stringify(expression)}, sandbox)
      .then((value) => answer({ value }), (error) => answer({ error: String(error) }));
  }`;
  const address = `data:application/javascript;charset=utf-8,${encodeURIComponent(frameScript)}`;
  return inChrome(`
    const manager = (await panelOf(${browserId})).messageManager;
    const name = ${JSON.stringify(callName)};
    const data = await new Promise((resolve) => {
      manager.addMessageListener(name, function listener(message) {
        manager.removeMessageListener(name, listener);
        resolve(message.data);
      });
      manager.loadFrameScript(${JSON.stringify(address)}, false);
    });
    if (data.error !== undefined) throw new Error(data.error);
    return data.value;
  `);
}

/** Gives the browser window, toolbox included, as a PNG in base64. */
export const WINDOW_PNG = `(async () => {
  const bitmap = await window.browsingContext.currentWindowGlobal.drawSnapshot(null, 1, "white");
  const canvas = document.createElementNS("http://www.w3.org/1999/xhtml", "canvas");
  canvas.width = bitmap.width;
  canvas.height = bitmap.height;
  canvas.getContext("2d").drawImage(bitmap, 0, 0);
  return canvas.toDataURL("image/png").split(",")[1];
})()`;
