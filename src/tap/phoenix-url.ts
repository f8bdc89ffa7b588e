/**
 * Whether a socket to this URL may be Phoenix's: its path ends as Phoenix's WebSocket transport ends it, or it asks
 * for a serializer version (wire.md 1.1). One check at construction; nothing else of a page's sockets is touched.
 */
export function isPhoenixUrl(url: string): boolean {
  const query = url.indexOf("?");
  const path = query < 0 ? url : url.slice(0, query);
  return path.endsWith("/websocket") || (query >= 0 && /[?&]vsn=/.test(url.slice(query)));
}
