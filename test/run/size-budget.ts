import { gzipSync } from "node:zlib";
import type { BuiltFolder } from "./built-extension";

/** A script that every watched page loads, and what it may weigh there. */
export type SizeBudget = {
  readonly script: string;
  readonly path: string;
  /** Bytes after gzip at its best. */
  readonly bytes: number;
};

const KIBIBYTE = 1024;

export const TAP_BUDGET: SizeBudget = {
  script: "the tap",
  path: "src/tap/tap.iife.js",
  bytes: 4 * KIBIBYTE,
};

export const CONTENT_BUDGET: SizeBudget = {
  script: "the content script",
  path: "src/content/content.iife.js",
  bytes: 12 * KIBIBYTE,
};

const GZIP_LEVEL = 9;

/** Bytes that a built script has after gzip. */
export function gzippedSize(text: string): number {
  return gzipSync(text, { level: GZIP_LEVEL }).byteLength;
}

/** Which scripts of a built extension are not there or weigh more than they may: a sentence each. */
export function findOversized({ paths, read }: BuiltFolder): readonly string[] {
  return [TAP_BUDGET, CONTENT_BUDGET].flatMap(({ script, path, bytes }) => {
    if (!paths.includes(path)) return [`${path}, ${script}, was not built, so it cannot be weighed.`];
    const size = gzippedSize(read(path));
    if (size <= bytes) return [];
    return [
      `${path}, ${script}, weighs ${size} bytes gzipped, ${size - bytes} more than its ${bytes}: every watched page loads it, so take something out of it.`,
    ];
  });
}
