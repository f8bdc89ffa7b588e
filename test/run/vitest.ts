import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { at } from "../../src/cli/browser/outside-value";
import { runNode } from "../../src/cli/node-process";
import { inRoot, ROOT } from "../../src/cli/root";
import type { Tally } from "./tally";

/** Runs one project of `vite.config.ts`, shows what it says as it says it, and counts its tests. */
export async function runVitest(project: "unit" | "browser", signal: AbortSignal): Promise<Tally> {
  const folder = await mkdtemp(join(tmpdir(), "musubi-tests-"));
  const report = join(folder, "report.json");
  try {
    const { ok } = await runNode(
      [
        inRoot("node_modules/vitest/vitest.mjs"),
        "run",
        `--root=${ROOT}`,
        `--project=${project}`,
        "--reporter=default",
        "--reporter=json",
        `--outputFile.json=${report}`,
      ],
      {
        signal,
        onOutput: (text) => process.stdout.write(text),
      },
    );
    return countTests(await readFile(report, "utf8").catch(() => ""), ok);
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

/**
 * Counts the tests of vitest's JSON report. A file that could not even be loaded counts as one failure, and so does a
 * run that failed though none of its tests did, such as one that left an error behind or wrote no report.
 */
export function countTests(json: string, ok: boolean): Tally {
  const statuses = readStatuses(json);
  const count = (wanted: string): number => statuses.filter((status) => status === wanted).length;
  const passed = count("passed");
  const failed = count("failed");
  const skipped = statuses.length - passed - failed;
  return { passed, failed: !ok && failed === 0 ? 1 : failed, skipped };
}

/** One status a test: "passed", "failed", "skipped", "todo" and the like. */
function readStatuses(json: string): readonly unknown[] {
  if (json === "") return [];
  const files = at(JSON.parse(json), "testResults");
  if (!Array.isArray(files)) return [];
  return files.flatMap((file) => {
    const tests = at(file, "assertionResults");
    const statuses = Array.isArray(tests) ? tests.map((test) => at(test, "status")) : [];
    const couldNotLoad = at(file, "status") === "failed" && !statuses.includes("failed");
    return couldNotLoad ? [...statuses, "failed"] : statuses;
  });
}
