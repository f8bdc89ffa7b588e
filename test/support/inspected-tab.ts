import { type HostMessage, isHostMessage } from "../../src/bridge/host-message";
import type { PageEvent } from "../../src/bridge/page-event";
import type { ContentMessage, HostToContentMessage, PageStatus } from "../../src/bridge/page-message";
import type { PanelMessage } from "../../src/bridge/panel-message";
import type { Port } from "../../src/bridge/port";
import { DEFAULT_SETTINGS, type Settings } from "../../src/bridge/settings";
import type { Query, View } from "../../src/bridge/view";
import { createHost, type Host } from "../../src/host/host";
import { createClock } from "./clock";
import { createMemoryDisk, type MemoryDisk } from "./memory-journal-store";
import { createPortPair } from "./port-pair";

/**
 * A tab whose background can be killed at any moment. Its documents keep all that they recorded, as content scripts
 * do, and send what the host asks for; its panels ask again what they watched.
 */
export type InspectedTab = {
  readonly disk: MemoryDisk;
  readonly host: () => Host;
  readonly page: (document: string, frame?: string | null) => FakePage;
  readonly panel: () => FakePanel;
  /** The background is gone; nothing answers until `wake`. */
  readonly kill: () => void;
  /** A background is made anew, and everybody connects to it. */
  readonly wake: () => Promise<void>;
  /** Lets pass this much time, and whatever was due. */
  readonly pass: (ms: number) => Promise<void>;
};

export type FakePage = {
  readonly record: (...events: readonly PageEvent[]) => void;
  readonly connect: () => void;
  readonly say: (status: Partial<PageStatus>) => void;
  /** Its port closes, without a word. */
  readonly leave: () => void;
  /** All that it heard on its newest port. */
  readonly heard: () => readonly HostToContentMessage[];
  /** How often it was asked for what the host had said to be stored. */
  readonly brokenPromises: () => number;
};

export type FakePanel = {
  readonly watch: (id: number, query: Query) => void;
  readonly show: (session: string | null) => void;
  readonly last: (id: number) => View | undefined;
};

const ACTIVE: PageStatus = { tap: "active", why: null, otherSockets: false, title: "" };

/** How many events a document sends at once. */
const BATCH = 7;

export function openInspectedTab(options: {
  readonly isPrivate?: boolean;
  readonly settings?: Partial<Settings>;
  readonly maxMemoryChars?: number;
}): InspectedTab {
  const settings = { ...DEFAULT_SETTINGS, ...options.settings };
  const disk = createMemoryDisk();
  const members = new Set<{ readonly connect: () => void; readonly cut: () => void }>();
  let isAlive = true;
  let clock = createClock();
  let host = make();

  function make(): Host {
    clock = createClock();
    const { delay } = clock;
    const store = options.isPrivate === true ? null : disk.open();
    const memory = options.maxMemoryChars === undefined ? {} : { maxMemoryChars: options.maxMemoryChars };
    return createHost({
      ...{ schedule: (run, ms) => void delay(run, ms), now: () => 0, store, settings },
      ...memory,
    });
  }

  /** Lets all promises run that can. */
  const settle = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

  function page(document: string, frame: string | null = null): FakePage {
    const events: PageEvent[] = [];
    let sent: number | null = null;
    let port: Port | null = null;
    let status = ACTIVE;
    let heard: HostToContentMessage[] = [];
    let stored = 0;
    let brokenPromises = 0;
    const post = (message: ContentMessage): void => port?.post(message);

    function pump(): void {
      while (sent !== null && sent < events.length) {
        const batch = events.slice(sent, sent + BATCH);
        const first = sent + 1;
        sent += batch.length;
        post({ kind: "events", first, events: batch });
      }
    }

    /** A content script may have let go of what the host said is stored. */
    function resume(after: number): void {
      if (after < stored) brokenPromises++;
      sent = after;
      pump();
    }

    function connect(): void {
      if (!isAlive) return;
      const [mine, theirs] = createPortPair();
      [port, sent, heard] = [mine, null, []];
      host.connectPage(theirs, frame);
      mine.onMessage((message) => {
        if (port !== mine) return;
        const said = message as HostToContentMessage;
        heard.push(said);
        if (said.kind === "stored") stored = Math.max(stored, said.upTo);
        if (said.kind === "resume") resume(said.after);
      });
      post({ kind: "hello", document, url: "http://localhost/", status });
    }

    function cut(): void {
      port = null;
      sent = null;
    }

    const member = { connect, cut };
    members.add(member);
    connect();
    return {
      connect,
      record(...more) {
        events.push(...more);
        pump();
      },
      say(change) {
        status = { ...status, ...change };
        post({ kind: "status", status });
      },
      leave() {
        members.delete(member);
        port?.close();
        cut();
      },
      heard: () => heard,
      brokenPromises: () => brokenPromises,
    };
  }

  function panel(): FakePanel {
    const watched = new Map<number, Query>();
    const views = new Map<number, View>();
    let shown: string | null = null;
    let port: Port | null = null;
    const post = (message: PanelMessage): void => port?.post(message);

    function connect(): void {
      if (!isAlive) return;
      const [mine, theirs] = createPortPair();
      port = mine;
      mine.onMessage((message) => {
        if (!isHostMessage(message) || port !== mine) return;
        take(message);
      });
      host.connectPanel(theirs);
      if (shown !== null) post({ kind: "show", session: shown });
      for (const [id, query] of watched) post({ kind: "watch", id, query });
    }

    function take(message: HostMessage): void {
      if (message.kind === "view") views.set(message.id, message.view);
    }

    members.add({ connect, cut: () => (port = null) });
    connect();
    return {
      watch(id, query) {
        watched.set(id, query);
        post({ kind: "watch", id, query });
      },
      show(session) {
        shown = session;
        post({ kind: "show", session });
      },
      last: (id) => views.get(id),
    };
  }

  return {
    disk,
    host: () => host,
    page,
    panel,
    kill() {
      isAlive = false;
      for (const { cut } of members) cut();
    },
    async wake() {
      isAlive = true;
      host = make();
      for (const { connect } of members) connect();
      await settle();
    },
    async pass(ms) {
      await settle();
      clock.pass(ms);
      await settle();
    },
  };
}
