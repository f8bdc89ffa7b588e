import { assertNever } from "../../../wire/assert-never";
import type { StoreId } from "../socket";
import type { UploadEntry } from "./upload-entry";
import { type UploadError, uploadError } from "./upload-error";
import {
  addEntry,
  cancelEntry,
  consumeEntries,
  createIndex,
  failEntry,
  findEntry,
  type Progress,
  progressEntry,
  takeOps,
  type Upload,
  type UploadIndex,
} from "./upload-index";
import type { SentOp } from "./upload-ops";
import type { UploadConfig } from "./upload-options";
import { percentOf, type ReceiverReport, type UploadReceiver } from "./upload-receiver";

/**
 * The uploads of one store that lives: their entries, what clients are still to be told of them, and who takes their
 * bytes. Changed only in the page's queue, and read there, but for joins.
 */
export class StoreUploads {
  readonly storeId: StoreId;
  #index: UploadIndex;
  /** By entry ref. Those of whole files too: they hold the bytes. */
  readonly #receivers = new Map<string, UploadReceiver>();
  /** Of channels of entries that are whole, or gone: they throw the bytes away. */
  readonly #strays = new Set<UploadReceiver>();

  constructor(storeId: StoreId, configs: ReadonlyMap<string, UploadConfig>) {
    this.storeId = storeId;
    this.#index = createIndex([...configs.values()]);
  }

  find(name: string): Upload | null {
    return this.#index.uploads.get(name) ?? null;
  }

  findEntry(name: string, ref: string): UploadEntry | null {
    return findEntry(this.#index, name, ref);
  }

  /** Whether any upload has an entry of this ref. */
  has(ref: string): boolean {
    return [...this.#index.uploads.values()].some(({ entries }) => entries.has(ref));
  }

  add(name: string, entry: UploadEntry): void {
    this.#index = addEntry(this.#index, name, entry);
  }

  // Of an entry that is not there, these four tell nothing (wire.md 9.2).

  progress(name: string, ref: string, progress: Progress): void {
    this.#index = progressEntry(this.#index, name, ref, progress);
  }

  fail(name: string, ref: string, error: UploadError): void {
    this.#index = failEntry(this.#index, name, ref, error);
  }

  /** A channel that still brings the entry's bytes ends with `phx_error`. */
  cancel(name: string, ref: string): void {
    this.#index = cancelEntry(this.#index, name, ref);
    this.#drop(ref);
  }

  consume(name: string, refs: readonly string[]): void {
    this.#index = consumeEntries(this.#index, name, refs);
    for (const ref of refs) this.#drop(ref);
  }

  /** The entry's bytes come through `receiver` from now on; one before it is superseded. */
  attach(ref: string, receiver: UploadReceiver): void {
    this.#receivers.get(ref)?.discard("close");
    this.#receivers.set(ref, receiver);
  }

  /** Not any more, once another channel took over or the entry has gone. */
  isReceiving(ref: string, receiver: UploadReceiver): boolean {
    return this.#receivers.get(ref) === receiver;
  }

  attachStray(receiver: UploadReceiver): void {
    this.#strays.add(receiver);
  }

  detachStray(receiver: UploadReceiver): void {
    this.#strays.delete(receiver);
  }

  /** Takes over what happened to an entry's bytes. */
  report(name: string, ref: string, report: ReceiverReport): void {
    const entry = this.findEntry(name, ref);
    if (entry === null) return;
    switch (report.kind) {
      case "written": {
        const { bytes, file } = report;
        const progress = percentOf(bytes, entry.clientSize);
        this.progress(name, ref, file === null ? { progress } : { progress, file });
        break;
      }
      case "failed":
        this.fail(name, ref, uploadError(report.code));
        break;
      case "left":
        this.cancel(name, ref);
        break;
      default:
        assertNever(report);
    }
  }

  /** What the clients are to be told since the last call. */
  takeOps(): readonly SentOp[] {
    const [ops, index] = takeOps(this.#index);
    this.#index = index;
    return ops.map((op) => ({ ...op, store_id: this.storeId }));
  }

  /** The store is gone, or its page: bytes are removed, channels end, nothing more is told. */
  discard(): void {
    this.#index = { uploads: this.#index.uploads, queue: [] };
    for (const receiver of [...this.#receivers.values(), ...this.#strays]) receiver.discard("close");
    this.#receivers.clear();
    this.#strays.clear();
  }

  #drop(ref: string): void {
    this.#receivers.get(ref)?.discard("kill");
    this.#receivers.delete(ref);
  }
}
