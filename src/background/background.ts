import browser, { type Runtime } from "webextension-polyfill";
import { CONTENT_PORT, type Notice } from "../bridge/page-message";
import { DEVTOOLS_PORT, isPanelMessage, PANEL_PORT } from "../bridge/panel-message";
import { fromExtensionPort } from "../bridge/port-adapters";
import { createHost } from "../host/host";
import { createTabs } from "./tabs";

const tabs = createTabs({
  createHost: () => createHost((run, ms) => setTimeout(run, ms)),
  // Every document of the tab answers by connecting; a tab that holds none of ours refuses the message.
  look: (tab) => void browser.tabs.sendMessage(tab, { kind: "look" } satisfies Notice).catch(() => undefined),
});

browser.runtime.onConnect.addListener((port) => {
  if (port.name === CONTENT_PORT) connectDocument(port);
  // A content script could name its port as it likes; only our own pages have no tab or our own address.
  else if (isOwnPage(port.sender) && (port.name === PANEL_PORT || port.name === DEVTOOLS_PORT))
    connectViewer(port);
});

/** Every document connects when it starts. Where nobody looks at its tab, that is all that is ever heard of it. */
function connectDocument(port: Runtime.Port): void {
  const id = port.sender?.tab?.id;
  const tab = id === undefined ? undefined : tabs.find(id);
  if (tab === undefined) {
    port.disconnect();
    return;
  }
  const isTop = port.sender?.frameId === 0;
  const page = fromExtensionPort(port);
  // Chrome closes the port of a page that enters the back-forward cache, and logs the error unless it is read.
  page.onClose(() => void browser.runtime.lastError);
  tab.addDocument(page);
  tab.host.connectPage(page, isTop ? null : (port.sender?.url ?? "about:blank"));
}

/** A panel, or the DevTools page that made it: its first message names the tab that it is for. */
function connectViewer(port: Runtime.Port): void {
  const viewer = fromExtensionPort(port);
  const stop = viewer.onMessage((message) => {
    if (!isPanelMessage(message) || message.kind !== "attach") return;
    stop();
    const tab = tabs.open(message.tab);
    viewer.onClose(tab.addViewer());
    if (port.name === PANEL_PORT) tab.host.connectPanel(viewer);
  });
}

function isOwnPage(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(browser.runtime.getURL("")) ?? false;
}
