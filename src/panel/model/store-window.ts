import { batch, computed, type ReadonlySignal, signal, untracked } from "@preact/signals";
import { MAX_FOLDS, type StoresQuery, type StoresView } from "../../bridge/stores-view";
import type { ConnectionView } from "../../bridge/view";
import { createFaces } from "./faces";
import { effectUntil } from "./lifetime";
import type { Link } from "./link";
import { askedRows, type RowRange, rowAt } from "./row-window";
import { createSeenRows } from "./seen-rows";
import { type StoreItem, selectionOf, storeItem } from "./store-item";
import { keyOf, type Selection } from "./store-key";
import { type TreeLines, typeAhead } from "./tree-item";
import { createWatch } from "./watch";

/** The lines of the tree of stores, of which only a window is here. */
export type StoreWindow = {
  /** Before the first window has come, as many lines as there are at least, none of them at hand. */
  readonly lines: ReadonlySignal<TreeLines<StoreItem>>;
  /** The line that has the keyboard: the chosen one, or the one that is moved to; null where it is folded away. */
  readonly active: ReadonlySignal<number | null>;
  /** The line that is to be in view, where one is. */
  readonly scrollTo: ReadonlySignal<number | null>;
  /** Tells which lines are seen. */
  readonly see: (seen: RowRange) => void;
  /** Chooses what stands in a line, once it is at hand. */
  readonly moveTo: (line: number) => void;
  /** Moves on to the next line whose label begins as was typed. */
  readonly find: (typed: string) => void;
  /** Unfolds what is around a line, and brings it into view. */
  readonly reveal: (selection: Selection) => void;
  readonly toggle: (key: string, open: boolean) => void;
};

type StoreWindowTerms = {
  readonly connections: ReadonlySignal<readonly ConnectionView[]>;
  readonly selection: ReadonlySignal<Selection | null>;
  readonly select: (selection: Selection) => void;
  readonly isShown: ReadonlySignal<boolean>;
};

/** Something of which only the host knows the line. */
type Sought = Pick<StoresQuery, "reveal" | "find">;

/** Lines that are drawn while none has come, at the most. */
const MAX_BLANK = 12;

export function createStoreWindow(
  link: Link,
  { connections, selection, select, isShown }: StoreWindowTerms,
  lifetime: AbortSignal,
): StoreWindow {
  const watch = createWatch(link, "stores", lifetime);
  const seeker = createWatch(link, "stores", lifetime);
  const folds = signal<StoresQuery["folds"]>([]);
  const { seen, see } = createSeenRows();
  const sought = signal<Sought | null>(null);
  /** The line that is moved to, and is not at hand yet. */
  const target = signal<number | null>(null);
  const scrollTo = signal<number | null>(null);
  /** Where the chosen one stood in the newest window. */
  const told = signal<{ readonly key: string; readonly line: number | null } | null>(null);
  /** The chosen one is brought into view with the next window: only that one has all its lines. */
  let isFollowed = false;
  const chosenKey = computed(() => (selection.value === null ? null : keyOf(selection.value)));

  effectUntil(lifetime, () => {
    const { first, count } = askedRows(seen.value);
    const query = { ...NOTHING_SOUGHT, folds: folds.value, chosen: chosenKey.value };
    if (isShown.value) watch.ask({ ...query, from: first, count });
    else watch.rest();
  });

  effectUntil(lifetime, () => {
    const wanted = isShown.value ? sought.value : null;
    // It forgets its last view, so that the next one is what answers.
    seeker.ask(null);
    if (wanted === null) return;
    untracked(() =>
      seeker.ask({ kind: "stores", folds: folds.value, chosen: null, from: 0, count: 0, ...wanted }),
    );
  });

  effectUntil(lifetime, () => {
    const answer = seeker.view.value;
    if (answer !== null) untracked(() => batch(() => arrive(answer)));
  });

  effectUntil(lifetime, () => {
    const view = watch.view.value;
    if (view !== null) untracked(() => batch(() => settle(view)));
  });

  function arrive({ revealed, around }: StoresView): void {
    const wasFound = sought.value?.find !== null;
    sought.value = null;
    if (revealed === null) return;
    if (wasFound) moveTo(revealed);
    else if (unfold(around) || watch.view.value === null) isFollowed = true;
    else scrollTo.value = revealed;
  }

  /** What waited for a window is done with this one. */
  function settle(view: StoresView): void {
    const key = chosenKey.value;
    told.value = key === null ? null : { key, line: view.chosen };
    const line = target.value;
    const row = line === null ? undefined : rowAt(view, line);
    if (row !== undefined) select(selectionOf(row));
    if (row !== undefined || (line ?? 0) >= view.total) target.value = null;
    if (!isFollowed || view.chosen === null) return;
    isFollowed = false;
    scrollTo.value = view.chosen;
  }

  /** Returns whether that changes anything. */
  function unfold(keys: readonly string[]): boolean {
    const open = new Set(folds.value.filter((fold) => fold.open).map(({ key }) => key));
    const added = keys.filter((key) => !open.has(key));
    for (const key of added) fold(key, true);
    return added.length > 0;
  }

  function fold(key: string, open: boolean): void {
    const others = folds.value.filter((one) => one.key !== key);
    folds.value = [...others, { key, open }].slice(-MAX_FOLDS);
  }

  function moveTo(line: number): void {
    isFollowed = false;
    scrollTo.value = line;
    const row = rowAt(watch.view.value, line);
    target.value = row === undefined ? line : null;
    if (row !== undefined) select(selectionOf(row));
  }

  const lines = computed((): TreeLines<StoreItem> => {
    const view = watch.view.value;
    const faces = createFaces(connections.value);
    if (view === null) return blank(connections.value);
    return {
      total: view.total,
      itemAt(line) {
        const row = rowAt(view, line);
        return row === undefined ? undefined : storeItem(row, faces);
      },
      parentOf: (line) => {
        const parent = rowAt(view, line)?.parent ?? line;
        return parent < 0 ? line : parent;
      },
    };
  });

  const active = computed(() => {
    if (target.value !== null) return target.value;
    const view = watch.view.value;
    const key = chosenKey.value;
    const row = view?.rows.findIndex((one) => one.key === key) ?? -1;
    if (view !== null && row >= 0) return view.from + row;
    return told.value?.key === key ? (told.value?.line ?? null) : null;
  });

  return {
    ...{ lines, active, scrollTo, moveTo, toggle: fold },
    see,
    find(typed) {
      const { total } = lines.value;
      if (total === 0) return;
      const { text, staysOnLine } = typeAhead(typed);
      const after = (active.value ?? -1) - (staysOnLine ? 1 : 0);
      sought.value = { reveal: null, find: { text, after: after < 0 ? total - 1 : after } };
    },
    reveal: (next) => {
      target.value = null;
      sought.value = { reveal: keyOf(next), find: null };
    },
  };
}

const NOTHING_SOUGHT = { kind: "stores", reveal: null, find: null } as const;

function blank(connections: readonly ConnectionView[]): TreeLines<StoreItem> {
  const lines = connections.reduce((sum, { roots }) => sum + 1 + roots.length, 0);
  return { total: Math.min(MAX_BLANK, lines), itemAt: () => undefined, parentOf: (line) => line };
}
