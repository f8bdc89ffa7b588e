import { isPanelMessage, type PanelMessage } from "../../src/bridge/panel-message";
import type { Port } from "../../src/bridge/port";
import { createListeners } from "../../src/bridge/port-adapters";
import type { Query, View } from "../../src/bridge/view";

/** A host without a journal: it answers queries by a function, over any number of ports one after another. */
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
};

/** @param answer null: the query gets no view (yet) */
export function createFakeHost(answer: (query: Query) => View | null): FakeHost {
  const watches = new Map<number, Query>();
  const received: PanelMessage[] = [];
  let message = createListeners<[unknown]>();
  let close = createListeners<[]>();
  let opened = 0;

  function send(id: number, query: Query): void {
    const view = answer(query);
    if (view !== null) message.call(structuredClone({ kind: "view", id, view }));
  }

  function receive(sent: unknown): void {
    if (!isPanelMessage(sent)) throw new Error(`no panel message: ${JSON.stringify(sent)}`);
    received.push(sent);
    if (sent.kind === "watch") {
      watches.set(sent.id, sent.query);
      send(sent.id, sent.query);
    }
    if (sent.kind === "unwatch") watches.delete(sent.id);
  }

  return {
    open() {
      opened++;
      watches.clear();
      received.length = 0;
      message = createListeners<[unknown]>();
      close = createListeners<[]>();
      return { post: receive, onMessage: message.add, onClose: close.add, close: () => watches.clear() };
    },
    attach: () => message.call({ kind: "attached" }),
    update() {
      for (const [id, query] of [...watches]) send(id, query);
    },
    kill() {
      watches.clear();
      close.call();
    },
    received,
    watched: () => [...watches.values()],
    opened: () => opened,
  };
}
