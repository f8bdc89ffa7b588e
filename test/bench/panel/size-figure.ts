import { openBuiltFolder, scriptsOf } from "../../run/built-extension";
import { gzippedSize, PANEL_BUDGET } from "../../run/size-budget";
import type { Figure } from "../table";

/** What all scripts weigh that the panel's page loads, at once or later, each gzipped by itself. */
export function sizeFigure(folder: string): Figure {
  const built = openBuiltFolder(folder);
  const scripts = scriptsOf(PANEL_BUDGET.path, built);
  const sizes = scripts.map((path) => ({ path, bytes: gzippedSize(built.read(path)) }));
  return {
    name: "the panel's scripts, gzipped",
    value: sizes.reduce((sum, { bytes }) => sum + bytes, 0),
    unit: "B",
    target: PANEL_BUDGET.bytes,
    medians: sizes.map(({ path, bytes }) => `${path.replace("assets/", "")} ${bytes}`).join(", "),
  };
}
