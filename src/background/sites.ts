import { allowedSites, type ManifestScript, type SiteScript, siteScripts } from "./site-scripts";

/** The part of the browser's `permissions` that is used here. */
export type PermissionsApi = {
  getAll(): Promise<{ readonly origins?: readonly string[] }>;
  remove(permissions: { origins: string[] }): Promise<boolean>;
};

/** A script that is registered already, as far as it is compared. */
type RegisteredScript = { readonly id: string; readonly js?: string[]; readonly matches?: string[] };

/** The part of the browser's `scripting` that is used here. */
export type ScriptingApi = {
  getRegisteredContentScripts(): Promise<readonly RegisteredScript[]>;
  registerContentScripts(scripts: SiteScript[]): Promise<void>;
  unregisterContentScripts(filter: { ids: string[] }): Promise<void>;
};

/** The sites that were allowed beside the local ones. The browser's permissions are where they are kept. */
export type Sites = {
  /** As they were when `refresh` last resolved. */
  readonly list: () => readonly string[];
  /** Reads which sites are allowed now, and registers the content scripts for them and no others. */
  readonly refresh: () => Promise<void>;
  /**
   * Takes a site back; what is none of the list is left alone. The browser tells of it as of any other change. Resolves
   * to whether it did.
   */
  readonly revoke: (site: string) => Promise<boolean>;
};

/** @param declared the manifest's content scripts: what they are called once they are built */
export function createSites(
  permissions: PermissionsApi,
  scripting: ScriptingApi,
  declared: readonly ManifestScript[],
): Sites {
  let sites: readonly string[] = [];
  let latest = Promise.resolve();

  async function refreshNow(): Promise<void> {
    const { origins = [] } = await permissions.getAll();
    sites = allowedSites(origins);
    const wanted = siteScripts(sites, declared);
    const registered = await scripting.getRegisteredContentScripts();
    if (fingerprint(wanted) === fingerprint(registered)) return;
    // A new version of the extension may call its files otherwise: what was registered before is of no use.
    if (registered.length > 0) {
      await scripting.unregisterContentScripts({ ids: registered.map(({ id }) => id) });
    }
    if (wanted.length > 0) await scripting.registerContentScripts([...wanted]);
  }

  return {
    list: () => sites,
    refresh() {
      // One at a time: two that both find a script missing would both register it.
      latest = latest.catch(() => undefined).then(refreshNow);
      return latest;
    },
    async revoke(site) {
      if (!sites.includes(site)) return true;
      return permissions.remove({ origins: [site] }).catch(() => false);
    },
  };
}

function fingerprint(scripts: readonly RegisteredScript[]): string {
  const parts = scripts.map(({ id, js = [], matches = [] }) => [id, js, matches.toSorted()]);
  return JSON.stringify(parts.toSorted(([one], [other]) => (String(one) < String(other) ? -1 : 1)));
}
