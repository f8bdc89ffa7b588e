import type { OverviewView } from "../../bridge/view";
import type { LinkStatus } from "./link";

/** Why there is nothing to see yet, from the first thing on the way of a frame that is missing. */
export type Diagnosis =
  /** The background has not answered. */
  | "connecting"
  /** No content script of ours has reported from the page. */
  | "page_not_watched"
  /** The content script has, the tap has not. */
  | "no_tap"
  | "no_socket"
  | "no_channel"
  /** Channels, but no Musubi root. */
  | "no_root";

/** Null: there are roots to show. */
export function diagnose(status: LinkStatus, overview: OverviewView | null): Diagnosis | null {
  if (overview === null || (status === "connecting" && overview.connections.length === 0))
    return "connecting";
  const { capture, connections } = overview;
  if (connections.some((connection) => connection.roots.length > 0)) return null;
  if (connections.some((connection) => connection.channels.length > 0)) return "no_root";
  if (connections.length > 0) return "no_channel";
  if (!capture.page) return "page_not_watched";
  return capture.tap ? "no_socket" : "no_tap";
}
