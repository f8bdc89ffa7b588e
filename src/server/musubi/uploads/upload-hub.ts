import { randomBytes as systemRandomBytes } from "node:crypto";
import { failure, success } from "../../../wire/result";
import type { EndpointHandle } from "../../phoenix/endpoint-handle";
import { UPLOADS, type UploadChannelControl, type UploadHost, type UploadHub } from "../page/upload-hub";
import { getPrivate } from "../socket-context";
import { noStorage } from "./no-storage";
import { StoreUploads } from "./store-uploads";
import type { UploadEntry } from "./upload-entry";
import { ProgressThrottle } from "./upload-ops";
import {
  allowUpload,
  cancelUpload,
  type PushContext,
  tellProgress,
  uploadFailure,
  uploadProgress,
} from "./upload-pushes";
import { type ReceiverOptions, type ReceiverReport, UploadReceiver } from "./upload-receiver";
import { createEntryRef, type RandomBytes } from "./upload-ref";
import { addUploadPage } from "./upload-registry";
import { signClaims, type UploadClaims, verifyClaims } from "./upload-token";

/** The uploads of one page. `randomBytes` is what entry refs and the page's name in tokens are made of. */
export function createUploadHub(host: UploadHost, randomBytes: RandomBytes = systemRandomBytes): UploadHub {
  const uploads = new PageUploads(host, randomBytes);
  const context: PushContext = {
    host,
    createRef: () => createEntryRef(randomBytes),
    sign: (store, name, entry) => uploads.sign(store, name, entry),
  };
  const hub: UploadHub = {
    registerStore: (storeId, configs) => uploads.add(new StoreUploads(storeId, configs)),
    // By what the socket has: another store may have taken its id over.
    discardStore: (_storeId, socket) => uploads.remove(getPrivate(socket, UPLOADS)),
    allow: (message) => {
      // Only now may a token name the page.
      uploads.publish(hub);
      return allowUpload(message, context);
    },
    cancel: (message) => cancelUpload(message, context),
    progress: (message) => uploadProgress(message, context),
    error: (message) => uploadFailure(message, context),
    join: (entryRef, payload, control) => {
      const claims = host.endpoint && verifyClaims(host.endpoint, entryRef, payload);
      const receiver = claims && uploads.receive(claims, control);
      return receiver === null ? failure("unauthorized") : success(receiver);
    },
    takeOps: () => uploads.takeOps(),
    stop: () => uploads.stop(),
  };
  return hub;
}

/** Bytes of a page's name in tokens. It need not be a secret: the token is signed. */
const KEY_BYTES = 12;

class PageUploads {
  readonly #host: UploadHost;
  readonly #key: string;
  readonly #stores = new Set<StoreUploads>();
  readonly #throttle = new ProgressThrottle();
  #unpublish: (() => void) | null = null;

  constructor(host: UploadHost, randomBytes: RandomBytes) {
    this.#host = host;
    this.#key = Buffer.from(randomBytes(KEY_BYTES)).toString("base64url");
  }

  add(store: StoreUploads): StoreUploads {
    this.#stores.add(store);
    return store;
  }

  remove(registered: unknown): void {
    if (!(registered instanceof StoreUploads) || !this.#stores.delete(registered)) return;
    registered.discard();
  }

  publish(hub: UploadHub): void {
    const { endpoint } = this.#host;
    if (endpoint !== null) this.#unpublish ??= addUploadPage(endpoint, this.#key, hub);
  }

  stop(): void {
    this.#unpublish?.();
    for (const store of this.#stores) store.discard();
    this.#stores.clear();
  }

  /** Stores by the length of their ids, and each one's ops in their order; progress that comes too soon is dropped. */
  takeOps() {
    if (this.#stores.size === 0) return [];
    const stores = [...this.#stores].sort((a, b) => a.storeId.length - b.storeId.length);
    return this.#throttle.pass(
      stores.flatMap((store) => store.takeOps()),
      this.#host.timers.now(),
    );
  }

  sign({ storeId }: StoreUploads, upload: string, { ref, clientSize }: UploadEntry): string {
    const endpoint = this.#requireEndpoint(upload);
    return signClaims(endpoint, { page: this.#key, storeId, upload, entryRef: ref, clientSize });
  }

  /** Who takes the bytes of a channel that was joined with these claims; null where they mean nothing here any more. */
  receive(claims: UploadClaims, control: UploadChannelControl): UploadReceiver | null {
    const store = this.#find(claims);
    if (store === null) return null;
    const entry = store.findEntry(claims.upload, claims.entryRef);
    // A client may come back for an entry that was cancelled, or is whole: as in the real server it is let in, and what
    // it brings is thrown away.
    const isWanted = entry !== null && entry.status !== "success";
    return isWanted ? this.#attach(store, claims, control) : this.#attachStray(store, claims, control);
  }

  #find({ page, storeId, upload }: UploadClaims): StoreUploads | null {
    if (page !== this.#key) return null;
    const id = JSON.stringify(storeId);
    const named = [...this.#stores].filter((store) => JSON.stringify(store.storeId) === id);
    // The last one: a store that is being replaced by another of its id may still be there.
    return named.findLast((store) => store.find(upload) !== null) ?? null;
  }

  #attach(store: StoreUploads, claims: UploadClaims, control: UploadChannelControl): UploadReceiver {
    const { upload, entryRef } = claims;
    const storage = store.find(upload)?.config.storage ?? noStorage;
    const report = (said: ReceiverReport) => this.#hear(store, claims, receiver, said);
    const receiver = this.#createReceiver(store, claims, { control, storage, report });
    store.attach(entryRef, receiver);
    return receiver;
  }

  #attachStray(store: StoreUploads, claims: UploadClaims, control: UploadChannelControl): UploadReceiver {
    const report = (said: ReceiverReport) => {
      if (said.kind !== "written" || said.file !== null) store.detachStray(receiver);
    };
    const receiver = this.#createReceiver(store, claims, { control, storage: noStorage, report });
    store.attachStray(receiver);
    return receiver;
  }

  #createReceiver(
    store: StoreUploads,
    { upload, entryRef, clientSize }: UploadClaims,
    rest: Pick<ReceiverOptions, "control" | "storage" | "report">,
  ): UploadReceiver {
    const limits = store.find(upload)?.config;
    if (limits === undefined) throw new Error(`The upload "${upload}" was found, and is not there.`);
    return new UploadReceiver({ entryRef, clientSize, limits, timers: this.#host.timers, ...rest });
  }

  #hear(
    store: StoreUploads,
    { upload, entryRef }: UploadClaims,
    receiver: UploadReceiver,
    report: ReceiverReport,
  ): void {
    const job = async () => {
      // A failure has happened all the same; what else it says is of bytes that have made way for another channel's.
      if (report.kind !== "failed" && !store.isReceiving(entryRef, receiver)) return;
      store.report(upload, entryRef, report);
      if (report.kind === "written") await tellProgress(store, upload, entryRef, this.#host);
    };
    // What the job throws has crashed the page: that is where it is told.
    this.#host.enqueue(job).catch(() => undefined);
  }

  #requireEndpoint(upload: string): EndpointHandle {
    if (this.#host.endpoint !== null) return this.#host.endpoint;
    throw new Error(
      `The upload "${upload}" needs an endpoint to sign its tokens: start its page on one, or make the upload external.`,
    );
  }
}
