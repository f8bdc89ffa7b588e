/** From the process that measures to the one that serves. */
export type Order =
  /** Change roots at this rate until `stop`. */
  | { readonly kind: "tick"; readonly perSecond: number }
  /** Send `ws` messages of this many bytes at this rate, without channels or stores, until `stop`. */
  | { readonly kind: "bare"; readonly perSecond: number; readonly bytes: number }
  | { readonly kind: "stop" }
  /** Collect garbage and tell what is used. */
  | { readonly kind: "sample" };

/** From the process that serves. */
export type Report =
  | { readonly kind: "listening"; readonly port: number; readonly barePort: number }
  /** What was sent since the order to begin. */
  | { readonly kind: "stopped"; readonly sent: number; readonly log: readonly string[] }
  | { readonly kind: "sample"; readonly sample: Sample };

/** What a process has used so far. */
export type Sample = {
  /** After a collection of garbage, which `cpuMs` leaves out only in part: it counts in the next sample. */
  readonly heapBytes: number;
  readonly residentBytes: number;
  readonly cpuMs: number;
};
