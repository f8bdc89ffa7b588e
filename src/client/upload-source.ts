/** A file to upload: a browser's `File` is one. */
export type UploadSource = {
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  /** The MIME type; empty where unknown. */
  readonly type: string;
  /** The bytes from `start` up to, not including, `end`. Reading them may fail: a file can go away. */
  readonly slice: (start: number, end: number) => { readonly arrayBuffer: () => Promise<ArrayBuffer> };
};
