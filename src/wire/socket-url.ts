import { VSN } from "./protocol";

/** What a Phoenix socket's URL says (wire.md 1.1). Any text is accepted: nothing here needs a valid URL. */
export type SocketUrl = {
  /** The URL without its query and fragment. */
  readonly endpoint: string;
  /** The same for every transport of one endpoint: without `/websocket` or `/longpoll`, and http for ws. */
  readonly base: string;
  /** The serializer version; absent means `1.0.0`. */
  readonly vsn: string;
  /** The names of the query's parameters, sorted, each once. */
  readonly keys: readonly string[];
};

export function readSocketUrl(url: string): SocketUrl {
  const hash = url.indexOf("#");
  const withoutFragment = hash === -1 ? url : url.slice(0, hash);
  const mark = withoutFragment.indexOf("?");
  const endpoint = mark === -1 ? withoutFragment : withoutFragment.slice(0, mark);
  const query = new URLSearchParams(mark === -1 ? "" : withoutFragment.slice(mark + 1));
  return {
    endpoint,
    base: endpoint.replace(/^ws(s?):/i, "http$1:").replace(/\/(?:websocket|longpoll)$/, ""),
    vsn: query.get("vsn") ?? VSN.v1,
    keys: [...new Set(query.keys())].sort(),
  };
}
