import { siteOf } from "./site";

/**
 * What the page that asks for a site is to ask for: in its address, since the page is made by the background, and may
 * be loaded again at any time.
 */
export type PermissionRequest = {
  /** A match pattern; null: the page that it is about is none that an extension can run on. */
  readonly site: string | null;
  /** The tab to go back to. */
  readonly tab: number | null;
};

/** From the extension's root. */
const PAGE = "/src/permission/permission.html";

/** The address of the page that makes this request, from the extension's root. */
export function permissionPage({ site, tab }: PermissionRequest): string {
  const query = new URLSearchParams();
  if (site !== null) query.set("site", site);
  if (tab !== null) query.set("tab", String(tab));
  return `${PAGE}?${query}`;
}

/** Reads a request from the page's `location.search`; a site that `siteOf` would not make is none. */
export function readPermissionRequest(search: string): PermissionRequest {
  const query = new URLSearchParams(search);
  return { site: readSite(query.get("site")), tab: readTab(query.get("tab")) };
}

function readSite(site: string | null): string | null {
  const url = site?.slice(0, -1) ?? "";
  // A star in a host's place would stand for many sites.
  return siteOf(url) === site && !url.includes("*") ? site : null;
}

function readTab(tab: string | null): number | null {
  return tab !== null && /^\d{1,15}$/.test(tab) ? Number(tab) : null;
}
