/** Rows that PageUp and PageDown move by. */
const PAGE = 20;

/** A key that was pressed, as a `KeyboardEvent` tells it. */
type Pressed = {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
};

/** The row that a key moves to, from `present` (null: no row is chosen); null if the key means nothing in a list. */
export function gridTarget(
  { key, ctrlKey, metaKey, altKey }: Pressed,
  present: number | null,
  total: number,
): number | null {
  if (ctrlKey || metaKey || altKey || total === 0) return null;
  const clamp = (row: number): number => Math.max(0, Math.min(total - 1, row));
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
