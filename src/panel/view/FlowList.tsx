import type { ComponentChildren, HTMLAttributes } from "preact";
import { useLayoutEffect, useRef } from "preact/hooks";
import type { RowRange } from "../model/row-window";

type FlowListProps = {
  readonly total: number;
  readonly render: (range: RowRange) => ComponentChildren;
  /** The row that must be in view; scrolled to when it changes. */
  readonly reveal: number | null;
  readonly onSee?: ((seen: RowRange) => void) | undefined;
  readonly attributes: HTMLAttributes<HTMLDivElement>;
};

/** A scrolling list that is short enough to be in the document as a whole, each row as high as it needs to be. */
export function FlowList({ total, render, reveal, onSee, attributes }: FlowListProps) {
  const ref = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => onSee?.({ first: 0, count: total }));
  useLayoutEffect(() => {
    if (reveal !== null) ref.current?.children[reveal]?.scrollIntoView({ block: "nearest" });
  }, [reveal]);
  return (
    <div {...attributes} class={`scroller flow ${attributes.class ?? ""}`} ref={ref}>
      {render({ first: 0, count: total })}
    </div>
  );
}
