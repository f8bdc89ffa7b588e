import type { ValueTarget } from "../../engine/ask/value-target";
import type { Json } from "../../wire/json";
import { memberPath, valueAt } from "./json-entries";
import type { Slots } from "./slots";

/** What the history of a shown value can be asked for, or why it cannot. */
export type TargetFound =
  | { readonly ok: true; readonly target: ValueTarget }
  | { readonly ok: false; readonly why: "upload" | "stream" | "assigns" };

/**
 * The value that stands at a path of a store's shown state, as the engine names it: what a stream's slot holds is an
 * item by its key, and the result of an async value is a field of it.
 * @param path a JSON Pointer into `value`, which leads into slots as well
 */
export function targetInState(
  store_id: readonly string[],
  path: string,
  value: Json,
  slots: Slots,
): TargetFound {
  const tokens = tokensOf(path);
  for (let at = 0; at <= tokens.length; at++) {
    const slot = slots.get(valueAt(value, pointerOf(tokens.slice(0, at)), slots) ?? null);
    if (slot?.kind === "upload") return { ok: false, why: "upload" };
    if (slot?.kind !== "stream") continue;
    const item_key = tokens[at];
    if (item_key === undefined) return { ok: false, why: "stream" };
    const rest = pointerOf(tokens.slice(at + 1));
    return { ok: true, target: { what: "stream", store_id, name: slot.name, item_key, path: rest } };
  }
  return { ok: true, target: { what: "field", store_id, path } };
}

/** The same for a store's assigns, which are told one by one. @param path a JSON Pointer into all of them */
export function targetInAssigns(store_id: readonly string[], path: string): TargetFound {
  const [name, ...rest] = tokensOf(path);
  if (name === undefined) return { ok: false, why: "assigns" };
  return { ok: true, target: { what: "assign", store_id, name, path: pointerOf(rest) } };
}

function tokensOf(path: string): readonly string[] {
  return path
    .split("/")
    .slice(1)
    .map((token) => token.replaceAll("~1", "/").replaceAll("~0", "~"));
}

function pointerOf(tokens: readonly string[]): string {
  return tokens.reduce(memberPath, "");
}
