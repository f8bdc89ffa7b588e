import { entryToWire, type UploadEntry } from "./upload-entry";
import { errorToWire, type UploadError } from "./upload-error";
import { coalesce, type QueuedOp } from "./upload-ops";
import { configToWire, type UploadConfig } from "./upload-options";
import type { UploadedFile } from "./upload-storage";

/** The uploads of one store, and what its clients are still to be told of them. Never changed in place. */
export type UploadIndex = {
  readonly uploads: ReadonlyMap<string, Upload>;
  /** In the order in which it happened. */
  readonly queue: readonly QueuedOp[];
};

export type Upload = {
  readonly config: UploadConfig;
  /** By ref, in the order of the preflights. */
  readonly entries: ReadonlyMap<string, UploadEntry>;
};

/** What changes an entry's progress: bytes through its channel, or what an external client says. */
export type Progress = {
  /** In percent; the upload is complete at 100. */
  readonly progress: number;
  /** Of a channel upload that is complete. */
  readonly file?: UploadedFile;
};

/** A store's uploads before anything was uploaded; the clients are to be told each one's limits. */
export function createIndex(configs: readonly UploadConfig[]): UploadIndex {
  return {
    uploads: new Map(configs.map((config) => [config.name, { config, entries: new Map() }])),
    queue: configs.map((config) => ({ op: "config", upload: config.name, config: configToWire(config) })),
  };
}

export function findEntry(index: UploadIndex, name: string, ref: string): UploadEntry | null {
  return index.uploads.get(name)?.entries.get(ref) ?? null;
}

export function addEntry(index: UploadIndex, name: string, entry: UploadEntry): UploadIndex {
  const op: QueuedOp = { op: "add", upload: name, ref: entry.ref, entry: entryToWire(entry) };
  return enqueue(putEntry(index, name, entry), op);
}

/** An entry that is not there stays so: nothing is changed or told. The same goes for the functions below. */
export function progressEntry(
  index: UploadIndex,
  name: string,
  ref: string,
  { progress, file }: Progress,
): UploadIndex {
  const entry = findEntry(index, name, ref);
  if (entry === null) return index;
  const status = progress >= 100 ? "success" : "uploading";
  const source = file === undefined ? entry.source : ({ kind: "channel", file } as const);
  const changed = putEntry(index, name, { ...entry, progress, status, source });
  const op: QueuedOp = { op: "progress", upload: name, ref, progress };
  return status === "success"
    ? enqueue(changed, op, { op: "complete", upload: name, ref })
    : enqueue(changed, op);
}

export function failEntry(index: UploadIndex, name: string, ref: string, error: UploadError): UploadIndex {
  const entry = findEntry(index, name, ref);
  if (entry === null) return index;
  const changed = putEntry(index, name, { ...entry, status: "error", errors: [...entry.errors, error] });
  return enqueue(changed, { op: "error", upload: name, ref, error: errorToWire(error) });
}

export function cancelEntry(index: UploadIndex, name: string, ref: string): UploadIndex {
  if (findEntry(index, name, ref) === null) return index;
  return enqueue(removeEntries(index, name, [ref]), { op: "cancel", upload: name, ref });
}

/**
 * The index after entries were consumed. Clients are told of it only once none is left, whether or not there was any
 * (wire.md 9.3): until then a consumed entry stays with them.
 */
export function consumeEntries(index: UploadIndex, name: string, refs: readonly string[]): UploadIndex {
  const left = removeEntries(index, name, refs);
  const isEmpty = left.uploads.get(name)?.entries.size === 0;
  return isEmpty ? enqueue(left, { op: "reset", upload: name }) : left;
}

/** What the clients are to be told, and the index when they were. */
export function takeOps(index: UploadIndex): readonly [ops: readonly QueuedOp[], index: UploadIndex] {
  return index.queue.length === 0 ? [[], index] : [coalesce(index.queue), { ...index, queue: [] }];
}

function putEntry(index: UploadIndex, name: string, entry: UploadEntry): UploadIndex {
  return changeEntries(index, name, (entries) => new Map([...entries, [entry.ref, entry]]));
}

function removeEntries(index: UploadIndex, name: string, refs: readonly string[]): UploadIndex {
  return changeEntries(
    index,
    name,
    (entries) => new Map([...entries].filter(([ref]) => !refs.includes(ref))),
  );
}

function changeEntries(
  index: UploadIndex,
  name: string,
  change: (entries: Upload["entries"]) => Upload["entries"],
): UploadIndex {
  const upload = index.uploads.get(name);
  if (upload === undefined) throw new Error(`This store declares no upload "${name}".`);
  const changed = { ...upload, entries: change(upload.entries) };
  return { ...index, uploads: new Map([...index.uploads, [name, changed]]) };
}

function enqueue(index: UploadIndex, ...ops: readonly QueuedOp[]): UploadIndex {
  return { ...index, queue: [...index.queue, ...ops] };
}
