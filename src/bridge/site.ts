/**
 * The sites on which the extension runs. A site is named by its match pattern, `https://example.com/*`: what a person
 * allows, the browser lists, and content scripts are registered for.
 */

/** Where the extension runs without being asked: the manifest's own patterns. */
export const LOCAL_SITES: readonly string[] = [
  "*://localhost/*",
  "*://127.0.0.1/*",
  "*://[::1]/*",
  "*://*.localhost/*",
  "*://*.test/*",
];

/** The pattern of the site that a page is on; null where an extension cannot run: the browser's own pages, files. */
export function siteOf(url: string): string | null {
  const parsed = parseUrl(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return null;
  // Match patterns know no ports: all of a host's count as one site.
  return `${parsed.protocol}//${parsed.hostname}/*`;
}

/** Whether the extension runs on the page by itself, without having been allowed the site. */
export function isLocal(url: string): boolean {
  const parsed = parseUrl(url);
  if (parsed === null || !/^https?:$/.test(parsed.protocol)) return false;
  return /^(localhost|127\.0\.0\.1|\[::1\]|(.+\.)?localhost|(.+\.)?test)$/.test(parsed.hostname);
}

/** A pattern as a person reads it: `https://example.com`. */
export function describeSite(site: string): string {
  return site.replace(/\/\*$/, "");
}

function parseUrl(url: string): URL | null {
  return URL.canParse(url) ? new URL(url) : null;
}
