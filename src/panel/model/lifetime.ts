import { effect } from "@preact/signals";

/** Runs `react` now and whenever a signal that it read changes, until `signal` aborts. */
export function effectUntil(signal: AbortSignal, react: () => void): void {
  if (signal.aborted) return;
  signal.addEventListener("abort", effect(react), { once: true });
}
