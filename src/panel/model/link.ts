import { type ReadonlySignal, signal } from "@preact/signals";
import { type Environment, isHostMessage } from "../../bridge/host-message";
import type { PanelMessage } from "../../bridge/panel-message";
import type { Query, View } from "../../bridge/view";
import { createMailbox } from "./mailbox";
import type { Delay, Schedule } from "./schedule";
import { createSeeks, type Seeks } from "./seeks";
import { createSteadyPort, type OpenPort } from "./steady-port";

/** `orphaned`: the extension was reloaded or updated, and no host will ever answer this panel again. */
export type LinkStatus = "connecting" | "attached" | "reconnecting" | "orphaned";

/**
 * The panel's way to its host, which may be killed at any moment and comes back on another port. Watched queries, the
 * session and the moment of it that they are about outlive the port: they are asked again on the next one.
 */
export type Link = {
  readonly status: ReadonlySignal<LinkStatus>;
  /** Null until the background has told it. */
  readonly environment: ReadonlySignal<Environment | null>;
  /** Calls `onView` with each view that answers `query`, at most once a frame, until the returned function is called. */
  readonly watch: (query: Query, onView: (view: View) => void) => () => void;
  /** Whether the host refuses to answer something that is watched: that is too much at once. */
  readonly isRefused: ReadonlySignal<boolean>;
  /** Chooses the session that all queries are about, as it is now; null: the one that goes on. */
  readonly show: (session: string | null) => void;
  /** Chooses the moment of that session. What `at` says changes together with all views of that moment. */
  readonly moment: Pick<Seeks, "at" | "wanted" | "fault" | "seek">;
  /** Says what a person wants of the background: at once or, while nobody listens, when somebody does. */
  readonly say: (wish: Wish) => void;
  /** An idle link asks its host for nothing; its watches wait. */
  readonly setIdle: (idle: boolean) => void;
};

export type Wish = Extract<PanelMessage, { readonly kind: "configure" | "allow" | "revoke" }>;

export type LinkOptions = {
  /** Opens a port to the host, on which the host will say `attached`. */
  readonly open: OpenPort;
  readonly schedule: Schedule;
  readonly delay: Delay;
  readonly signal: AbortSignal;
};

type Watch = { readonly query: Query; readonly onView: (view: View) => void };

/** Wishes that wait for a host; of more than a person makes in that time the oldest is dropped. */
const MAX_WISHES = 20;

export function createLink({ open, schedule, delay, signal: lifetime }: LinkOptions): Link {
  const status = signal<LinkStatus>("connecting");
  const environment = signal<Environment | null>(null);
  const watches = new Map<number, Watch>();
  const refused = new Set<number>();
  const isRefused = signal(false);
  const mailbox = createMailbox(schedule, (id, view) => watches.get(id)?.onView(view), lifetime);
  const seeks = createSeeks({
    send(turn, to) {
      mailbox.hold();
      post({ kind: "seek", turn, to });
    },
    ...{ arrive: mailbox.flush, delay },
  });
  const port = createSteadyPort({ open, onMessage, onClose, onEnd, delay, signal: lifetime });
  let wishes: readonly Wish[] = [];
  let shown: string | null = null;
  let nextId = 1;
  let isIdle = false;

  const post = (message: PanelMessage): void => port.post(message);
  const isAttached = (): boolean => status.peek() === "attached";
  const isAsking = (): boolean => isAttached() && !isIdle;

  function askAll(): void {
    refused.clear();
    isRefused.value = false;
    for (const [id, { query }] of watches) post({ kind: "watch", id, query });
  }

  function unwatch(id: number): void {
    post({ kind: "unwatch", id });
    // Where it was answered, there is room for one that was not.
    const [next] = refused.delete(id) ? [] : refused;
    const watch = next === undefined ? undefined : watches.get(next);
    if (next !== undefined && watch !== undefined) {
      refused.delete(next);
      post({ kind: "watch", id: next, query: watch.query });
    }
    isRefused.value = refused.size > 0;
  }

  function onAttached(): void {
    port.settle();
    status.value = "attached";
    if (shown !== null) post({ kind: "show", session: shown });
    seeks.start();
    for (const wish of wishes) post(wish);
    wishes = [];
    if (!isIdle) askAll();
  }

  function receive(id: number, view: View): void {
    if (view.kind === "overview") seeks.hear(view.session.id);
    mailbox.put(id, view);
  }

  function onMessage(message: unknown): void {
    if (!isHostMessage(message)) return;
    if (message.kind === "attached") onAttached();
    else if (message.kind === "environment") environment.value = message.environment;
    else if (message.kind === "view" && watches.has(message.id)) receive(message.id, message.view);
    else if (message.kind === "sought") seeks.receive(message);
    else if (message.kind === "refused" && watches.has(message.id)) {
      refused.add(message.id);
      isRefused.value = true;
    }
  }

  function onClose(): void {
    if (isAttached()) status.value = "reconnecting";
    seeks.stop();
  }

  function onEnd(): void {
    status.value = "orphaned";
  }

  return {
    ...{ status, environment, isRefused, moment: seeks },
    watch(query, onView) {
      const id = nextId++;
      watches.set(id, { query, onView });
      if (isAsking()) post({ kind: "watch", id, query });
      return () => {
        if (watches.delete(id) && isAsking()) unwatch(id);
        mailbox.drop(id);
      };
    },
    show(session) {
      if (session === shown) return;
      shown = session;
      mailbox.flush(seeks.forget);
      if (isAttached()) post({ kind: "show", session });
    },
    say(wish) {
      if (isAttached()) post(wish);
      else wishes = [...wishes, wish].slice(-MAX_WISHES);
    },
    setIdle(idle) {
      if (idle === isIdle) return;
      isIdle = idle;
      if (!isAttached()) return;
      if (!idle) return askAll();
      for (const id of watches.keys()) post({ kind: "unwatch", id });
    },
  };
}
