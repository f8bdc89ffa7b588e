import type { Json } from "./json";

/** Which way a frame went, seen from the page. */
export type Direction = "out" | "in";

/** The five fields of a Phoenix message (wire.md 1.2), whatever serializer carried it. */
export type Frame = {
  readonly join_ref: string | null;
  readonly ref: string | null;
  readonly topic: string;
  readonly event: string;
  readonly payload: Json;
};

/** How long a binary frame, or the data of one, may be: what is longer is a fault, and no work is done for it. */
export const MAX_FRAME_BYTES = 64 * 1024 * 1024;

/** The same for a text frame, in UTF-16 code units. */
export const MAX_FRAME_CHARS = 64 * 1024 * 1024;
