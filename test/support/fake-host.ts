import type { Environment } from "../../src/bridge/host-message";
import { createListeners } from "../../src/bridge/listeners";
import { isPanelMessage, type PanelMessage } from "../../src/bridge/panel-message";
import type { Port } from "../../src/bridge/port";
import { DEFAULT_SETTINGS } from "../../src/bridge/settings";
import type { Query, Row, View } from "../../src/bridge/view";
import { createFakeMoment } from "./fake-moment";

/**
 * A host without a journal, and the background around it: it answers queries by a function, over any number of ports
 * one after another. Settings and sites outlive its ports.
 */
export type FakeHost = {
  /** A port to it. The host says nothing on it until `attach`. */
  readonly open: () => Port;
  readonly attach: () => void;
  /** Answers every watched query anew. */
  readonly update: () => void;
  /** Ends the port as a browser does that kills the background. */
  readonly kill: () => void;
  /** What the panel has sent on the present port. */
  readonly received: readonly PanelMessage[];
  /** The queries watched now. */
  readonly watched: () => readonly Query[];
  /** Ports that were opened so far. */
  readonly opened: () => number;
  /** A slow host works off one seek after another, each when it is told to; one that is not slow, at once. */
  readonly setSlow: (isSlow: boolean) => void;
  readonly workOff: () => void;
  /** How much it answers at once; what is beyond that it refuses. */
  readonly setRoom: (watches: number) => void;
};

type Seek = Extract<PanelMessage, { readonly kind: "seek" }>;

export const ENVIRONMENT: Environment = {
  settings: DEFAULT_SETTINGS,
  sites: [],
  unrevoked: [],
  isPrivate: false,
};

/**
 * @param answer gets the query, the session that the panel has chosen, null being the live one, and the event at which
 *   the panel is in it, null being the newest one; null: the query gets no view (yet)
 * @param rows all events of a session, for seeks in it
 */
export function createFakeHost(
  answer: (query: Query, session: string | null, at: number | null) => View | null,
  surroundings: Environment = ENVIRONMENT,
  rows: (session: string | null) => readonly Row[] = () => [],
): FakeHost {
  const watches = new Map<number, Query>();
  const received: PanelMessage[] = [];
  let environment = surroundings;
  let session: string | null = null;
  let message = createListeners<[unknown]>();
  let close = createListeners<[]>();
  let opened = 0;
  let isSlow = false;
  let room = Number.POSITIVE_INFINITY;
  const moment = createFakeMoment(() => rows(session));
  const seeks: Seek[] = [];

  function workOff(): void {
    const seek = seeks.shift();
    if (seek === undefined) return;
    const { at, fault } = moment.seek(seek.to);
    update();
    message.call(structuredClone({ kind: "sought", turn: seek.turn, at, fault }));
  }

  function send(id: number, query: Query): void {
    const view = answer(query, session, moment.at());
    if (view !== null) message.call(structuredClone({ kind: "view", id, view }));
  }

  function update(): void {
    for (const [id, query] of [...watches]) send(id, query);
  }

  function surround(change: Partial<Environment>): void {
    environment = { ...environment, ...change };
    message.call(structuredClone({ kind: "environment", environment }));
  }

  function receive(sent: unknown): void {
    if (!isPanelMessage(sent)) throw new Error(`no panel message: ${JSON.stringify(sent)}`);
    received.push(sent);
    if (sent.kind === "watch" && watches.size >= room) message.call({ kind: "refused", id: sent.id });
    else if (sent.kind === "watch") {
      watches.set(sent.id, sent.query);
      send(sent.id, sent.query);
    }
    if (sent.kind === "unwatch") watches.delete(sent.id);
    if (sent.kind === "show") {
      session = sent.session;
      moment.forget();
      update();
    }
    if (sent.kind === "seek") {
      seeks.push(sent);
      if (!isSlow) workOff();
    }
    if (sent.kind === "configure") surround({ settings: sent.settings });
    if (sent.kind === "allow") surround({ sites: [...environment.sites, sent.site] });
    if (sent.kind === "revoke") surround({ sites: environment.sites.filter((site) => site !== sent.site) });
  }

  return {
    open() {
      opened++;
      session = null;
      moment.forget();
      seeks.length = 0;
      watches.clear();
      received.length = 0;
      message = createListeners<[unknown]>();
      close = createListeners<[]>();
      return { post: receive, onMessage: message.add, onClose: close.add, close: () => watches.clear() };
    },
    attach() {
      message.call({ kind: "attached" });
      surround({});
    },
    update,
    kill() {
      watches.clear();
      close.call();
    },
    received,
    watched: () => [...watches.values()],
    opened: () => opened,
    setSlow(slow) {
      isSlow = slow;
    },
    workOff,
    setRoom(watches) {
      room = watches;
    },
  };
}
