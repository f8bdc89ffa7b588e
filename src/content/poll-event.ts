import { isCount, isObject } from "../bridge/guard";
import { isText, isTime } from "../bridge/page-event";
import type { PollEnd, PollEvent } from "../bridge/tap-message";

/** Whether `value`, which a page may have forged, is a request of a long poll or the end of one, in every field. */
export function isPollEvent(value: unknown): value is PollEvent {
  if (!isObject(value) || !isTime(value.at) || !isCount(value.request) || value.request === 0) return false;
  switch (value.type) {
    case "poll":
      return (
        isText(value.method) &&
        isText(value.url) &&
        isNullOr(isText, value.token) &&
        isNullOr(isText, value.contentType) &&
        isNullOr(isString, value.body)
      );
    case "polled":
      return ENDS.includes(value.end) && isCount(value.status) && isNullOr(isString, value.text);
    default:
      return false;
  }
}

const ENDS: readonly unknown[] = ["answered", "failed", "timed_out", "aborted"] satisfies PollEnd[];

function isNullOr(isValid: (value: unknown) => boolean, value: unknown): boolean {
  return value === null || isValid(value);
}

function isString(value: unknown): value is string {
  return typeof value === "string";
}
