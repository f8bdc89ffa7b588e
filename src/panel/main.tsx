import { type ReadonlySignal, signal } from "@preact/signals";
import { render } from "preact";
import browser from "webextension-polyfill";
import { PANEL_PORT, type PanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import { fromExtensionPort } from "../bridge/port-adapters";
import { createStorageMemory } from "./model/memory";
import { type PageAccess, readEvaluated } from "./model/page-access";
import { createPanel } from "./model/panel";
import { speak } from "./text/say";
import { followTheme } from "./theme";
import { App } from "./view/App";

const { devtools } = browser;

/** Null: the extension was reloaded or updated, and this page belongs to the one before. */
function openPort(): Port | null {
  if (!isAlive()) return null;
  const port = fromExtensionPort(browser.runtime.connect({ name: PANEL_PORT }));
  port.post({ kind: "attach", tab: devtools.inspectedWindow.tabId } satisfies PanelMessage);
  return port;
}

/** Browsers differ in what is left to a page of an extension that is gone. */
function isAlive(): boolean {
  try {
    return browser.runtime.id !== undefined;
  } catch {
    return false;
  }
}

/** Where the inspected page is, over its navigations. What cannot be asked, a page of the browser itself, is null. */
function followUrl(): ReadonlySignal<string | null> {
  const url = signal<string | null>(null);
  const ask = async (): Promise<void> => {
    const answer: unknown = await devtools.inspectedWindow.eval("location.href");
    // An answer that comes after a navigation is about the page before.
    url.value ??= readEvaluated(answer);
  };
  devtools.network.onNavigated.addListener((next) => {
    url.value = next;
  });
  ask().catch(() => undefined);
  return url;
}

const access: PageAccess = {
  url: followUrl(),
  // A panel in Firefox has no `permissions`, which only reading it tells: `in` says that it has.
  request:
    browser.permissions === undefined
      ? null
      : async (site) => browser.permissions.request({ origins: [site] }),
  reload: () => void devtools.inspectedWindow.reload(),
};
const lifetime = new AbortController();
const panel = createPanel({
  open: openPort,
  access,
  memory: createStorageMemory(() => localStorage, "panel:"),
  signal: lifetime.signal,
});

// The browser may have chosen a language for us that is not its own: numbers go with the words.
speak((name, parts) => browser.i18n.getMessage(name, [...parts]), browser.i18n.getMessage("language"));
followTheme(devtools.panels, (theme) => {
  document.documentElement.dataset.theme = theme;
});
document.addEventListener("visibilitychange", () => panel.setIdle(document.hidden));
window.addEventListener("pagehide", () => lifetime.abort());
render(<App panel={panel} />, document.body);
