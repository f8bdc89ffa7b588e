import type { Json } from "../wire/json";
import type { StreamView, UploadView } from "./attachment-view";

/** Names one root in a session: two connections may each have a root of the same id. */
export type RootKey = {
  readonly connection: number;
  readonly topic: string;
  readonly root_id: string;
};

/**
 * What the panel asks for. A query is watched: its view comes at once, and again whenever it has changed.
 * `from` is a row, counted from 0; `"end"` follows the newest rows.
 */
export type Query =
  | { readonly kind: "overview" }
  | { readonly kind: "tree"; readonly root: RootKey }
  | { readonly kind: "store"; readonly root: RootKey; readonly store_id: readonly string[] }
  | {
      readonly kind: "rows";
      readonly from: number | "end";
      readonly count: number;
      readonly filter: RowFilter;
    }
  | { readonly kind: "event"; readonly seq: number }
  | { readonly kind: "problems"; readonly from: number | "end"; readonly count: number }
  | AskQuery;

/** Any question that the engine answers (its `Question`); what is none is answered so. */
export type AskQuery = { readonly kind: "ask"; readonly question: Json };

/** `text` matches topic, event, summary and frame text, whatever the case. */
export type RowFilter = { readonly text: string; readonly heartbeats: boolean };

export type View = OverviewView | TreeView | StoreView | RowsView | EventView | ProblemsView | AnswerView;

/** The engine's `Answer`. */
export type AnswerView = { readonly kind: "answer"; readonly answer: unknown };

export type OverviewView = {
  readonly kind: "overview";
  readonly capture: CaptureView;
  readonly session: {
    /** Changes when a new page starts a new session. */
    readonly id: string;
    /** It goes on; false: the panel has chosen a session whose page was left. */
    readonly isLive: boolean;
    readonly events: number;
    readonly problems: number;
    readonly url: string | null;
    readonly title: string | null;
  };
  /** The session before this one, which can be shown; null where there is none. */
  readonly past: {
    readonly id: string;
    readonly events: number;
    readonly url: string | null;
    readonly title: string | null;
  } | null;
  readonly connections: readonly ConnectionView[];
};

/** How far the capture of this tab's page has come, for the panel's diagnosis. */
export type CaptureView = {
  /** A content script of the page has reported. */
  readonly page: boolean;
  /** The page's tap: has not reported, records, or has turned itself off after errors of its own. */
  readonly tap: "none" | "active" | "off";
  /** Why the tap is off. */
  readonly why: string | null;
  /** The page has made WebSockets that cannot be Phoenix's. */
  readonly otherSockets: boolean;
  /** Something keeps the session from being written to disk: a sentence for a person. */
  readonly storage: string | null;
};

export type ConnectionView = {
  readonly id: number;
  /** URL of the iframe that holds it; null for the top frame. */
  readonly frame: string | null;
  readonly endpoint: string;
  readonly transport: "websocket" | "longpoll";
  readonly serializer: string;
  readonly status: "connecting" | "connected" | "reconnecting" | "closed";
  readonly channels: readonly ChannelView[];
  readonly roots: readonly RootView[];
};

export type ChannelView = {
  readonly topic: string;
  readonly state: "joining" | "joined" | "refused" | "errored" | "leaving" | "closed";
  readonly kind: "connection" | "root" | "upload" | "plain";
};

export type RootView = {
  readonly key: RootKey;
  readonly module: string;
  readonly caller_id: string;
  readonly params: Json;
  readonly wire: "multiplexed" | "per_root" | "adapter";
  readonly status: "mounting" | "mounted" | "refused" | "unmounted" | "lost";
  readonly epoch: number;
  readonly version: number;
  /** The last applied envelope and, where it could be told, the command that caused it (a heuristic). */
  readonly last_envelope: {
    readonly seq: number;
    readonly t: number;
    readonly command: { readonly seq: number; readonly name: string } | null;
  } | null;
  /** Operations on streams and uploads that were malformed and had to be skipped. */
  readonly kept: { readonly stream_ops: number; readonly upload_ops: number };
  readonly problems: number;
};

export type TreeView = {
  readonly kind: "tree";
  readonly root: RootKey;
  /** Null: there is no such root, or it has no state yet. */
  readonly tree: StoreNode | null;
};

/** A store and the stores that were rendered inside it, in document order. */
export type StoreNode = {
  readonly store_id: readonly string[];
  /** The pointer from the owning store to this one: `/child`, `/lines/0`. Empty for the root. */
  readonly path: string;
  /** Up to `MAX_PREVIEW_FIELDS` plain fields, for a one-line preview. */
  readonly preview: readonly { readonly key: string; readonly value: string }[];
  readonly children: readonly StoreNode[];
};

export type StoreView = {
  readonly kind: "store";
  readonly root: RootKey;
  readonly store_id: readonly string[];
  readonly version: number;
  /**
   * The store's own value as the server sent it. Every store nested in it is cut down to its
   * `__musubi_store_id__`. Null: the store is not in the tree now.
   */
  readonly value: Json;
  /** What the store's streams and uploads hold; `value` has a slot, with the name alone, where one of them stands. */
  readonly streams: readonly StreamView[];
  readonly uploads: readonly UploadView[];
};

export type RowsView = {
  readonly kind: "rows";
  /** Row number of the first of `rows`. */
  readonly from: number;
  /** Rows that match the filter. */
  readonly total: number;
  readonly rows: readonly Row[];
};

/** One line of the list of frames: an event of the session, whether a frame or not. */
export type Row = {
  readonly seq: number;
  readonly t: number;
  readonly socket: number | null;
  readonly type:
    | "socket"
    | "open"
    | "out"
    | "in"
    | "error"
    | "close"
    | "page"
    | "gap"
    | "base"
    | "mark"
    | "unknown"
    | "broken";
  readonly topic: string | null;
  readonly event: string | null;
  readonly ref: string | null;
  readonly join_ref: string | null;
  /** Bytes of the frame on the wire; 0 where the event is no frame. */
  readonly size: number;
  /** One line for a person. */
  readonly summary: string;
  readonly by: "page" | "devtools";
  readonly problem: string | null;
};

export type EventView = {
  readonly kind: "event";
  readonly seq: number;
  readonly row: Row | null;
  /** The frame's text, its bytes in base64, or the event as JSON; cut at `MAX_RAW_CHARS`. */
  readonly raw: string;
  readonly raw_length: number;
  readonly payload: Json;
  /** The push that this reply answers, or the reply to this push. */
  readonly pair: { readonly seq: number; readonly ms: number } | null;
  readonly problems: readonly string[];
};

export type ProblemsView = {
  readonly kind: "problems";
  readonly from: number;
  readonly total: number;
  readonly rows: readonly {
    readonly seq: number;
    readonly t: number;
    readonly code: string;
    readonly message: string;
  }[];
};

export const MAX_PREVIEW_FIELDS = 3;
export const MAX_RAW_CHARS = 200_000;
