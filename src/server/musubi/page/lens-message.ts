import type { JsonObject } from "../../../wire/json";
import type { StoreId } from "../socket";

/** Why a store rendered (lens.md). */
export type Cause = {
  readonly kind: "mount" | "update" | "command" | "info" | "async" | "upload" | "send_update";
  /** The command's, the task's; null where there is none. */
  readonly name: string | null;
};

/** The payload of a `devtools:assigns` push: what a store holds after a render (lens.md). */
export type LensMessage = {
  /** Absent on the adapter variant. */
  readonly root_id?: string;
  readonly store_id: StoreId;
  readonly module: string;
  /** The envelope that the render led to; if it led to none, the version then current. */
  readonly version: number;
  readonly cause: Cause;
  readonly changed: readonly string[];
  /** All assigns in a store's first message, then only the changed ones. */
  readonly assigns: JsonObject;
  readonly removed: readonly string[];
  /** Microseconds; `diff` is that of the whole root. */
  readonly us: { readonly render: number; readonly validate: number; readonly diff: number };
};
