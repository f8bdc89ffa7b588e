import type { ReadonlySignal } from "@preact/signals";
import type { OverviewView } from "../../bridge/view";
import type { Actions } from "./actions";
import type { Link } from "./link";
import type { Memory } from "./memory";
import type { MomentModel } from "./moment";
import type { Place } from "./place";

/** What the model of every view is made of. */
export type Deps = {
  readonly link: Link;
  readonly overview: ReadonlySignal<OverviewView | null>;
  readonly moment: MomentModel;
  readonly memory: Memory;
  readonly actions: Actions;
  readonly goTo: (place: Place) => void;
  readonly lifetime: AbortSignal;
};
