import type { RatesView } from "../../../bridge/timeline-view";
import { FAMILIES, type Family } from "../../model/timeline-kind";
import { shareAt, type TimeRange, ticksOf, timeAt } from "../../model/timeline-range";
import { peakOf, strataOf } from "../../model/timeline-rates";
import { textScale } from "../TextScale";
import type { Size } from "../use-size";

/** What the chart looks like: colours as the style sheet has them. */
export type StripColors = {
  readonly families: Record<Family, string>;
  readonly ground: string;
  readonly text: string;
  readonly dim: string;
  readonly line: string;
  readonly moment: string;
};

export type StripPicture = {
  /** CSS pixels. */
  readonly size: Size;
  readonly range: TimeRange;
  readonly view: RatesView;
  readonly colors: StripColors;
  /** The moment that the panel shows, and the chosen entry, in milliseconds. */
  readonly moment: number | null;
  readonly chosen: number | null;
};

/** CSS pixels: the row of marks above the bars. */
const MARKS_HEIGHT = 10;
/** The axis has a line of small text. */
const axisHeight = (): number => Math.round(14 * textScale.peek());
const TICK_WIDTH = 90;
/** A single entry among many must be seen. */
const LEAST_BAR = 1.5;

/** Reads the colours of the element that the chart is in. */
export function readColors(element: Element): StripColors {
  const style = getComputedStyle(element);
  const color = (name: string): string => style.getPropertyValue(name).trim();
  return {
    families: Object.fromEntries(FAMILIES.map((family) => [family, color(`--family-${family}`)])) as Record<
      Family,
      string
    >,
    ...{ ground: color("--bg"), text: color("--text"), dim: color("--text-dim") },
    ...{ line: color("--line"), moment: color("--waiting") },
  };
}

/** Draws all of it. The context's unit is a CSS pixel. */
export function paintStrip(context: CanvasRenderingContext2D, picture: StripPicture): void {
  const { size } = picture;
  context.clearRect(0, 0, size.width, size.height);
  paintAxis(context, picture);
  paintBars(context, picture);
  paintMarks(context, picture);
  paintMoment(context, picture);
}

function xOf({ size, range }: StripPicture, t: number): number {
  return shareAt(range, t) * size.width;
}

function paintAxis(context: CanvasRenderingContext2D, picture: StripPicture): void {
  const { size, range, colors } = picture;
  const base = size.height - axisHeight();
  context.fillStyle = colors.line;
  context.fillRect(0, base, size.width, 1);
  context.font = `${10 * textScale.peek()}px system-ui, sans-serif`;
  context.textBaseline = "alphabetic";
  for (const t of ticksOf(range, size.width / TICK_WIDTH)) {
    const x = Math.round(xOf(picture, t));
    context.fillStyle = colors.line;
    context.fillRect(x, MARKS_HEIGHT, 1, size.height - MARKS_HEIGHT);
    context.fillStyle = colors.dim;
    const label = tickLabel(t);
    // What would stick out on the right stands for nothing that can be read.
    if (x + 3 + context.measureText(label).width <= size.width)
      context.fillText(label, x + 3, size.height - 3);
  }
}

/** `0.5 s`, `12 s`, `3:02`, `1:00:00`. */
function tickLabel(t: number): string {
  const seconds = Math.round(t) / 1_000;
  if (seconds < 60) return `${seconds} s`;
  const [hours, minutes] = [Math.floor(seconds / 3_600), Math.floor(seconds / 60) % 60];
  const rest = Number((seconds % 60).toFixed(3));
  const padded = `${rest < 10 ? "0" : ""}${rest}`;
  return hours === 0 ? `${minutes}:${padded}` : `${hours}:${String(minutes).padStart(2, "0")}:${padded}`;
}

function paintBars(context: CanvasRenderingContext2D, picture: StripPicture): void {
  const { size, view, colors } = picture;
  const strata = strataOf(view);
  const buckets = strata[0]?.counts.length ?? 0;
  const peak = peakOf(strata);
  if (buckets === 0 || peak === 0) return;
  const base = size.height - axisHeight();
  const room = base - MARKS_HEIGHT - 1;
  const shown = { from: view.from_t, to: view.to_t };
  for (let nth = 0; nth < buckets; nth++) {
    const left = Math.round(xOf(picture, timeAt(shown, nth / buckets)));
    const right = Math.round(xOf(picture, timeAt(shown, (nth + 1) / buckets)));
    if (right < 0 || left > size.width) continue;
    let top = base;
    for (const { family, counts } of strata) {
      const count = counts[nth] ?? 0;
      if (count === 0) continue;
      const height = Math.max(LEAST_BAR, (count / peak) * room);
      top = Math.max(MARKS_HEIGHT, top - height);
      context.fillStyle = colors.families[family];
      context.fillRect(left, top, Math.max(1, right - left - (right - left > 2 ? 1 : 0)), height);
    }
  }
}

function paintMarks(context: CanvasRenderingContext2D, picture: StripPicture): void {
  const { view, colors, size } = picture;
  for (const { t, kind } of view.marks) {
    const x = Math.round(xOf(picture, t));
    if (x < -4 || x > size.width + 4) continue;
    context.beginPath();
    if (kind === "problem") {
      context.fillStyle = colors.families.problem;
      context.moveTo(x - 4, 1);
      context.lineTo(x + 4, 1);
      context.lineTo(x, MARKS_HEIGHT - 1);
    } else {
      context.fillStyle = kind === "gap" ? colors.moment : colors.dim;
      context.rect(x - 2, 2, kind === "gap" ? 5 : 3, 5);
    }
    context.fill();
  }
}

/** What is after the moment is veiled: it is not what the panel shows. */
function paintMoment(context: CanvasRenderingContext2D, picture: StripPicture): void {
  const { size, colors, moment, chosen } = picture;
  if (chosen !== null) {
    context.fillStyle = colors.text;
    context.fillRect(Math.round(xOf(picture, chosen)), 0, 1, size.height - axisHeight());
  }
  if (moment === null) return;
  const x = Math.round(xOf(picture, moment));
  context.globalAlpha = 0.65;
  context.fillStyle = colors.ground;
  context.fillRect(Math.max(0, x), 0, size.width, size.height - axisHeight());
  context.globalAlpha = 1;
  context.fillStyle = colors.moment;
  context.fillRect(x - 1, 0, 2, size.height);
}
