import type { Json } from "../wire/json";

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

/** Everything about one event. */
export type EventView = {
  readonly kind: "event";
  readonly seq: number;
  readonly row: Row | null;
  /** The frame's text, its bytes in base64, or the event as JSON; cut at `MAX_RAW_CHARS`. */
  readonly raw: string;
  readonly encoding: "text" | "base64" | "json";
  readonly raw_length: number;
  readonly payload: Json;
  /** The push that this reply answers, or the reply to this push. */
  readonly pair: { readonly seq: number; readonly ms: number } | null;
  readonly problems: readonly string[];
};

export const MAX_RAW_CHARS = 200_000;
