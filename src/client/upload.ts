import type { Socket } from "phoenix";
import type { JsonObject } from "../wire/json";
import { EVENT, REPLY_STATUS } from "../wire/protocol";
import { success } from "../wire/result";
import { readAllowUploadReply } from "../wire/upload-channel";
import type { CommandResult } from "./command-result";
import { describeFailure, type Uploader } from "./external-upload";
import { Listeners } from "./listeners";
import type { Report } from "./report";
import type { UploadEntry } from "./upload-entry";
import { UploadFile, type UploadRoute } from "./upload-file";
import type { UploadSource } from "./upload-source";

export type UploadOptions = {
  /** Called with all entries whenever one has changed. */
  readonly onProgress?: (entries: readonly UploadEntry[]) => void;
  /** For files that go elsewhere, by the names that the server gives to its uploaders. */
  readonly uploaders?: { readonly [name: string]: Uploader };
};

/** What an upload needs of its root. */
export type UploadTarget = {
  readonly socket: Socket;
  readonly storeId: readonly string[];
  /** The upload's. */
  readonly name: string;
  /** Aborted when the root is lost, and the files with it: nothing is sent again (wire.md 12). */
  readonly signal: AbortSignal;
  /** Sends a message of the root. */
  readonly push: (event: string, payload: JsonObject) => Promise<CommandResult>;
  readonly report: Report;
};

/** In bytes, where the server names no size. */
const DEFAULT_CHUNK_SIZE = 64_000;

/** Some files on their way into an upload of a store (wire.md 9). */
export class Upload {
  readonly #target: UploadTarget;
  readonly #progress: Listeners<readonly UploadEntry[]>;
  readonly #files: readonly UploadFile[];
  readonly #answered: Promise<void>;
  #chunkSize = DEFAULT_CHUNK_SIZE;
  #ended: Promise<readonly UploadEntry[]> | null = null;

  /** Asks the server at once whether the files may come. */
  constructor(
    target: UploadTarget,
    sources: readonly UploadSource[],
    { onProgress, uploaders = {} }: UploadOptions = {},
  ) {
    this.#target = target;
    this.#progress = new Listeners(`The onProgress of upload "${target.name}"`, target.report);
    if (onProgress !== undefined) this.#progress.add(onProgress);
    const route: UploadRoute = {
      socket: target.socket,
      push: (event, fields) => this.#push(event, fields),
      uploaders,
    };
    this.#files = sources.map(
      (source, index) =>
        new UploadFile(route, source, String(index), () => this.#progress.call(this.entries)),
    );
    target.signal.addEventListener("abort", () => this.#failAll("disconnected", "The root was lost."), {
      once: true,
    });
    this.#answered = this.#askToUpload();
  }

  /** The files as they stand, in the order in which they were given. */
  get entries(): readonly UploadEntry[] {
    return this.#files.map(({ entry }) => entry);
  }

  /** Sends every file that the server lets in, all at once. Resolves with what became of each; never rejects. */
  start(): Promise<readonly UploadEntry[]> {
    this.#ended ??= this.#sendAll();
    return this.#ended;
  }

  /**
   * Takes a file back, on the server too. Resolves with the server's answer, or without one where the server has not
   * let it in (yet). @param ref the file's `ref` or its `entry_ref`
   */
  cancel(ref: string): Promise<CommandResult> {
    const file = this.#files.find(({ entry }) => entry.ref === ref || entry.entry_ref === ref);
    return file === undefined ? Promise.resolve(success({})) : file.cancel();
  }

  async #sendAll(): Promise<readonly UploadEntry[]> {
    await this.#answered;
    await Promise.all(this.#files.map((file) => file.send(this.#chunkSize)));
    return this.entries;
  }

  async #askToUpload(): Promise<void> {
    const entries = this.entries.map(({ ref, name, size, type }) => ({ client_ref: ref, name, size, type }));
    const result = await this.#push(EVENT.allowUpload, { entries });
    if (!result.ok) {
      const fault = describeFailure(result.failure);
      for (const file of this.#files) file.fail(fault);
      return;
    }
    const reply = readAllowUploadReply({ status: REPLY_STATUS.ok, response: result.value });
    const chunkSize = reply?.config?.chunk_size ?? DEFAULT_CHUNK_SIZE;
    this.#chunkSize = Number.isSafeInteger(chunkSize) && chunkSize > 0 ? chunkSize : DEFAULT_CHUNK_SIZE;
    for (const allowed of reply?.entries ?? []) this.#file(allowed.client_ref)?.allow(allowed);
    for (const { client_ref, code, message } of reply?.errors ?? []) {
      this.#file(client_ref)?.refuse({ code, message });
    }
    for (const file of this.#files) {
      if (file.entry.status === "checking") file.fail(NOT_ANSWERED);
    }
  }

  #file(ref: string): UploadFile | undefined {
    return this.#files.find(({ entry }) => entry.ref === ref);
  }

  #failAll(code: string, message: string): void {
    for (const file of this.#files) file.fail({ code, message });
  }

  #push(event: string, fields: JsonObject): Promise<CommandResult> {
    const { storeId, name, push } = this.#target;
    return push(event, { store_id: storeId, name, ...fields });
  }
}

const NOT_ANSWERED = { code: "bad_reply", message: "The server's answer says nothing of this file." };
