import { useLayoutEffect, useRef } from "preact/hooks";

/** The size of a cell, the gap beside it included, in CSS pixels. */
const CELL = 16;
const GAP = 2;

/** A value of a store goes up to this. */
const FULL = 100;

/** A cell a number, the darker the larger: thousands of elements would measure the browser, not the socket. */
export function HeatMap({ values }: { readonly values: readonly number[] }) {
  const canvas = useRef<HTMLCanvasElement>(null);
  useLayoutEffect(() => {
    if (canvas.current !== null) draw(canvas.current, values);
  });
  return (
    <canvas
      ref={canvas}
      class="heat-map"
      role="img"
      aria-label={`The values of ${values.length} stores`}
      data-show="heat-map"
    />
  );
}

function draw(canvas: HTMLCanvasElement, values: readonly number[]): void {
  const width = canvas.clientWidth;
  const columns = Math.max(1, Math.floor((width + GAP) / CELL));
  const height = Math.ceil(values.length / columns) * CELL;
  const scale = devicePixelRatio;
  canvas.width = width * scale;
  canvas.height = height * scale;
  canvas.style.blockSize = `${height}px`;
  const context = canvas.getContext("2d");
  if (context === null) return;
  context.scale(scale, scale);
  // The theme's own colour, which the style sheet gives to the canvas.
  context.fillStyle = getComputedStyle(canvas).color;
  for (const [index, value] of values.entries()) {
    context.globalAlpha = 0.1 + (0.9 * Math.min(FULL, Math.max(0, value))) / FULL;
    context.fillRect((index % columns) * CELL, Math.floor(index / columns) * CELL, CELL - GAP, CELL - GAP);
  }
}
