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
