import { readFileSync } from "node:fs";
import { pathToFileURL } from "node:url";
import { describe, expect, it } from "vitest";
import { LOCAL_SITES } from "../../src/bridge/site";
import { readManifest } from "../../src/cli/manifest";
import { ROOT } from "../../src/cli/root";

const root = pathToFileURL(ROOT);
const chrome = readManifest("chrome", root);
const firefox = readManifest("firefox", root);
const { version } = JSON.parse(readFileSync(new URL("package.json", root), "utf8"));

describe("the manifest", () => {
  it("has the package's version, which the source does not repeat", () => {
    expect(chrome.version).toBe(version);
    expect(firefox.version).toBe(version);
    expect(readFileSync(new URL("manifest.json", root), "utf8")).not.toContain('"version"');
  });

  it("has a service worker in Chrome and an event page in Firefox", () => {
    expect(chrome.background).toEqual({ service_worker: "src/background/background.ts", type: "module" });
    expect(firefox.background).toEqual({ scripts: ["src/background/background.ts"] });
  });

  it("tells each browser only what it knows", () => {
    expect(chrome).toMatchObject({
      minimum_chrome_version: "148",
      message_serialization: "structured_clone",
    });
    expect(chrome).not.toHaveProperty("browser_specific_settings");
    expect(firefox).toMatchObject({ browser_specific_settings: { gecko: { strict_min_version: "142.0" } } });
    expect(firefox).not.toHaveProperty("message_serialization");
    expect(firefox).not.toHaveProperty("minimum_chrome_version");
  });

  it("runs on local pages only, until somebody allows a site", () => {
    for (const manifest of [chrome, firefox]) {
      for (const { matches } of manifest.content_scripts ?? []) expect(matches).toEqual(LOCAL_SITES);
      expect(manifest.optional_host_permissions).toEqual(["*://*/*"]);
      expect(manifest).not.toHaveProperty("host_permissions");
    }
  });

  it("asks for no permission of which the browser would warn", () => {
    for (const { permissions } of [chrome, firefox]) {
      expect(permissions).toEqual(["activeTab", "scripting", "storage"]);
    }
  });

  it("runs both scripts before the page's own, in every frame, the tap in the page's world", () => {
    for (const script of chrome.content_scripts ?? []) {
      expect(script).toMatchObject({
        run_at: "document_start",
        all_frames: true,
        match_about_blank: true,
        match_origin_as_fallback: true,
      });
      // The bundler loads all other scripts asynchronously, after the page's first frames.
      expect(script.js).toEqual([expect.stringMatching(/\.iife\.ts$/)]);
    }
    expect(chrome.content_scripts?.map(({ world }) => world)).toEqual(["MAIN", undefined]);
  });

  it("lets extension pages run nothing but what is packed with them", () => {
    expect(chrome.content_security_policy?.extension_pages).toBe(
      "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; worker-src 'self'; connect-src 'self' ws: wss: http: https:",
    );
  });
});
