import { nameJsonType } from "./frame-fault";
import type { Json } from "./json";

/** A page decides how long a wrong value is. */
const MAX_SHOWN = 100;

/** What stands where something else was expected: the value itself where it is short to say, else its type. */
export function showWrongValue(value: Json | undefined): string {
  const shown =
    typeof value === "string"
      ? JSON.stringify(value.slice(0, MAX_SHOWN))
      : typeof value === "number"
        ? JSON.stringify(value)
        : nameJsonType(value);
  return shown.slice(0, MAX_SHOWN);
}
