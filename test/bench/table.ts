/** One line of the table. */
export type Figure = {
  readonly name: string;
  readonly value: number;
  readonly unit: Unit;
  /** What it should not exceed; null where it is shown for information. */
  readonly target: number | null;
  /** `least`: the target is what it should not fall below. */
  readonly bound?: "most" | "least";
  /** What was measured, and what a ratio is of. */
  readonly medians: string;
};

/** None where things are counted. */
export type Unit = "x" | "ms" | "us" | "B" | "MB" | "/s" | "";

const WIDTHS = { name: 62, value: 10, target: 11, reached: 8 } as const;

export function formatHead(): string {
  return formatLine("figure", "value", "target", "reached", "medians");
}

export function formatFigure({ name, value, unit, target, bound = "most", medians }: Figure): string {
  const shown = formatValue(value, unit);
  if (target === null) return formatLine(name, shown, "", "", medians);
  const isReached = bound === "most" ? value <= target : value >= target;
  const wanted = `${bound === "most" ? "<=" : ">="} ${target} ${unit}`;
  return formatLine(name, shown, wanted, isReached ? "yes" : "no", medians);
}

function formatValue(value: number, unit: Unit): string {
  if (unit === "") return formatCount(value);
  return `${unit === "x" ? value.toFixed(3) : formatNumber(value)} ${unit}`;
}

/** Milliseconds in a unit that fits. */
export function formatMs(ms: number): string {
  return ms < 0.1 ? `${formatNumber(ms * 1000)} us` : `${formatNumber(ms)} ms`;
}

/** A count, its thousands apart. */
export function formatCount(count: number): string {
  return count.toLocaleString("en-US");
}

function formatNumber(value: number): string {
  if (value >= 100) return value.toFixed(0);
  return value >= 10 ? value.toFixed(1) : value.toFixed(2);
}

function formatLine(name: string, value: string, target: string, reached: string, medians: string): string {
  return [
    name.padEnd(WIDTHS.name),
    value.padStart(WIDTHS.value),
    target.padStart(WIDTHS.target),
    reached.padStart(WIDTHS.reached),
    `  ${medians}`,
  ]
    .join(" ")
    .trimEnd();
}
