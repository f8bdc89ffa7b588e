import { applyFigures } from "./apply";
import { fileFigures, readSessionFile } from "./files";
import { growthFigures } from "./growth";
import { ingestFigures } from "./ingest";
import { memoryFigures } from "./memory";
import { questionFigures } from "./questions";
import { seekFigures } from "./seek";
import { type Figure, formatFigure, formatHead } from "./table";

/** `npm run bench`: one line a figure. It fails where something was worked out wrongly, not where it took long. */
const GROUPS: ReadonlyMap<string, () => Iterable<Figure>> = new Map([
  ["ingest", ingestFigures],
  ["apply", applyFigures],
  ["seek", seekFigures],
  ["memory", memoryFigures],
  ["growth", growthFigures],
  ["ask", questionFigures],
]);

const USAGE = `usage: npm run bench -- [--only ${[...GROUPS.keys()].join("|")}] or: npm run bench -- FILE...`;
const UNUSABLE = 2;

type Group = () => Iterable<Figure>;

/** What was asked for. A string says why it cannot be done. */
function chooseGroups(args: readonly string[]): readonly Group[] | string {
  const [first, ...rest] = args;
  if (first === undefined) return [...GROUPS.values()];
  if (!first.startsWith("-")) return openFiles(args);
  const [option, name = ""] = first.includes("=") ? first.split("=") : [first, rest.shift()];
  const group = GROUPS.get(name);
  return option === "--only" && group !== undefined && rest.length === 0 ? [group] : USAGE;
}

function openFiles(paths: readonly string[]): readonly Group[] | string {
  const groups: Group[] = [];
  for (const path of paths) {
    const session = readSessionFile(path);
    if (typeof session === "string") return session;
    groups.push(() => fileFigures(session));
  }
  return groups;
}

const chosen = chooseGroups(process.argv.slice(2));
if (typeof chosen === "string") {
  console.error(chosen);
  process.exitCode = UNUSABLE;
} else {
  console.log(formatHead());
  for (const figures of chosen) for (const figure of figures()) console.log(formatFigure(figure));
}
