import { parseArgs } from "node:util";
import { stopSignal } from "../src/cli/stop";
import { installBrowsers } from "./run/browser-packages";
import { buildAll, checkBuilt, checkTypes, lintExtension, lintSources } from "./run/checks";
import { addTallies, NOTHING, sayTally, type Tally } from "./run/tally";
import { runVitest } from "./run/vitest";

type Step = {
  readonly name: string;
  readonly run: (signal: AbortSignal) => Promise<Tally>;
  /** Makes what the steps after it need: if it fails, they cannot say anything. */
  readonly isGround?: true;
};

const PACKAGES: Step = { name: "browser packages", run: installBrowsers };
const BUILD: Step = { name: "build", run: buildAll, isGround: true };
const BROWSER_TESTS: Step = { name: "browser tests", run: (signal) => runVitest("browser", signal) };
const CHECKS: readonly Step[] = [
  { name: "type check", run: checkTypes },
  { name: "lint", run: lintSources },
  { name: "unit, law and architecture tests", run: (signal) => runVitest("unit", signal) },
  BUILD,
  { name: "built extension", run: checkBuilt },
  { name: "extension lint", run: lintExtension },
];

/** Everything that is checked, in order; with one of the options, the part that it names. */
function chooseSteps(): readonly Step[] {
  const { values } = parseArgs({
    options: {
      "no-browsers": { type: "boolean" },
      "only-browsers": { type: "boolean" },
      "law-runs": { type: "string" },
      slow: { type: "boolean" },
    },
  });
  const runs = values["law-runs"];
  // The tests read it from the environment.
  if (runs !== undefined) process.env.LAW_RUNS = runs;
  if (values.slow) process.env.SLOW_TESTS = "true";
  if (values["no-browsers"]) return CHECKS;
  if (values["only-browsers"]) return [PACKAGES, BUILD, BROWSER_TESTS];
  return [PACKAGES, ...CHECKS, BROWSER_TESTS];
}

async function runSteps(steps: readonly Step[], signal: AbortSignal): Promise<Tally> {
  let total = NOTHING;
  for (const [index, step] of steps.entries()) {
    console.log(`\n== ${step.name} (${index + 1} of ${steps.length})`);
    const tally = await step.run(signal);
    total = addTallies(total, tally);
    if (signal.aborted) return addTallies(total, { ...NOTHING, failed: 1 });
    if (step.isGround && tally.failed > 0) {
      const left = steps.slice(index + 1);
      for (const { name } of left) console.log(`\n== ${name}: not run, since the step before it failed`);
      return addTallies(total, { ...NOTHING, skipped: left.length });
    }
  }
  return total;
}

const UNUSABLE = 2;

const steps = chooseSteps();
if (/^[1-9]\d*$/.test(process.env.LAW_RUNS ?? "1")) {
  const total = await runSteps(steps, stopSignal());
  console.log(`\n${sayTally(total)}`);
  process.exitCode = total.failed > 0 || total.passed === 0 ? 1 : 0;
} else {
  console.error(`--law-runs says how often each law is tried, such as 100000, not ${process.env.LAW_RUNS}.`);
  process.exitCode = UNUSABLE;
}
