import type { Json } from "../../wire/json";
import { formatPointer, parsePointer } from "../../wire/json-pointer";
import type { ChangeOp } from "../content/change";
import { countPassing } from "../content/count-passing";
import { type Cursor, createCursor } from "../content/cursor";
import type { Content } from "../content/draft";
import { storeKey } from "../content/store-tree";
import type { StoreId } from "../inspection";
import { type Causes, type Writing, writingOf } from "./cause";
import { diffOwnValues, MAX_DIFFERENCES } from "./difference";
import type { StoreMemo } from "./field-change";
import { isTouched, type SlotGroup, sortChanges } from "./revision-touch";
import { hasEffect, type SlotChange, type SlotKind } from "./slot-change";
import type { StoreActivity } from "./store-activity";
import { cutInside, findStoreNode } from "./store-node";

/** What a revision did to one store. */
export type StoreChange = Writing & {
  /** In an order in which they can be taken. */
  readonly steps: readonly StoreStep[];
  /** Whether there are more steps than these. */
  readonly more: boolean;
};

export type StoreStep = SlotStep | MountStep;

/** A step inside one slot of the store, as the wire takes it (RFC 6902). */
type SlotStep = {
  readonly what: SlotKind;
  readonly name: string;
  /** The pointer from the field, stream, upload or assign to the place in it; empty for the whole. */
  readonly path: string;
  readonly op: ChangeOp;
  /** What stood there before; undefined where nothing did. Stores inside are cut down to their ids. */
  readonly before: Json | undefined;
  readonly after: Json | undefined;
};

/** The store came, or went, with this value of its own. */
type MountStep =
  | { readonly what: "mounted"; readonly value: Json }
  | { readonly what: "unmounted"; readonly value: Json };

/** The changes of a store, oldest first. */
export type StoreChanges = {
  readonly changes: readonly StoreChange[];
  /** How many there are in the range. */
  readonly total: number;
  /** The place of the first of these among them. */
  readonly from: number;
};

/** Which of the changes in a range are wanted, counted from 0, the oldest; `"end"`: the last ones. */
type ChangeWindow = { readonly from: number | "end"; readonly count: number };

/** After place `from`, up to and with place `to`: `{ from: history.countAt(a), to: history.countAt(b) }` for events. */
type PlaceRange = { readonly from: number; readonly to: number };

/** How many changes of a store are given at once. */
export const MAX_STORE_CHANGES = 1000;

const NEWEST: ChangeWindow = { from: "end", count: MAX_STORE_CHANGES };

/**
 * The changes of one store in a range of its root's history, or a window of them. A store is its id:
 * where others moved around it, it has not changed (wire.md 6). `"truncated"` where the range begins in what has been
 * let go.
 */
export function storeChanges(
  activity: StoreActivity,
  store_id: StoreId,
  range: PlaceRange,
  causes: Causes,
  window: ChangeWindow = NEWEST,
): StoreChanges | "truncated" {
  activity.extend();
  const { history } = activity;
  if (range.from < history.forgotten()) return "truncated";
  const key = storeKey(store_id);
  const places = activity.placesOf(key);
  const first = countPassing(places.length, (at) => (places[at] ?? 0) <= range.from);
  const end = countPassing(places.length, (at) => (places[at] ?? 0) <= range.to);
  const total = Math.max(end - first, 0);
  const count = Math.min(window.count, MAX_STORE_CHANGES);
  const from = window.from === "end" ? Math.max(total - count, 0) : Math.min(window.from, total);
  const reader = createReader(activity, key);
  const changes = places
    .slice(first + from, Math.min(first + from + count, first + total))
    .map((place) => reader(place, causes));
  return { changes, total, from };
}

/** Reads what revisions did to a store, one place after another. */
function createReader(activity: StoreActivity, key: string): (place: number, causes: Causes) => StoreChange {
  const { history } = activity;
  const cursor = createCursor(history);
  const memo: StoreMemo = new WeakMap();
  let settled: { readonly place: number; readonly state: Json } | null = null;

  function stateOf(place: number): Json {
    if (settled?.place !== place) settled = { place, state: contentAt(cursor, place).state };
    return settled.state;
  }

  return (place, causes) => {
    const revision = history.revisionTo(place);
    if (revision === undefined) throw new Error(`The history has no revision ${place}.`);
    const isStructural = activity.isStructural(place);
    const state = isStructural ? null : stateOf(activity.settledBefore(place - 1));
    const around = () => ({ before: contentAt(cursor, place - 1), after: contentAt(cursor, place) });
    const { slots } = sortChanges(revision.changes, state, memo, isStructural);
    const steps: StoreStep[] = isStructural ? nodeSteps(around(), key) : [];
    for (const group of slots) {
      if (group[0].store === key && isTouched(group, around)) steps.push(...slotSteps(group));
    }
    const [shown, more] = [steps.slice(0, MAX_DIFFERENCES), steps.length > MAX_DIFFERENCES];
    return { ...writingOf(revision, causes), steps: shown, more };
  };
}

function contentAt(cursor: Cursor, place: number): Content {
  const content = cursor.moveTo(place);
  if (content === "truncated") throw new Error(`Place ${place} is not in the history any more.`);
  return content;
}

function slotSteps(group: SlotGroup): readonly SlotStep[] {
  return group.filter(hasEffect).map(({ what, name, rest, op, left, entered }: SlotChange) => {
    return { what, name, path: formatPointer(rest), op, before: left, after: entered };
  });
}

/** What became of the store's node, wherever it stands. One more than are shown, where there are more. */
function nodeSteps(
  { before, after }: { readonly before: Content; readonly after: Content },
  key: string,
): StoreStep[] {
  const [left, entered] = [findStoreNode(before.state, key)?.node, findStoreNode(after.state, key)?.node];
  if (left === undefined)
    return entered === undefined ? [] : [{ what: "mounted", value: cutInside(entered) }];
  if (entered === undefined) return [{ what: "unmounted", value: cutInside(left) }];
  const { differences } = diffOwnValues(left, entered, MAX_DIFFERENCES + 1);
  return differences.map(({ path, op, before, after }) => {
    const pointer = parsePointer(path);
    const [name = "", ...rest] = pointer.ok ? pointer.value : [];
    return { what: "field", name, path: formatPointer(rest), op, before, after };
  });
}
