import type { Scene } from "./scene";

/** What looks at one thing after the other, and may have many to look at. */
export type Work = { readonly extend: (most: number) => unknown; readonly left: () => number };

/** What all work of one update may take: what is left goes on another time. Meanwhile pages and panels are heard. */
export const SLICE_MS = 8;

/** After so many it is asked what time it is. A frame's text may be long. */
export const LOOKED_AT_ONCE = 64;

/** Gets on with the work as long as there is time, but a little in any case, and asks to be called again for the rest. */
export function workOn(
  { extend, left }: Work,
  { now, until, again }: Pick<Scene, "now" | "until" | "again">,
): void {
  do extend(LOOKED_AT_ONCE);
  while (left() > 0 && now() < until);
  if (left() > 0) again();
}
