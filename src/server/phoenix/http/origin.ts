import type { IncomingMessage } from "node:http";

/**
 * Which pages may connect. `true`: those of the host that the request itself names, whatever their port, as Phoenix
 * does. `false`: all. A list: those of these origins (`https://example.com`, `//example.com`, `//*.example.com:8080`),
 * where what is not named may be anything, and `*` is any names before a host. Or a function that decides. A request
 * without an origin comes from no page, and passes.
 */
export type CheckOrigin =
  | boolean
  | readonly string[]
  | ((origin: string, request: IncomingMessage) => boolean);

export type OriginCheck = (request: IncomingMessage) => boolean;

/** @throws where a listed origin cannot be read */
export function createOriginCheck(rule: CheckOrigin): OriginCheck {
  if (rule === false) return () => true;
  const isAllowed = rule === true ? isSameHost : typeof rule === "function" ? rule : anyOf(rule);
  return (request) => {
    const { origin } = request.headers;
    return origin === undefined || isAllowed(origin, request);
  };
}

function isSameHost(origin: string, request: IncomingMessage): boolean {
  const own = parseUrl(`http://${request.headers.host ?? ""}`);
  const page = parseUrl(origin);
  return own !== null && page !== null && page.hostname !== "" && page.hostname === own.hostname;
}

function anyOf(origins: readonly string[]): (origin: string) => boolean {
  const matchers = origins.map(originMatcher);
  return (origin) => {
    const page = parseUrl(origin);
    return page !== null && matchers.some((matches) => matches(page));
  };
}

const LISTED = /^(?:([a-z][a-z\d+.-]*):)?\/\/(\*\.)?([^/:*?#]+|\[[\da-f:.]+\])(?::(\d+))?$/i;

const DEFAULT_PORTS: ReadonlyMap<string, string> = new Map([
  ["http:", "80"],
  ["https:", "443"],
]);

function originMatcher(listed: string): (page: URL) => boolean {
  const [found, scheme, wildcard, host = "", port] = LISTED.exec(listed) ?? [];
  if (found === undefined) {
    throw new Error(
      `The origin "${listed}" cannot be read. Write it as "https://example.com", "//example.com" or "//*.example.com".`,
    );
  }
  const name = host.toLowerCase();
  return (page) => {
    if (scheme !== undefined && page.protocol !== `${scheme.toLowerCase()}:`) return false;
    if (port !== undefined && (page.port || DEFAULT_PORTS.get(page.protocol)) !== port) return false;
    return wildcard === undefined ? page.hostname === name : page.hostname.endsWith(`.${name}`);
  };
}

function parseUrl(text: string): URL | null {
  return URL.canParse(text) ? new URL(text) : null;
}
