import type { Frames } from "./frames";
import { effectUntil } from "./lifetime";
import type { Memory } from "./memory";

/** Whether heartbeats are shown is as it was left, the next time the panel opens. */
export function keepHeartbeats(
  frames: Pick<Frames, "filter" | "setFilter">,
  memory: Memory,
  lifetime: AbortSignal,
): void {
  const heartbeats = memory.read("frames.heartbeats");
  if (typeof heartbeats === "boolean") frames.setFilter({ ...frames.filter.peek(), heartbeats });
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
