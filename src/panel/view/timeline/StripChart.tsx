import { useSignal } from "@preact/signals";
import type { TargetedKeyboardEvent, TargetedPointerEvent } from "preact";
import { useEffect, useId, useLayoutEffect, useRef } from "preact/hooks";
import type { RatesView } from "../../../bridge/timeline-view";
import type { Panel } from "../../model/panel";
import type { Strip } from "../../model/strip";
import { shareAt, type TimeRange, timeAt } from "../../model/timeline-range";
import { say } from "../../text/say";
import { formatTime } from "../format";
import { useSize } from "../use-size";
import { kindWord } from "./KindChip";
import { paintStrip, readColors } from "./strip-paint";
import { useThemeStamp } from "./use-theme-stamp";

/** How much a key zooms, how far it moves, and how many pixels of a wheel double what is shown. */
const KEY_ZOOM = 0.7;
const KEY_PAN = 0.15;
const WHEEL_DOUBLES = 240;
/** CSS pixels: a shorter drag is a click, and a click so near to a mark means the mark. */
const LEAST_DRAG = 4;
const MARK_REACH = 5;

/** A part of the chart, as shares of its width. */
type Brush = { readonly start: number; readonly end: number };

/** How much happened when, by family: zoomed by wheel or keys, brushed by dragging. */
export function StripChart({ panel }: { readonly panel: Panel }) {
  const { timeline } = panel;
  const { strip } = timeline;
  const id = useId();
  const box = useRef<HTMLDivElement>(null);
  const canvas = useRef<HTMLCanvasElement>(null);
  const size = useSize(box);
  const brush = useSignal<Brush | null>(null);
  const range = strip.range.value;
  usePainting(panel, canvas, size.value);
  useWheel(strip, box);
  useLayoutEffect(() => strip.resize(size.value.width), [strip, size.value.width]);

  function finish({ start, end }: Brush): void {
    brush.value = null;
    const [low, high] = [Math.min(start, end), Math.max(start, end)];
    if ((high - low) * size.value.width >= LEAST_DRAG) {
      timeline.showRange({ from: timeAt(range, low), to: timeAt(range, high) });
      return;
    }
    const mark = markAt(strip.view.value, range, start, MARK_REACH / size.value.width);
    if (mark !== null) timeline.choice.jump(mark.seq);
    else timeline.showTime(timeAt(range, start));
  }

  function onPointerDown(event: TargetedPointerEvent<HTMLDivElement>): void {
    if (event.button !== 0) return;
    event.currentTarget.setPointerCapture(event.pointerId);
    const start = shareIn(event);
    brush.value = { start, end: start };
  }

  function onKeyDown(event: TargetedKeyboardEvent<HTMLDivElement>): void {
    if (event.ctrlKey || event.metaKey || event.altKey) return;
    if (event.key === "Escape") {
      if (brush.value === null) return;
      // DevTools would open their drawer, too.
      event.stopPropagation();
      brush.value = null;
    } else if (event.key === "Enter") timeline.showTime(range.from);
    else if (!moveByKey(strip, event.key)) return;
    event.preventDefault();
  }

  return (
    // biome-ignore lint/a11y/useSemanticElements: a chart with keys of its own is no set of fields
    <div
      ref={box}
      class="strip-chart"
      role="group"
      // biome-ignore lint/a11y/noNoninteractiveTabindex: it takes keys
      tabIndex={0}
      aria-label={say("timeline_strip")}
      aria-describedby={`${id}-keys`}
      data-action="strip"
      data-from={Math.round(range.from)}
      data-to={Math.round(range.to)}
      onKeyDown={onKeyDown}
      onPointerDown={onPointerDown}
      onPointerMove={(event) => {
        const started = brush.value;
        if (started !== null) brush.value = { ...started, end: shareIn(event) };
        else box.current?.setAttribute("title", titleAt(strip, range, shareIn(event), size.value.width));
      }}
      onPointerUp={() => brush.value !== null && finish(brush.value)}
      onPointerCancel={() => {
        brush.value = null;
      }}
    >
      {/* biome-ignore lint/a11y/noAriaHiddenOnFocusable: a canvas takes no focus */}
      <canvas ref={canvas} aria-hidden="true" />
      {brush.value !== null && <BrushBox brush={brush.value} />}
      <p id={`${id}-keys`} class="visually-hidden">
        {say("timeline_strip_keys")}
      </p>
    </div>
  );
}

