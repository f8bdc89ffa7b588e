/** How a task of `startAsync` ended, as `handleAsync` gets it. */
export type TaskResult =
  | { readonly kind: "ok"; readonly value: unknown }
  /** What it threw, `"timeout"`, or the reason with which it was cancelled. */
  | { readonly kind: "exit"; readonly reason: unknown };
