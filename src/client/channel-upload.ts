import type { Channel, Socket } from "phoenix";
import { assertNever } from "../wire/assert-never";
import { EVENT, REPLY_STATUS, TOPIC } from "../wire/protocol";
import { readChunkReply } from "../wire/upload-channel";
import { type PushOutcome, pushTo } from "./push";
import { failed, type SendOutcome } from "./upload-entry";
import type { UploadSource } from "./upload-source";

/** A file that goes over a channel of its own (wire.md 9.4). */
export type ChannelUpload = {
  readonly entry_ref: string;
  readonly token: string;
  readonly source: UploadSource;
  /** In bytes, at least 1. */
  readonly chunkSize: number;
  /** Ends the sending. */
  readonly signal: AbortSignal;
  /** Told the percentage with each chunk that the server has taken. */
  readonly onProgress: (progress: number) => void;
};

/**
 * Sends a file in chunks, each when the one before has been answered; an empty file as one empty chunk, which completes
 * it. Never rejects.
 */
export function sendOverChannel(socket: Socket, upload: ChannelUpload): Promise<SendOutcome> {
  if (upload.signal.aborted) return Promise.resolve({ kind: "cancelled" });
  return new Promise((resolve) => {
    new ChunkSender(socket, upload, resolve).join();
  });
}

const WHOLE = 100;

class ChunkSender {
  readonly #channel: Channel;
  readonly #upload: ChannelUpload;
  readonly #resolve: (outcome: SendOutcome) => void;
  #isOver = false;
  #hasLeft = false;

  constructor(socket: Socket, upload: ChannelUpload, resolve: (outcome: SendOutcome) => void) {
    const { entry_ref, token } = upload;
    this.#upload = upload;
    this.#resolve = resolve;
    this.#channel = socket.channel(`${TOPIC.uploadPrefix}${entry_ref}`, { token });
  }

  join(): void {
    this.#upload.signal.addEventListener("abort", () => this.#end({ kind: "cancelled" }), { once: true });
    const interrupted = failed("interrupted", "The upload was broken off before all of the file had come.");
    this.#channel.onClose(() => {
      this.#hasLeft = true;
      this.#end(interrupted);
    });
    this.#channel.onError(() => {
      this.#end(interrupted);
      // Also after a success that the server did not close: phoenix.js would join again with the same token.
      this.#leave();
    });
    this.#channel
      .join()
      .receive("ok", () => this.#sendFrom(0))
      .receive("error", (response) => this.#answered({ kind: "error", response }, 0))
      .receive("timeout", () => this.#answered({ kind: "timeout" }, 0));
  }

  #sendFrom(start: number): void {
    const { source, chunkSize } = this.#upload;
    const end = Math.min(start + chunkSize, source.size);
    readBytes(source, start, end).then(
      (bytes) => {
        if (!this.#isOver)
          pushTo(this.#channel, EVENT.chunk, bytes, (outcome) => this.#answered(outcome, end));
      },
      (error: unknown) => this.#end(failed("unreadable", `The file could not be read: ${String(error)}`)),
    );
  }

  /** @param sent bytes of the file that the server has, if it took this chunk */
  #answered(outcome: PushOutcome, sent: number): void {
    if (this.#isOver) return;
    switch (outcome.kind) {
      case "ok":
        this.#taken(readChunkReply({ status: REPLY_STATUS.ok, response: outcome.response }), sent);
        break;
      case "error": {
        const refused = readChunkReply({ status: REPLY_STATUS.error, response: outcome.response });
        const { reason, meaning } = refused?.kind === "refused" ? refused : { reason: null, meaning: null };
        this.#end(failed(reason ?? "refused", meaning));
        break;
      }
      case "timeout":
        this.#end(failed("timeout", "The server did not answer in time."));
        break;
      default:
        assertNever(outcome);
    }
  }

  #taken(reply: ReturnType<typeof readChunkReply>, sent: number): void {
    if (reply?.kind !== "progress") {
      this.#end(failed("bad_reply", "The server's answer has no progress."));
      return;
    }
    this.#upload.onProgress(reply.progress);
    if (this.#isOver) return;
    if (reply.progress >= WHOLE) this.#end({ kind: "success" });
    else if (sent < this.#upload.source.size) this.#sendFrom(sent);
    else this.#end(failed("incomplete", "The server still expects more after the end of the file."));
  }

  /** The first outcome counts. After a success the server closes the channel itself. */
  #end(outcome: SendOutcome): void {
    if (this.#isOver) return;
    this.#isOver = true;
    if (outcome.kind !== "success") this.#leave();
    this.#resolve(outcome);
  }

  #leave(): void {
    if (this.#hasLeft) return;
    this.#hasLeft = true;
    this.#channel.leave();
  }
}

/** A file that has shrunk, or grown, since it was chosen gives other bytes than were promised to the server. */
async function readBytes(source: UploadSource, start: number, end: number): Promise<ArrayBuffer> {
  const bytes = await source.slice(start, end).arrayBuffer();
  if (bytes.byteLength === end - start) return bytes;
  throw new Error(`it has ${bytes.byteLength} bytes at ${start}, not ${end - start}`);
}
