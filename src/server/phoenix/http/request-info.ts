import type { IncomingMessage } from "node:http";
import type { ConnectInfo } from "../connect-info";

/** The path and the query of a request, undecoded. */
export function splitTarget(request: IncomingMessage): { readonly path: string; readonly query: string } {
  const target = request.url ?? "/";
  const at = target.indexOf("?");
  return at === -1 ? { path: target, query: "" } : { path: target.slice(0, at), query: target.slice(at + 1) };
}

/** What the request itself says of its client. */
export function describeRequest(
  request: IncomingMessage,
): Pick<ConnectInfo, "uri" | "headers" | "peer" | "userAgent"> {
  const { headers, socket } = request;
  const { remoteAddress, remotePort } = socket;
  const isKnown = remoteAddress !== undefined && remotePort !== undefined;
  return {
    uri: uriOf(request),
    headers,
    peer: isKnown ? { address: remoteAddress, port: remotePort } : null,
    userAgent: headers["user-agent"] ?? null,
  };
}

/** The host is the client's word; one that is none leaves the address without it. */
function uriOf(request: IncomingMessage): URL {
  const scheme = "encrypted" in request.socket ? "https" : "http";
  const base = `${scheme}://${request.headers.host ?? "localhost"}`;
  const { path, query } = splitTarget(request);
  const uri = new URL(URL.canParse(base) ? base : `${scheme}://localhost`);
  // Set, not parsed: a target such as `//other.host/` must not become a host.
  uri.pathname = path;
  uri.search = query;
  return uri;
}
