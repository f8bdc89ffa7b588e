import { render } from "preact";
import browser from "webextension-polyfill";
import { PANEL_PORT, type PanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import { fromExtensionPort } from "../bridge/port-adapters";
import { createPanel } from "./model/panel";
import { followTheme } from "./theme";
import { App } from "./view/App";

function openPort(): Port {
  const port = fromExtensionPort(browser.runtime.connect({ name: PANEL_PORT }));
  port.post({ kind: "attach", tab: browser.devtools.inspectedWindow.tabId } satisfies PanelMessage);
  return port;
}

const lifetime = new AbortController();
const panel = createPanel({ open: openPort, signal: lifetime.signal });

followTheme(browser.devtools.panels, (theme) => {
  document.documentElement.dataset.theme = theme;
});
document.addEventListener("visibilitychange", () => panel.setIdle(document.hidden));
window.addEventListener("pagehide", () => lifetime.abort());
render(<App panel={panel} />, document.body);
