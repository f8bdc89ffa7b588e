// All listeners are added while this file runs: the browser wakes the background for nothing else.
import browser, { type Runtime } from "webextension-polyfill";
import { fromExtensionPort } from "../bridge/extension-port";
import { LEFT_BEHIND } from "../bridge/left-behind";
import {
  CONTENT_PORT,
  isPageRequest,
  type Notice,
  type NumberedEvents,
  type PageRequest,
} from "../bridge/page-message";
import { isPanelMessage } from "../bridge/panel-message";
import { permissionPage } from "../bridge/permission-request";
import { DEVTOOLS_PORT, PANEL_PORT } from "../bridge/port-name";
import { DEFAULT_SETTINGS, type Settings } from "../bridge/settings";
import { siteOf } from "../bridge/site";
import { foldPageEvents } from "../host/fold-page";
import { createHost } from "../host/host";
import type { JournalStore } from "../host/journal-store";
import { createToolbarIcon } from "./icon";
import { clearOtherRuns, createIdbJournalStore } from "./idb-journal-store";
import { createJournalDatabase } from "./journal-database";
import { createJournalNames } from "./journal-names";
import { admitPages, createLeftBehind } from "./left-behind";
import { createPanels } from "./panels";
import { readRun } from "./run";
import { createSites } from "./sites";
import { readSettings, writeSettings } from "./stored-settings";
import type { TabHost } from "./tab";
import { createTabs } from "./tabs";
import { createWatchedTabs } from "./watched-tabs";

const schedule = (run: () => void, ms: number): void => void setTimeout(run, ms);

const journals = createJournalNames(browser.storage.session);
const run = readRun(browser.storage.session, () => crypto.randomUUID());
const database = createJournalDatabase(indexedDB);
const sites = createSites(
  browser.permissions,
  browser.scripting,
  browser.runtime.getManifest().content_scripts ?? [],
);
let settings: Settings = DEFAULT_SETTINGS;
let unrevoked: readonly string[] = [];

const tabs = createTabs({
  openHost,
  // Every document of the tab answers by connecting; a tab that holds none of ours refuses the message.
  look: (tab) => void browser.tabs.sendMessage(tab, { kind: "look" } satisfies Notice).catch(() => undefined),
  watched: createWatchedTabs(browser.storage.session),
  clear: async (tab) => (await openStore(tab)).clear(),
  schedule,
});

const leftBehind = createLeftBehind(browser.storage.session, (last) => tabs.takeLast(null, last));

function surroundings() {
  const allowed = sites.list();
  return { settings, sites: allowed, unrevoked: unrevoked.filter((site) => allowed.includes(site)) };
}

const panels = createPanels(surroundings, {
  configure(chosen) {
    settings = chosen;
    void writeSettings(browser.storage.local, chosen);
    tabs.configure(chosen);
    panels.announce();
  },
  allow: askForSite,
  async revoke(site) {
    if (await sites.revoke(site)) return;
    unrevoked = [...unrevoked.filter((one) => one !== site), site];
    panels.announce();
  },
});

const icon = createToolbarIcon(browser.action, {
  none: {
    16: new URL("../icons/none-16.png", import.meta.url).href,
    32: new URL("../icons/none-32.png", import.meta.url).href,
  },
  waiting: {
    16: new URL("../icons/waiting-16.png", import.meta.url).href,
    32: new URL("../icons/waiting-32.png", import.meta.url).href,
  },
  phoenix: {
    16: new URL("../icons/phoenix-16.png", import.meta.url).href,
    32: new URL("../icons/phoenix-32.png", import.meta.url).href,
  },
  musubi: {
    16: new URL("../icons/musubi-16.png", import.meta.url).href,
    32: new URL("../icons/musubi-32.png", import.meta.url).href,
  },
});

/** What the first host waits for. Where the browser refuses one of these, the rest works without it. */
const started = Promise.allSettled([
  readSettings(browser.storage.local).then((chosen) => {
    settings = chosen;
  }),
  sites.refresh(),
]);
clearOtherRuns(database, run).catch(() => undefined);
void admitPages(browser.storage.session).catch(() => undefined);
void leftBehind.collect();

