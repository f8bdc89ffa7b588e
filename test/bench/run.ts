import { runNode } from "../../src/cli/node-process";
import { inRoot } from "../../src/cli/root";
import { stopSignal } from "../../src/cli/stop";

/**
 * `npm run bench`: bundles the benches as the extension is bundled, and runs them. Run from source they would measure
 * the loader too, which wraps every function that it loads.
 */
const OUT = inRoot("dist", "bench");
const BUNDLE = [inRoot("node_modules/vite/bin/vite.js"), "build", "--mode", "bench"];

const signal = stopSignal();
const built = await runNode([...BUNDLE, "--config", inRoot("vite.config.ts")], {
  env: { NODE_ENV: "production" },
  signal,
});
if (built.ok) {
  const run = await runNode([`${OUT}/main.js`, ...process.argv.slice(2)], {
    signal,
    onOutput: (text) => process.stdout.write(text),
    cwd: process.cwd(),
  });
  process.exitCode = run.ok ? 0 : 1;
} else {
  console.error(built.output);
  process.exitCode = 1;
}
