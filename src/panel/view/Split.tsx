import { useSignal } from "@preact/signals";
import type { ComponentChildren, TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useContext, useId, useMemo, useRef } from "preact/hooks";
import { keepSplit, readSplit } from "../model/settings-kept";
import { say } from "../text/say";
import { PanelContext } from "./panel-context";
import { textScale } from "./TextScale";
import { useSize } from "./use-size";

/** Narrower than this, the panes stand above one another. CSS pixels. */
const STACK_BELOW = 640;
/** Percent of the whole. */
const SMALLEST = 15;
const STEP = 3;

type SplitProps = {
  /** Under which it is kept where a person has put the divider; without it that is not kept. */
  readonly name?: string;
  readonly first: ComponentChildren;
  /** Null: the first pane has everything. */
  readonly second: ComponentChildren | null;
  /** Percent of the whole that the first pane has until a person moves the divider. */
  readonly share: { readonly beside: number; readonly stacked: number };
};

/** Two panes side by side, or stacked where it is narrow, with a divider to drag or to move by arrow keys. */
export function Split({ name, first, second, share }: SplitProps) {
  const ref = useRef<HTMLDivElement>(null);
  const id = useId();
  const size = useSize(ref);
  const { memory } = useContext(PanelContext);
  const isStacked = size.value.width < STACK_BELOW * textScale.value;
  // Stacked and beside one another are two splits.
  const way = isStacked ? "stacked" : "beside";
  const kept = useMemo(
    () => (name === undefined ? null : readSplit(memory, `${name}.${way}`)),
    [memory, name, way],
  );
  const moved = useSignal<{ readonly [Way in typeof way]?: number }>({});
  const percent = moved.value[way] ?? kept ?? share[way];

  function resize(to: number): void {
    const percent = Math.round(Math.max(SMALLEST, Math.min(100 - SMALLEST, to)));
    moved.value = { ...moved.value, [way]: percent };
    if (name !== undefined) keepSplit(memory, `${name}.${way}`, percent);
  }

  function onPointerMove(event: TargetedPointerEvent<HTMLDivElement>): void {
    const box = ref.current?.getBoundingClientRect();
    if (box === undefined || !event.currentTarget.hasPointerCapture(event.pointerId)) return;
    resize(
      isStacked
        ? ((event.clientY - box.top) / box.height) * 100
        : ((event.clientX - box.left) / box.width) * 100,
    );
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    const isSmaller = event.key === (isStacked ? "ArrowUp" : "ArrowLeft");
    const isLarger = event.key === (isStacked ? "ArrowDown" : "ArrowRight");
    if (!isSmaller && !isLarger) return;
    event.preventDefault();
    resize(percent + (isLarger ? STEP : -STEP));
  }

  const track = `minmax(0, ${percent}fr) auto minmax(0, ${100 - percent}fr)`;
  return (
    <div
      ref={ref}
      class="split"
      data-stacked={isStacked}
      style={second === null ? {} : { [isStacked ? "gridTemplateRows" : "gridTemplateColumns"]: track }}
    >
      <div class="pane" id={id}>
        {first}
      </div>
      {second !== null && (
        <>
          {/* biome-ignore lint/a11y/useSemanticElements: a window splitter is a focusable separator, which hr is not */}
          <div
            class="divider"
            role="separator"
            tabIndex={0}
            aria-label={say("split_resize")}
            aria-controls={id}
            aria-orientation={isStacked ? "horizontal" : "vertical"}
            aria-valuenow={percent}
            aria-valuemin={SMALLEST}
            aria-valuemax={100 - SMALLEST}
            onKeyDown={onKeyDown}
            onPointerDown={(event) => event.currentTarget.setPointerCapture(event.pointerId)}
            onPointerMove={onPointerMove}
          />
          <div class="pane">{second}</div>
        </>
      )}
    </div>
  );
}
