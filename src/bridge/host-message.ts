import { isCount, isObject, isStrings } from "./guard";
import type { MomentFault, Position } from "./moment";
import { isSettings, type Settings } from "./settings";
import type { View } from "./view";

/** From a host to a panel. `environment` is the background's own word: it comes after `attached`, and on each change. */
export type HostMessage =
  | { readonly kind: "attached" }
  | { readonly kind: "environment"; readonly environment: Environment }
  | { readonly kind: "view"; readonly id: number; readonly view: View }
  /** The panel watches too much already: this query gets no view. */
  | { readonly kind: "refused"; readonly id: number }
  /** After the views of the new moment. `at` is where the panel is now; null: where the session is. */
  | {
      readonly kind: "sought";
      readonly turn: number;
      readonly at: Position | null;
      readonly fault: MomentFault | null;
    };

/** What surrounds the sessions, the same for every tab but for `isPrivate`. */
export type Environment = {
  readonly settings: Settings;
  /** The sites that were allowed beside the local ones, as match patterns. */
  readonly sites: readonly string[];
  /** Those of them that the browser would not take back when it was asked to. */
  readonly unrevoked: readonly string[];
  /** Nothing of this tab is written to disk: its window is private. */
  readonly isPrivate: boolean;
};

/** The view's own fields are the host's word: both ends are of one build. */
export function isHostMessage(value: unknown): value is HostMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "attached":
      return true;
    case "environment":
      return isEnvironment(value.environment);
    case "view":
      return isCount(value.id) && isObject(value.view);
    case "refused":
      return isCount(value.id);
    case "sought":
      return isCount(value.turn) && (value.at === null || isObject(value.at));
    default:
      return false;
  }
}

function isEnvironment(value: unknown): value is Environment {
  return (
    isObject(value) &&
    isSettings(value.settings) &&
    isStrings(value.sites) &&
    isStrings(value.unrevoked) &&
    typeof value.isPrivate === "boolean"
  );
}
