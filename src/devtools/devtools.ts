import browser from "webextension-polyfill";
import { DEVTOOLS_PORT, type PanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import { fromExtensionPort } from "../bridge/port-adapters";

/** A background that hears nothing for 30 s is ended by the browser (design.md, Contexts that need care). */
const BEAT_MS = 20_000;
const RECONNECT_MS = 100;

/** Tells the background that somebody looks at this tab, for as long as DevTools is open. */
function look(): void {
  const port = connect();
  if (port === null) return;
  const post = (message: PanelMessage): void => port.post(message);
  post({ kind: "attach", tab: browser.devtools.inspectedWindow.tabId });
  const beat = setInterval(() => post({ kind: "beat" }), BEAT_MS);
  port.onClose(() => {
    clearInterval(beat);
    setTimeout(look, RECONNECT_MS);
  });
}

/** Null: the extension was reloaded, and this page belongs to the one before. */
function connect(): Port | null {
  try {
    return fromExtensionPort(browser.runtime.connect({ name: DEVTOOLS_PORT }));
  } catch {
    return null;
  }
}

// An absolute path means the same in both browsers.
await browser.devtools.panels.create("Musubi", "/src/icons/icon-32.png", "/src/panel/panel.html");
look();
