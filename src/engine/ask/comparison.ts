import type { Json } from "../../wire/json";
import type { Content } from "../content/draft";
import { storeIdOf, storeKey } from "../content/store-tree";
import type { StoreId } from "../inspection";
import type { LiveRoot } from "../live";
import { diffAttached } from "./diff";
import { type Difference, diffOwnValues, diffValues, MAX_DIFFERENCES } from "./difference";
import { contentAt } from "./place";
import { cutInside, cutStores, readStoreKey } from "./store-node";
import { countStores, storesBetween } from "./stores-between";
import type { ItemDifference } from "./stream-difference";

/** What leads from one content of a root to another, told by its stores: where others moved around one means nothing. */
export type Comparison = {
  /**
   * Those that were there before, outer ones first, in document order; then those that came; then those of which only
   * streams, uploads or assigns differ. What differs outside all stores leads.
   */
  readonly stores: readonly StoreComparison[];
  /** Whether there is more than this. */
  readonly more: boolean;
};

export type StoreComparison = {
  /** Null: outside all stores. */
  readonly store_id: StoreId | null;
  readonly differences: readonly ComparedValue[];
};

export type ComparedValue = {
  /** `store`: all of it came or went. */
  readonly what: "store" | "field" | "stream" | "upload" | "assign";
  /** Of the stream or upload; empty for the others. */
  readonly name: string;
  /** Of an item of a stream; null in the others. */
  readonly item_key: string | null;
  /** From the store, the item, the upload or the store's assigns. */
  readonly path: string;
  /** `move`: an item of a stream stands elsewhere; its values are the indexes. */
  readonly op: "add" | "remove" | "replace" | "move";
  /** Null: nothing stood there. */
  readonly before: ShownValue | null;
  readonly after: ShownValue | null;
};

/** A value as indented JSON, cut after `MAX_SHOWN_CHARS`; `length` is that of the whole. */
export type ShownValue = { readonly text: string; readonly length: number };

export const MAX_SHOWN_CHARS = 20_000;
/** How much text all the values of a comparison have. */
export const MAX_COMPARED_CHARS = 1_000_000;

/** Compares what a root held after one event with what it held after another, whichever is later. */
export function compareRoot(
  root: Pick<LiveRoot, "history">,
  from: number,
  to: number,
): Comparison | "truncated" {
  const before = contentAt(root, from);
  const after = contentAt(root, to);
  return before === "truncated" || after === "truncated" ? "truncated" : compareContents(before, after);
}

/** Compares two contents; at most `MAX_DIFFERENCES` of each area, and `MAX_COMPARED_CHARS` of values. */
export function compareContents(before: Content, after: Content): Comparison {
  const found = createFound();
  compareStates(before.state, after.state, found);
  const { streams, uploads, assigns, more } = diffAttached(before, after);
  for (const { store_id, name, items } of streams) {
    for (const item of items) {
      const { steps, more } = stepsOfItem(item);
      for (const step of steps) found.add(store_id, { what: "stream", name, ...step });
      if (more) found.cut();
    }
  }
  for (const { store_id, name, before, after, differences } of uploads) {
    for (const step of stepsOf(before, after, differences)) {
      found.add(store_id, { ...OWN, what: "upload", name, ...step });
    }
  }
  // Beside the assigns stands what the server calls the store.
  for (const { store_id, before, after, differences } of assigns.filter(({ name }) => name === "assigns")) {
    for (const step of stepsOf(before, after, differences)) {
      found.add(store_id, { ...OWN, what: "assign", ...step });
    }
  }
  return found.all(more);
}

type Step = Omit<ComparedValue, "before" | "after"> & Pick<Difference, "before" | "after">;

type Found = {
  readonly add: (store_id: StoreId | null, step: Step) => void;
  /** There was more, which is not added. */
  readonly cut: () => void;
  readonly all: (more: boolean) => Comparison;
};

function createFound(): Found {
  const stores = new Map<string, { store_id: StoreId | null; differences: ComparedValue[] }>();
  let chars = 0;
  let isCut = false;

  return {
    add(store_id, { before, after, ...step }) {
      if (chars > MAX_COMPARED_CHARS) {
        isCut = true;
        return;
      }
      const key = store_id === null ? "" : storeKey(store_id);
      const store = stores.get(key) ?? { store_id, differences: [] };
      stores.set(key, store);
      const value = { ...step, before: showValue(before), after: showValue(after) };
      chars += (value.before?.text.length ?? 0) + (value.after?.text.length ?? 0);
      store.differences.push(value);
    },
    cut() {
      isCut = true;
    },
    all: (more) => ({ stores: [...stores.values()], more: more || isCut }),
  };
}

const OWN = { name: "", item_key: null, path: "" } as const;

function compareStates(before: Json, after: Json, found: Found): void {
  let room = MAX_DIFFERENCES;
  const addAll = (store_id: StoreId | null, differences: readonly Difference[], more: boolean): void => {
    for (const difference of differences) found.add(store_id, { ...OWN, what: "field", ...difference });
    room -= differences.length;
    if (more) found.cut();
  };

  if (!isStore(before) || !isStore(after)) {
    const outside = diffValues(cutStores(before), cutStores(after), room);
    addAll(null, outside.differences, outside.more);
  }
  for (const pair of storesBetween(before, after, countStores(before))) {
    if (room <= 0) {
      found.cut();
      return;
    }
    const store_id = readStoreKey(pair.store);
    if (pair.before !== null && pair.after !== null) {
      const own = diffOwnValues(pair.before, pair.after, room);
      addAll(store_id, own.differences, own.more);
      continue;
    }
    const [left, entered] = [pair.before, pair.after].map((node) =>
      node === null ? undefined : cutInside(node),
    );
    const op = left === undefined ? "add" : "remove";
    found.add(store_id, { ...OWN, what: "store", op, before: left, after: entered });
    room--;
  }
}

/** A root without a state holds nothing outside its stores. */
function isStore(state: Json): boolean {
  return state === null || storeIdOf(state) !== undefined;
}

/** An item that changed differs in some of what is in it; any other as a whole. */
function stepsOfItem(item: ItemDifference): ItemSteps {
  const { item_key } = item;
  const whole = (step: Pick<Step, "op" | "before" | "after">): ItemSteps => {
    return { steps: [{ item_key, path: "", ...step }], more: false };
  };
  switch (item.kind) {
    case "added":
      return whole({ op: "add", before: undefined, after: item.after });
    case "removed":
      return whole({ op: "remove", before: item.before, after: undefined });
    case "moved":
      return whole({ op: "move", before: item.from, after: item.to });
    case "changed": {
      const { differences, more } = diffValues(item.before, item.after);
      return { steps: differences.map((step) => ({ item_key, ...step })), more };
    }
  }
}

type ItemSteps = { readonly steps: readonly Omit<Step, "what" | "name">[]; readonly more: boolean };

/** The differences of two values, or all of the one that there is. */
function stepsOf(
  before: Json | undefined,
  after: Json | undefined,
  differences: readonly Difference[],
): readonly Difference[] {
  if (before !== undefined && after !== undefined) return differences;
  return [{ path: "", op: before === undefined ? "add" : "remove", before, after }];
}

function showValue(value: Json | undefined): ShownValue | null {
  if (value === undefined) return null;
  const text = JSON.stringify(value, null, 2);
  return { text: text.slice(0, MAX_SHOWN_CHARS), length: text.length };
}
