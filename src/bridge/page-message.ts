import { isCount, isObject } from "./guard";

/** The name of a content script's port to the background. */
export const CONTENT_PORT = "content";

/**
 * From the tap to the content script of its document: events in order. `first` numbers the first of them, from 1.
 * The events are `unknown`: the page can forge them, so each is checked on its own and a bad one costs only itself.
 */
export type TapMessage = {
  readonly kind: "events";
  readonly first: number;
  readonly events: readonly unknown[];
};

/**
 * From a content script to its host. `hello` comes first on every port; `document` is random and lasts as long as
 * the document, over any number of ports. `tap` tells that the document's tap has reported.
 */
export type ContentMessage =
  | { readonly kind: "hello"; readonly document: string; readonly url: string; readonly tap: boolean }
  | { readonly kind: "tap" }
  | { readonly kind: "events"; readonly first: number; readonly events: readonly unknown[] };

/**
 * From a host to a content script. `resume` asks for everything after event `after`, of which the host holds `bytes`
 * frame bytes; `ack` says that the host holds everything up to `upTo`.
 */
export type HostToContentMessage =
  | { readonly kind: "resume"; readonly after: number; readonly bytes: number }
  | { readonly kind: "ack"; readonly upTo: number };

/** To the content scripts of a tab, over `tabs.sendMessage`: somebody looks at it, connect. */
export type Notice = { readonly kind: "look" };

export function isTapMessage(value: unknown): value is TapMessage {
  return isObject(value) && value.kind === "events" && isBatch(value);
}

export function isContentMessage(value: unknown): value is ContentMessage {
  if (!isObject(value)) return false;
  switch (value.kind) {
    case "hello":
      return (
        typeof value.document === "string" && typeof value.url === "string" && typeof value.tap === "boolean"
      );
    case "tap":
      return true;
    case "events":
      return isBatch(value);
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
      return isCount(value.upTo);
    default:
      return false;
  }
}

export function isNotice(value: unknown): value is Notice {
  return isObject(value) && value.kind === "look";
}

function isBatch(value: { readonly [key: string]: unknown }): boolean {
  return isCount(value.first) && value.first > 0 && Array.isArray(value.events);
}
