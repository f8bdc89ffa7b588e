import { type ContentMessage, type HostToContentMessage, isContentMessage } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Capture } from "./capture";
import type { PageSource } from "./page-source";
import type { Recording } from "./recording";
import type { Sessions } from "./sessions";
import { createTurnstile, type Turnstile } from "./turnstile";

/** The documents of the inspected tab that are connected, and what they deliver. */
export type Pages = {
  /** Follows one document over `port`. @param frame the document's URL if it is an iframe's */
  readonly connect: (port: Port, frame: string | null) => void;
  /** Takes what a document sent without a port. One that nobody has met is not heard. */
  readonly takeLast: (document: string, batch: Batch) => Promise<void>;
  /** Tells each document that everything up to its mark is stored. */
  readonly tellStored: (marks: ReadonlyMap<string, number>) => void;
  /** Ends the live session's page unless its document is back soon: the session was restored. */
  readonly awaitReturn: () => void;
  /** Tells every document that nobody looks any more, and hears none of them from then on. */
  readonly dismiss: () => void;
};

type Batch = ContentMessage & { readonly kind: "events" | "folded" };
type Hello = ContentMessage & { readonly kind: "hello" };

export type PagesTerms = {
  readonly sessions: Sessions;
  readonly capture: Capture;
  /** What is to be waited for before anybody is heard; null: nothing. */
  readonly loading: () => Promise<unknown> | null;
  readonly schedule: (run: () => void, ms: number) => void;
  readonly changed: () => void;
  /** A document is known from now on: if the background is killed it is to be known after that, too. */
  readonly met: () => void;
};

/** A page whose port has closed may connect again; after this long it has gone. */
export const GONE_MS = 500;

/** The same for a page that was there when the background was ended: it may be busy when it is called. */
export const RETURN_MS = 5_000;

/**
 * A document is told what has come this long after it came: each word costs the page's thread more than an event does.
 * Where so many batches are waiting for it, it is told at once, so that a busy page need not pause.
 */
export const ACK_MS = 100;
const BATCHES_AN_ACK = 4;

export function createPages({ sessions, capture, loading, schedule, changed, met }: PagesTerms): Pages {
  const connected = new Map<string, Connected>();
  let isDismissed = false;

  /** The page has been left for one that is not watched: nothing more will come, and nothing on it lives. */
  function endPage({ journal, append, filling }: Recording): void {
    if (filling() !== null) return;
    const last = journal.page();
    const t = journal.entry(journal.length())?.event.t ?? 0;
    if (last !== null && last.phase !== "unload") append({ type: "page", t, phase: "unload", url: last.url });
  }

  function leave(document: string): void {
    if (isDismissed) return;
    connected.delete(document);
    capture.forget(document);
    const live = sessions.live();
    if (live.documents.top() === document) endPage(live);
    changed();
  }

  /** Finds the session of a document that says hello; what another page told of itself ends with that. */
  function enter(document: string, isTop: boolean): Recording {
    const before = sessions.live();
    const topBefore = before.documents.top();
    const live = sessions.enter(document, isTop);
    const isOtherPage = isTop && topBefore !== null && topBefore !== document;
    if (live !== before || isOtherPage) capture.clear();
    // A page that is loaded says so itself; one out of the back-forward cache does not end the one before it.
    if (live === before && isOtherPage && live.documents.has(document)) endPage(live);
    if (isTop) live.documents.setTop(document);
    return live;
  }

  function takeBatch(recording: Recording, source: PageSource, batch: Batch): void {
    const events =
      batch.kind === "events" ? source.take(batch.first, batch.events) : source.takeFolded(batch.upTo, batch);
    for (const event of events) recording.append(event);
  }

  function follow(port: Port, frame: string | null, hello: Hello): Follower {
    const { document } = hello;
    const recording = enter(document, frame === null);
    const isNew = !recording.documents.has(document);
    const source = recording.documents.source(document, frame);
    const post = (message: HostToContentMessage): void => port.post(message);
    let batches = 0;

    function acknowledge(): void {
      if (batches === 0) return;
      batches = 0;
      post({ kind: "ack", upTo: source.held().seq });
    }

    connected.set(document, { port, told: 0 });
    capture.note(document, hello.status);
    return {
      filling: recording.filling,
      resume() {
        const { seq, bytes } = source.held();
        post({ kind: "resume", after: seq, bytes });
        changed();
        if (isNew) met();
      },
      hear(message) {
        // A page that was left may still be delivering, to a session that has been let go.
        if (recording !== sessions.live() && recording !== sessions.past()) return;
        if (message.kind === "status") {
          if (recording === sessions.live()) capture.note(document, message.status);
        } else if (message.kind !== "hello") {
          takeBatch(recording, source, message);
          batches++;
          if (batches >= BATCHES_AN_ACK) acknowledge();
          else if (batches === 1) schedule(acknowledge, ACK_MS);
        }
        changed();
      },
      end() {
        schedule(() => connected.get(document)?.port === port && leave(document), GONE_MS);
      },
    };
  }

  return {
    connect(port, frame) {
      const turnstile = createTurnstile();
      let follower: Follower | null = null;
      hold(turnstile, loading());
      port.onClose(() => turnstile.enter(() => follower?.end()));
      port.onMessage((message) => {
        if (!isContentMessage(message)) return;
        turnstile.enter(() => {
          if (isDismissed) return;
          if (follower !== null) follower.hear(message);
          else if (message.kind === "hello") {
            follower = follow(port, frame, message);
            hold(turnstile, follower.filling());
            turnstile.enter(follower.resume);
          }
        });
      });
    },
    async takeLast(document, batch) {
      await loading();
      const recording = sessions.owner(document);
      if (recording === null || isDismissed) return;
      await recording.filling();
      // Its frame is known by now.
      takeBatch(recording, recording.documents.source(document, null), batch);
      changed();
    },
    tellStored(marks) {
      for (const [document, upTo] of marks) {
        const known = connected.get(document);
        if (known === undefined || known.told >= upTo) continue;
        known.told = upTo;
        known.port.post({ kind: "stored", upTo } satisfies HostToContentMessage);
      }
    },
    awaitReturn() {
      const top = sessions.live().documents.top();
      if (top === null) return;
      schedule(() => {
        if (sessions.live().documents.top() === top && !connected.has(top)) leave(top);
      }, RETURN_MS);
    },
    dismiss() {
      isDismissed = true;
      for (const { port } of connected.values()) port.post({ kind: "bye" } satisfies HostToContentMessage);
    },
  };
}

/** The newest port of a document, and what it was told to be stored. */
type Connected = { readonly port: Port; told: number };

/** One document, as long as its port is open. */
type Follower = {
  /** What is to be waited for before it is asked for anything; null: nothing. */
  readonly filling: () => Promise<unknown> | null;
  readonly resume: () => void;
  readonly hear: (message: ContentMessage) => void;
  readonly end: () => void;
};

function hold(turnstile: Turnstile, until: Promise<unknown> | null): void {
  if (until !== null) turnstile.hold(until);
}
