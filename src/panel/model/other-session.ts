import { type ReadonlySignal, untracked } from "@preact/signals";
import type { OverviewView } from "../../bridge/view";
import { effectUntil } from "./lifetime";

/**
 * Calls `leave` whenever another session is told than the one before: it has other things under the same names and
 * numbers. A session without a name, as a host has it that has just come, is none.
 */
export function onOtherSession(
  overview: ReadonlySignal<OverviewView | null>,
  lifetime: AbortSignal,
  leave: () => void,
): void {
  let last = "";
  effectUntil(lifetime, () => {
    const now = overview.value?.session.id ?? "";
    if (now === "" || now === last) return;
    const isOther = last !== "";
    last = now;
    if (isOther) untracked(leave);
  });
}
