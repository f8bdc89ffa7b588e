import type { Json } from "../wire/json";
import { isDeeperThan, MAX_JSON_DEPTH } from "../wire/json-depth";
import { MAX_POINTER_TOKENS } from "../wire/json-pointer";
import { failure, type Result, success } from "../wire/result";

/** What a base puts around the values of frames. */
const BASE_DEPTH = 8;

/** How deep a line may nest: a base holds a tree that patches built, deeper than any frame. */
const MAX_LINE_DEPTH = MAX_JSON_DEPTH + MAX_POINTER_TOKENS + BASE_DEPTH;

/** The JSON value of one line, or why there is none. */
export function parseLine(line: string): Result<Json, string> {
  if (isDeeperThan(line, MAX_LINE_DEPTH)) return failure(`it nests deeper than ${MAX_LINE_DEPTH} levels`);
  try {
    const value: Json = JSON.parse(line);
    return success(value);
  } catch (error) {
    return failure(error instanceof Error ? error.message : String(error));
  }
}
