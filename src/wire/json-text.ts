import { nameJsonType } from "./frame-fault";
import type { Json } from "./json";
import { isDeeperThan, MAX_JSON_DEPTH } from "./json-depth";
import { failure, type Result, success } from "./result";
import type { TextFault } from "./text-fault";

/** The value of a JSON text. Never throws, and never parses what is longer than `maxChars` or too deep to be walked. */
export function parseJsonText(data: unknown, maxChars: number): Result<Json, TextFault> {
  if (typeof data !== "string") return failure({ reason: "not_text", found: nameJsonType(data) });
  const { length } = data;
  if (length > maxChars) return failure({ reason: "too_long", length, limit: maxChars, unit: "characters" });
  if (isDeeperThan(data, MAX_JSON_DEPTH)) return failure({ reason: "too_deep", length });
  try {
    const value: Json = JSON.parse(data);
    return success(value);
  } catch (error) {
    return failure({ reason: "not_json", why: error instanceof Error ? error.message : String(error) });
  }
}
