import type { Json } from "../../../wire/json";
import type { Awaitable } from "../../awaitable";
import type { Assigns } from "../../phoenix/assigns";
import { addEffect } from "../effect";
import { UPLOADS } from "../page/upload-hub";
import type { MusubiSocket } from "../socket";
import { getPrivate, putPrivate } from "../socket-context";
import { StoreUploads } from "./store-uploads";
import type { UploadEntry } from "./upload-entry";
import type { UploadedFile } from "./upload-storage";

/** What came of an upload. */
export type Uploaded =
  /** The bytes; they are gone once the entry was consumed. */
  | { readonly kind: "file"; readonly file: UploadedFile }
  /** The client says that it brought them where `meta` told it to. */
  | { readonly kind: "external"; readonly uploader: string; readonly meta: Json };

/** Whether an entry was taken, with whatever the caller wants to know of it. */
type Consumption<Value> = { readonly isConsumed: boolean; readonly value: Value };

/** The entry was taken: it and its bytes are removed. */
export function consumed<Value>(value: Value): Consumption<Value> {
  return { isConsumed: true, value };
}

/** The entry stays, to be consumed another time. */
export function postpone<Value>(value: Value): Consumption<Value> {
  return { isConsumed: false, value };
}

type Consume<Value> = (uploaded: Uploaded, entry: UploadEntry) => Awaitable<Consumption<Value>>;

/**
 * The entries of an upload, in the order in which they were allowed: those that are whole, and all others, failed ones
 * among them. Throws where the store declares no such upload.
 *
 *     uploadedEntries(socket, "avatar") // { done: [], inProgress: [] }
 */
export function uploadedEntries(
  socket: Pick<MusubiSocket, "private" | "module">,
  name: string,
): { readonly done: readonly UploadEntry[]; readonly inProgress: readonly UploadEntry[] } {
  const removed = removedRefs(socket);
  const entries = entriesOf(socket, name).filter(({ ref }) => !removed.has(ref));
  return {
    done: entries.filter(({ status }) => status === "success"),
    inProgress: entries.filter(({ status }) => status !== "success"),
  };
}

/**
 * Gives each whole entry to `consume`, one after another. Entries that it consumes are removed with their bytes when the
 * running callback has returned the socket; those that it postpones stay. Where none is left at the end, even where none
 * was there, clients are told to start over (`reset`, wire.md 9.3). To be called in a command's handler.
 *
 *     const { socket, values } = await consumeUploadedEntries(before, "avatar", async (uploaded, entry) => {
 *       if (uploaded.kind !== "file") return postpone(null);
 *       await album.add(entry.clientName, await uploaded.file.read());
 *       return consumed(entry.clientName);
 *     });
 */
export async function consumeUploadedEntries<Own extends Assigns, Value>(
  socket: MusubiSocket<Own>,
  name: string,
  consume: Consume<Value>,
): Promise<{ readonly socket: MusubiSocket<Own>; readonly values: readonly Value[] }> {
  const values: Value[] = [];
  const taken: string[] = [];
  for (const entry of uploadedEntries(socket, name).done) {
    const { isConsumed, value } = await consume(uploadedOf(entry), entry);
    values.push(value);
    if (isConsumed) taken.push(entry.ref);
  }
  return { socket: takeAway(socket, name, taken), values };
}

/**
 * `consumeUploadedEntries` for one entry. Throws where the upload has no whole entry of this ref.
 *
 *     const { socket, value } = await consumeUploadedEntry(before, "avatar", entry.ref, (uploaded) => consumed(uploaded.kind));
 */
export async function consumeUploadedEntry<Own extends Assigns, Value>(
  socket: MusubiSocket<Own>,
  name: string,
  ref: string,
  consume: Consume<Value>,
): Promise<{ readonly socket: MusubiSocket<Own>; readonly value: Value }> {
  const entry = uploadedEntries(socket, name).done.find((whole) => whole.ref === ref);
  if (entry === undefined) {
    throw new Error(`The upload "${name}" of ${socket.module} has no entry "${ref}" that is whole.`);
  }
  const { isConsumed, value } = await consume(uploadedOf(entry), entry);
  return { socket: takeAway(socket, name, isConsumed ? [ref] : []), value };
}

/**
 * Cancels an entry: it and what came of it are removed, and a channel that still brings bytes ends with `phx_error`. An
 * entry that is not there changes nothing. Throws where the store declares no such upload.
 *
 *     cancelUpload(socket, "avatar", entry.ref)
 */
export function cancelUpload<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  ref: string,
): MusubiSocket<Own> {
  const uploads = requireUploads(socket, name);
  return addEffect(markRemoved(socket, [ref]), { kind: "upload", run: () => uploads.cancel(name, ref) });
}

/** The entries are consumed, as soon as the socket is taken over. */
function takeAway<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  name: string,
  refs: readonly string[],
): MusubiSocket<Own> {
  const uploads = requireUploads(socket, name);
  return addEffect(markRemoved(socket, refs), { kind: "upload", run: () => uploads.consume(name, refs) });
}

function uploadedOf({ ref, source }: UploadEntry): Uploaded {
  if (source.kind === "external") return source;
  if (source.file === null) throw new Error(`The upload entry "${ref}" is whole, but its file is missing.`);
  return { kind: "file", file: source.file };
}

// The uploads themselves change only once the callback's socket was taken over. Until then the socket value says which
// entries it has removed, so that whoever holds it does not meet them again.

const REMOVED = "removed_uploads";

class Removed {
  readonly refs: ReadonlySet<string>;

  constructor(refs: ReadonlySet<string>) {
    this.refs = refs;
  }
}

function removedRefs(socket: Pick<MusubiSocket, "private">): ReadonlySet<string> {
  const removed = getPrivate(socket, REMOVED);
  return removed instanceof Removed ? removed.refs : new Set();
}

function markRemoved<Own extends Assigns>(
  socket: MusubiSocket<Own>,
  refs: readonly string[],
): MusubiSocket<Own> {
  const uploads = getPrivate(socket, UPLOADS);
  const isThere = (ref: string) => uploads instanceof StoreUploads && uploads.has(ref);
  // Those that have gone meanwhile need not be remembered: a ref does not come back.
  const removed = [...removedRefs(socket), ...refs].filter(isThere);
  return putPrivate(socket, REMOVED, new Removed(new Set(removed)));
}

function entriesOf(socket: Pick<MusubiSocket, "private" | "module">, name: string): readonly UploadEntry[] {
  return [...(requireUploads(socket, name).find(name)?.entries.values() ?? [])];
}

function requireUploads(socket: Pick<MusubiSocket, "private" | "module">, name: string): StoreUploads {
  const uploads = getPrivate(socket, UPLOADS);
  if (uploads instanceof StoreUploads && uploads.find(name) !== null) return uploads;
  throw new Error(
    `${socket.module} has no upload "${name}" here: declare it under "uploads" of its defineStore, and ask once it has started.`,
  );
}
