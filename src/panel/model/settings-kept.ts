import type { Signal } from "@preact/signals";
import type { Frames } from "./frames";
import { effectUntil } from "./lifetime";
import type { Memory } from "./memory";
import { VIEWS, type ViewName } from "./view-name";

/** What of the panel is as it was left, the next time it opens. */
type Kept = { readonly tab: Signal<ViewName>; readonly frames: Pick<Frames, "filter" | "setFilter"> };

/** Restores the chosen view and whether heartbeats are shown, and keeps them from then on. */
export function keepSettings({ tab, frames }: Kept, memory: Memory, lifetime: AbortSignal): void {
  const view = VIEWS.find((name) => name === memory.read("view"));
  if (view !== undefined) tab.value = view;
  const heartbeats = memory.read("frames.heartbeats");
  if (typeof heartbeats === "boolean") frames.setFilter({ ...frames.filter.peek(), heartbeats });
  effectUntil(lifetime, () => memory.write("view", tab.value));
  effectUntil(lifetime, () => memory.write("frames.heartbeats", frames.filter.value.heartbeats));
}

/** Where a person has put the divider of a split, in percent; null: nowhere yet. */
export function readSplit(memory: Memory, name: string): number | null {
  const kept = memory.read(`split.${name}`);
  return typeof kept === "number" && kept > 0 && kept < 100 ? kept : null;
}

export function keepSplit(memory: Memory, name: string, percent: number): void {
  memory.write(`split.${name}`, percent);
}
