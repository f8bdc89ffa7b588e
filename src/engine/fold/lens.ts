import type { Frame } from "../../wire/frame";
import { fieldIn, isJsonObject, type Json } from "../../wire/json";
import { formatPointer } from "../../wire/json-pointer";
import { describeLensFault, type LensMessage, readLensMessage } from "../../wire/lens";
import { makeChange } from "../content/edit";
import { storeKey, storeNamedBy } from "../content/store-tree";
import type { LensNote } from "../live";
import type { ChannelRecord } from "./channel";
import type { ConnectionRecord } from "./connection";
import { rootOf } from "./connection-roots";
import { type FoldState, report } from "./fold-state";
import type { RootRecord } from "./root";

/** Lens messages that are remembered of one root; of more, the oldest go. */
export const MAX_LENS_NOTES = 1000;
/** Stores of a root whose assigns may wait for the envelope that brings the store. */
export const MAX_EARLY_STORES = 1000;

/** Folds a message of the assigns lens (lens.md). It changes nothing of what the envelopes rebuild. */
export function foldLens(
  fold: FoldState,
  connection: ConnectionRecord,
  channel: ChannelRecord,
  { payload }: Frame,
): void {
  const { seq } = fold;
  const read = readLensMessage(payload);
  const root_id = read.ok ? read.value.root_id : fieldIn(payload, "root_id");
  const root = findRoot(connection, channel, root_id ?? null);
  fold.root = root ?? null;
  if (!read.ok) {
    report(
      fold,
      "bad_assigns",
      `The assigns on ${channel.topic} were skipped. ${describeLensFault(read.failure)}`,
      storeNamedBy(payload),
    );
  } else if (root === undefined) {
    report(
      fold,
      "unknown_root",
      `Assigns came for root ${read.value.root_id ?? ""} on ${channel.topic}, but its mount was not seen. They were skipped.`,
    );
  }
  if (!read.ok || root === undefined) {
    fold.timeline.add({ seq, kind: "assigns", root: root ?? null, note: null, store_key: null });
    return;
  }
  const note = toNote(read.value, seq, root.epoch);
  if (root.lens.push(note) > MAX_LENS_NOTES) root.lens.shift();
  const store_key = storeKey(note.store_id);
  fold.timeline.add({ seq, kind: "assigns", root, note, store_key });
  if (root.status === "mounting" || root.status === "mounted") takeAssigns(root, read.value, store_key, fold);
}

/** Without a root_id it is meant for the only root of its channel. */
function findRoot(
  connection: ConnectionRecord,
  channel: ChannelRecord,
  root_id: Json,
): RootRecord | undefined {
  if (root_id === null) return channel.roots.size === 1 ? [...channel.roots][0] : undefined;
  return typeof root_id === "string" ? rootOf(connection, channel.topic, root_id) : undefined;
}

function toNote(message: LensMessage, seq: number, epoch: number): LensNote {
  const { store_id, module, version, cause, changed, removed, us } = message;
  return { seq, epoch, store_id, module, version, cause, changed, removed, us };
}

function takeAssigns(
  root: RootRecord,
  message: LensMessage,
  store: string,
  { seq, size }: Pick<FoldState, "seq" | "size">,
): void {
  const { draft, log, append } = root.history;
  if (!root.index.has(store) && !awaitStore(root, store, message.version)) return;
  const mark = log.length();
  const known = fieldIn(draft.areas.assigns, store);
  // A store's first message has them all. Another module under the same id is another store.
  const isFirst = message.cause?.kind === "mount" || fieldIn(known, "module") !== message.module;
  if (isFirst) {
    const { module, assigns } = message;
    const op = known === undefined ? "add" : "replace";
    makeChange(
      draft,
      { area: "assigns", op, path: formatPointer([store]), left: known, entered: { module, assigns } },
      log,
    );
  } else changeAssigns(root, store, message);
  // The version is what the root holds: the message's own may be that of an envelope still to come.
  const { epoch, version } = root;
  if (log.length() > mark) append({ seq, kind: "assigns", epoch, version, size });
}

function changeAssigns(root: RootRecord, store: string, { assigns, removed }: LensMessage): void {
  const { draft, log } = root.history;
  const held = (key: string): Json | undefined =>
    fieldIn(fieldIn(fieldIn(draft.areas.assigns, store), "assigns"), key);
  const change = (key: string, left: Json | undefined, entered: Json | undefined): void => {
    if (left === entered) return;
    const op = left === undefined ? "add" : entered === undefined ? "remove" : "replace";
    const path = formatPointer([store, "assigns", key]);
    makeChange(draft, { area: "assigns", op, path, left, entered }, log);
  };
  for (const [key, entered] of Object.entries(assigns)) change(key, held(key), entered);
  for (const key of removed) change(key, held(key), undefined);
}

/** Whether a store that is not in the tree is about to be: its message may come before its envelope. */
function awaitStore({ early, version, status }: RootRecord, store: string, expected: number): boolean {
  if (status === "mounted" && expected <= version) return false;
  if (!early.has(store) && early.size >= MAX_EARLY_STORES) return false;
  early.set(store, expected);
  return true;
}

/** Assigns of stores that are not in the tree were taken over: the next envelope should bring the stores. */
export function awaitStores(root: RootRecord): void {
  const { assigns } = root.history.draft.areas;
  if (!isJsonObject(assigns)) return;
  for (const store of Object.keys(assigns)) {
    if (!root.index.has(store)) awaitStore(root, store, root.version + 1);
  }
}

/** An envelope was applied: the stores that it should have brought are there, or their assigns go. */
export function settleEarly(root: RootRecord, version: number): void {
  for (const [store, expected] of root.early) {
    if (root.index.has(store)) root.early.delete(store);
    else if (expected <= version) {
      root.early.delete(store);
      dropAssigns(root, store);
    }
  }
}

/** The tree was replaced as a whole: assigns of stores that are not in the new one go, but for those to come. */
export function pruneAssigns(root: RootRecord): void {
  const { assigns } = root.history.draft.areas;
  if (!isJsonObject(assigns)) return;
  for (const store of Object.keys(assigns)) {
    if (!root.index.has(store) && !root.early.has(store)) dropAssigns(root, store);
  }
}

function dropAssigns({ history: { draft, log } }: RootRecord, store: string): void {
  const left = fieldIn(draft.areas.assigns, store);
  if (left === undefined) return;
  makeChange(
    draft,
    { area: "assigns", op: "remove", path: formatPointer([store]), left, entered: undefined },
    log,
  );
}
