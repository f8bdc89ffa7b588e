import type { AsyncResult } from "../../../src/server/musubi/async-result";

export type Loading = { readonly user: AsyncResult };

/** A task that ends when the test says so. */
export function deferredTask() {
  const calls: {
    resolve: (value: unknown) => void;
    reject: (error: unknown) => void;
    signal: AbortSignal;
  }[] = [];
  const task = (signal: AbortSignal) =>
    new Promise<unknown>((resolve, reject) => calls.push({ resolve, reject, signal }));
  const call = (index: number) => {
    const found = calls[index];
    if (found === undefined) throw new Error(`The task was not called ${index + 1} times.`);
    return found;
  };
  return { task, call, calls };
}

/** An async value as it is on the wire. */
export const marker = (status: string, result: unknown, reason: unknown = null) => ({
  __musubi_async__: true,
  status,
  result,
  reason,
});
