import { isCount, isObject } from "./guard";
import { isMoment, type Moment } from "./moment";
import { isQuery } from "./query-guard";
import { isSettings, type Settings } from "./settings";
import type { Query } from "./view";

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

/** What `siteOf` makes. */
const SITE = /^https?:\/\/[^/*]+\/\*$/;
