import { LOCAL_SITES } from "../bridge/site";

/** A content script as it is registered for the sites that were allowed: like the manifest's, for other pages. */
export type SiteScript = {
  readonly id: string;
  readonly js: string[];
  readonly matches: string[];
  readonly excludeMatches: string[];
  readonly world: "MAIN" | "ISOLATED";
  readonly runAt: "document_start";
  readonly allFrames: true;
  readonly matchOriginAsFallback: true;
  readonly persistAcrossSessions: true;
};

/** What of the manifest's content scripts is read here. */
export type ManifestScript = { readonly js?: readonly string[]; readonly world?: "MAIN" | "ISOLATED" };

/** The sites among the granted origins that were allowed beside the manifest's own, in the order of their names. */
export function allowedSites(origins: readonly string[]): readonly string[] {
  return origins.filter((origin) => !LOCAL_SITES.includes(origin)).toSorted();
}

/** The scripts to register, one for each of the manifest's; none where no site was allowed. */
export function siteScripts(
  sites: readonly string[],
  declared: readonly ManifestScript[],
): readonly SiteScript[] {
  if (sites.length === 0) return [];
  return declared.map(({ js = [], world = "ISOLATED" }) => ({
    id: scriptId(world),
    js: js.map(pathOf),
    matches: [...sites],
    // Where somebody has allowed every site, the manifest's scripts would run a second time.
    excludeMatches: [...LOCAL_SITES],
    world,
    runAt: "document_start",
    allFrames: true,
    matchOriginAsFallback: true,
    persistAcrossSessions: true,
  }));
}

/** From the extension's root, as the browsers list registered files: Firefox's manifest has whole addresses. */
function pathOf(file: string): string {
  return new URL(file, "extension://files/").pathname.slice(1);
}

function scriptId(world: "MAIN" | "ISOLATED"): string {
  return world === "MAIN" ? "site-tap" : "site-content";
}
