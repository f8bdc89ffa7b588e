import { describe, expect, it } from "vitest";
import { findCycles } from "./cycles";
import { findFileFaults, MAX_LINES } from "./file-rules";
import { findForbiddenImports } from "./import-rules";
import type { Layer } from "./layers";
import { readSource } from "./source-file";

const layers: readonly Layer[] = [
  { folder: "low", imports: [] },
  { folder: "middle", imports: ["low"], types: ["side"], packages: ["preact", "@preact/signals"] },
  { folder: "side", imports: [] },
  { folder: "middle/pages", imports: ["middle"] },
  { folder: "tools", imports: ["low"], node: true },
  { folder: "panel", imports: [] },
];

function forbidden(path: string, text: string): readonly string[] {
  return findForbiddenImports(readSource(path, text), layers);
}

describe("the import rules", () => {
  it.each([
    ["a file beside it", `import { a } from "./b"`],
    ["a folder that it may import", `import { a } from "../low/a"`],
    ["types of a folder whose types it may import", `import type { A } from "../side/a"`],
    ["single types of it", `import { type A, type B } from "../side/a"`],
    ["a type in an expression", `let a: import("../side/a").A`],
    [
      "a package that it may use",
      `import { h } from "preact/hooks"; import { signal } from "@preact/signals"`,
    ],
  ])("allow %s", (_what, text) => {
    expect(forbidden("src/middle/a.ts", text)).toEqual([]);
  });

  it.each([
    ["a folder that it may not import", `import { a } from "../panel/a"`, "imports src/panel/a"],
    ["values where it may import types", `import { type A, b } from "../side/a"`, "only its types"],
    ["a module run for its effect alone", `import "../side/a"`, "only its types"],
    ["what it exports again", `export { a } from "../panel/a"`, "imports src/panel/a"],
    ["what it loads later", `const a = await import("../panel/a")`, "imports src/panel/a"],
    ["a package", `import x from "left-pad"`, "the package left-pad"],
    ["a part of a package with a scope", `import x from "@other/pad/x"`, "the package @other/pad"],
    ["Node's modules", `import { readFileSync } from "node:fs"`, "must run in a browser"],
    ["the browser's extension API", `import b from "webextension-polyfill"`, "composition roots"],
    ["a file outside src", `import m from "../../manifest.json"`, "outside src"],
  ])("forbid %s", (_what, text, sentence) => {
    expect(forbidden("src/middle/a.ts", text)).toEqual([expect.stringContaining(sentence)]);
  });

  it("say what to do", () => {
    expect(forbidden("src/middle/a.ts", `import { a } from "../panel/a"`)).toEqual([
      "src/middle/a.ts imports src/panel/a. middle may import low, and types of side. Move what both need into one of these, or pass it in.",
    ]);
  });

  it("take the deepest folder of the table", () => {
    expect(forbidden("src/middle/pages/a.ts", `import "../b"`)).toEqual([]);
    expect(forbidden("src/middle/pages/a.ts", `import "../../low/a"`)).toHaveLength(1);
    expect(forbidden("src/middle/a.ts", `import "./pages/b"`)).toHaveLength(1);
  });

  it("let tools use Node, and read the manifest", () => {
    expect(forbidden("src/tools/a.ts", `import "node:fs"; import "../../manifest.json"`)).toEqual([]);
  });

  it("let a composition root use the extension API", () => {
    const root = readSource("src/devtools/devtools.ts", `import browser from "webextension-polyfill"`);
    expect(findForbiddenImports(root, [{ folder: "devtools", imports: [] }])).toEqual([]);
  });

  it("ask for a line in the table for a new folder", () => {
    expect(forbidden("src/new/a.ts", "")).toEqual([expect.stringContaining("layers.ts")]);
  });
});

describe("the search for cycles", () => {
  const read = (texts: Readonly<Record<string, string>>) =>
    Object.entries(texts).map(([path, text]) => readSource(path, text));

  it("finds none where imports go one way", () => {
    const files = read({
      "src/a.ts": `import "./b"; import "./c"`,
      "src/b.ts": `import "./c"`,
      "src/c.ts": "",
    });
    expect(findCycles(files)).toEqual([]);
  });

  it("finds one through types and other folders", () => {
    const files = read({
      "src/a.ts": `import "./x/b.ts"`,
      "src/x/b.ts": `import type { C } from "./c"`,
      "src/x/c.tsx": `export * from "../a"`,
    });
    expect(findCycles(files)).toEqual([
      "src/a.ts imports src/x/b.ts imports src/x/c.tsx imports src/a.ts. Move what they share into a file of its own.",
    ]);
  });
});

describe("the rules for a file", () => {
  it.each([
    ["an assignment of markup", `el.innerHTML = text`, "innerHTML"],
    ["the same by a string", `el["innerHTML"] = text`, "innerHTML"],
    [
      "markup in a component",
      `const a = <p dangerouslySetInnerHTML={{ __html: b }} />`,
      "dangerouslySetInnerHTML",
    ],
    ["eval", `eval(text)`, "uses eval"],
    ["a function made of text", `new Function("return 1")`, "uses Function"],
    ["a default export", `export default function a() {}`, "default export"],
    ["a default export by name", `const a = 1; export { a as default }`, "default export"],
    ["a barrel", `export * from "./a"; export { b } from "./b"`, "only hands on"],
    ["a barrel that imports first", `import { a } from "./a"; export { a }`, "only hands on"],
    ["too many lines", "a;\n".repeat(MAX_LINES + 1), "301 lines"],
  ])("forbid %s", (_what, text, sentence) => {
    expect(findFileFaults(readSource("src/a.tsx", text))).toEqual([expect.stringContaining(sentence)]);
  });

  it.each([
    ["a word that only looks like it", `const innerHTML = "innerHTML"; // eval(x)`],
    ["named exports", `export const a = 1; export type { B } from "./b"`],
    ["as many lines as allowed", "a;\n".repeat(MAX_LINES)],
  ])("allow %s", (_what, text) => {
    expect(findFileFaults(readSource("src/a.tsx", text))).toEqual([]);
  });

  it("refuse what cannot be parsed", () => {
    expect(() => readSource("src/a.ts", "let = ;")).toThrow("src/a.ts cannot be parsed");
  });
});
