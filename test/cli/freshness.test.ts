import { mkdirSync, mkdtempSync, rmSync, utimesSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { isFresh, stampSources } from "../../src/cli/freshness";

describe("sources and what was built of them", () => {
  let folder = "";
  const at = (path: string, seconds: number): void => utimesSync(join(folder, path), seconds, seconds);

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "musubi-fresh-"));
    mkdirSync(join(folder, "src/deep"), { recursive: true });
    for (const file of ["src/deep/a.ts", "config", "built"]) writeFileSync(join(folder, file), "");
    for (const path of ["src/deep/a.ts", "src/deep", "src", "config"]) at(path, 1000);
    at("built", 2000);
  });

  afterEach(() => rmSync(folder, { recursive: true }));

  const sources = (): readonly string[] => ["src", "config", "no-such"].map((name) => join(folder, name));
  const fresh = (): boolean => isFresh(join(folder, "built"), sources());

  it("have another stamp after each change, and only then", () => {
    const stamps = [stampSources(sources())];
    const addStamp = (): void => void stamps.push(stampSources(sources()));
    at("src/deep/a.ts", 3000);
    addStamp();
    rmSync(join(folder, "src/deep/a.ts"));
    addStamp();
    mkdirSync(join(folder, "src/new"));
    addStamp();
    writeFileSync(join(folder, "no-such"), "");
    addStamp();
    expect(new Set(stamps).size).toBe(5);
    expect(stampSources(sources())).toBe(stamps.at(-1));
  });

  it("are in order while no source is newer", () => {
    expect(fresh()).toBe(true);
  });

  it("are not when nothing was built", () => {
    rmSync(join(folder, "built"));
    expect(fresh()).toBe(false);
  });

  it.each(["src/deep/a.ts", "config"])("are not when %s has changed", (path) => {
    at(path, 3000);
    expect(fresh()).toBe(false);
  });

  it("are not when a source went away", () => {
    rmSync(join(folder, "src/deep/a.ts"));
    expect(fresh()).toBe(false);
  });
});
