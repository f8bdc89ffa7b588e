import type { Json } from "../wire/json";
import type { StreamStart, StreamView, UploadView } from "./attachment-view";
import type { EventView, Row } from "./event-view";
import type {
  ChannelDetailView,
  ChannelQuery,
  ChannelsQuery,
  ChannelsView,
  ConnectionLifeView,
  ConnectionQuery,
  PresenceQuery,
  PresenceView,
} from "./life-view";
import type { LineSubject } from "./line-key";
import type { RootKey } from "./root-key";
import type { LogQuery, LogView, StoresQuery, StoresView } from "./stores-view";
import type {
  EntryQuery,
  EntryView,
  RatesQuery,
  RatesView,
  TimelineQuery,
  TimelineView,
} from "./timeline-view";
import type { Window } from "./window";

export type { EventView, Row } from "./event-view";
export type { RootKey } from "./root-key";

/**
 * What the panel asks for. A query is watched: its view comes at once, and again whenever it has changed.
 * `from` is a row, counted from 0; `"end"` follows the newest rows.
 */
export type Query =
  | { readonly kind: "overview" }
  | {
      readonly kind: "store";
      readonly root: RootKey;
      readonly store_id: readonly string[];
      /** Which of its streams are shown from elsewhere than their first item. */
      readonly streams?: readonly StreamStart[];
    }
  | {
      readonly kind: "rows";
      readonly from: number | "end";
      readonly count: number;
      readonly filter: RowFilter;
    }
  | { readonly kind: "event"; readonly seq: number }
  | ProblemsQuery
  | AskQuery
  | StoresQuery
  | LogQuery
  | TimelineQuery
  | EntryQuery
  | RatesQuery
  | ChannelsQuery
  | ChannelQuery
  | PresenceQuery
  | ConnectionQuery;

/**
 * What went wrong in the whole session, whichever moment of it is looked at; or, with `of`, by that moment and with this
 * thing or what is in it.
 */
export type ProblemsQuery = { readonly kind: "problems"; readonly of?: LineSubject } & Window;

/** Any question that the engine answers (its `Question`); what is none is answered so. */
export type AskQuery = {
  readonly kind: "ask";
  readonly question: Json;
  /** It is answered once, and again only at another moment; without it, after each event. */
  readonly once?: boolean;
};

/** `text` stands in the frame's text, or in the event as JSON, in whatever case. */
export type RowFilter = {
  readonly text: string;
  readonly heartbeats: boolean;
  /** Without it, events of all types. */
  readonly only?: RowsOnly;
};

/** Frames, or those of one direction. */
export const ROWS_ONLY = ["frames", "out", "in"] as const;
export type RowsOnly = (typeof ROWS_ONLY)[number];

export type View =
  | OverviewView
  | StoreView
  | RowsView
  | EventView
  | ProblemsView
  | AnswerView
  | StoresView
  | LogView
  | TimelineView
  | EntryView
  | RatesView
  | ChannelsView
  | ChannelDetailView
  | PresenceView
  | ConnectionLifeView;

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

export type StoreView = {
  readonly kind: "store";
  readonly root: RootKey;
  readonly store_id: readonly string[];
  readonly version: number;
  /** What the root held then has been let go: of the store nothing can be told. Absent: it has not. */
  readonly truncated?: true;
  /**
   * The store's own value as the server sent it. Every store nested in it is cut down to its
   * `__musubi_store_id__`. Null: the store is not in the tree now.
   */
  readonly value: Json;
  /** What the store's streams and uploads hold; `value` has a slot, with the name alone, where one of them stands. */
  readonly streams: readonly StreamView[];
  readonly uploads: readonly UploadView[];
  /**
   * The numbers that a double does not hold as the server wrote them, by JSON Pointers into the value, the items of a
   * stream under their keys where its slot stands: their source digits, or null where these are not known any more.
   * Absent: there are none.
   */
  readonly digits?: readonly (readonly [path: string, digits: string | null])[];
};

export type RowsView = {
  readonly kind: "rows";
  /** Row number of the first of `rows`. */
  readonly from: number;
  /** Rows that match the filter. */
  readonly total: number;
  readonly rows: readonly Row[];
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
