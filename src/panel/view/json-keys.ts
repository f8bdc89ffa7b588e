import { batch } from "@preact/signals";
import type { JsonLine } from "../model/json-line";
import type { UnfoldingModel } from "../model/unfolding";

/** The buttons of a JSON tree's bar that keys press, by what is typed: a letter with Shift. */
export const JSON_KEYS: ReadonlyMap<string, string> = new Map([
  ["E", "expand"],
  ["H", "history"],
  ["J", "copy-json"],
  ["P", "pin"],
  ["Y", "copy-path"],
]);

/** Shift and a digit unfold so many levels, and 0 all of them. */
const LEVEL_KEY = /^Digit([0-5])$/;

/**
 * Unfolds for a key: `*` what stands beside the chosen line (WAI-ARIA tree pattern), Shift and a digit to a depth.
 * False: it does something else.
 */
export function unfoldForKey(
  { key, code, shiftKey }: Pick<KeyboardEvent, "key" | "code" | "shiftKey">,
  unfolding: UnfoldingModel,
  lines: readonly JsonLine[],
): boolean {
  if (key === "*") {
    batch(() => openSiblings(unfolding, lines));
    return true;
  }
  const levels = shiftKey ? LEVEL_KEY.exec(code)?.[1] : undefined;
  if (levels === undefined) return false;
  unfolding.expand("", Number(levels) || Number.POSITIVE_INFINITY);
  return true;
}

function openSiblings(unfolding: UnfoldingModel, lines: readonly JsonLine[]): void {
  const chosen = lines.find(({ key }) => key === unfolding.chosen.value) ?? lines[0];
  if (chosen === undefined) return;
  const parent = parentOf(chosen);
  for (const line of lines) {
    if (line.expandable && !line.expanded && line.level === chosen.level && parentOf(line) === parent) {
      unfolding.toggle(line.path, true);
    }
  }
}

function parentOf({ path }: JsonLine): string {
  return path.slice(0, path.lastIndexOf("/"));
}
