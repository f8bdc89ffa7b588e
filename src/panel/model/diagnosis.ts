import type { Environment } from "../../bridge/host-message";
import { siteOf } from "../../bridge/site";
import type { ConnectionView, OverviewView } from "../../bridge/view";
import { isAllowed } from "./allowed-site";
import type { LinkStatus } from "./link";

/** The way to a root's state, in its order: each step takes the ones before it. */
export const STEPS = ["permission", "tap", "socket", "phoenix", "channel", "root", "envelope"] as const;
export type Step = (typeof STEPS)[number];

/** Why there is no root's state to show, as far as it can be told. */
export type Stop =
  /** The background has not answered. */
  | { readonly kind: "connecting" }
  /** The extension was reloaded or updated: its new background does not know this panel. */
  | { readonly kind: "orphaned" }
  /** No extension may run on such a page. */
  | { readonly kind: "unwatchable"; readonly url: string }
  | { readonly kind: "not_allowed"; readonly site: string }
  /** No content script of ours has reported, though nothing is known that forbids it. */
  | { readonly kind: "not_reported"; readonly site: string | null }
  | { readonly kind: "no_tap" }
  | { readonly kind: "tap_off"; readonly reason: string | null }
  | { readonly kind: "no_socket" }
  | { readonly kind: "other_sockets" }
  | { readonly kind: "connecting_socket"; readonly endpoint: string }
  | { readonly kind: "closed_socket"; readonly endpoint: string }
  | { readonly kind: "no_channel" }
  | { readonly kind: "joining"; readonly topic: string }
  | { readonly kind: "channel_errored"; readonly topic: string }
  | { readonly kind: "channels_refused"; readonly topics: readonly string[] }
  /** A Musubi connection, but nothing mounted on it. */
  | { readonly kind: "no_mount" }
  | { readonly kind: "plain_channels" }
  | { readonly kind: "roots_refused" }
  | { readonly kind: "no_envelope" };

const STEP_OF: { readonly [Kind in Stop["kind"]]: Step | null } = {
  connecting: null,
  orphaned: null,
  unwatchable: "permission",
  not_allowed: "permission",
  not_reported: "tap",
  no_tap: "tap",
  tap_off: "tap",
  no_socket: "socket",
  other_sockets: "phoenix",
  connecting_socket: "channel",
  closed_socket: "channel",
  no_channel: "channel",
  joining: "channel",
  channel_errored: "channel",
  channels_refused: "channel",
  no_mount: "root",
  plain_channels: "root",
  roots_refused: "envelope",
  no_envelope: "envelope",
};

/** `step` is where it stops; null: before the first of them. */
export type Diagnosis = {
  readonly stop: Stop;
  readonly step: Step | null;
  readonly ladder: readonly { readonly step: Step; readonly state: StepState }[];
};

export type StepState = "done" | "failed" | "waiting";

export type Findings = {
  readonly status: LinkStatus;
  readonly overview: OverviewView | null;
  /** Null: the background has not told. */
  readonly environment: Environment | null;
  /** Where the page is; null: not known. */
  readonly url: string | null;
};

/** Null: there is a root's state to show, or a session that is over, which waits for nothing. */
export function diagnose(findings: Findings): Diagnosis | null {
  const stop = findStop(findings);
  if (stop === null) return null;
  const step = STEP_OF[stop.kind];
  const reached = step === null || step === "permission" ? -1 : reachedStep(findings.overview);
  const stateOf = (each: Step, index: number): StepState => {
    if (each === step) return "failed";
    const isBefore = step !== null && index < STEPS.indexOf(step);
    return isBefore || index <= reached ? "done" : "waiting";
  };
  return { stop, step, ladder: STEPS.map((each, index) => ({ step: each, state: stateOf(each, index) })) };
}

