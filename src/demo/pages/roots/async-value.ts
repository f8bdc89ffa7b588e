import { textAt } from "../../../client/field";
import type { State } from "./use-root";

/** An async value: `data` is the last one that there was, `error` why there is no newer one. */
export type AsyncValue = {
  readonly status: "loading" | "ok" | "failed";
  readonly data: State;
  readonly error: string;
};

/** The async value under `key` of a snapshot's data; one that is missing is loading still. */
export function readAsync(state: State, key: string): AsyncValue {
  const value = fieldOf(state, key);
  const status = textAt(value, "status");
  const error = fieldOf(fieldOf(value, "error"), "value");
  return {
    status: status === "ok" || status === "failed" ? status : "loading",
    data: fieldOf(value, "data"),
    error: typeof error === "string" ? error : JSON.stringify(error),
  };
}

/** What stands under `key`, such as a child store; null where there is nothing. */
export function fieldOf(value: State, key: string): State {
  const isObject = typeof value === "object" && value !== null && !Array.isArray(value);
  const found = isObject ? Object.entries(value).find(([name]) => name === key) : undefined;
  return found?.[1] ?? null;
}
