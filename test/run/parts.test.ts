import { describe, expect, it } from "vitest";
import { mayInstall } from "./browser-packages";
import { findBuildFaults } from "./built-extension";
import { readLint } from "./extension-lint";
import { CONTENT_BUDGET, findOversized, gzippedSize, PANEL_BUDGET, TAP_BUDGET } from "./size-budget";
import { countTests } from "./vitest";

describe("what the extension lint found", () => {
  const preact = { _type: "warning", code: "UNSAFE_VAR_ASSIGNMENT", file: "assets/preact-x1_Y-.js", line: 1 };
  const lint = (report: object) =>
    readLint(JSON.stringify({ errors: [], warnings: [], notices: [], ...report }));

  it("is nothing where only Preact's own line is warned of", () => {
    expect(lint({ warnings: [preact] })).toEqual({ kind: "read", problems: [] });
    expect(lint({})).toEqual({ kind: "read", problems: [] });
  });

  it.each([
    ["an error", { errors: [{ _type: "error", code: "BAD" }] }],
    [
      "another warning",
      { warnings: [preact, { _type: "warning", code: "OTHER", file: "assets/preact-x.js" }] },
    ],
    ["the same warning in our own code", { warnings: [{ ...preact, file: "assets/panel-x.js" }] }],
    ["a second line of Preact", { warnings: [preact, { ...preact, line: 2 }] }],
  ])("is a problem where there is %s", (_what, report) => {
    expect(lint(report)).toEqual({ kind: "read", problems: [expect.any(String)] });
  });

  it.each(["", "Killed", "{}", "null"])("cannot be read from %j", (text) => {
    expect(readLint(text)).toEqual({ kind: "unreadable" });
  });
});

describe("a built extension", () => {
  const good = {
    "manifest.json": JSON.stringify({ content_scripts: [{ js: ["src/tap.js"] }] }),
    "src/tap.js": "(function(){})();",
    "src/panel/panel.html": '<link href="../a.css"><script src="/b.js"></script><a href="https://x.org">',
    "src/a.css": "",
    "b.js": "import './c.js'",
  };
  const faults = (files: Readonly<Record<string, string>>) =>
    findBuildFaults({ paths: Object.keys(files), read: (path) => files[path] ?? "" });

  it("is in order where all that it names is there", () => {
    expect(faults(good)).toEqual([]);
  });

  it.each([
    ["has no manifest", { "manifest.json": undefined }, "no manifest.json"],
    ["shows files to pages", { "manifest.json": '{"web_accessible_resources":[]}' }, "accessible to pages"],
    ["lacks a content script", { "src/tap.js": undefined }, "manifest.json names src/tap.js"],
    ["has a content script that loads later", { "src/tap.js": 'import("./x.js")' }, "loads other files"],
    ["has a content script that is a module", { "src/tap.js": 'import "./x.js"' }, "loads other files"],
    ["lacks a style sheet", { "src/a.css": undefined }, "src/panel/panel.html names src/a.css"],
    ["lacks a script", { "b.js": undefined }, "src/panel/panel.html names b.js"],
  ])("that %s is not", (_what, changes, sentence) => {
    const files = Object.entries({ ...good, ...changes }).flatMap(([path, text]) =>
      text === undefined ? [] : [[path, text] as const],
    );
    expect(faults(Object.fromEntries(files))).toEqual([expect.stringContaining(sentence)]);
  });
});

describe("what is loaded", () => {
  const NOISE = Array.from({ length: 30_000 }, (_, at) =>
    Math.sin(at * at)
      .toString(36)
      .slice(-2),
  ).join("");
  /** Text that can hardly be packed: just what fits in so many bytes. */
  const weighing = (bytes: number): string => {
    let length = bytes;
    while (gzippedSize(NOISE.slice(0, length + 32)) <= bytes) length += 32;
    return NOISE.slice(0, length);
  };
  const oversized = (files: Readonly<Record<string, string>>) =>
    findOversized({ paths: Object.keys(files), read: (path) => files[path] ?? "" });
  const light = {
    [TAP_BUDGET.path]: "tap()",
    [CONTENT_BUDGET.path]: "content()",
    [PANEL_BUDGET.path]: '<script src="/assets/panel.js"></script>',
    "assets/panel.js": "panel()",
  };

  it.each([TAP_BUDGET, CONTENT_BUDGET])("is in order up to the budget of $script", ({ path, bytes }) => {
    const heavy = weighing(bytes);
    expect(oversized({ ...light, [path]: heavy })).toEqual([]);
    expect(oversized({ ...light, [path]: `${heavy}${NOISE.slice(-128)}` })).toEqual([
      expect.stringMatching(
        new RegExp(`^${path}, .* weighs \\d+ bytes gzipped, \\d+ more than its ${bytes}`),
      ),
    ]);
  });

  it("is for a panel the sum of its scripts, whenever they are loaded", () => {
    const part = `"${weighing((PANEL_BUDGET.bytes * 3) / 10)}"`;
    const panel = {
      ...light,
      "assets/panel.js": `import { a } from "./a.js"; export * from "./b.js"; () => import(\`./c.js\`); ${part}`,
      "assets/a.js": `import "./b.js"; ${part}`,
      "assets/b.js": `import "./a.js"; ${part}`,
      "assets/other.js": part,
    };
    expect(oversized({ ...panel, "assets/c.js": "" })).toEqual([]);
    expect(oversized({ ...panel, "assets/c.js": part })).toEqual([
      expect.stringMatching(
        new RegExp(
          `^${PANEL_BUDGET.path}, the panel, weighs \\d+ .* more than its 71680: every panel loads it`,
        ),
      ),
    ]);
    expect(oversized(panel)).toEqual([expect.stringContaining("assets/c.js, the panel, was not built")]);
  });

  it("is not known of a script that was not built", () => {
    const { [CONTENT_BUDGET.path]: _, ...others } = light;
    expect(oversized(others)).toEqual([
      expect.stringContaining(`${CONTENT_BUDGET.path}, the content script, was not built`),
    ]);
  });
});

describe("the count of tests", () => {
  const report = (...files: object[]) => JSON.stringify({ testResults: files });
  const file = (status: string, ...statuses: string[]) => ({
    status,
    assertionResults: statuses.map((one) => ({ status: one })),
  });

  it("has every test once", () => {
    const json = report(file("passed", "passed", "skipped", "todo"), file("failed", "failed", "passed"));
    expect(countTests(json, false)).toEqual({ passed: 2, failed: 1, skipped: 2 });
  });

  it("has a file that could not be loaded", () => {
    expect(countTests(report(file("failed"), file("passed", "passed")), false)).toEqual({
      passed: 1,
      failed: 1,
      skipped: 0,
    });
  });

  it("has a run that failed without a failing test, or said nothing", () => {
    expect(countTests(report(file("passed", "passed")), false)).toEqual({ passed: 1, failed: 1, skipped: 0 });
    expect(countTests("", false)).toEqual({ passed: 0, failed: 1, skipped: 0 });
  });
});

describe("packages are installed", () => {
  it.each([
    ['ID=debian\nNAME="Debian"', 0, true],
    ["ID=ubuntu\nID_LIKE=debian", 0, true],
    ['ID=mint\nID_LIKE="ubuntu debian"', 0, true],
    ["ID=debian", 1000, false],
    ["ID=fedora\nNAME=not-debian", 0, false],
    ["", undefined, false],
  ])("on %j by user %s: %s", (osRelease, user, expected) => {
    expect(mayInstall(osRelease, user)).toBe(expected);
  });
});