async function openHost(tab: number): Promise<TabHost> {
  // What cannot be asked for is treated as private: nothing of it is written.
  const isPrivate = await browser.tabs.get(tab).then(
    ({ incognito }) => incognito,
    () => true,
  );
  await started;
  const store = isPrivate ? null : await openStore(tab).catch(() => null);
  return { host: createHost({ schedule, store, settings }), isPrivate };
}

async function openStore(tab: number): Promise<JournalStore> {
  return createIdbJournalStore(database, run, await journals.of(tab));
}

/** Opens the page that asks for a site: it takes a click there, which the background has not. */
function askForSite(site: string | null, tab: number | null): void {
  const url = browser.runtime.getURL(permissionPage({ site, tab }));
  browser.tabs.create({ url }).catch(() => undefined);
}

async function refreshSites(): Promise<void> {
  await sites.refresh().catch(() => undefined);
  panels.announce();
}

browser.runtime.onConnect.addListener((port) => {
  if (port.name === CONTENT_PORT) connectDocument(port);
  // A content script could name its port as it likes; only our own pages have no tab or our own address.
  else if (isOwnPage(port.sender) && (port.name === PANEL_PORT || port.name === DEVTOOLS_PORT))
    connectViewer(port);
});

/** Every document connects when it starts. Where nobody looks at its tab, that is all that is ever heard of it. */
function connectDocument(port: Runtime.Port): void {
  const tab = port.sender?.tab?.id;
  if (tab === undefined) {
    port.disconnect();
    return;
  }
  const isTop = port.sender?.frameId === 0;
  const page = fromExtensionPort(port);
  // Chrome closes the port of a page that enters the back-forward cache, and logs the error unless it is read.
  page.onClose(() => void browser.runtime.lastError);
  tabs.connectDocument(tab, page, isTop ? null : (port.sender?.url ?? "about:blank"));
}

/** A panel, or the DevTools page that made it: its first message names the tab that it is for. */
function connectViewer(port: Runtime.Port): void {
  const viewer = fromExtensionPort(port);
  const stop = viewer.onMessage((message) => {
    if (!isPanelMessage(message) || message.kind !== "attach") return;
    stop();
    const { tab } = message;
    tabs.connectViewer(tab, viewer, (held, { host, isPrivate }) => {
      if (port.name === PANEL_PORT) host.connectPanel(panels.join(held, tab, isPrivate));
    });
  });
}

function isOwnPage(sender: Runtime.MessageSender | undefined): boolean {
  return sender?.url?.startsWith(browser.runtime.getURL("")) ?? false;
}

browser.runtime.onMessage.addListener((message: unknown, sender: Runtime.MessageSender) => {
  return isPageRequest(message) ? answer(message, sender.tab?.id ?? null) : undefined;
});

/** @param tab null: the page has gone already */
async function answer(request: PageRequest, tab: number | null): Promise<NumberedEvents | undefined> {
  switch (request.kind) {
    case "last":
      await tabs.takeLast(tab, request);
      return undefined;
    case "icon":
      if (tab !== null) await icon.raise(tab, request.level);
      return undefined;
    case "fold":
      return foldPageEvents(request);
  }
}

browser.tabs.onRemoved.addListener(async (tab) => {
  await tabs.remove(tab).catch(() => undefined);
  await journals.remove(tab);
});
browser.tabs.onReplaced.addListener((added, removed) => {
  tabs.replace(added, removed);
  void journals.replace(added, removed);
});
browser.storage.onChanged.addListener((changes, area) => {
  const isNew = (key: string): boolean => key.startsWith(LEFT_BEHIND) && changes[key]?.newValue !== undefined;
  if (area === "session" && Object.keys(changes).some(isNew)) void leftBehind.collect();
});
browser.permissions.onAdded.addListener(() => void refreshSites());
browser.permissions.onRemoved.addListener(() => void refreshSites());
browser.action.onClicked.addListener(({ id, url }) => {
  askForSite(url === undefined ? null : siteOf(url), id ?? null);
});

// Left-overs and registrations are seen to whenever the background starts; these two start it.
browser.runtime.onStartup.addListener(() => undefined);
browser.runtime.onInstalled.addListener(() => undefined);
