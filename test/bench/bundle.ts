import { runNode } from "../../src/cli/node-process";
import { inRoot } from "../../src/cli/root";
import { stopSignal } from "../../src/cli/stop";

const OUT = inRoot("dist", "bench");
const BUNDLE = [inRoot("node_modules/vite/bin/vite.js"), "build", "--mode", "bench"];

/**
 * Bundles the benches as the extension is bundled, and runs one of them, `main` or `server`, with `args`. Run from
 * source they would measure the loader too, which wraps every function that it loads. Gives the exit status.
 */
export async function runBench(name: "main" | "server", args: readonly string[]): Promise<number> {
  const signal = stopSignal();
  const built = await runNode([...BUNDLE, "--config", inRoot("vite.config.ts")], {
    env: { NODE_ENV: "production" },
    signal,
  });
  if (!built.ok) {
    console.error(built.output);
    return 1;
  }
  const run = await runNode([`${OUT}/${name}.js`, ...args], {
    signal,
    onOutput: (text) => process.stdout.write(text),
    cwd: process.cwd(),
  });
  return run.ok ? 0 : 1;
}