function findStop({ status, overview, environment, url }: Findings): Stop | null {
  const isEmpty = overview === null || overview.connections.length === 0;
  if (status === "orphaned") return isEmpty ? { kind: "orphaned" } : null;
  if (overview === null || (isEmpty && environment === null)) return { kind: "connecting" };
  const { capture, connections, session } = overview;
  if (!session.isLive || connections.some(hasState)) return null;
  if (capture.tap === "off") return { kind: "tap_off", reason: capture.why };
  if (connections.length > 0) return stopAfterSocket(connections);
  const sites = environment?.sites ?? [];
  // What has reported may be the page before this one, or an iframe in it.
  if (!capture.page || isOutside(sites, url)) return stopBeforePage(sites, url);
  if (capture.tap === "none") return { kind: "no_tap" };
  return { kind: capture.otherSockets ? "other_sockets" : "no_socket" };
}

/** Whether it is known that the extension may not run on the page. */
export function isOutside(sites: readonly string[], url: string | null): boolean {
  // Such documents have the origin of whoever made them, and are watched with it.
  if (url === null || /^(about|blob|data):/.test(url)) return false;
  return !isAllowed(sites, url);
}

function stopBeforePage(sites: readonly string[], url: string | null): Stop {
  if (url === null) return { kind: "not_reported", site: null };
  const site = siteOf(url);
  if (site === null) return { kind: "unwatchable", url };
  return { kind: isAllowed(sites, url) ? "not_reported" : "not_allowed", site };
}

function stopAfterSocket(connections: readonly ConnectionView[]): Stop {
  const roots = connections.flatMap((connection) => connection.roots);
  if (roots.length > 0) {
    return { kind: roots.every(({ status }) => status === "refused") ? "roots_refused" : "no_envelope" };
  }
  if (!connections.some(hasJoined)) return stopAtChannel(connections);
  const isMusubi = connections.some(({ channels }) => channels.some(({ kind }) => kind !== "plain"));
  return { kind: isMusubi ? "no_mount" : "plain_channels" };
}

function stopAtChannel(connections: readonly ConnectionView[]): Stop {
  const channels = connections.flatMap((connection) => connection.channels);
  // A channel whose socket is gone waits for the socket before anything else.
  const open = connections.find(({ status }) => status === "connected");
  const waiting = connections.find(({ status }) => status === "connecting") ?? connections[0];
  if (open === undefined && waiting !== undefined) {
    const isNew = waiting.status === "connecting";
    return { kind: isNew ? "connecting_socket" : "closed_socket", endpoint: waiting.endpoint };
  }
  const joining = channels.find(({ state }) => state === "joining");
  if (joining !== undefined) return { kind: "joining", topic: joining.topic };
  const errored = channels.find(({ state }) => state === "errored");
  if (errored !== undefined) return { kind: "channel_errored", topic: errored.topic };
  if (channels.length === 0) return { kind: "no_channel" };
  return { kind: "channels_refused", topics: channels.map(({ topic }) => topic) };
}

/** The furthest step that something was seen of, whatever stands in the way now. */
function reachedStep(overview: OverviewView | null): number {
  if (overview === null) return -1;
  const { capture, connections } = overview;
  const seen: { readonly [Name in Step]: boolean } = {
    permission: capture.page,
    tap: capture.tap === "active",
    socket: capture.otherSockets,
    phoenix: connections.length > 0,
    channel: connections.some(hasJoined),
    root: connections.some(({ roots }) => roots.length > 0),
    envelope: connections.some(hasState),
  };
  return STEPS.findLastIndex((step) => seen[step]);
}

function hasState({ roots }: ConnectionView): boolean {
  return roots.some(({ version, last_envelope }) => version > 0 || last_envelope !== null);
}

/** A channel that is being left, or has been, was joined before; one that has failed may not have been. */
function hasJoined({ channels }: ConnectionView): boolean {
  return channels.some(({ state }) => state === "joined" || state === "leaving" || state === "closed");
}
