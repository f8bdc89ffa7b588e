import { gzipSync } from "node:zlib";
import { type BuiltFolder, scriptsOf } from "./built-extension";

/** A script, or a page with all of its scripts, and what it may weigh. */
export type SizeBudget = {
  readonly script: string;
  readonly path: string;
  readonly loadedBy: string;
  /** Bytes after gzip at its best. */
  readonly bytes: number;
};

const KIBIBYTE = 1024;

export const TAP_BUDGET: SizeBudget = {
  script: "the tap",
  path: "src/tap/tap.iife.js",
  loadedBy: "every watched page",
  bytes: 4 * KIBIBYTE,
};

export const CONTENT_BUDGET: SizeBudget = {
  script: "the content script",
  path: "src/content/content.iife.js",
  loadedBy: "every watched page",
  bytes: 12 * KIBIBYTE,
};

export const PANEL_BUDGET: SizeBudget = {
  script: "the panel",
  path: "src/panel/panel.html",
  loadedBy: "every panel",
  bytes: 70 * KIBIBYTE,
};

const GZIP_LEVEL = 9;

/** Bytes that a built script has after gzip. */
export function gzippedSize(text: string): number {
  return gzipSync(text, { level: GZIP_LEVEL }).byteLength;
}

/** Which scripts of a built extension are not there or weigh more than they may: a sentence each. */
export function findOversized(built: BuiltFolder): readonly string[] {
  return [TAP_BUDGET, CONTENT_BUDGET, PANEL_BUDGET].flatMap((budget) => findOverweight(budget, built));
}

function findOverweight(budget: SizeBudget, built: BuiltFolder): readonly string[] {
  const { script, path, loadedBy, bytes } = budget;
  const parts = built.paths.includes(path) && path.endsWith(".html") ? scriptsOf(path, built) : [path];
  const missing = parts.filter((part) => !built.paths.includes(part));
  if (missing.length > 0) {
    return missing.map((part) => `${part}, ${script}, was not built, so it cannot be weighed.`);
  }
  const size = parts.reduce((sum, part) => sum + gzippedSize(built.read(part)), 0);
  if (size <= bytes) return [];
  return [
    `${path}, ${script}, weighs ${size} bytes gzipped, ${size - bytes} more than its ${bytes}: ${loadedBy} loads it, so take something out of it.`,
  ];
}
