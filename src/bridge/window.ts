import { isCount } from "./guard";

/** A part of a long list: `from` is a row, counted from 0; `"end"` follows the newest rows. */
export type Window = { readonly from: number | "end"; readonly count: number };

/** The most rows that one query may ask for. */
export const MAX_WINDOW_ROWS = 1_000;

export function isWindow(value: { readonly [key: string]: unknown }): boolean {
  return (
    (value.from === "end" || isCount(value.from)) && isCount(value.count) && value.count <= MAX_WINDOW_ROWS
  );
}
