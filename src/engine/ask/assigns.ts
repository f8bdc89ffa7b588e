import type { JsonObject } from "../../wire/json";
import { storeKey } from "../content/store-tree";
import type { Engine } from "../engine";
import type { StoreId } from "../inspection";
import type { LensNote, LiveRoot } from "../live";
import { assignsAt } from "./parts";

/** What the server showed of a store's assigns, and of the renders after which it did (lens.md). */
export type AssignsTold = {
  readonly module: string | null;
  /** Null: it showed none. */
  readonly assigns: JsonObject | null;
  /** Newest first; at most `MAX_TOLD_RENDERS`. */
  readonly renders: readonly ToldRender[];
};

/** A message of the lens; `t` is when it came, in milliseconds of the session. */
export type ToldRender = Omit<LensNote, "store_id" | "module"> & { readonly t: number };

/** Renders of one store that are told at once. */
export const MAX_TOLD_RENDERS = 200;

/** A store's assigns after event `seq`; `"truncated"` where that has been let go. */
export function tellAssigns(
  root: Pick<LiveRoot, "history" | "lens">,
  seq: number,
  store_id: StoreId,
  timeOf: Engine["timeOf"],
): AssignsTold | "truncated" {
  const held = assignsAt(root, seq, store_id);
  if (held === "truncated") return held;
  const key = storeKey(store_id);
  const renders = root.lens
    .filter((note) => note.seq <= seq && storeKey(note.store_id) === key)
    .slice(-MAX_TOLD_RENDERS)
    .reverse()
    .map((note): ToldRender => {
      const { epoch, version, cause, changed, removed, us } = note;
      return { seq: note.seq, t: timeOf(note.seq), epoch, version, cause, changed, removed, us };
    });
  return { module: held?.module ?? null, assigns: held?.assigns ?? null, renders };
}
