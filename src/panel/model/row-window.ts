/** Rows `first` up to, not including, `first + count`. */
export type RowRange = { readonly first: number; readonly count: number };

export function isWithin(row: number, { first, count }: RowRange): boolean {
  return row >= first && row < first + count;
}

/** What is asked for before the list has been measured. */
export const FIRST_ROWS: RowRange = { first: 0, count: 50 };

/** A scrolling list of rows of one height, in CSS pixels. */
export type Viewport = {
  readonly scrollTop: number;
  readonly height: number;
  readonly rowHeight: number;
  readonly total: number;
};

/** Browsers cap the height of an element (Firefox near 17.9 million pixels): a taller list scrolls in larger steps. */
export const MAX_SCROLL_HEIGHT = 16_000_000;

/** Rows that are drawn above and below what is seen, so that a small scroll shows no blank. */
const OVERSCAN = 6;

/** Rows asked for around what is seen, and the grid that their first row is on: most scrolling asks nothing new. */
const MARGIN = 100;
const STEP = 50;

export function scrollHeight({ total, rowHeight }: Viewport): number {
  return Math.min(total * rowHeight, MAX_SCROLL_HEIGHT);
}

/** The rows to draw. */
export function drawnRows(viewport: Viewport): RowRange {
  const top = Math.floor(listOffset(viewport) / viewport.rowHeight);
  const bottom = Math.ceil((listOffset(viewport) + viewport.height) / viewport.rowHeight);
  const first = Math.max(0, Math.min(top - OVERSCAN, viewport.total));
  return { first, count: Math.max(0, Math.min(bottom + OVERSCAN, viewport.total) - first) };
}

/**
 * Where row `row` stands in the scrolled element, in pixels from its top. A list may be scrolled further than the height
 * that was measured last allows: its rows stay within it all the same, else they would make it longer.
 */
export function rowTop(viewport: Viewport, row: number): number {
  const scrollable = Math.max(0, scrollHeight(viewport) - viewport.height);
  const scrolled = Math.max(0, Math.min(viewport.scrollTop, scrollable));
  return row * viewport.rowHeight - listOffset(viewport) + scrolled;
}

/** The scroll position nearest to the present one that shows all of row `row`. */
export function scrollTopFor(viewport: Viewport, row: number): number {
  const offset = listOffset(viewport);
  const top = row * viewport.rowHeight;
  const bottom = top + viewport.rowHeight;
  if (top < offset) return toScrollTop(viewport, top);
  if (bottom > offset + viewport.height) return toScrollTop(viewport, bottom - viewport.height);
  return viewport.scrollTop;
}

/** The window to ask for, so that `seen` and what is near it can be drawn. */
export function askedRows(seen: RowRange): RowRange {
  const first = Math.max(0, Math.floor((seen.first - MARGIN) / STEP) * STEP);
  const end = Math.ceil((seen.first + seen.count + MARGIN) / STEP) * STEP;
  return { first, count: end - first };
}

/** A row of a window by its number in the whole list. */
export function rowAt<Row>(
  view: { readonly from: number; readonly rows: readonly Row[] } | null,
  row: number,
): Row | undefined {
  return view?.rows[row - view.from];
}

/** Pixels of the list above what is seen. It is `scrollTop` unless the list is taller than elements can be. */
function listOffset(viewport: Viewport): number {
  const { scrollTop, height, rowHeight, total } = viewport;
  const scrollable = scrollHeight(viewport) - height;
  const real = total * rowHeight - height;
  if (scrollable <= 0) return 0;
  return Math.max(0, Math.min(scrollTop, scrollable)) * (real / scrollable);
}

function toScrollTop(viewport: Viewport, offset: number): number {
  const real = viewport.total * viewport.rowHeight - viewport.height;
  const scrollable = scrollHeight(viewport) - viewport.height;
  return real <= 0 ? 0 : Math.max(0, Math.min(real, offset)) * (scrollable / real);
}
