import { resolve } from "./import-rules";
import type { SourceFile } from "./source-file";

/**
 * The circles in which files import each other, types included: who is in one can be understood only with all the
 * others. One sentence for each circle that a search through the imports closes; empty where there is none.
 */
export function findCycles(files: readonly SourceFile[]): readonly string[] {
  const known = new Map(files.map((file) => [file.path, file]));
  const done = new Set<string>();
  const cycles: string[] = [];

  const follow = (file: SourceFile, way: readonly string[]): void => {
    const start = way.indexOf(file.path);
    if (start >= 0) {
      cycles.push(
        `${[...way.slice(start), file.path].join(" imports ")}. Move what they share into a file of its own.`,
      );
      return;
    }
    if (done.has(file.path)) return;
    for (const next of importedFiles(file, known)) follow(next, [...way, file.path]);
    done.add(file.path);
  };
  for (const file of files) follow(file, []);
  return cycles;
}

const EXTENSIONS = ["", ".ts", ".tsx", ".mjs", ".js"];

function importedFiles(file: SourceFile, known: ReadonlyMap<string, SourceFile>): readonly SourceFile[] {
  return file.imports
    .filter(({ specifier }) => specifier.startsWith("."))
    .flatMap(({ specifier }) => {
      const target = resolve(file.path, specifier);
      const found = EXTENSIONS.map((extension) => known.get(target + extension)).find(Boolean);
      return found ? [found] : [];
    });
}
