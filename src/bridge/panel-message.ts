import { isCount, isObject, isStrings } from "./guard";
import { isMoment, type Moment, type MomentFault, type Position } from "./moment";
import { isQuery } from "./query-guard";
import { isSettings, type Settings } from "./settings";
import type { Query, View } from "./view";

/** The names of the ports of a DevTools page and of a panel to the background. */
export const DEVTOOLS_PORT = "devtools";
export const PANEL_PORT = "panel";

/**
 * From a panel, or the DevTools page that holds it, to the background. `attach` comes first and once, `tab` being the
 * inspected tab; `id` is the panel's own number for a query; `beat` keeps the background awake. `show` chooses the
 * session that this panel's queries are about, null being the one that goes on; `seek` the moment of it, null being its
 * newest one, and is answered by `sought` with the same `turn`. `allow` asks for a site where the panel
 * cannot do it itself; `revoke` takes a site back.
 */
export type PanelMessage =
  | { readonly kind: "attach"; readonly tab: number }
  | { readonly kind: "watch"; readonly id: number; readonly query: Query }
  | { readonly kind: "unwatch"; readonly id: number }
  | { readonly kind: "beat" }
  | { readonly kind: "show"; readonly session: string | null }
  | { readonly kind: "seek"; readonly turn: number; readonly to: Moment | null }
  | { readonly kind: "configure"; readonly settings: Settings }
  | { readonly kind: "allow"; readonly site: string }
  | { readonly kind: "revoke"; readonly site: string };

/** From a host to a panel. `environment` is the background's own word: it comes after `attached`, and on each change. */
export type HostMessage =
  | { readonly kind: "attached" }
  | { readonly kind: "environment"; readonly environment: Environment }
  | { readonly kind: "view"; readonly id: number; readonly view: View }
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

export function isPanelMessage(value: unknown): value is PanelMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "attach":
      return isCount(value.tab);
    case "watch":
      return isCount(value.id) && isQuery(value.query);
    case "unwatch":
      return isCount(value.id);
    case "beat":
      return true;
    case "show":
      return value.session === null || typeof value.session === "string";
    case "seek":
      return isCount(value.turn) && (value.to === null || isMoment(value.to));
    case "configure":
      return isSettings(value.settings);
    case "allow":
      return typeof value.site === "string" && SITE.test(value.site);
    case "revoke":
      // Whatever the environment lists: in the browser's own settings wider patterns can be allowed.
      return typeof value.site === "string";
    default:
      return false;
  }
}

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
    case "sought":
      return isCount(value.turn) && (value.at === null || isObject(value.at));
    default:
      return false;
  }
}

/** What `siteOf` makes. */
const SITE = /^https?:\/\/[^/*]+\/\*$/;

function isEnvironment(value: unknown): value is Environment {
  return (
    isObject(value) &&
    isSettings(value.settings) &&
    isStrings(value.sites) &&
    isStrings(value.unrevoked) &&
    typeof value.isPrivate === "boolean"
  );
}
