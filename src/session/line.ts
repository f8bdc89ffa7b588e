import type { Json } from "../wire/json";
import { isDeeperThan, MAX_JSON_DEPTH } from "../wire/json-depth";
import { failure, type Result, success } from "../wire/result";

/** The JSON value of one line, or why there is none. */
export function parseLine(line: string): Result<Json, string> {
  if (isDeeperThan(line, MAX_JSON_DEPTH)) return failure(`it nests deeper than ${MAX_JSON_DEPTH} levels`);
  try {
    const value: Json = JSON.parse(line);
    return success(value);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}
