/** One file of an upload, as the page that sends it knows it. */
export type UploadEntry = {
  /** The file's place in the list that was given, as a string: what the wire calls `client_ref`. */
  readonly ref: string;
  /** The server's name for it, under which the root's state shows it. Null until the server has let it in. */
  readonly entry_ref: string | null;
  readonly name: string;
  /** In bytes. */
  readonly size: number;
  readonly type: string;
  readonly status: UploadStatus;
  /** In percent, 0 to 100, as far as the server, or the uploader, has said. */
  readonly progress: number;
  /** Why it was refused or failed; null otherwise. */
  readonly error: UploadFault | null;
};

export type UploadStatus =
  /** The server has not said yet whether it lets the file in. */
  | "checking"
  /** It does; `start` sends it. */
  | "ready"
  | "uploading"
  | "success"
  /** The server does not let it in. */
  | "refused"
  | "failed"
  | "cancelled";

/** A word for programs, and a sentence for people where there is one. */
export type UploadFault = { readonly code: string; readonly message: string | null };

/** How the sending of one file ended. */
export type SendOutcome =
  | { readonly kind: "success" }
  | { readonly kind: "failed"; readonly error: UploadFault }
  | { readonly kind: "cancelled" };

export function failed(code: string, message: string | null): SendOutcome & { readonly kind: "failed" } {
  return { kind: "failed", error: { code, message } };
}
