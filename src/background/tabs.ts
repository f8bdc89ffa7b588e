import type { Port } from "../bridge/port";
import type { Host } from "../host/host";

/** One inspected tab: it lives as long as DevTools is open on it. */
export type Tab = {
  readonly host: Host;
  /** Holds the port of one of the tab's documents, to close it when nobody looks any more. */
  readonly addDocument: (port: Port) => void;
  /** Counts one more panel or DevTools page; the returned function counts it out. */
  readonly addViewer: () => () => void;
};

/** The inspected tabs. Data of one tab never reaches another's host (design.md, Laws, 8). */
export type Tabs = {
  readonly find: (id: number) => Tab | undefined;
  /** The tab's host, made if nobody has looked at the tab yet. */
  readonly open: (id: number) => Tab;
};

export function createTabs(environment: {
  readonly createHost: () => Host;
  /** Asks the documents of a tab to connect. */
  readonly look: (tab: number) => void;
}): Tabs {
  const tabs = new Map<number, Tab>();

  function openTab(id: number): Tab {
    const documents = new Set<Port>();
    let viewers = 0;
    const tab: Tab = {
      host: environment.createHost(),
      addDocument(port) {
        documents.add(port);
        port.onClose(() => documents.delete(port));
      },
      addViewer() {
        viewers++;
        return () => {
          if (--viewers > 0) return;
          tabs.delete(id);
          for (const port of documents) port.close();
        };
      },
    };
    tabs.set(id, tab);
    environment.look(id);
    return tab;
  }

  return { find: (id) => tabs.get(id), open: (id) => tabs.get(id) ?? openTab(id) };
}
