import { isCount, isObject } from "./guard";
import { isText } from "./page-event";

/** The name of a content script's port to the background. */
export const CONTENT_PORT = "content";

/** How far the capture of one document has come. */
export type PageStatus = {
  /** `off`: the tap turned itself off after errors of its own. */
  readonly tap: "none" | "active" | "off";
  /** Why the tap is off. */
  readonly why: string | null;
  /** The page has made WebSockets that cannot be Phoenix's. */
  readonly otherSockets: boolean;
  /** The document's, as far as it has one by now. */
  readonly title: string;
};

/** What the toolbar's icon tells of a page, from nothing to all. */
export const ICON_LEVELS = ["none", "waiting", "phoenix", "musubi"] as const;
export type IconLevel = (typeof ICON_LEVELS)[number];

/** Events with the number of each in its document; on their way from a page `Chunk`s, with the number of the first in each. */
export type NumberedEvents = { readonly seqs: readonly number[]; readonly events: readonly unknown[] };

/**
 * From a content script to its host. `hello` comes first on every port; `document` is random and lasts as long as
 * the document, over any number of ports. `events` are `Chunk`s, numbered from `first` on. `folded` stands for everything up to
 * `upTo`: what could not be folded, under its own number, and the bases, under `upTo`.
 */
export type ContentMessage =
  | { readonly kind: "hello"; readonly document: string; readonly url: string; readonly status: PageStatus }
  | { readonly kind: "status"; readonly status: PageStatus }
  | { readonly kind: "events"; readonly first: number; readonly events: readonly unknown[] }
  | ({ readonly kind: "folded"; readonly upTo: number } & NumberedEvents);

/**
 * From a host to a content script. `resume` asks for everything after event `after`, of which the host holds `bytes`
 * frame bytes; `ack` says that the host holds everything up to `upTo`; `stored` that it would hold it even if the
 * background were killed now; `bye` that nobody looks any more.
 */
export type HostToContentMessage =
  | { readonly kind: "resume"; readonly after: number; readonly bytes: number }
  | { readonly kind: "ack"; readonly upTo: number }
  | { readonly kind: "stored"; readonly upTo: number }
  | { readonly kind: "bye" };

/** To the content scripts of a tab, over `tabs.sendMessage`: somebody looks at it, connect. */
export type Notice = { readonly kind: "look" };

/**
 * From a content script to the background, over `runtime.sendMessage`, which wakes it. `last` carries what the host has
 * not acknowledged when a page goes; `icon` what the toolbar should tell of the page; `fold` asks for the events to be
 * folded, and is answered with `NumberedEvents`.
 */
export type PageRequest =
  | {
      readonly kind: "last";
      readonly document: string;
      readonly message: ContentMessage & { readonly kind: "events" | "folded" };
    }
  | { readonly kind: "icon"; readonly level: IconLevel }
  | ({ readonly kind: "fold" } & NumberedEvents);

export function isContentMessage(value: unknown): value is ContentMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "hello":
      return isDocumentName(value.document) && typeof value.url === "string" && isPageStatus(value.status);
    case "status":
      return isPageStatus(value.status);
    case "events":
      return isCount(value.first) && value.first > 0 && Array.isArray(value.events);
    case "folded":
      return isCount(value.upTo) && isNumberedEvents(value);
    default:
      return false;
  }
}

export function isHostToContentMessage(value: unknown): value is HostToContentMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "resume":
      return isCount(value.after) && isCount(value.bytes);
    case "ack":
    case "stored":
      return isCount(value.upTo);
    case "bye":
      return true;
    default:
      return false;
  }
}

export function isNotice(value: unknown): value is Notice {
  return isObject(value) && value.kind === "look";
}

export function isPageRequest(value: unknown): value is PageRequest {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "last": {
      const { message } = value;
      return (
        isDocumentName(value.document) &&
        isContentMessage(message) &&
        (message.kind === "events" || message.kind === "folded")
      );
    }
    case "icon":
      return LEVELS.includes(value.level);
    case "fold":
      return isNumberedEvents(value);
    default:
      return false;
  }
}

export function isNumberedEvents(value: unknown): value is NumberedEvents {
  return (
    isObject(value) &&
    Array.isArray(value.seqs) &&
    value.seqs.every(isCount) &&
    Array.isArray(value.events) &&
    value.events.length === value.seqs.length
  );
}

/** Longer than any that is drawn: it is kept as long as the tab is. */
const MAX_DOCUMENT_CHARS = 128;

function isDocumentName(value: unknown): boolean {
  return typeof value === "string" && value.length <= MAX_DOCUMENT_CHARS;
}

const LEVELS: readonly unknown[] = ICON_LEVELS;
const TAP_STATES: readonly unknown[] = ["none", "active", "off"] satisfies PageStatus["tap"][];

function isPageStatus(value: unknown): value is PageStatus {
  return (
    isObject(value) &&
    TAP_STATES.includes(value.tap) &&
    (value.why === null || isText(value.why)) &&
    typeof value.otherSockets === "boolean" &&
    isText(value.title)
  );
}
