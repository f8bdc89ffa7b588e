import { readFileSync } from "node:fs";
import type { ManifestV3Export } from "@crxjs/vite-plugin";

/** What the extension is built for: one folder under `dist` each. */
export type ExtensionTarget = "chrome" | "firefox";

export type Manifest = Extract<ManifestV3Export, { manifest_version: number }>;

/** `manifest.json`: everything that is said of the extension, as Chrome reads it, with Firefox's settings beside. */
export type SourceManifest = Omit<Manifest, "version"> & {
  readonly background: { readonly service_worker: string };
  /** Chrome 148: messages as Firefox sends them, binary included. The plugin does not know this key yet. */
  readonly message_serialization: string;
};

/** The manifest for one browser. Its version is the package's, which stands in `package.json` alone. */
export function manifestFor(target: ExtensionTarget, source: SourceManifest, version: string): Manifest {
  const { browser_specific_settings, message_serialization, minimum_chrome_version, background, ...rest } =
    source;
  const common = { ...rest, version };
  if (target === "chrome") {
    const manifest = { ...common, minimum_chrome_version, message_serialization, background };
    return manifest;
  }
  // Firefox runs an event page where Chrome runs a service worker, and clones messages without being asked.
  return { ...common, browser_specific_settings, background: { scripts: [background.service_worker] } };
}

/** Reads `manifest.json` and `package.json` under `root`, the repository, and makes the manifest for one browser. */
export function readManifest(target: ExtensionTarget, root: URL): Manifest {
  const source: SourceManifest = JSON.parse(readFileSync(new URL("manifest.json", root), "utf8"));
  const { version }: { version: string } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));
  return manifestFor(target, source, version);
}
