import { describeSite } from "../../bridge/site";
import type { Step, StepState, Stop } from "../model/diagnosis";

/** What is said of a stop: what is missing, and what to do about it. */
export type Advice = { readonly title: string; readonly body: readonly string[] };

/** The stops that are known by their kind alone. */
type PlainKind = {
  readonly [Kind in Stop["kind"]]: keyof StopOf<Kind> extends "kind" ? Kind : never;
}[Stop["kind"]];

type StopOf<Kind extends Stop["kind"]> = Extract<Stop, { readonly kind: Kind }>;

export const LADDER = {
  label: "How far the capture has come",
  steps: {
    permission: "Permission to run on the page",
    tap: "The tap, which watches the page's sockets",
    socket: "A socket",
    phoenix: "A Phoenix socket",
    channel: "A joined channel",
    root: "A Musubi root",
    envelope: "The root's first envelope",
  } satisfies Record<Step, string>,
  states: { done: "done", failed: "here it stops", waiting: "not reached" } satisfies Record<
    StepState,
    string
  >,
} as const;

/** @param asksHere whether the browser asks for a site over the panel */
export function adviceOn(stop: Stop, asksHere: boolean): Advice {
  switch (stop.kind) {
    case "not_allowed":
      return NOT_ALLOWED(asksHere);
    case "unwatchable":
      return UNWATCHABLE(stop);
    case "not_reported":
      return NOT_REPORTED(stop);
    case "tap_off":
      return TAP_OFF(stop);
    case "connecting_socket":
      return CONNECTING_SOCKET(stop);
    case "closed_socket":
      return CLOSED_SOCKET(stop);
    case "joining":
      return JOINING(stop);
    case "channel_errored":
      return CHANNEL_ERRORED(stop);
    case "channels_refused":
      return CHANNELS_REFUSED(stop);
    default:
      return PLAIN[stop.kind];
  }
}

const NOT_ALLOWED = (asksHere: boolean): Advice => ({
  title: "The extension is not allowed on this page",
  body: [
    "It watches localhost, 127.0.0.1, [::1], *.localhost and *.test by itself, and any other site once you allow it.",
    asksHere
      ? "Press the button and confirm, then reload the page. Settings, at the top right, takes the site back at any time."
      : "The button opens a page of the extension, because here the browser cannot ask you. Allow the site there, come back and reload the page. Settings, at the top right, takes the site back at any time.",
  ],
});

const UNWATCHABLE = ({ url }: StopOf<"unwatchable">): Advice => ({
  title: "This page cannot be watched",
  body: [
    `The page is ${url}. Browsers keep extensions out of their own pages, of other extensions and of files.`,
    "Open the app at an address that begins with http:// or https://.",
  ],
});

const NOT_REPORTED = ({ site }: StopOf<"not_reported">): Advice => ({
  title: "Reload the page to watch it",
  body: [
    "Nothing has been heard from the page. It was probably loaded before the extension was installed, updated or allowed on it, and the extension has to start before the page does.",
    site === null
      ? "If a reload does not help: pages of the browser itself, of other extensions and of files cannot be watched."
      : `If a reload does not help, the browser keeps the extension off ${describeSite(site)}: allow it.`,
  ],
});

const TAP_OFF = ({ reason }: StopOf<"tap_off">): Advice => ({
  title: "This page is not watched any more",
  body: [
    `The extension's tap in the page has met errors of its own, and has turned itself off so as not to disturb the page${reason === null ? "." : `: ${reason}`}`,
    "Everything up to then is still here. Reload the page to watch it again.",
  ],
});

const CONNECTING_SOCKET = ({ endpoint }: StopOf<"connecting_socket">): Advice => ({
  title: "The socket is not open yet",
  body: [
    `The page has opened a Phoenix socket to ${endpoint}, and the server has not answered, or has refused it.`,
    "If it stays like this, check that the server runs, that this is the path of its socket, and that it accepts the connection: its connect callback and check_origin can refuse it. Frames shows each try.",
  ],
});

const CLOSED_SOCKET = ({ endpoint }: StopOf<"closed_socket">): Advice => ({
  title: "The socket is closed",
  body: [
    `The connection to ${endpoint} was refused, or has ended before a channel was joined. Frames shows when, and with which code.`,
    "Check that the server runs, that this is the path of its socket, and that it accepts the connection: its connect callback and check_origin can refuse it.",
  ],
});

const JOINING = ({ topic }: StopOf<"joining">): Advice => ({
  title: "The channel is still being joined",
  body: [`The page has asked to join ${topic}, and the server has not answered.`],
});

const CHANNEL_ERRORED = ({ topic }: StopOf<"channel_errored">): Advice => ({
  title: "The channel has failed",
  body: [
    `The channel ${topic} ended with an error, from the server or with its socket. Phoenix's client joins again by itself.`,
    "Frames shows what came before; the server's log says why a channel has crashed.",
  ],
});

const CHANNELS_REFUSED = ({ topics }: StopOf<"channels_refused">): Advice => ({
  title: "The server refused the channel",
  body: [
    `The page has asked to join ${topics.join(", ")}, and the server has refused.`,
    "Its reply, under Frames, says why.",
  ],
});

const PLAIN: { readonly [Kind in PlainKind]: Advice } = {
  connecting: {
    title: "Connecting…",
    body: ["The panel is waiting for the extension's background to answer."],
  },
  orphaned: {
    title: "The extension was reloaded or updated",
    body: [
      "This panel belongs to the extension as it was before, and hears nothing any more.",
      "Close DevTools, open it again, and reload the page.",
    ],
  },
  no_tap: {
    title: "The page's sockets cannot be seen",
    body: [
      "The extension is in the page, but the part of it that watches sockets is not: it has to start before the page's own scripts. Reload the page.",
      "If that does not help, another copy of the extension may hold the page. Switch that off, and reload.",
    ],
  },
  no_socket: {
    title: "No socket yet",
    body: [
      "The page is watched, and has opened neither a WebSocket nor a Phoenix long poll. As soon as it does, the connection appears here.",
      "Sockets that a worker opens cannot be seen by an extension. If the app has its socket in a worker, open it in the page while you look at it here.",
    ],
  },
  other_sockets: {
    title: "No Phoenix socket yet",
    body: [
      "The page has opened WebSockets, but none of them is Phoenix's.",
      "A Phoenix socket is known by its address: the path ends in /websocket, or in /longpoll for a long poll, or the query says vsn=.",
    ],
  },
  no_channel: {
    title: "No channel yet",
    body: [
      "The page has opened a Phoenix socket, but has not asked to join a channel on it.",
      "Its frames, if there are any, are under Frames.",
    ],
  },
  no_mount: {
    title: "No Musubi root yet",
    body: [
      "The page has joined a channel of Musubi's, but has not mounted a root on it.",
      "As soon as it does, the root's stores appear here.",
    ],
  },
  plain_channels: {
    title: "No Musubi root on these channels",
    body: [
      "The page uses plain Phoenix channels, which is fine: all that goes over them is under Frames.",
      "As soon as a Musubi root is mounted, its stores appear here.",
    ],
  },
  roots_refused: {
    title: "The server refused to mount the root",
    body: ["Its reply, under Frames, says why."],
  },
  no_envelope: {
    title: "The root has no state yet",
    body: [
      "A root is being mounted, but its first envelope has not come.",
      "If it stays like this, Frames shows whether the server has answered the mount, and Problems what did not fit.",
    ],
  },
};
