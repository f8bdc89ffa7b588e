import { isObject } from "../../wire/json";

const ASYNC = Symbol("musubi async result");

/** Why a task gave no result: `error` where it said so itself, `exit` where it threw, was late or was cancelled. */
export type AsyncReason = { readonly kind: "error" | "exit"; readonly value: unknown };

/** What is known of a value that a task brings (wire.md 6). In a rendered value it becomes the async marker. */
export type AsyncResult<Value = unknown> = {
  readonly [ASYNC]: true;
  readonly status: "loading" | "ok" | "failed";
  /** While loading or failed, the one before; null where there was none. */
  readonly result: Value | null;
  readonly reason: AsyncReason | null;
};

/**
 * A value that is being loaded.
 *
 *     asyncLoading("old").result // "old"
 *     asyncLoading().status // "loading"
 */
export function asyncLoading<Value>(previous: Value | null = null): AsyncResult<Value> {
  return { [ASYNC]: true, status: "loading", result: previous, reason: null };
}

/**
 * A value that has come.
 *
 *     asyncOk(7).status // "ok"
 *     asyncOk(7).result // 7
 */
export function asyncOk<Value>(result: Value): AsyncResult<Value> {
  return { [ASYNC]: true, status: "ok", result, reason: null };
}

/**
 * A value that could not be had.
 *
 *     asyncFailed({ kind: "exit", value: "timeout" }).status // "failed"
 *     asyncFailed({ kind: "error", value: "nope" }, "old").result // "old"
 */
export function asyncFailed<Value>(reason: AsyncReason, previous: Value | null = null): AsyncResult<Value> {
  return { [ASYNC]: true, status: "failed", result: previous, reason };
}

export function isAsyncResult<Value = unknown>(value: unknown): value is AsyncResult<Value> {
  return isObject(value) && ASYNC in value;
}
