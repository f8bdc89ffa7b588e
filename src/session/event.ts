import type { Json, JsonObject } from "../wire/json";

/**
 * One event of a session (session-format.md). `t` is milliseconds since the session's `started_at`.
 * An event's `seq` is its 1-based position and is not stored. Fields that are not named here are kept.
 */
export type SessionEvent =
  | SocketEvent
  | { readonly type: "open"; readonly t: number; readonly socket: number; readonly protocol?: string }
  | FrameEvent
  | { readonly type: "error"; readonly t: number; readonly socket: number }
  | CloseEvent
  | PageEvent
  | GapEvent
  | BaseEvent
  | { readonly type: "mark"; readonly t: number; readonly text: string }
  | UnknownEvent
  | BrokenEvent;

export type Transport = "websocket" | "longpoll";

export type SocketEvent = {
  readonly type: "socket";
  readonly t: number;
  readonly socket: number;
  readonly url: string;
  readonly transport: Transport;
  readonly protocols?: readonly string[];
  /** URL of the iframe; absent for the top frame. */
  readonly frame?: string;
};

/** One frame: its text, or its bytes in base64. On long poll, one Phoenix message. */
export type FrameEvent = {
  readonly type: "out" | "in";
  readonly t: number;
  readonly socket: number;
  readonly by?: "devtools";
} & ({ readonly text: string } | { readonly base64: string });

export type CloseEvent = {
  readonly type: "close";
  readonly t: number;
  readonly socket: number;
  readonly code: number;
  readonly reason: string;
  readonly clean: boolean;
};

export type PagePhase = "load" | "hide" | "show" | "unload";

export type PageEvent = {
  readonly type: "page";
  readonly t: number;
  readonly phase: PagePhase;
  readonly url: string;
  readonly title?: string;
};

/** This many events could not be kept. */
export type GapEvent = {
  readonly type: "gap";
  readonly t: number;
  readonly socket?: number;
  readonly events: number;
  readonly bytes: number;
  readonly why: string;
};

/** Earlier history of a root, or of a plain channel, folded into its state. */
export type BaseEvent = RootBaseEvent | ChannelBaseEvent;

export type RootBaseEvent = {
  readonly type: "base";
  readonly t: number;
  readonly socket: number;
  readonly topic: string;
  readonly join_ref: string | null;
  readonly root_id: string;
  readonly module: string;
  readonly id: string;
  readonly params: Json;
  readonly wire: "multiplexed" | "per_root" | "adapter";
  readonly status: "mounting" | "mounted" | "refused" | "unmounted" | "lost";
  readonly epoch: number;
  readonly version: number;
  /** The wire tree. */
  readonly state: Json;
  /** `[{store_id, stream, entries: [{item_key, item}]}]`. */
  readonly streams?: Json;
  /** `[{store_id, upload, config, entries, errors}]`, and `refs` where an entry does not hold its own. */
  readonly uploads?: Json;
  /** `[{store_id, module, assigns}]`, where the server shows them (lens.md). */
  readonly assigns?: Json;
};

export type ChannelBaseEvent = {
  readonly type: "base";
  readonly t: number;
  readonly socket: number;
  readonly topic: string;
  readonly join_ref: string | null;
  readonly presence: JsonObject | null;
};

/** An event of a type that this version does not know: kept as it stood in the file, and ignored. */
export type UnknownEvent = { readonly type: "unknown"; readonly t: number; readonly raw: JsonObject };

/** A line that is no event: kept as it stood, so that nothing is lost, and reported as a problem. */
export type BrokenEvent = {
  readonly type: "broken";
  readonly t: number;
  readonly text: string;
  readonly why: string;
  /** Its line in the file, counted from 1; absent where it came from no file. */
  readonly line?: number;
};

/** The first line of a session file. Fields that are not named here are kept. */
export type SessionHeader = {
  readonly format: "musubi-devtools-session";
  readonly version: 1;
  readonly started_at?: string;
  readonly page?: { readonly url?: string; readonly title?: string };
  readonly user_agent?: string;
  readonly producer?: string;
  readonly redactions?: readonly unknown[];
};
