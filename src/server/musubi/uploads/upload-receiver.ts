import { REPLY_STATUS } from "../../../wire/protocol";
import { isBytes, type Payload } from "../../phoenix/payload";
import type { Timers } from "../../timers";
import type { ChunkAnswer, UploadChannelControl, UploadSink } from "../page/upload-hub";
import type { UploadErrorCode } from "./upload-error";
import type { UploadedFile, UploadStorage, UploadWriter } from "./upload-storage";

/** What a page is told of the bytes of one of its entries. */
export type ReceiverReport =
  /** `bytes` is how many came in all; the file is there once it is whole. */
  | { readonly kind: "written"; readonly bytes: number; readonly file: UploadedFile | null }
  | { readonly kind: "failed"; readonly code: UploadErrorCode }
  /** The client went away before the file was whole. */
  | { readonly kind: "left" };

export type ReceiverOptions = {
  readonly entryRef: string;
  /** As the client declared it, in bytes. */
  readonly clientSize: number;
  readonly limits: {
    readonly chunkSize: number;
    readonly maxFileSize: number;
    readonly chunkTimeoutMs: number;
  };
  readonly storage: UploadStorage;
  readonly timers: Pick<Timers, "after">;
  readonly control: UploadChannelControl;
  readonly report: (report: ReceiverReport) => void;
};

/**
 * Takes the bytes of one entry, from the join of its channel on (wire.md 9.4). Until it is told to discard them it holds
 * those of a whole file too. After its end it reports nothing more.
 */
export class UploadReceiver implements UploadSink {
  readonly #options: ReceiverOptions;
  #writer: UploadWriter | null = null;
  #bytes = 0;
  #state: "open" | "complete" | "ended" = "open";
  #cancelTimeout: () => void = () => undefined;

  constructor(options: ReceiverOptions) {
    this.#options = options;
    this.#awaitChunk();
  }

  /** Takes the next chunk, after the one before was answered. One that is neither bytes nor a text throws. */
  async chunk(payload: Payload): Promise<ChunkAnswer> {
    const bytes = readBytes(payload);
    if (!this.#isOpen()) return this.#refuse("write failed", "internal");
    this.#cancelTimeout();
    const { chunkSize, maxFileSize } = this.#options.limits;
    if (bytes.length > chunkSize) return this.#refuse("chunk too large", "chunk_too_large");
    if (this.#bytes + bytes.length > maxFileSize) return this.#refuse("upload too large", "too_large");
    try {
      return await this.#write(bytes);
    } catch {
      // The client learns no more than this of the machine.
      return this.#refuse("write failed", "internal");
    }
  }

  /** The entry's channel has ended. Where bytes are missing, the client has left. */
  closed(): void {
    if (this.#state !== "open") return;
    this.#end();
    this.#options.report({ kind: "left" });
  }

  /** Nobody waits for the bytes any more: what came of them is removed, and a channel that still brings some ends. */
  discard(how: keyof UploadChannelControl): void {
    const wasOpen = this.#state === "open";
    this.#end();
    if (wasOpen) this.#options.control[how]();
  }

  async #write(bytes: Uint8Array): Promise<ChunkAnswer> {
    const { entryRef, clientSize, storage, report } = this.#options;
    const writer = this.#writer ?? (await storage.open(entryRef));
    this.#writer = writer;
    if (this.#isOpen()) await writer.write(bytes);
    const total = this.#bytes + bytes.length;
    const file = this.#isOpen() && total >= clientSize ? await writer.finish() : null;
    if (!this.#isOpen()) {
      await writer.discard();
      throw new Error(`The upload ${entryRef} ended while a chunk was written.`);
    }
    this.#bytes = total;
    if (file === null) this.#awaitChunk();
    else this.#state = "complete";
    report({ kind: "written", bytes: total, file });
    return answer({ progress: percentOf(total, clientSize) }, file !== null);
  }

  // A method: the compiler does not know that `#end` may be called while something is awaited.
  #isOpen(): boolean {
    return this.#state === "open";
  }

  #refuse(reason: string, code: UploadErrorCode): ChunkAnswer {
    this.#fail(code);
    return { status: REPLY_STATUS.error, response: { reason }, isLast: true };
  }

  #fail(code: UploadErrorCode): void {
    if (!this.#isOpen()) return;
    this.#end();
    this.#options.report({ kind: "failed", code });
  }

  #end(): void {
    this.#state = "ended";
    this.#cancelTimeout();
    void this.#writer?.discard();
  }

  #awaitChunk(): void {
    const { timers, limits, control } = this.#options;
    this.#cancelTimeout = timers.after(limits.chunkTimeoutMs, () => {
      this.#fail("chunk_timeout");
      control.close();
    });
  }
}

/** The progress of `bytes` out of `size`, in whole percent, rounded down: 100 only when nothing is missing. */
export function percentOf(bytes: number, size: number): number {
  return bytes >= size ? 100 : Math.floor((bytes * 100) / size);
}

function answer(response: ChunkAnswer["response"], isLast: boolean): ChunkAnswer {
  return { status: REPLY_STATUS.ok, response, isLast };
}

/** Bytes come in binary frames; a client without those may send a text, which is taken for its UTF-8. */
function readBytes(payload: Payload): Uint8Array {
  if (isBytes(payload)) return payload;
  if (typeof payload === "string") return Buffer.from(payload, "utf8");
  throw new Error("A chunk must be bytes, or a text, but it is other JSON.");
}