function BrushBox({ brush: { start, end } }: { readonly brush: Brush }) {
  const left = Math.min(start, end) * 100;
  return <div class="strip-brush" style={{ left: `${left}%`, width: `${Math.abs(end - start) * 100}%` }} />;
}

/** Draws anew whenever something of the picture has changed. */
function usePainting(
  { timeline, moment }: Panel,
  canvas: { readonly current: HTMLCanvasElement | null },
  size: { readonly width: number; readonly height: number },
): void {
  const theme = useThemeStamp().value;
  const view = timeline.strip.view.value;
  const range = timeline.strip.range.value;
  const at = moment.at.value?.t ?? null;
  const chosen = timeline.choice.entry.value?.event.row?.t ?? null;
  // The theme is in the colours that are read.
  useLayoutEffect(() => {
    const element = canvas.current;
    const context = element?.getContext("2d") ?? null;
    if (element === null || context === null || view === null) return;
    const ratio = devicePixelRatio;
    const [width, height] = [Math.round(size.width * ratio), Math.round(size.height * ratio)];
    if (element.width !== width || element.height !== height) Object.assign(element, { width, height });
    context.setTransform(ratio, 0, 0, ratio, 0, 0);
    paintStrip(context, { size, range, view, colors: readColors(element), moment: at, chosen });
  }, [canvas, theme, view, range.from, range.to, size.width, size.height, at, chosen]);
}

/** A wheel's listener that Preact adds is passive in some browsers, so that the page would scroll as well. */
function useWheel(strip: Strip, box: { readonly current: HTMLDivElement | null }): void {
  useEffect(() => {
    const element = box.current;
    if (element === null) return;
    function onWheel(event: WheelEvent): void {
      event.preventDefault();
      const sideways = event.shiftKey && event.deltaX === 0 ? event.deltaY : event.deltaX;
      const width = Math.max(element?.clientWidth ?? 0, 1);
      if (Math.abs(sideways) >= Math.abs(event.deltaY)) strip.pan(sideways / width);
      else strip.zoom(2 ** (event.deltaY / WHEEL_DOUBLES), event.offsetX / width);
    }
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [strip, box]);
}

/** Whether the key means anything. */
function moveByKey(strip: Strip, key: string): boolean {
  switch (key) {
    case "ArrowLeft":
      strip.pan(-KEY_PAN);
      return true;
    case "ArrowRight":
      strip.pan(KEY_PAN);
      return true;
    case "+":
    case "=":
    case "ArrowUp":
      strip.zoom(KEY_ZOOM, 0.5);
      return true;
    case "-":
    case "ArrowDown":
      strip.zoom(1 / KEY_ZOOM, 0.5);
      return true;
    case "0":
    case "Home":
      strip.reset();
      return true;
    default:
      return false;
  }
}

function shareIn(event: TargetedPointerEvent<HTMLDivElement>): number {
  const { left, width } = event.currentTarget.getBoundingClientRect();
  return Math.max(0, Math.min(1, (event.clientX - left) / Math.max(width, 1)));
}

type Mark = RatesView["marks"][number];

/** The mark nearest to a place in the chart, within `reach`; both are shares of the range. */
function markAt(view: RatesView | null, range: TimeRange, share: number, reach: number): Mark | null {
  let nearest: Mark | null = null;
  let least = reach;
  for (const mark of view?.marks ?? []) {
    const far = Math.abs(shareAt(range, mark.t) - share);
    if (far <= least) [nearest, least] = [mark, far];
  }
  return nearest;
}

function titleAt(strip: Strip, range: TimeRange, share: number, width: number): string {
  const mark = markAt(strip.view.value, range, share, MARK_REACH / Math.max(width, 1));
  if (mark === null) return `${formatTime(timeAt(range, share))} s`;
  return say("timeline_strip_mark", kindWord(mark.kind), formatTime(mark.t), mark.seq);
}
