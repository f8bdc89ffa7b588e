import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allowedSites, siteScripts } from "../../src/background/site-scripts";
import { createSites } from "../../src/background/sites";
import { LOCAL_SITES } from "../../src/bridge/site";

const manifest = JSON.parse(readFileSync(new URL("../../manifest.json", import.meta.url), "utf8"));

const DECLARED = [
  { js: ["tap.js"], world: "MAIN" as const },
  { js: ["content.js"], matches: [...LOCAL_SITES] },
];
const ONE = "https://example.com/*";
const OTHER = "https://example.org/*";

describe("the sites that were allowed", () => {
  it("are the granted ones without the manifest's own", () => {
    expect(allowedSites([...LOCAL_SITES, OTHER, ONE])).toEqual([ONE, OTHER]);
  });

  it("are none while the manifest's own are all there is", () => {
    for (const { matches } of manifest.content_scripts) expect(allowedSites(matches)).toEqual([]);
  });

  it("run the manifest's scripts in the same way as its own pages", () => {
    const scripts = siteScripts([ONE], manifest.content_scripts);
    expect(scripts).toHaveLength(manifest.content_scripts.length);
    for (const [index, declared] of manifest.content_scripts.entries()) {
      expect(scripts[index]).toMatchObject({
        js: declared.js,
        matches: [ONE],
        world: declared.world ?? "ISOLATED",
        runAt: declared.run_at,
        allFrames: declared.all_frames,
        matchOriginAsFallback: declared.match_origin_as_fallback,
        persistAcrossSessions: true,
      });
    }
  });

  it("run the same files in Firefox, whose manifest has whole addresses of them", () => {
    const declared = [{ js: ["moz-extension://6d75/src/tap/tap.iife.js"], world: "MAIN" as const }];
    expect(siteScripts([ONE], declared)[0]?.js).toEqual(["src/tap/tap.iife.js"]);
  });

  it("never run them a second time on the manifest's own pages", () => {
    for (const { excludeMatches } of siteScripts(["*://*/*"], DECLARED)) {
      expect(excludeMatches).toEqual(LOCAL_SITES);
    }
  });

  it("have their scripts registered as long as they are allowed", async () => {
    const { sites, grant, revoke, matches } = open();
    await sites.refresh();
    expect(matches()).toEqual({});

    grant(ONE);
    await sites.refresh();
    expect(sites.list()).toEqual([ONE]);
    expect(matches()).toEqual({ "site-tap": [ONE], "site-content": [ONE] });

    grant(OTHER);
    await sites.refresh();
    expect(matches()).toEqual({ "site-tap": [ONE, OTHER], "site-content": [ONE, OTHER] });

    revoke(ONE);
    revoke(OTHER);
    await sites.refresh();
    expect(sites.list()).toEqual([]);
    expect(matches()).toEqual({});
  });

  it("are left as they are registered by a background that was killed", async () => {
    const { sites, again, grant, calls } = open();
    grant(ONE);
    await sites.refresh();
    const before = calls();
    await again().refresh();
    expect(calls()).toBe(before);
  });

  it("run the files of the version that is installed", async () => {
    const { sites, again, grant, files } = open();
    grant(ONE);
    await sites.refresh();
    expect(files()).toEqual(["tap.js", "content.js"]);
    await again([{ js: ["tap-2.js"], world: "MAIN" }, { js: ["content-2.js"] }]).refresh();
    expect(files()).toEqual(["tap-2.js", "content-2.js"]);
  });

  it("are registered once when two changes come at once", async () => {
    const { sites, grant, matches } = open();
    grant(ONE);
    const first = sites.refresh();
    grant(OTHER);
    await expect(Promise.all([first, sites.refresh()])).resolves.toBeDefined();
    expect(matches()).toEqual({ "site-tap": [ONE, OTHER], "site-content": [ONE, OTHER] });
  });

  it("are tried again after the browser has refused", async () => {
    const { sites, grant, matches, refuseNext } = open();
    grant(ONE);
    refuseNext();
    await expect(sites.refresh()).rejects.toThrow();
    await sites.refresh();
    expect(matches()).toEqual({ "site-tap": [ONE], "site-content": [ONE] });
  });

  it("can be taken back; what was never allowed is left alone", async () => {
    const { sites, grant, origins } = open();
    grant(ONE);
    await sites.refresh();
    await sites.revoke("*://localhost/*");
    await sites.revoke(OTHER);
    expect(origins()).toEqual([...LOCAL_SITES, ONE]);
    expect(await sites.revoke(ONE)).toBe(true);
    expect(origins()).toEqual(LOCAL_SITES);
  });

  it("are told of where the browser keeps them", async () => {
    const { sites, grant, keep } = open();
    grant(ONE);
    await sites.refresh();
    keep();
    expect(await sites.revoke(ONE)).toBe(false);
  });
});

/** The browser's part: it refuses to register an id twice, and to unregister one that it does not know. */
function open() {
  let origins: readonly string[] = LOCAL_SITES;
  const registered = new Map<string, { id: string; js: string[]; matches: string[] }>();
  let calls = 0;
  let isRefusing = false;
  let isKeeping = false;

  const permissions = {
    getAll: async () => ({ origins }),
    async remove({ origins: removed }: { origins: string[] }) {
      if (isKeeping) throw new Error("You cannot remove required permissions.");
      origins = origins.filter((origin) => !removed.includes(origin));
      return true;
    },
  };
  const scripting = {
    getRegisteredContentScripts: async () => structuredClone([...registered.values()]),
    async registerContentScripts(scripts: { id: string; js: string[]; matches: string[] }[]) {
      calls++;
      const refuses = isRefusing || scripts.some(({ id }) => registered.has(id));
      isRefusing = false;
      if (refuses) throw new Error("Duplicate script ID");
      for (const { id, js, matches } of scripts) registered.set(id, { id, js, matches });
    },
    async unregisterContentScripts({ ids }: { ids: string[] }) {
      calls++;
      for (const id of ids) if (!registered.delete(id)) throw new Error("Nonexistent script ID");
    },
  };

  return {
    sites: createSites(permissions, scripting, DECLARED),
    /** The sites of a background that was killed and started again. */
    again: (declared: Parameters<typeof createSites>[2] = DECLARED) =>
      createSites(permissions, scripting, declared),
    grant(origin: string) {
      origins = [...origins, origin];
    },
    keep() {
      isKeeping = true;
    },
    revoke(origin: string) {
      origins = origins.filter((granted) => granted !== origin);
    },
    refuseNext() {
      isRefusing = true;
    },
    origins: () => origins,
    matches: () => Object.fromEntries([...registered.values()].map(({ id, matches }) => [id, matches])),
    files: () => [...registered.values()].flatMap(({ js }) => js),
    calls: () => calls,
  };
}
