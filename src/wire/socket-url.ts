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
  const { endpoint, query } = splitUrl(url);
  return {
    endpoint,
    base: endpoint.replace(/^ws(s?):/i, "http$1:").replace(/\/(?:websocket|longpoll)$/, ""),
    vsn: query.get("vsn") ?? VSN.v1,
    keys: [...new Set(query.keys())].sort(),
  };
}

/** A URL without query and fragment, and the query. Any text is accepted. */
export function splitUrl(url: string): { readonly endpoint: string; readonly query: URLSearchParams } {
  const hash = url.indexOf("#");
  const withoutFragment = hash === -1 ? url : url.slice(0, hash);
  const mark = withoutFragment.indexOf("?");
  if (mark === -1) return { endpoint: withoutFragment, query: new URLSearchParams() };
  return {
    endpoint: withoutFragment.slice(0, mark),
    query: new URLSearchParams(withoutFragment.slice(mark + 1)),
  };
}

/**
 * A version as Elixir reads it: three numbers without leading zeros, then perhaps a pre-release and a build. Its groups
 * are the major, minor and patch numbers and the pre-release with its hyphen.
 */
export const VERSION =
  /^(0|[1-9]\d*)\.(0|[1-9]\d*)\.(0|[1-9]\d*)(-[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?(?:\+[0-9A-Za-z-]+(?:\.[0-9A-Za-z-]+)*)?$/;

/**
 * The serializer that a server picks for a `vsn` (wire.md 1.1): `~> 1.0.0` or `~> 2.0.0`, which is the same major and
 * minor number. Null where it refuses the connection: no requirement is met, or the text is no version.
 */
export function serializerOf(vsn: string): (typeof VSN)[keyof typeof VSN] | null {
  const [, major, minor, patch, preRelease] = VERSION.exec(vsn) ?? [];
  // A pre-release of x.0.0 comes before it, and so does not meet the requirement.
  if (minor !== "0" || (patch === "0" && preRelease !== undefined)) return null;
  if (major === "1") return VSN.v1;
  return major === "2" ? VSN.v2 : null;
}
