/** Rows that PageUp and PageDown move by. */
const PAGE = 20;

/** The row that a key moves to, from `present` (null: no row is chosen); null if the key means nothing in a grid. */
export function gridTarget(key: string, present: number | null, total: number): number | null {
  const clamp = (row: number): number | null => (total === 0 ? null : Math.max(0, Math.min(total - 1, row)));
  switch (key) {
    case "ArrowDown":
      return clamp(present === null ? 0 : present + 1);
    case "ArrowUp":
      return clamp(present === null ? total - 1 : present - 1);
    case "PageDown":
      return clamp((present ?? 0) + PAGE);
    case "PageUp":
      return clamp((present ?? total) - PAGE);
    case "Home":
      return clamp(0);
    case "End":
      return clamp(total - 1);
    default:
      return null;
  }
}
