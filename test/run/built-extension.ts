import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join, posix } from "node:path";
import { parseSync } from "vite";
import { at } from "../../src/cli/browser/outside-value";

/** A built folder, as far as the checks read it. */
export type BuiltFolder = {
  /** Every file in it, from its root, with slashes. */
  readonly paths: readonly string[];
  readonly read: (path: string) => string;
};

export function openBuiltFolder(folder: string): BuiltFolder {
  const paths = existsSync(folder) ? readdirSync(folder, { recursive: true, encoding: "utf8" }) : [];
  return {
    paths: paths.map((path) => path.replaceAll("\\", "/")),
    read: (path) => readFileSync(join(folder, path), "utf8"),
  };
}

/** What of a built extension would fail only in the browser, and there without a word: a sentence each. */
export function findBuildFaults({ paths, read }: BuiltFolder): readonly string[] {
  if (!paths.includes("manifest.json")) return ["There is no manifest.json."];
  const manifest: unknown = JSON.parse(read("manifest.json"));
  const missing = (from: string, path: string): readonly string[] =>
    paths.includes(path) ? [] : [`${from} names ${path}, which was not built.`];

  const scripts = contentScripts(manifest);
  const pages = paths.filter((path) => path.endsWith(".html"));
  return [
    ...(at(manifest, "web_accessible_resources") === undefined
      ? []
      : [
          "The manifest makes files of the extension accessible to pages, which can then recognise it by them.",
        ]),
    ...scripts.flatMap((path) => missing("manifest.json", path)),
    ...scripts
      .filter((path) => paths.includes(path) && !isSelfContained(path, read(path)))
      .map(
        (path) =>
          `${path} loads other files, so it runs after the page's own scripts. Name its source *.iife.ts.`,
      ),
    ...pages.flatMap((page) => linkedFiles(page, read(page)).flatMap((path) => missing(page, path))),
  ];
}

function contentScripts(manifest: unknown): readonly string[] {
  const declared = at(manifest, "content_scripts");
  const files = Array.isArray(declared) ? declared.flatMap((script) => at(script, "js")) : [];
  return files.filter((file) => typeof file === "string");
}

/** Whether a script is no module, and loads none. */
function isSelfContained(path: string, text: string): boolean {
  const { module } = parseSync(path, text);
  return !module.hasModuleSyntax && module.dynamicImports.length === 0;
}

/** The scripts that a page of the extension loads, at once or later, from the root of the folder; built or not. */
export function scriptsOf(page: string, { paths, read }: BuiltFolder): readonly string[] {
  const scripts = new Set(linkedFiles(page, read(page)).filter((path) => path.endsWith(".js")));
  // What is added while it is gone through is gone through, too.
  for (const path of scripts) {
    if (!paths.includes(path)) continue;
    for (const request of requestsOf(path, read(path))) scripts.add(resolve(path, request));
  }
  return [...scripts];
}

/** What a script imports, in its own words. */
function requestsOf(path: string, text: string): readonly string[] {
  const { staticImports, staticExports, dynamicImports } = parseSync(path, text).module;
  return [
    ...staticImports.map(({ moduleRequest }) => moduleRequest.value),
    ...staticExports.flatMap(({ entries }) => entries.flatMap((entry) => entry.moduleRequest?.value ?? [])),
    ...dynamicImports.map(({ moduleRequest: { start, end } }) => text.slice(start + 1, end - 1)),
  ];
}

/** The files of the extension that a page's tags name. */
function linkedFiles(page: string, html: string): readonly string[] {
  return [...html.matchAll(/\s(?:src|href)="([^"#?:]+)"/g)].map(([, link = ""]) => resolve(page, link));
}

function resolve(from: string, link: string): string {
  return link.startsWith("/") ? link.slice(1) : posix.join(posix.dirname(from), link);
}
