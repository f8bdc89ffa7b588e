import type { Socket } from "phoenix";
import type { JsonObject } from "../wire/json";
import { EVENT } from "../wire/protocol";
import { success } from "../wire/result";
import type { readAllowUploadReply } from "../wire/upload-channel";
import { sendOverChannel } from "./channel-upload";
import type { CommandResult } from "./command-result";
import { sendExternally, type Uploader } from "./external-upload";
import type { SendOutcome, UploadEntry, UploadFault } from "./upload-entry";
import type { UploadSource } from "./upload-source";

/** What a file needs to get to the server. */
export type UploadRoute = {
  readonly socket: Socket;
  /** Sends a message about the file's upload. */
  readonly push: (event: string, fields: JsonObject) => Promise<CommandResult>;
  readonly uploaders: { readonly [name: string]: Uploader };
};

/** How the server lets a file in. */
export type AllowedFile = NonNullable<ReturnType<typeof readAllowUploadReply>>["entries"][number];

/** One file from the question whether it may come to its end. */
export class UploadFile {
  readonly #route: UploadRoute;
  readonly #source: UploadSource;
  readonly #onChange: () => void;
  readonly #controller = new AbortController();
  #entry: UploadEntry;
  #allowed: AllowedFile | null = null;

  /** @param ref its `client_ref` */
  constructor(route: UploadRoute, source: UploadSource, ref: string, onChange: () => void) {
    this.#route = route;
    this.#source = source;
    this.#onChange = onChange;
    const { name, size, type } = source;
    this.#entry = { ref, entry_ref: null, name, size, type, status: "checking", progress: 0, error: null };
  }

  get entry(): UploadEntry {
    return this.#entry;
  }

  /** The server lets it in. What was cancelled before it said so is cancelled there now. */
  allow(allowed: AllowedFile): void {
    const { entry_ref } = allowed;
    this.#allowed = allowed;
    if (this.#entry.status === "cancelled") void this.#route.push(EVENT.cancelUpload, { ref: entry_ref });
    this.#change(this.#entry.status === "checking" ? { entry_ref, status: "ready" } : { entry_ref });
  }

  refuse(error: UploadFault): void {
    if (this.#entry.status === "checking") this.#change({ status: "refused", error });
  }

  /** Breaks off with a fault, unless it has ended. */
  fail(error: UploadFault): void {
    if (!isUnderWay(this.#entry)) return;
    this.#change({ status: "failed", error });
    this.#controller.abort();
  }

  /** Sends it if it is ready. Resolves when it has ended. @param chunkSize in bytes */
  async send(chunkSize: number): Promise<void> {
    const allowed = this.#allowed;
    if (this.#entry.status !== "ready" || allowed === null) return;
    this.#change({ status: "uploading" });
    const outcome = await this.#sendAs(allowed, chunkSize);
    this.#sent(outcome);
  }

  #sent(outcome: SendOutcome): void {
    // Who cancelled it, or let it fail, has said so already.
    if (this.#entry.status !== "uploading") return;
    if (outcome.kind === "success") this.#change({ status: "success", progress: 100 });
    else if (outcome.kind === "failed") this.#change({ status: "failed", error: outcome.error });
  }

  cancel(): Promise<CommandResult> {
    const { entry_ref } = this.#entry;
    this.#change({ status: "cancelled", error: null });
    this.#controller.abort();
    if (entry_ref === null) return Promise.resolve(success({}));
    return this.#route.push(EVENT.cancelUpload, { ref: entry_ref });
  }

  #sendAs(allowed: AllowedFile, chunkSize: number): Promise<SendOutcome> {
    const { entry_ref } = allowed;
    const { socket, push, uploaders } = this.#route;
    const source = this.#source;
    const { signal } = this.#controller;
    const onProgress = (progress: number) => {
      if (this.#entry.status === "uploading") this.#change({ progress });
    };
    if (allowed.type === "channel") {
      const { token } = allowed;
      return sendOverChannel(socket, { entry_ref, token, source, chunkSize, signal, onProgress });
    }
    const { uploader: uploaderName, meta } = allowed;
    const uploader = Object.hasOwn(uploaders, uploaderName) ? uploaders[uploaderName] : undefined;
    return sendExternally({ uploader, uploaderName, entry_ref, meta, source, signal, onProgress, push });
  }

  #change(fields: Partial<UploadEntry>): void {
    this.#entry = { ...this.#entry, ...fields };
    this.#onChange();
  }
}

function isUnderWay({ status }: UploadEntry): boolean {
  return status === "checking" || status === "ready" || status === "uploading";
}
