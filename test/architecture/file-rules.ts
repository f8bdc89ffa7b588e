import type { SourceFile } from "./source-file";

export const MAX_LINES = 300;

/** What is wrong with a file taken by itself: a sentence each. */
export function findFileFaults(file: SourceFile): readonly string[] {
  const { path, lineCount, hasDefaultExport, isBarrel, forbidden } = file;
  const faults = forbidden.map(
    (name) => `${path} uses ${name}. Data of a page is shown as text only, and never run: use text nodes.`,
  );
  if (lineCount > MAX_LINES) {
    faults.push(
      `${path} has ${lineCount} lines, more than ${MAX_LINES}: find its second noun and give it a file.`,
    );
  }
  if (hasDefaultExport) faults.push(`${path} has a default export. Give it a name, the same everywhere.`);
  if (isBarrel) faults.push(`${path} only hands on what others export. Import from where a thing is.`);
  return faults;
}
