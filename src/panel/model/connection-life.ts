import { computed, type ReadonlySignal, signal } from "@preact/signals";
import type { ConnectionLifeView } from "../../bridge/life-view";
import type { ConnectionView } from "../../bridge/view";
import type { Deps } from "./deps";
import { effectUntil } from "./lifetime";
import { createWatch } from "./watch";

/** One connection of the page, and its life. */
export type ConnectionLife = {
  readonly connections: ReadonlySignal<readonly ConnectionView[]>;
  /** The chosen one or, where it is not there, the first that is not closed; null: there is none. */
  readonly connection: ReadonlySignal<ConnectionView | null>;
  readonly choose: (connection: number) => void;
  /** The connection that was chosen and is not there any more; null: what is shown is what was chosen. */
  readonly missing: ReadonlySignal<number | null>;
  /** Null until it has come. */
  readonly view: ReadonlySignal<ConnectionLifeView | null>;
  /** The heartbeat that is pointed at, by its event; null: the newest. */
  readonly beat: ReadonlySignal<number | null>;
  readonly pointAt: (seq: number | null) => void;
};

export function createConnectionLife(
  { link, overview, lifetime }: Pick<Deps, "link" | "overview" | "lifetime">,
  isShown: ReadonlySignal<boolean>,
): ConnectionLife {
  const watch = createWatch(link, "connection", lifetime);
  /** Connections have other meanings in another session. */
  const chosen = signal<{ readonly session: string; readonly connection: number } | null>(null);
  const beat = signal<number | null>(null);
  const session = computed(() => overview.value?.session.id ?? "");
  const connections = computed(() => overview.value?.connections ?? []);

  const wanted = computed(() => (chosen.value?.session === session.value ? chosen.value.connection : null));
  const connection = computed(() => {
    const all = connections.value;
    return (
      all.find(({ id }) => id === wanted.value) ??
      all.find(({ status }) => status !== "closed") ??
      all[0] ??
      null
    );
  });

  // What was chosen by itself stays chosen, whatever becomes of it and of the others.
  effectUntil(lifetime, () => {
    const id = connection.value?.id;
    if (id !== undefined && chosen.peek()?.session !== session.value) {
      chosen.value = { session: session.value, connection: id };
    }
  });

  effectUntil(lifetime, () => {
    const id = connection.value?.id;
    if (!isShown.value) watch.rest();
    else watch.ask(id === undefined ? null : { kind: "connection", connection: id });
  });

  // Events have other numbers in another session, and a beat is one connection's.
  let shown = "";
  effectUntil(lifetime, () => {
    const now = JSON.stringify([session.value, connection.value?.id]);
    if (now !== shown) beat.value = null;
    shown = now;
  });

  return {
    ...{ connections, connection, beat },
    choose(id) {
      chosen.value = { session: session.peek(), connection: id };
    },
    missing: computed(() => (connection.value?.id === wanted.value ? null : wanted.value)),
    view: computed(() => {
      const view = watch.view.value;
      return view !== null && view.id === connection.value?.id ? view : null;
    }),
    pointAt: (seq) => {
      beat.value = seq;
    },
  };
}
