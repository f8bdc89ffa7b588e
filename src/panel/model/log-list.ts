import { batch, computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import type {
  ChangeLine,
  CommandLine,
  LogKind,
  LogQuery,
  LogView,
  PushEventLine,
} from "../../bridge/stores-view";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { askedRows, FIRST_ROWS, type RowRange } from "./row-window";
import type { Selection } from "./store-key";
import { createWatch } from "./watch";

export type StoreSelection = Extract<Selection, { readonly kind: "store" }>;
export type LogLineOf<Kind extends LogKind> = Lines[Kind];

type Lines = {
  readonly commands: CommandLine;
  readonly events: PushEventLine;
  readonly changes: ChangeLine;
};
type LogViewOf<Kind extends LogKind> = Pick<LogView, "from" | "total" | "forgotten" | "fault"> & {
  readonly lines: readonly LogLineOf<Kind>[];
};

/** What happened to the chosen store, newest first, of which only a window is here. */
export type LogList<Kind extends LogKind> = {
  /** Null until the first window of this store has come. */
  readonly window: ReadonlySignal<LogViewOf<Kind> | null>;
  /** How many rows are listed: while a person looks at earlier ones, those that come are not among them. */
  readonly total: ReadonlySignal<number>;
  /** How many have come since. */
  readonly newer: ReadonlySignal<number>;
  /** Lists them too, and goes to the top. */
  readonly showNewest: () => void;
  /** How often it has gone to the top so. */
  readonly returns: ReadonlySignal<number>;
  /** Tells which rows are seen. */
  readonly see: (seen: RowRange) => void;
  /** The line of a row; undefined: it has not come yet. */
  readonly lineAt: (row: number) => LogLineOf<Kind> | undefined;
  /** The chosen row; null: none. */
  readonly row: ReadonlySignal<number | null>;
  readonly choose: (row: number | null) => void;
  /** The chosen line with all that it holds; null until it has come. */
  readonly chosen: ReadonlySignal<LogLineOf<Kind> | null>;
};

/** The log of a store, and what it is asked for besides: another `session` has another log under the same names. */
export type LogSource = {
  readonly store: ReadonlySignal<StoreSelection | null>;
  /** Whenever it differs, the list begins anew. */
  readonly session: ReadonlySignal<string>;
  readonly isShown: ReadonlySignal<boolean>;
};

/** A list that asks for its window while it is shown. */
export function createLogList<Kind extends LogKind>(
  link: Link,
  what: Kind,
  { store, session, isShown }: LogSource,
  lifetime: AbortSignal,
): LogList<Kind> {
  const rows = createWatch(link, "log", lifetime);
  const detail = createWatch(link, "log", lifetime);
  const seen = signal(FIRST_ROWS);
  /** How many were listed when a person went to earlier ones; null: all are. */
  const held = signal<number | null>(null);
  /** Lines are numbered from the oldest on, so that later ones leave the number alone. */
  const place = signal<number | null>(null);
  const window = computed(() => viewOf(what, rows.view.value));
  const found = computed(() => window.value?.total ?? 0);
  /** The number of the newest that is listed, and one more. */
  const end = computed(() => Math.min(held.value ?? found.value, found.value));
  const total = computed(() => Math.max(0, end.value - (window.value?.forgotten ?? 0)));
  const row = computed(() => {
    const at = place.value;
    const chosen = at === null ? -1 : end.value - 1 - at;
    return chosen >= 0 && chosen < total.value ? chosen : null;
  });
  const returns = signal(0);
  let listed = "";

  // Another store, or another session, has another log: the old one's window must not stand under its name.
  effectUntil(lifetime, () => {
    const now = JSON.stringify([session.value, store.value]);
    if (now === listed) return;
    listed = now;
    untracked(() => {
      held.value = null;
      place.value = null;
      seen.value = FIRST_ROWS;
      rows.ask(null);
      detail.ask(null);
    });
  });

  effectUntil(lifetime, () => {
    const chosen = store.value;
    // Asked anew for another session.
    void session.value;
    if (chosen === null || !isShown.value) return rows.rest();
    rows.ask(queryFor(what, chosen, placesOf(askedRows(seen.value), held.value)));
  });

  effectUntil(lifetime, () => {
    const [chosen, at] = [store.value, place.value];
    if (chosen === null || at === null) detail.ask(null);
    else if (!isShown.value) detail.rest();
    else detail.ask({ ...queryFor(what, chosen, { from: at, count: 1 }), whole: true });
  });

  return {
    ...{ window, total, row, returns },
    newer: computed(() => found.value - end.value),
    showNewest() {
      batch(() => {
        held.value = null;
        place.value = null;
        seen.value = { ...seen.peek(), first: 0 };
        returns.value++;
      });
    },
    see(range) {
      const { first, count } = seen.peek();
      if (range.first === first && range.count === count) return;
      batch(() => {
        seen.value = range;
        if (range.first > 0) held.value ??= found.peek();
        else if (place.peek() === null) held.value = null;
      });
    },
    lineAt: (at) => {
      const view = window.value;
      return view?.lines[end.value - 1 - at - view.from];
    },
    choose(next) {
      batch(() => {
        // Who looks at one line does not want it to move away.
        if (next !== null) held.value ??= found.peek();
        else if (seen.peek().first === 0) held.value = null;
        place.value = next === null ? null : end.peek() - 1 - next;
      });
    },
    chosen: computed(() => {
      const view = viewOf(what, detail.view.value);
      return view === null || view.from !== place.value ? null : (view.lines[0] ?? null);
    }),
  };
}

function queryFor(
  what: LogKind,
  { root, store_id }: StoreSelection,
  window: Pick<LogQuery, "from" | "count">,
): LogQuery {
  return { kind: "log", what, root, store_id, whole: false, ...window };
}

/** Rows count from the newest line, places from the oldest. */
function placesOf({ first, count }: RowRange, held: number | null): Pick<LogQuery, "from" | "count"> {
  if (held === null) return { from: "end", count };
  const end = Math.max(0, held - first);
  const from = Math.max(0, end - count);
  return { from, count: end - from };
}

function viewOf<Kind extends LogKind>(what: Kind, view: LogView | null): LogViewOf<Kind> | null {
  return view !== null && isOf(what, view) ? view : null;
}

function isOf<Kind extends LogKind>(what: Kind, view: LogView): view is LogView & LogViewOf<Kind> {
  return view.what === what;
}
