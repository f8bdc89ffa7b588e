import { fieldIn, type Json } from "../../wire/json";
import { createCursor } from "../content/cursor";
import type { Content } from "../content/draft";
import type { History } from "../content/history";
import type { StoreId } from "../inspection";
import type { LiveRoot } from "../live";
import { type Difference, type Differences, diffValues, MAX_DIFFERENCES } from "./difference";
import { contentAt, placeOfVersion, type RootVersion } from "./place";
import { readStoreKey } from "./store-node";
import { differingSlots, diffItems, type ItemDifference } from "./stream-difference";

/** What leads from one content of a root to another. */
export type ContentDiff = {
  /** Over the whole wire tree: the pointers are those of the wire. */
  readonly state: Differences;
  readonly streams: readonly StreamDiff[];
  /** By upload: `{config, entries: [{ref, entry}], errors}`. */
  readonly uploads: readonly SlotDiff[];
  /** By store: under the name `assigns` what the server showed of them, under `module` what it called the store. */
  readonly assigns: readonly SlotDiff[];
  /** Whether any of it has more than is given. */
  readonly more: boolean;
};

type StreamDiff = {
  readonly store_id: StoreId;
  readonly name: string;
  readonly items: readonly ItemDifference[];
};

/** Undefined stands for a slot that is not there. */
type SlotDiff = {
  readonly store_id: StoreId;
  readonly name: string;
  readonly before: Json | undefined;
  readonly after: Json | undefined;
  /** Empty where it is not there on both sides. */
  readonly differences: readonly Difference[];
};

/** What leads from one content to another, each area cut off after `MAX_DIFFERENCES`. */
export function diffContents(before: Content, after: Content): ContentDiff {
  const state = diffValues(before.state, after.state);
  const attached = diffAttached(before, after);
  return { ...attached, state, more: state.more || attached.more };
}

/** What leads from what hangs on the stores of one content to that of another. */
export function diffAttached(before: Content, after: Content): Omit<ContentDiff, "state"> {
  const streams = diffStreams(before.streams, after.streams);
  const uploads = diffSlots(before.uploads, after.uploads);
  const assigns = diffSlots(before.assigns, after.assigns);
  const more = streams.more || uploads.more || assigns.more;
  return { streams: streams.found, uploads: uploads.found, assigns: assigns.found, more };
}

/** What happened to a root between two events: from the first one's content to the second one's, whichever is later. */
export function diffRoot(
  root: Pick<LiveRoot, "history">,
  from: number,
  to: number,
): ContentDiff | "truncated" {
  const before = contentAt(root, from);
  const after = contentAt(root, to);
  return before === "truncated" || after === "truncated" ? "truncated" : diffContents(before, after);
}

/** The same between two versions; null where the root never held one of them. */
export function diffVersions(
  { history }: { readonly history: History },
  from: RootVersion,
  to: RootVersion,
): ContentDiff | "truncated" | null {
  const [first, second] = [placeOfVersion(history, from), placeOfVersion(history, to)];
  if (first === null || second === null) return null;
  if (first === "truncated" || second === "truncated") return "truncated";
  const cursor = createCursor(history);
  const before = cursor.moveTo(first);
  const after = cursor.moveTo(second);
  return before === "truncated" || after === "truncated" ? "truncated" : diffContents(before, after);
}

type Found<Diff> = { readonly found: readonly Diff[]; readonly more: boolean };

function diffStreams(before: Json, after: Json): Found<StreamDiff> {
  const found: StreamDiff[] = [];
  let room = MAX_DIFFERENCES;
  let more = false;
  for (const { store, name } of differingSlots(before, after)) {
    const items = diffItems(before, after, store, name);
    more ||= items.length > room;
    if (items.length > 0 && room > 0)
      found.push({ store_id: readStoreKey(store), name, items: items.slice(0, room) });
    room = Math.max(room - items.length, 0);
  }
  return { found, more };
}

function diffSlots(from: Json, to: Json): Found<SlotDiff> {
  const found: SlotDiff[] = [];
  let room = MAX_DIFFERENCES;
  let more = false;
  for (const { store, name } of differingSlots(from, to)) {
    if (room <= 0) return { found, more: true };
    const [before, after] = [fieldIn(fieldIn(from, store), name), fieldIn(fieldIn(to, store), name)];
    const both = before !== undefined && after !== undefined;
    const diff = both ? diffValues(before, after, room) : NO_DIFFERENCES;
    more ||= diff.more;
    if (both && diff.differences.length === 0) continue;
    found.push({ store_id: readStoreKey(store), name, before, after, differences: diff.differences });
    room -= Math.max(diff.differences.length, 1);
  }
  return { found, more };
}

const NO_DIFFERENCES: Differences = { differences: [], more: false };
