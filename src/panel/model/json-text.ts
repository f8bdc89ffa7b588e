import type { Json } from "../../wire/json";
import { memberPath, valueAt } from "./json-entries";
import { isJsonArray } from "./json-marker";
import { NO_SLOTS, type Slots } from "./slots";

/** How the server wrote the numbers that a double does not hold, by their paths; null: that is not known any more. */
export type Digits = ReadonlyMap<string, string | null>;

export const NO_DIGITS: Digits = new Map();

/** What a value is shown with: what its slots hold, and the source digits of its numbers. */
export type Besides = { readonly slots?: Slots; readonly digits?: Digits };

/**
 * JSON over several lines, in which every slot is replaced by what it holds, the items of a stream or the parts of an
 * upload, and every number stands as the server wrote it. A value that is nested deeper than can be written is a word.
 * @param path where `value` stands in what `digits` is about
 */
export function writeJson(value: Json, { slots = NO_SLOTS, digits = NO_DIGITS }: Besides, path = ""): string {
  const into = (at: string, name: string): string => (digits.size === 0 ? "" : memberPath(at, name));

  function write(given: Json, at: string, indent: string): string {
    const slot = slots.get(given);
    const inside = `${indent}  `;
    if (slot?.kind === "stream") {
      const items = slot.items.map(({ item_key, item }) => write(item, into(at, item_key), inside));
      return wrap("[", items, "]", indent);
    }
    const node = slot?.kind === "upload" ? slot.shown : given;
    if (isJsonArray(node)) {
      const items = node.map((item, index) => write(item, into(at, String(index)), inside));
      return wrap("[", items, "]", indent);
    }
    if (typeof node !== "object" || node === null) return digits.get(at) ?? JSON.stringify(node);
    const members = Object.entries(node).map(
      ([key, member]) => `${JSON.stringify(key)}: ${write(member, into(at, key), inside)}`,
    );
    return wrap("{", members, "}", indent);
  }

  try {
    return write(value, path, "");
  } catch {
    return String(value);
  }
}

/** What is copied of the value at a path: a string as it is, anything else as JSON. */
export function copiedText(value: Json, besides: Besides = {}, path = ""): string {
  const found = valueAt(value, path, besides.slots);
  if (found === undefined) return "";
  return typeof found === "string" ? found : writeJson(found, besides, path);
}

function wrap(open: string, members: readonly string[], close: string, indent: string): string {
  const inside = `\n${indent}  `;
  return members.length === 0
    ? open + close
    : `${open}${inside}${members.join(`,${inside}`)}\n${indent}${close}`;
}
