/** Where the bytes of channel uploads are kept until they are consumed. */
export type UploadStorage = {
  /** Begins a file. A rejection fails the upload with `internal`. */
  readonly open: (entryRef: string) => Promise<UploadWriter>;
};

/** One file that is being received. What rejects here is told to the client as "write failed" (wire.md 9.4). */
export type UploadWriter = {
  /** Appends. Called again only after the call before has settled. */
  readonly write: (chunk: Uint8Array) => Promise<void>;
  /** No more bytes will come. */
  readonly finish: () => Promise<UploadedFile>;
  /** Removes the bytes, finished or not. Never rejects; more calls than one do nothing. */
  readonly discard: () => Promise<void>;
};

/** A received file. It is gone once it was consumed: read, copy or rename it before. */
export type UploadedFile = {
  /** Where it is on this machine's disk; null for a storage without paths. */
  readonly path: string | null;
  readonly read: () => Promise<Uint8Array>;
};
