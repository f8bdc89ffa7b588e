import { type ContentMessage, type HostToContentMessage, isContentMessage } from "../bridge/page-message";
import { type HostMessage, isPanelMessage } from "../bridge/panel-message";
import type { Port } from "../bridge/port";
import { createRecording, type Recording } from "./recording";
import type { Scene } from "./scene";
import { createWatches, type Watches } from "./watches";

/** One inspected page, or one recording, for any number of panels. No browser API is used here. */
export type Host = {
  /**
   * Follows one document of the page over `port`, on which its content script says hello.
   * @param frame the document's URL if it is an iframe's; null for the top frame
   */
  readonly connectPage: (port: Port, frame: string | null) => void;
  /** Answers one panel until its port closes. */
  readonly connectPanel: (port: Port) => void;
};

/** A page whose port has closed may connect again; after this long it has gone. */
export const GONE_MS = 500;

/** Views are brought up to date this often while events come in. */
export const UPDATE_MS = 40;

/** After an update comes a rest of at least this many times what it took: large views come less often. */
const REST = 3;

/**
 * @param schedule calls its argument once, after about this many milliseconds
 * @param now milliseconds of a clock that never goes back
 */
export function createHost(
  schedule: (run: () => void, ms: number) => void,
  now: () => number = () => performance.now(),
): Host {
  const panels = new Set<Watches>();
  let recording = createRecording();
  let topDocument: string | null = null;
  let topPort: Port | null = null;
  let capture = { page: false, tap: false };
  let isScheduled = false;
  let updateCost = 0;

  // A document keeps its id when the background is killed and made anew, and so does its session.
  const scene = (): Scene => ({ session: topDocument ?? "", recording, capture });

  function changed(): void {
    if (isScheduled || panels.size === 0) return;
    isScheduled = true;
    schedule(update, Math.max(UPDATE_MS, updateCost * REST));
  }

  function update(): void {
    isScheduled = false;
    const startedAt = now();
    for (const watches of panels) watches.update(scene());
    updateCost = now() - startedAt;
  }

  /** The recording of a document that says hello: another top frame means another page. */
  function recordingOf(document: string, isTop: boolean): Recording {
    if (isTop && topDocument !== document) {
      // The iframes of a page may say hello before its top frame does.
      if (topDocument !== null) recording = createRecording();
      topDocument = document;
      capture = { page: false, tap: false };
    }
    return recording;
  }

  /** The page has been left for one that is not watched: nothing more will come, and nothing on it lives. */
  function endPage(): void {
    capture = { page: false, tap: false };
    const { journal } = recording;
    const last = journal.page();
    const t = journal.entry(journal.length())?.event.t ?? 0;
    if (last !== null) journal.append({ type: "page", t, phase: "unload", url: last.url });
    changed();
  }

  function watchTop(port: Port): void {
    topPort = port;
    port.onClose(() => schedule(() => topPort === port && endPage(), GONE_MS));
  }

  function follow(port: Port, frame: string | null, hello: ContentMessage & { kind: "hello" }) {
    const mine = recordingOf(hello.document, frame === null);
    const source = mine.sourceOf(hello.document, frame);
    const post = (message: HostToContentMessage): void => port.post(message);
    const tapSeen = (): void => {
      capture = { ...capture, tap: true };
    };

    if (frame === null) watchTop(port);
    capture = { ...capture, page: true };
    if (hello.tap) tapSeen();
    const { seq, bytes } = source.held();
    post({ kind: "resume", after: seq, bytes });
    changed();

    return (message: ContentMessage): void => {
      // A page that has gone may still be delivering.
      if (mine !== recording) return;
      if (message.kind === "tap") tapSeen();
      if (message.kind === "events") {
        for (const event of source.take(message.first, message.events)) mine.journal.append(event);
        post({ kind: "ack", upTo: source.held().seq });
      }
      changed();
    };
  }

  return {
    connectPage(port, frame) {
      let take: ((message: ContentMessage) => void) | null = null;
      port.onMessage((message) => {
        if (!isContentMessage(message)) return;
        if (message.kind === "hello") take ??= follow(port, frame, message);
        else take?.(message);
      });
    },

    connectPanel(port) {
      const watches = createWatches((id, view) => post({ kind: "view", id, view }));
      const post = (message: HostMessage): void => port.post(message);
      panels.add(watches);
      port.onClose(() => panels.delete(watches));
      port.onMessage((message) => {
        if (!isPanelMessage(message)) return;
        if (message.kind === "watch") watches.watch(message.id, message.query, scene());
        if (message.kind === "unwatch") watches.unwatch(message.id);
      });
      post({ kind: "attached" });
    },
  };
}
