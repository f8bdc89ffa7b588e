import browser from "webextension-polyfill";
import { fromExtensionPort } from "../bridge/extension-port";
import type { Port } from "../bridge/port";
import { DEVTOOLS_PORT } from "../bridge/port-name";
import { attend } from "./attendance";

function open(): Port | null {
  // The extension was reloaded: a port that was tried all the same would be an error in this page's console.
  if (browser.runtime.id === undefined) return null;
  try {
    const port = fromExtensionPort(browser.runtime.connect({ name: DEVTOOLS_PORT }));
    // An error that nobody reads is logged.
    port.onClose(() => void browser.runtime.lastError);
    return port;
  } catch {
    return null;
  }
}

// An absolute path means the same in both browsers.
await browser.devtools.panels.create("Musubi", "/src/icons/icon-32.png", "/src/panel/panel.html");
attend(browser.devtools.inspectedWindow.tabId, {
  open,
  after: (run, ms) => void setTimeout(run, ms),
  every(run, ms) {
    const timer = setInterval(run, ms);
    return () => clearInterval(timer);
  },
  now: () => performance.now(),
});
