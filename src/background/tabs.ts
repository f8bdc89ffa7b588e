import type { PageRequest } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Settings } from "../bridge/settings";
import { holdPort } from "./held-port";
import { createTab, type Tab, type TabHost } from "./tab";
import type { WatchedTabs } from "./watched-tabs";

/**
 * The tabs on which DevTools is open, one host each. Data of one tab never reaches another's host (design.md, Laws, 8):
 * the number of a document's tab is the browser's own word, never the document's.
 */
export type Tabs = {
  /** Gives a document to its tab's host, or closes its port: nobody looks at that tab. */
  readonly connectDocument: (tab: number, port: Port, frame: string | null) => void;
  /** Opens the tab for one more panel or DevTools page. `connect` is called once the tab's host is there. */
  readonly connectViewer: (tab: number, port: Port, connect: (port: Port, tab: TabHost) => void) => void;
  /**
   * What a document hands over while it goes. Of a tab that nobody looks at it is not wanted.
   * @param tab null where the browser does not say: Firefox does not when the page has gone before the background was
   * awake. Then it is for the host that has met the document, whose name nobody else knows.
   */
  readonly takeLast: (tab: number | null, last: PageRequest & { kind: "last" }) => Promise<void>;
  readonly configure: (settings: Settings) => void;
  /** A tab has taken another's place. Its host, when it is opened, finds what the other's has written. */
  readonly replace: (added: number, removed: number) => void;
  /** The tab is gone: nothing of it is kept. */
  readonly remove: (tab: number) => Promise<void>;
};

export function createTabs(environment: {
  /** Never rejects. */
  readonly openHost: (tab: number) => Promise<TabHost>;
  /** Asks the documents of a tab to connect. */
  readonly look: (tab: number) => void;
  readonly watched: WatchedTabs;
  /** Deletes what is stored of a tab that has no host. */
  readonly clear: (tab: number) => Promise<void>;
  readonly schedule: (run: () => void, ms: number) => void;
}): Tabs {
  const { openHost, look, watched, clear, schedule } = environment;
  const tabs = new Map<number, Tab>();
  /** The tabs' last hosts while they still write: the next one must find all of it. */
  const closing = new Map<number, Promise<void>>();

  function open(id: number): Tab {
    const known = tabs.get(id);
    if (known !== undefined) return known;
    const opening = (closing.get(id) ?? Promise.resolve()).then(() => openHost(id));
    const tab = createTab(opening, schedule, () => leave(id, tab));
    tabs.set(id, tab);
    void watched.add(id);
    look(id);
    return tab;
  }

  function leave(id: number, tab: Tab): void {
    if (tabs.get(id) !== tab) return;
    tabs.delete(id);
    void watched.remove(id);
    // What could not be written is in the documents' buffers: it must not keep the tab from being opened again.
    const closed = tab
      .close()
      .catch(() => undefined)
      .finally(() => {
        if (closing.get(id) === closed) closing.delete(id);
      });
    closing.set(id, closed);
  }

  /** The tab, if somebody looks at it: a background that was killed knows it only from what it had noted. */
  async function find(id: number): Promise<Tab | null> {
    const known = tabs.get(id);
    if (known !== undefined) return known;
    const isWatched = await watched.has(id);
    // Meanwhile somebody may have opened it.
    return tabs.get(id) ?? (isWatched ? open(id) : null);
  }

  return {
    connectDocument(id, port, frame) {
      const held = holdPort(port);
      void find(id).then((tab) => (tab === null ? port.close() : tab.addDocument(held, frame)));
    },
    connectViewer: (id, port, connect) => open(id).addViewer(holdPort(port), connect),
    async takeLast(id, last) {
      const ids = id === null ? await watched.all() : [id];
      await Promise.all(ids.map(async (one) => (await find(one))?.takeLast(last)));
    },
    configure(settings) {
      for (const tab of tabs.values()) void tab.configure(settings);
    },
    replace(added, removed) {
      const tab = tabs.get(removed);
      if (tab !== undefined) leave(removed, tab);
      else void watched.remove(removed);
      const closed = closing.get(removed);
      if (closed === undefined) return;
      closing.set(added, closed);
      void closed.then(() => closing.get(added) === closed && closing.delete(added));
    },
    async remove(id) {
      const tab = tabs.get(id);
      tabs.delete(id);
      await watched.remove(id);
      if (tab !== undefined) return tab.forget();
      await closing.get(id);
      await clear(id);
    },
  };
}
