/**
 * The source of an expression that calls `task` with `args` in another document and gives its result as JSON text, or
 * `undefined` where the task gives nothing.
 */
export function callText(task: (...args: never) => unknown, args: readonly unknown[]): string {
  // Some compilers wrap named inner functions in `__name(…)`, which the other document does not have.
  return `(async () => {
    const __name = (inner) => inner;
    return JSON.stringify(await (${task})(...${JSON.stringify(args)}));
  })()`;
}

/** Reads what `callText` gave. The type is the word of the task that travelled, which the compiler has checked. */
export function callResult<Result>(json: string | undefined): Result {
  const value = json === undefined ? undefined : JSON.parse(json);
  return value;
}
