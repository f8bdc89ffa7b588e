import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { describe, expect, it } from "vitest";
import { findCycles } from "./cycles";
import { findFileFaults } from "./file-rules";
import { findForbiddenImports } from "./import-rules";
import { COMPOSITION_ROOTS, LAYERS } from "./layers";
import { readSource } from "./source-file";

const root = fileURLToPath(new URL("../../", import.meta.url));

const files = readdirSync(join(root, "src"), { recursive: true, encoding: "utf8" })
  .filter((name) => /\.(ts|tsx|mjs|js)$/.test(name))
  .map((name) => `src/${name.replaceAll("\\", "/")}`)
  .map((path) => readSource(path, readFileSync(join(root, path), "utf8")));

describe("the source of this project", () => {
  it("is there", () => {
    expect(files.length).toBeGreaterThan(50);
    expect(files.map(({ path }) => path)).toEqual(expect.arrayContaining([...COMPOSITION_ROOTS]));
  });

  it("imports only what the import table allows", () => {
    expect(files.flatMap((file) => findForbiddenImports(file, LAYERS))).toEqual([]);
  });

  it("has no import cycles", () => {
    expect(findCycles(files)).toEqual([]);
  });

  it("has short files with named exports, no barrels, and makes no markup or code of text", () => {
    expect(files.flatMap(findFileFaults)).toEqual([]);
  });
});
