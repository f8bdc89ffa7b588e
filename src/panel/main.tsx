import { type ReadonlySignal, signal } from "@preact/signals";
import { render } from "preact";
import type { Browser } from "webextension-polyfill";
import { fromExtensionPort } from "../bridge/extension-port";
import type { PanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import { PANEL_PORT } from "../bridge/port-name";
import { createStorageMemory } from "./model/memory";
import type { PageAccess } from "./model/page-access";
import { createPanel } from "./model/panel";
import { loadWords } from "./text/load-words";
import { followTheme } from "./theme";
import { App } from "./view/App";

/**
 * The browser's own API, without the polyfill, which the panel would carry for one call: `chrome` is there in both
 * browsers, and what is used of it is alike in them. `eval` answers a callback in both.
 */
declare const chrome: Omit<Browser, "devtools"> & { readonly devtools: DevTools };

type DevTools = Omit<Browser["devtools"], "inspectedWindow"> & {
  readonly inspectedWindow: Omit<Browser["devtools"]["inspectedWindow"], "eval"> & {
    eval(expression: string, then: (value: unknown) => void): void;
  };
};

const { devtools } = chrome;

/** Null: the extension was reloaded or updated, and this page belongs to the one before. */
function openPort(): Port | null {
  if (!isAlive()) return null;
  const port = fromExtensionPort(chrome.runtime.connect({ name: PANEL_PORT }));
  port.post({ kind: "attach", tab: devtools.inspectedWindow.tabId } satisfies PanelMessage);
  return port;
}

/** Browsers differ in what is left to a page of an extension that is gone. */
function isAlive(): boolean {
  try {
    return chrome.runtime.id !== undefined;
  } catch {
    return false;
  }
}

/** Where the inspected page is, over its navigations. What cannot be asked, a page of the browser itself, is null. */
function followUrl(): ReadonlySignal<string | null> {
  const url = signal<string | null>(null);
  devtools.network.onNavigated.addListener((next) => {
    url.value = next;
  });
  devtools.inspectedWindow.eval("location.href", (value) => {
    // An answer that comes after a navigation is about the page before. A page that cannot be asked has none.
    if (typeof value === "string") url.value ??= value;
  });
  return url;
}

const access: PageAccess = {
  url: followUrl(),
  // A panel in Firefox has no `permissions`, which only reading it tells: `in` says that it has.
  request:
    chrome.permissions === undefined ? null : async (site) => chrome.permissions.request({ origins: [site] }),
  reload: () => void devtools.inspectedWindow.reload(),
};
const lifetime = new AbortController();
const panel = createPanel({
  open: openPort,
  access,
  memory: createStorageMemory(() => localStorage, "panel:"),
  signal: lifetime.signal,
});

followTheme(devtools.panels, (theme) => {
  document.documentElement.dataset.theme = theme;
});
document.addEventListener("visibilitychange", () => panel.setIdle(document.hidden));
window.addEventListener("pagehide", () => lifetime.abort());
// The browser may have chosen a language for us that is not its own: numbers go with the words.
await loadWords(chrome.i18n.getMessage("language"));
render(<App panel={panel} />, document.body);
