import { type ReadonlySignal, signal } from "@preact/signals";
import { isHostMessage, type PanelMessage } from "../../bridge/panel-message";
import type { Port } from "../../bridge/port";
import type { Query, View } from "../../bridge/view";
import { createMailbox } from "./mailbox";
import type { Delay, Schedule } from "./schedule";
import { createSteadyPort } from "./steady-port";

export type LinkStatus = "connecting" | "attached" | "reconnecting";

/**
 * The panel's way to its host, which may be killed at any moment and comes back on another port. Watched queries
 * outlive the port: they are asked again on the next one.
 */
export type Link = {
  readonly status: ReadonlySignal<LinkStatus>;
  /** Calls `onView` with each view that answers `query`, at most once a frame, until the returned function is called. */
  readonly watch: (query: Query, onView: (view: View) => void) => () => void;
  /** An idle link asks its host for nothing; its watches wait. */
  readonly setIdle: (idle: boolean) => void;
};

export type LinkOptions = {
  /** Opens a port to the host, on which the host will say `attached`. May throw: it is tried again. */
  readonly open: () => Port;
  readonly schedule: Schedule;
  readonly delay: Delay;
  readonly signal: AbortSignal;
};

type Watch = { readonly query: Query; readonly onView: (view: View) => void };

export function createLink({ open, schedule, delay, signal: lifetime }: LinkOptions): Link {
  const status = signal<LinkStatus>("connecting");
  const watches = new Map<number, Watch>();
  const mailbox = createMailbox(schedule, (id, view) => watches.get(id)?.onView(view), lifetime);
  const port = createSteadyPort({ open, onMessage, onClose, delay, signal: lifetime });
  let nextId = 1;
  let isIdle = false;

  const post = (message: PanelMessage): void => port.post(message);
  const isAsking = (): boolean => status.peek() === "attached" && !isIdle;

  function askAll(): void {
    for (const [id, { query }] of watches) post({ kind: "watch", id, query });
  }

  function onMessage(message: unknown): void {
    if (!isHostMessage(message)) return;
    if (message.kind === "view") {
      if (watches.has(message.id)) mailbox.put(message.id, message.view);
      return;
    }
    port.settle();
    status.value = "attached";
    if (!isIdle) askAll();
  }

  function onClose(): void {
    if (status.peek() === "attached") status.value = "reconnecting";
  }

  return {
    status,
    watch(query, onView) {
      const id = nextId++;
      watches.set(id, { query, onView });
      if (isAsking()) post({ kind: "watch", id, query });
      return () => {
        if (watches.delete(id) && isAsking()) post({ kind: "unwatch", id });
        mailbox.drop(id);
      };
    },
    setIdle(idle) {
      if (idle === isIdle) return;
      isIdle = idle;
      if (status.peek() !== "attached") return;
      if (!idle) return askAll();
      for (const id of watches.keys()) post({ kind: "unwatch", id });
    },
  };
}
