import type { Json } from "../../wire/json";
import { formatPointer, parsePointer } from "../../wire/json-pointer";
import type { Change } from "../content/change";
import { countPassing } from "../content/count-passing";
import type { Content } from "../content/draft";
import { storeKey } from "../content/store-tree";
import { type Causes, type Writing, writingOf } from "./cause";
import { isEqual } from "./equal";
import { mayMoveStore, mayWriteField, wayBefore } from "./field-way";
import { createHeldContent } from "./held-content";
import { isOneWay, walk } from "./slot-change";
import type { StoreActivity } from "./store-activity";
import { findStoreNode } from "./store-node";
import { mayWriteSlot, type ValueTarget, valueInSlot, valueInStore } from "./value-target";

/** A value and the revision that wrote it; undefined where that one took it away. */
export type WrittenValue = Writing & { readonly value: Json | undefined };

/** Values, newest first. */
export type ValueHistory = {
  readonly values: readonly WrittenValue[];
  /** What is before the last of them: nothing, more values that were not looked for, or history that was let go. */
  readonly end: "beginning" | "more" | "truncated";
};

/** How many values are looked for. */
export const MAX_VALUES = 1000;

/**
 * A value after event `seq` and all that it was before, each with the revision that wrote it: the one after which it
 * differed. A store is followed by its id, an element of a list through what comes and goes before it, until it came
 * itself; where the store itself moved, elements are told by their index. `"truncated"` where `seq` has been let go.
 */
export function valueHistory(
  activity: StoreActivity,
  seq: number,
  target: ValueTarget,
  causes: Causes,
  most: number = MAX_VALUES,
): ValueHistory | "truncated" {
  activity.extend();
  const { history } = activity;
  if (seq < history.forgottenSeq()) return "truncated";
  const pointer = parsePointer(target.path);
  if (!pointer.ok) return { values: [], end: "beginning" };
  const trace = createTrace(activity, target);
  const end = history.countAt(seq);
  const places = activity.placesOf(storeKey(target.store_id));
  const values: WrittenValue[] = [];
  let way = pointer.value;
  let value = trace.valueAt(end, way);
  for (let at = countPassing(places.length, (nth) => (places[nth] ?? 0) <= end) - 1; at >= 0; at--) {
    const place = places[at] ?? 0;
    const head = history.headTo(place);
    if (head === undefined) break;
    const before = trace.before(place, history.changesTo(place), way);
    if (before === "untouched") continue;
    const left = before === null ? undefined : trace.valueAt(place - 1, before);
    if (!isEqual(left, value)) {
      if (values.length === most) return { values, end: "more" };
      values.push({ ...writingOf(head, causes), value });
    }
    if (before === null) return { values, end: "beginning" };
    [way, value] = [before, left];
  }
  return { values, end: history.forgotten() > 0 ? "truncated" : "beginning" };
}

/**
 * The revision that last wrote a value, as it was after event `seq`. Null where it has not been there so far;
 * `"truncated"` where that revision, or `seq`, has been let go.
 */
export function blame(
  activity: StoreActivity,
  seq: number,
  target: ValueTarget,
  causes: Causes,
): WrittenValue | null | "truncated" {
  const found = valueHistory(activity, seq, target, causes, 1);
  if (found === "truncated") return found;
  return found.values[0] ?? (found.end === "truncated" ? "truncated" : null);
}

/** A revision that may have put a value where it stands, or moved it there. */
export type Touch = {
  readonly seq: number;
  /** The place in the history that it led to. */
  readonly place: number;
  /** The way to the value right after it: in the root's state, in the item of a stream or in an assign. */
  readonly way: readonly string[];
};

/**
 * The touches of the value that stands at a target after event `seq`, newest first, back to the one that it came with.
 * One that left it equal is a touch as well: equal numbers may have been written differently. Looks at `most` revisions.
 */
export function* touchesOf(
  activity: StoreActivity,
  seq: number,
  target: ValueTarget,
  most: number,
): Generator<Touch> {
  activity.extend();
  const { history } = activity;
  const pointer = parsePointer(target.path);
  if (!pointer.ok || seq < history.forgottenSeq()) return;
  const trace = createTrace(activity, target);
  let way: readonly string[] | null = pointer.value;
  const newest = history.countAt(seq);
  const oldest = Math.max(history.forgotten(), newest - most);
  for (let place = newest; place > oldest && way !== null; place--) {
    const head = history.headTo(place);
    if (head === undefined) return;
    const before = trace.before(place, history.changesTo(place), way);
    if (before === "untouched") continue;
    yield { seq: head.seq, place, way: trace.wayAt(place, way) };
    way = before;
  }
}

type Trace = {
  readonly valueAt: (place: number, way: readonly string[]) => Json | undefined;
  /** The way to the value after the revision that led to `place`, from where its area or item begins. */
  readonly wayAt: (place: number, way: readonly string[]) => readonly string[];
  /** The way before the revision that led to `place`; null where the value came with it. */
  readonly before: (
    place: number,
    changes: readonly Change[],
    way: readonly string[],
  ) => readonly string[] | null | "untouched";
};

function createTrace(activity: StoreActivity, target: ValueTarget): Trace {
  const contentAt = createHeldContent(activity.history);
  const store = storeKey(target.store_id);
  const nodeAt = createNodeFinder(activity, store, contentAt);
  const pointerTo = createPointerMemo();

  function fieldBefore(place: number, changes: readonly Change[], way: readonly string[]) {
    const after = nodeAt(place);
    if (!activity.isStructural(place)) {
      const isTouched =
        after !== null && changes.some((change) => mayWriteField(change, pointerTo(after, way)));
      return isTouched ? wayBefore(changes, contentAt(place), after, way) : "untouched";
    }
    const node = nodeAt(place - 1);
    const isFollowed =
      after !== null &&
      node?.length === after.length &&
      isOneWay(node, after) &&
      !changes.some((change) => mayMoveStore(change, after));
    return isFollowed ? wayBefore(changes, contentAt(place), after, way) : way;
  }

  if (target.what === "field") {
    return {
      valueAt(place, way) {
        const node = nodeAt(place);
        return node === null ? undefined : valueInStore(walk(contentAt(place).state, node), way);
      },
      wayAt: (place, way) => [...(nodeAt(place) ?? []), ...way],
      before: fieldBefore,
    };
  }
  return {
    valueAt: (place, way) => valueInSlot(contentAt(place), store, target, way),
    wayAt: (_, way) => way,
    before: (_, changes, way) =>
      changes.some((change) => mayWriteSlot(change, store, target)) ? way : "untouched",
  };
}

/** The pointer to a field of a store's node: mostly it is the same one again. */
function createPointerMemo(): (node: readonly string[], way: readonly string[]) => string {
  let last: { readonly node: unknown; readonly way: unknown; readonly pointer: string } | null = null;
  return (node, way) => {
    if (last?.node !== node || last.way !== way)
      last = { node, way, pointer: formatPointer([...node, ...way]) };
    return last.pointer;
  };
}

/** Finds the way to a store's node; null where it is not there. */
function createNodeFinder(activity: StoreActivity, store: string, contentAt: (place: number) => Content) {
  let located: { readonly settled: number; readonly node: readonly string[] | null } | null = null;
  return (place: number): readonly string[] | null => {
    // It stays the same until stores come, go or move.
    const settled = activity.settledBefore(place);
    if (located?.settled !== settled) {
      located = { settled, node: findStoreNode(contentAt(settled).state, store)?.tokens ?? null };
    }
    return located.node;
  };
}
