import { type ReadonlySignal, signal } from "@preact/signals";
import type { Query, View } from "../../bridge/view";
import type { Link } from "./link";

export type Kind = Query["kind"];
export type QueryOf<K extends Kind> = Extract<Query, { kind: K }>;
export type ViewOf<K extends Kind> = Extract<View, { kind: K }>;

/** One query at a time and the newest view that answers it. */
export type Watch<K extends Kind> = {
  /** Null until the first view. After `ask` it is the old query's view until the new one's comes. */
  readonly view: ReadonlySignal<ViewOf<K> | null>;
  /** Asks something else; null asks nothing and forgets the view. The same query again changes nothing. */
  readonly ask: (query: QueryOf<K> | null) => void;
  /** Asks nothing for now and keeps the view, until the next `ask`. */
  readonly rest: () => void;
};

export function createWatch<K extends Kind>(link: Link, kind: K, lifetime: AbortSignal): Watch<K> {
  const view = signal<ViewOf<K> | null>(null);
  let asked = "";
  let stop: (() => void) | null = null;

  function ask(query: QueryOf<K> | null): void {
    const key = query === null ? "" : JSON.stringify(query);
    if (query !== null && (key === asked || lifetime.aborted)) return;
    rest();
    if (query === null) {
      view.value = null;
      return;
    }
    asked = key;
    stop = link.watch(query, (next) => {
      if (isOf(kind, next)) view.value = next;
    });
  }

  function rest(): void {
    asked = "";
    stop?.();
    stop = null;
  }

  lifetime.addEventListener("abort", rest, { once: true });
  return { view, ask, rest };
}

function isOf<K extends Kind>(kind: K, view: View): view is ViewOf<K> {
  return view.kind === kind;
}
