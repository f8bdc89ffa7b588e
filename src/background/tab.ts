import type { PageRequest } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Settings } from "../bridge/settings";
import type { Host } from "../host/host";
import type { HeldPort } from "./held-port";

/** What a tab needs before it can take anything in. */
export type TabHost = {
  readonly host: Host;
  /** Its window is private: nothing of it is written to disk. */
  readonly isPrivate: boolean;
};

/** One watched tab: its host, the ports of its documents, and those who look at it. */
export type Tab = {
  /** @param frame the document's URL if it is an iframe's; null for the top frame */
  readonly addDocument: (held: HeldPort, frame: string | null) => void;
  /** Counts one more panel or DevTools page, until its port closes. `connect` is called once the host is there. */
  readonly addViewer: (held: HeldPort, connect: (port: Port, tab: TabHost) => void) => void;
  readonly takeLast: (last: PageRequest & { kind: "last" }) => Promise<void>;
  readonly configure: (settings: Settings) => Promise<void>;
  /** Nobody looks any more. Resolves when everything has been written, and the documents have been let go. */
  readonly close: () => Promise<void>;
  /** The tab is gone. Resolves when nothing of it is kept. */
  readonly forget: () => Promise<void>;
};

/** A panel or a DevTools page that has lost its port connects again sooner than this. */
export const ABSENCE_MS = 1_000;

/**
 * @param opening never rejects
 * @param onLeft called once, when nobody has looked at the tab for `ABSENCE_MS`
 */
export function createTab(
  opening: Promise<TabHost>,
  schedule: (run: () => void, ms: number) => void,
  onLeft: () => void,
): Tab {
  const documents = new Set<Port>();
  let viewers = 0;
  let absences = 0;

  function beginAbsence(): void {
    const mine = ++absences;
    schedule(() => viewers === 0 && mine === absences && onLeft(), ABSENCE_MS);
  }

  function letDocumentsGo(): void {
    for (const port of documents) port.close();
    documents.clear();
  }

  // It may have been opened for a document, after the background had been killed: then nobody looks yet.
  beginAbsence();

  return {
    addDocument(held, frame) {
      const { port, release } = held;
      documents.add(port);
      port.onClose(() => documents.delete(port));
      void opening.then(({ host }) => {
        host.connectPage(port, frame);
        release();
      });
    },
    addViewer(held, connect) {
      viewers++;
      held.port.onClose(() => {
        if (--viewers === 0) beginAbsence();
      });
      void opening.then((tab) => {
        connect(held.port, tab);
        held.release();
      });
    },
    takeLast: async ({ document, message }) => (await opening).host.takeLast(document, message),
    configure: async (settings) => (await opening).host.configure(settings),
    async close() {
      await (await opening).host.close();
      letDocumentsGo();
    },
    async forget() {
      letDocumentsGo();
      await (await opening).host.forget();
    },
  };
}
