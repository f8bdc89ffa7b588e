import { unpack } from "../bridge/chunk";
import { type ContentMessage, type HostToContentMessage, isContentMessage } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Capture } from "./capture";
import { createEntrance, endPage } from "./entrance";
import type { PageSource } from "./page-source";
import type { Recording } from "./recording";
import type { Sessions } from "./sessions";
import { createTurnstile } from "./turnstile";

/** The documents of the inspected tab that are connected, and what they deliver. */
export type Pages = {
  /** Follows one document over `port`. @param frame the document's URL if it is an iframe's */
  readonly connect: (port: Port, frame: string | null) => void;
  /** Takes what a document sent without a port. One that nobody has met is not heard. */
  readonly takeLast: (document: string, batch: Batch) => Promise<void>;
  /** Tells each document that everything up to its mark is stored. */
  readonly tellStored: (marks: ReadonlyMap<string, number>) => void;
  /** Ends each of the live session's documents that is not back soon: the session was restored. */
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
  const isHere = (document: string): boolean => connected.get(document)?.isOpen === true;
  const entrance = createEntrance({ sessions, capture, isHere, schedule });
  // A page that comes waits for what the one before it hands over: a session without a socket would be let go.
  const lasts = new Set<Promise<void>>();
  let isDismissed = false;

  function leave(document: string): void {
    if (isDismissed) return;
    connected.delete(document);
    capture.forget(document);
    const recording = sessions.owner(document);
    if (recording?.filling() === null) recording.documents.end(document).forEach(recording.append);
    const live = sessions.live();
    if (live.documents.top() === document) endPage(live);
    changed();
  }

  function takeBatch(recording: Recording, source: PageSource, batch: Batch): void {
    const events =
      batch.kind === "events"
        ? source.take(batch.first, unpack(batch.events))
        : source.takeFolded(batch.upTo, batch);
    for (const event of events) recording.append(event);
  }

  function follow(port: Port, frame: string | null, hello: Hello): Follower {
    const { document } = hello;
    const recording = entrance.enter(document, frame === null);
    const isNew = !recording.documents.has(document);
    const source = recording.documents.source(document, frame);
    const post = (message: HostToContentMessage): void => port.post(message);
    let batches = 0;

    function acknowledge(): void {
      if (batches === 0) return;
      batches = 0;
      post({ kind: "ack", upTo: source.held().seq });
    }

    connected.set(document, { port, told: 0, isOpen: true });
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
        const known = connected.get(document);
        if (known?.port !== port) return;
        known.isOpen = false;
        schedule(() => connected.get(document) === known && leave(document), GONE_MS);
      },
    };
  }

  async function takeLast(document: string, batch: Batch): Promise<void> {
    await loading();
    const recording = sessions.owner(document);
    if (recording === null || isDismissed) return;
    await recording.filling();
    // Its frame is known by now.
    takeBatch(recording, recording.documents.source(document, null), batch);
    changed();
  }

  return {
    connect(port, frame) {
      const turnstile = createTurnstile();
      let follower: Follower | null = null;
      turnstile.hold(loading());
      port.onClose(() => turnstile.enter(() => follower?.end()));

      function begin(hello: Hello): Promise<unknown> | null {
        follower = isDismissed ? null : follow(port, frame, hello);
        return follower?.filling() ?? null;
      }

      port.onMessage((message) => {
        if (!isContentMessage(message)) return;
        turnstile.enter(() => {
          if (isDismissed) return;
          if (follower !== null) follower.hear(message);
          else if (message.kind === "hello") {
            const until = entrance.wait(message.document, frame === null);
            const before = lasts.size === 0 ? until : Promise.all([until, ...lasts]);
            turnstile.hold(before === null ? begin(message) : before.then(() => begin(message)));
            turnstile.enter(() => follower?.resume());
          }
        });
      });
    },
    async takeLast(document, batch) {
      const taken = takeLast(document, batch).finally(() => lasts.delete(taken));
      lasts.add(taken);
      await taken;
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
      const known = [...sessions.live().documents.held().keys()];
      schedule(() => {
        for (const document of known) if (!connected.has(document)) leave(document);
      }, RETURN_MS);
    },
    dismiss() {
      isDismissed = true;
      for (const { port } of connected.values()) port.post({ kind: "bye" } satisfies HostToContentMessage);
    },
  };
}

/** The newest port of a document, and what it was told to be stored. */
type Connected = { readonly port: Port; told: number; isOpen: boolean };

/** One document, as long as its port is open. */
type Follower = {
  /** What is to be waited for before it is asked for anything; null: nothing. */
  readonly filling: () => Promise<unknown> | null;
  readonly resume: () => void;
  readonly hear: (message: ContentMessage) => void;
  readonly end: () => void;
};
