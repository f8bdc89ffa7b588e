import { isCount, isObject } from "./guard";
import { isRootKey, type RootKey } from "./root-key";

/** Where in a session a panel wants to be. A `step` goes on from where it is. */
export type Moment =
  | { readonly kind: "seq"; readonly seq: number }
  /** The last event at or before `t` milliseconds of the session. */
  | { readonly kind: "time"; readonly t: number }
  | {
      readonly kind: "step";
      readonly by: StepBy;
      readonly direction: 1 | -1;
      /** Of this root only; null: of all. */
      readonly root: RootKey | null;
    };

/** What a step goes to the next one of. */
export const STEPS = ["event", "envelope", "command", "problem"] as const;
export type StepBy = (typeof STEPS)[number];

/** Where a panel is in a session. `newest` was its last event by then. */
export type Position = {
  readonly seq: number;
  readonly t: number;
  readonly newest: number;
  readonly newest_t: number;
};

/** Why a panel cannot go there: there is no such event, its state is not kept any more, nothing of the kind follows. */
export type MomentFault = "no_such_event" | "truncated" | "nothing_further";

export function isMoment(value: unknown): value is Moment {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "seq":
      return isCount(value.seq);
    case "time":
      return typeof value.t === "number" && Number.isFinite(value.t);
    case "step":
      return (
        STEPS.some((step) => step === value.by) &&
        (value.direction === 1 || value.direction === -1) &&
        (value.root === null || isRootKey(value.root))
      );
    default:
      return false;
  }
}
