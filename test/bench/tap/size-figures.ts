import { openBuiltFolder } from "../../run/built-extension";
import { CONTENT_BUDGET, gzippedSize, TAP_BUDGET } from "../../run/size-budget";
import type { Figure } from "../table";

/** What the two scripts weigh that every watched page loads, as built into `folder`. */
export function sizeFigures(folder: string): readonly Figure[] {
  const { read } = openBuiltFolder(folder);
  return [TAP_BUDGET, CONTENT_BUDGET].map(({ script, path, bytes }) => {
    const text = read(path);
    return {
      name: `${script}, gzipped`,
      value: gzippedSize(text),
      unit: "B",
      target: bytes,
      medians: `${text.length.toLocaleString("en-US")} characters built`,
    };
  });
}
