import { isLocal, siteOf } from "../../bridge/site";

/** Whether the extension may run on the page at `url`: a local one, or one that a pattern of `sites` allows. */
export function isAllowed(sites: readonly string[], url: string): boolean {
  return isLocal(url) || sites.some((site) => matches(site, url));
}

/** Whether `site` names exactly one site, as a person allows it: what else the browser lists, only it can take back. */
export function isOneSite(site: string): boolean {
  const start = site.replace(/\*$/, "");
  return !start.includes("*") && siteOf(start) === site;
}

const PATTERN = /^(?<scheme>\*|https?):\/\/(?<host>[^/]+)\//;

/** By the browsers' rule for match patterns, in which `*` stands for http and https, and for any host. */
function matches(site: string, url: string): boolean {
  if (!URL.canParse(url)) return false;
  const { protocol, hostname } = new URL(url);
  if (protocol !== "http:" && protocol !== "https:") return false;
  if (site === "<all_urls>") return true;
  const { scheme, host } = PATTERN.exec(site)?.groups ?? {};
  if (scheme === undefined || host === undefined) return false;
  return (scheme === "*" || `${scheme}:` === protocol) && isHostOf(host, hostname);
}

function isHostOf(pattern: string, hostname: string): boolean {
  if (pattern === "*") return true;
  if (!pattern.startsWith("*.")) return pattern === hostname;
  return hostname === pattern.slice(2) || hostname.endsWith(pattern.slice(1));
}
