import type { PageRequest } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Settings } from "../bridge/settings";
import type { ConnectionAt } from "../engine/fold/faces";
import type { SessionEvent } from "../session/event";
import { createCapture } from "./capture";
import { MAX_JOURNAL_CHARS, MAX_STORED_JOURNAL_CHARS } from "./journal";
import type { JournalStore } from "./journal-store";
import { createPages } from "./pages";
import { createPanels } from "./panels";
import { createRecall, type Recall } from "./recall";
import { presentFaces, type Scene } from "./scene";
import { createSessions, hadSockets } from "./sessions";
import { createStorage, NO_STORAGE, type Storage } from "./storage";

/** One inspected tab, for any number of panels. No browser API is used here. */
export type Host = {
  /**
   * Follows one document of the tab over `port`, on which its content script says hello.
   * @param frame the document's URL if it is an iframe's; null for the top frame
   */
  readonly connectPage: (port: Port, frame: string | null) => void;
  /** Answers one panel until its port closes. */
  readonly connectPanel: (port: Port) => void;
  /**
   * Takes what a document sent when its page went. Of a document that the host never met it takes nothing. Resolves
   * once that is stored, or could not be.
   */
  readonly takeLast: (document: string, message: LastMessage) => Promise<void>;
  readonly configure: (settings: Settings) => void;
  /** Nobody looks any more: tells the documents so, and resolves when all that they delivered is stored. */
  readonly close: () => Promise<void>;
  /** The tab is gone: lets go of everything. Rejects as the store does. */
  readonly forget: () => Promise<void>;
};

type LastMessage = (PageRequest & { readonly kind: "last" })["message"];

export type HostEnvironment = {
  /** Calls its argument once, after about this many milliseconds. */
  readonly schedule: (run: () => void, ms: number) => void;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
  /** Where the tab's sessions outlive the background; null where nothing may be written. */
  readonly store: JournalStore | null;
  readonly settings: Settings;
  /** About how many characters the events of a session may take in memory. */
  readonly maxMemoryChars?: number;
};

export function createHost(environment: HostEnvironment): Host {
  const { schedule, store, now = () => performance.now() } = environment;
  const { maxMemoryChars = store === null ? MAX_JOURNAL_CHARS : MAX_STORED_JOURNAL_CHARS } = environment;
  let { preserveLog, maxJournalBytes } = environment.settings;
  let storage: Storage = NO_STORAGE;
  let recall: Recall = () => null;
  const maxBytes = (): number => maxJournalBytes;
  const capture = createCapture();
  const sessions = createSessions(
    { isStored: store !== null, maxBytes, maxMemoryChars },
    () => preserveLog,
    (session) => storage.drop(session),
  );

  function scene(session: string | null, until: number): Scene {
    const live = sessions.live();
    const past = sessions.past();
    const recording = (session === null ? null : sessions.find(session)) ?? live;
    const view = { ...capture.view(), storage: storage.trouble() };
    const top = live.documents.top();
    let faces: readonly ConnectionAt[] | null = null;
    const recallEvent = (seq: number): SessionEvent | null => recall(recording, seq);
    return {
      recording,
      isLive: recording === live,
      title: recording === live && top !== null ? capture.titleOf(top) : null,
      past: past !== null && hadSockets(past) ? past : null,
      capture: view,
      at: null,
      faces: () => (faces ??= presentFaces(recording.journal.engine)),
      contentOf: (root) => root.content(),
      recall: recallEvent,
      ...{ now, until },
      again: (ms) => panels.again(ms),
    };
  }

  const panels = createPanels({
    ...{ schedule, now, scene },
    coming: (session) =>
      storage.loading() ?? (session === null ? null : (sessions.find(session)?.filling() ?? null)),
  });
  const pages = createPages({
    ...{ sessions, capture, schedule },
    loading: () => storage.loading(),
    changed() {
      storage.touch();
      panels.changed();
    },
    met: () => void storage.flush(),
  });

  if (store !== null) {
    const stored = (marks: readonly ReadonlyMap<string, number>[]): void => marks.forEach(pages.tellStored);
    const { changed } = panels;
    // Half of it at first: the rest is for what comes.
    const maxRestoredChars = maxMemoryChars / 2;
    storage = createStorage(store, { sessions, schedule, maxBytes, maxRestoredChars, stored, changed });
    recall = createRecall(store, changed);
    void storage.loading()?.then(pages.awaitReturn);
  }

  return {
    connectPage: pages.connect,
    connectPanel: panels.connect,
    async takeLast(document, message) {
      await pages.takeLast(document, message);
      await storage.flush();
    },
    configure(next) {
      ({ preserveLog, maxJournalBytes } = next);
      storage.touch();
    },
    close() {
      pages.dismiss();
      return storage.close();
    },
    forget() {
      pages.dismiss();
      return storage.forget();
    },
  };
}
