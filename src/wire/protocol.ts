/** The words of Phoenix Channels (wire.md 1) and of Musubi (wire.md 4, 5), each in one place. */
export const EVENT = {
  join: "phx_join",
  leave: "phx_leave",
  reply: "phx_reply",
  error: "phx_error",
  close: "phx_close",
  heartbeat: "heartbeat",
  presenceState: "presence_state",
  presenceDiff: "presence_diff",
  mount: "mount",
  unmount: "unmount",
  command: "command",
  patch: "patch",
  allowUpload: "allow_upload",
  cancelUpload: "cancel_upload",
  uploadProgress: "upload_progress",
  uploadError: "upload_error",
  /** On an upload's own channel (wire.md 9.4). */
  chunk: "chunk",
  /** The assigns lens: a message of our own, which only a server in development sends (lens.md). */
  assigns: "devtools:assigns",
} as const;

export const TOPIC = {
  phoenix: "phoenix",
  /** The connection channel of wire.md 4, unless the app chose another `musubi:*`. */
  connection: "musubi:connection",
  musubiPrefix: "musubi:",
  uploadPrefix: "musubi_upload:",
} as const;

export const REPLY_STATUS = { ok: "ok", error: "error" } as const;

/** The keys that mark what a node of a wire tree is (wire.md 6). */
export const MARKER = {
  storeId: "__musubi_store_id__",
  stream: "__musubi_stream__",
  upload: "__musubi_upload__",
  async: "__musubi_async__",
} as const;

/** Serializer versions (wire.md 1.1). */
export const VSN = { v1: "1.0.0", v2: "2.0.0" } as const;

/** WebSocket subprotocols (wire.md 1.5). */
export const SUBPROTOCOL = { phoenix: "phoenix", authTokenPrefix: "base64url.bearer.phx." } as const;

/** Content types of what a client posts on long poll (wire.md 1.6). */
export const CONTENT_TYPE = { ndjson: "application/x-ndjson", json: "application/json" } as const;

/** What stands in an upload's `accept`, instead of extensions, where any file will do (wire.md 9.1). */
export const ACCEPT_ANY = "any";
