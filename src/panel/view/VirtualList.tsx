import { useSignal } from "@preact/signals";
import type { ComponentChildren, HTMLAttributes } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { drawnRows, type RowRange, rowTop, scrollHeight, scrollTopFor } from "../model/row-window";
import { textScale } from "./TextScale";
import { useSize } from "./use-size";

export type VirtualListProps = {
  readonly total: number;
  /** CSS pixels where text has its usual size; every row has this height. */
  readonly rowHeight: number;
  readonly render: (range: RowRange) => ComponentChildren;
  /** What stays above the rows while they scroll, and its height as that of the rows is told. */
  readonly head?: ComponentChildren;
  readonly headHeight?: number;
  /** Keeps the last row in view. */
  readonly follow?: boolean | undefined;
  /** The row that must be in view; scrolled to when it changes. */
  readonly reveal?: number | null;
  /** What stands in that row, where rows move: it may be in another one, and is still the same. */
  readonly revealKey?: string | undefined;
  readonly onSee?: ((seen: RowRange) => void) | undefined;
  /** A person scrolled: up, or to the end. */
  readonly onFollow?: ((following: boolean) => void) | undefined;
  /** Role, label, keys: what the scrolling element is. */
  readonly attributes: HTMLAttributes<HTMLDivElement>;
};

type Revealed = {
  readonly target: string | number | null;
  readonly row: number | null;
  readonly height: number;
};

/** A scrolling list of any length, of which only the rows in view are in the document. */
export function VirtualList(props: VirtualListProps) {
  const { total, follow = false, reveal = null } = props;
  const scale = textScale.value;
  const rowHeight = props.rowHeight * scale;
  const ref = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const size = useSize(ref);
  const height = Math.max(0, size.value.height - (props.headHeight ?? 0) * scale);
  const viewport = { scrollTop: scrollTop.value, height, rowHeight, total };
  const range = drawnRows(viewport);
  const target = reveal === null ? null : (props.revealKey ?? reveal);
  /** What was brought into view last, its row, and how high the list was then. */
  const revealed = useRef<Revealed>({ target: null, row: null, height: 0 });
  /** Where the list was put last, to tell a person's scrolling from our own. */
  const placed = useRef(0);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    if (follow) element.scrollTop = element.scrollHeight;
    else if (reveal !== null && height > 0) {
      const [now, before] = [{ ...viewport, scrollTop: element.scrollTop }, revealed.current];
      // What is in view stays there where it moves, or the list gets lower; who has scrolled away is not thrown back.
      const isSeen =
        before.row !== null && scrollTopFor({ ...now, height: before.height }, before.row) === now.scrollTop;
      if (isSeen || target !== before.target) element.scrollTop = scrollTopFor(now, reveal);
    }
    // A row that the list does not have yet is brought into view when it has.
    const isDone = reveal === null || follow || (height > 0 && reveal < total);
    revealed.current = { target: isDone ? target : revealed.current.target, row: reveal, height };
    placed.current = element.scrollTop;
    scrollTop.value = element.scrollTop;
  });

  useLayoutEffect(() => props.onSee?.(range));

  function onScroll(event: { readonly currentTarget: HTMLDivElement }): void {
    const element = event.currentTarget;
    if (element.scrollTop === placed.current) return;
    const isAtEnd = element.scrollTop + element.clientHeight >= element.scrollHeight - rowHeight / 2;
    if (isAtEnd || element.scrollTop < scrollTop.value) props.onFollow?.(isAtEnd);
    scrollTop.value = element.scrollTop;
  }

  return (
    <div
      {...props.attributes}
      class={`scroller ${props.attributes.class ?? ""}`}
      ref={ref}
      onScroll={onScroll}
    >
      {props.head}
      <div class="spacer" role="presentation" style={{ height: `${scrollHeight(viewport)}px` }}>
        <div
          class="slice"
          role="presentation"
          style={{ transform: `translateY(${rowTop(viewport, range.first)}px)` }}
        >
          {props.render(range)}
        </div>
      </div>
    </div>
  );
}
