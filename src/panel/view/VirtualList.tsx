import { useSignal } from "@preact/signals";
import type { ComponentChildren, HTMLAttributes } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import { drawnRows, type RowRange, rowTop, scrollHeight, scrollTopFor } from "../model/row-window";
import { useSize } from "./use-size";

export type VirtualListProps = {
  readonly total: number;
  /** CSS pixels; every row has this height. */
  readonly rowHeight: number;
  readonly render: (range: RowRange) => ComponentChildren;
  /** Keeps the last row in view. */
  readonly follow?: boolean;
  /** The row that must be in view; scrolled to when it changes. */
  readonly reveal?: number | null;
  readonly onSee?: (seen: RowRange) => void;
  /** A person scrolled: up, or to the end. */
  readonly onFollow?: (following: boolean) => void;
  /** Role, label, keys: what the scrolling element is. */
  readonly attributes: HTMLAttributes<HTMLDivElement>;
};

/** A scrolling list of any length, of which only the rows in view are in the document. */
export function VirtualList(props: VirtualListProps) {
  const { total, rowHeight, follow = false, reveal = null } = props;
  const ref = useRef<HTMLDivElement>(null);
  const scrollTop = useSignal(0);
  const size = useSize(ref);
  const viewport = { scrollTop: scrollTop.value, height: size.value.height, rowHeight, total };
  const range = drawnRows(viewport);
  /** What was last in view because it had to be: another row, or a list of another height, is another matter. */
  const revealed = useRef("");
  /** Where the list was put last, to tell a person's scrolling from our own. */
  const placed = useRef(0);

  useLayoutEffect(() => {
    const element = ref.current;
    if (element === null) return;
    if (follow) element.scrollTop = element.scrollHeight;
    else if (reveal !== null && revealed.current !== `${reveal} ${viewport.height}`) {
      element.scrollTop = scrollTopFor({ ...viewport, scrollTop: element.scrollTop }, reveal);
    }
    revealed.current = `${reveal} ${viewport.height}`;
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
