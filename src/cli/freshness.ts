import { type Dirent, readdirSync, statSync } from "node:fs";
import { join } from "node:path";
import { inRoot } from "./root";

/** Whatever a build is made of, absolute. */
export const SOURCES: readonly string[] = [
  "src",
  "manifest.json",
  "package.json",
  "package-lock.json",
  "tsconfig.json",
  "vite.config.ts",
].map((path) => inRoot(path));

/** Whether a built file is there, and no source is newer than it. */
export function isFresh(builtFile: string, sources: readonly string[] = SOURCES): boolean {
  const built = changedAt(builtFile);
  return built > 0 && sources.every((source) => readTimes(source).every(([, time]) => time <= built));
}

/** A text that changes whenever a source is changed, added or removed. */
export function stampSources(sources: readonly string[] = SOURCES): string {
  return JSON.stringify(sources.flatMap(readTimes));
}

/** Everything under `path`, a file or a folder, with when it last changed: milliseconds, 0 where there is nothing. */
function readTimes(path: string): readonly (readonly [path: string, time: number])[] {
  // The folder's own time tells of files that went away.
  const own = [path, changedAt(path)] as const;
  return [own, ...entriesOf(path).flatMap(({ name }) => readTimes(join(path, name)))];
}

function entriesOf(path: string): readonly Dirent[] {
  try {
    return readdirSync(path, { withFileTypes: true });
  } catch {
    return []; // a file, or gone since we saw its name
  }
}

function changedAt(path: string): number {
  return statSync(path, { throwIfNoEntry: false })?.mtimeMs ?? 0;
}
