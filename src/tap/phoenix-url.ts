import { uncurry } from "./native";

// Taken now: a page may replace them later.
const indexOf = uncurry(String.prototype.indexOf);
const slice = uncurry(String.prototype.slice);
const endsWith = uncurry(String.prototype.endsWith);
const includes = uncurry(String.prototype.includes);

/**
 * Whether a socket to this URL may be Phoenix's: its path ends as Phoenix's WebSocket transport ends it, or it asks
 * for a serializer version (wire.md 1.1). One check at construction; nothing else of a page's sockets is touched.
 */
export function isPhoenixUrl(url: string): boolean {
  return endsWith(pathOf(url), "/websocket") || includes(url, "?vsn=") || includes(url, "&vsn=");
}

/** Whether a request to this URL, absolute or not, may be of Phoenix's long poll: by the end of its path. */
export function isLongPollUrl(url: string): boolean {
  return endsWith(pathOf(url), "/longpoll");
}

/** The URL up to its query. */
function pathOf(url: string): string {
  return before(before(url, "#"), "?");
}

function before(text: string, mark: string): string {
  const at = indexOf(text, mark);
  return at < 0 ? text : slice(text, 0, at);
}
