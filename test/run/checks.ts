import { build, distFolder, TARGETS } from "../../src/cli/build";
import { type Outcome, runNode } from "../../src/cli/node-process";
import { inRoot } from "../../src/cli/root";
import { findBuildFaults, openBuiltFolder } from "./built-extension";
import { readLint } from "./extension-lint";
import { findOversized } from "./size-budget";
import { oneCheck, type Tally } from "./tally";

export async function checkTypes(signal: AbortSignal): Promise<Tally> {
  return check(await runNode([inRoot("node_modules/typescript/bin/tsc"), "--pretty", "false"], { signal }));
}

export async function lintSources(signal: AbortSignal): Promise<Tally> {
  return check(
    await runNode(
      [
        inRoot("node_modules/@biomejs/biome/bin/biome"),
        "ci",
        "--error-on-warnings",
        `--colors=${process.stdout.isTTY ? "force" : "off"}`,
      ],
      { signal },
    ),
  );
}

export async function buildAll(signal: AbortSignal): Promise<Tally> {
  return oneCheck(await build(TARGETS, console.log, signal));
}

/** What only the browser would find, and without a word; and what pages would have to carry. */
export async function checkBuilt(): Promise<Tally> {
  const faults = (["chrome", "firefox"] as const).flatMap((browser) => {
    const built = openBuiltFolder(distFolder(browser));
    return [...findBuildFaults(built), ...findOversized(built)].map((fault) => `dist/${browser}: ${fault}`);
  });
  const output = faults.join("\n");
  return check({ ok: faults.length === 0, output, stdout: output });
}

/** What addons.mozilla.org runs on an extension that is handed in. */
export async function lintExtension(signal: AbortSignal): Promise<Tally> {
  const { output, stdout } = await runNode(
    [
      inRoot("node_modules/web-ext/bin/web-ext.js"),
      "lint",
      "--source-dir",
      distFolder("firefox"),
      "--output",
      "json",
      "--no-config-discovery",
    ],
    { signal },
  );
  const found = readLint(stdout);
  if (found.kind === "unreadable") return check({ ok: false, output, stdout });
  return check({ ok: found.problems.length === 0, output: found.problems.join("\n"), stdout });
}

/** Says how a check went; of one that failed, everything that it said. */
function check({ ok, output }: Outcome): Tally {
  console.log(ok ? "passed" : `${output.trimEnd()}\nfailed`);
  return oneCheck(ok);
}
