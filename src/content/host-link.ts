import { MAX_TEXT_CHARS } from "../bridge/page-event";
import type { PageRequest, PageStatus } from "../bridge/page-message";
import type { Port } from "../bridge/port";
import type { Buffer, Standing } from "./buffer";
import { createRelay, type Relay } from "./relay";

/** What carries the last events of a page that goes takes about this much at a time. */
const MAX_LAST_BYTES = 8 * 1024 * 1024;

/** The way to the host that looks at a document, over one port after another. */
export type HostLink = {
  /** Opens a port in the place of the one there is, if any. */
  readonly connect: () => void;
  readonly pump: () => void;
  readonly announce: () => void;
  /** What a host that looks, or may look, has not stored: for a page that goes, and its ports with it. */
  readonly unstored: () => readonly (PageRequest & { kind: "last" })[];
  /** A host is there that looks. */
  readonly isWatched: () => boolean;
  readonly disconnect: () => void;
};

type Environment = {
  readonly document: string;
  readonly buffer: Buffer;
  readonly url: () => string;
  readonly status: () => PageStatus;
  /** Null: there is no extension to connect to. */
  readonly open: () => Port | null;
  /** The port was closed from the other end. */
  readonly closed: () => void;
  /** What `isWatched` says has changed. */
  readonly watchedChanged: () => void;
  readonly delay: (run: () => void, ms: number) => () => void;
};

export function createHostLink(environment: Environment): HostLink {
  const { document, buffer, url, status, open, closed, watchedChanged, delay } = environment;
  let relay: Relay | null = null;
  // What the host had stored when it was last heard, also while its background is dead; null: nobody looks.
  let heard: Standing | null = null;
  let isWatched = false;

  function setWatched(now: boolean): void {
    if (now === isWatched) return;
    isWatched = now;
    watchedChanged();
  }

  function disconnect(): void {
    const last = relay;
    relay = null;
    heard = last?.standing() ?? heard;
    last?.close();
    setWatched(false);
  }

  function connect(): void {
    disconnect();
    const port = open();
    if (port === null) return;
    const mine = createRelay({
      port,
      buffer,
      known: heard,
      hello: { document, url: url().slice(0, MAX_TEXT_CHARS), status: status() },
      delay,
      welcomed: () => setWatched(true),
      stalled: connect,
      dismissed() {
        disconnect();
        heard = null;
      },
    });
    relay = mine;
    // The host asks again when it is back: a background that was killed, DevTools opened anew.
    port.onClose(() => {
      if (relay === mine) disconnect();
      closed();
    });
  }

  return {
    connect,
    pump: () => relay?.pump(),
    announce: () => relay?.announce(status()),
    unstored() {
      const requests: (PageRequest & { kind: "last" })[] = [];
      // Who has not answered yet may be looking.
      let at = relay === null ? heard : (relay.standing() ?? { seq: 0, bytes: 0 });
      while (at !== null) {
        const portion = buffer.after(at, MAX_LAST_BYTES);
        if (portion === null) break;
        requests.push({ kind: "last", document, message: portion.message });
        at = portion.standing;
      }
      return requests;
    },
    isWatched: () => isWatched,
    disconnect,
  };
}
