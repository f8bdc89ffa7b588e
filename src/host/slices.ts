import type { Scene } from "./scene";

/** What looks at one entry after the other, and may have many to look at. */
export type Work = { readonly extend: (most: number) => unknown; readonly left: () => number };

/** Work that takes longer than this goes on another time: meanwhile the page delivers, and waits to be heard. */
export const SLICE_MS = 8;

/** After so many entries it is asked what time it is. */
const ENTRIES_A_LOOK = 256;

/** Gets on with the work for a while, and asks to be called again where that was not enough. */
export function workOn({ extend, left }: Work, { now, again }: Pick<Scene, "now" | "again">): void {
  const until = now() + SLICE_MS;
  do extend(ENTRIES_A_LOOK);
  while (left() > 0 && now() < until);
  if (left() > 0) again();
}
