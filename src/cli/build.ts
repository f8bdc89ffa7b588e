import type { ExtensionTarget } from "./manifest";
import { runNode } from "./node-process";
import { inRoot } from "./root";

/** What is built: one folder under `dist` each, and one mode of `vite.config.ts`. */
export const TARGETS = ["chrome", "firefox", "demo"] as const satisfies readonly (ExtensionTarget | "demo")[];

export type Target = (typeof TARGETS)[number];

/** The folder into which a target is built, absolute. */
export function distFolder(target: Target): string {
  return inRoot("dist", target);
}

/**
 * Builds targets side by side, and says of each, by `log`, how long it took or what went wrong. True where all could
 * be built. Each has a process of its own: the extension's plugin keeps state between builds in one process.
 */
export async function build(
  targets: readonly Target[],
  log: (text: string) => void,
  signal?: AbortSignal,
): Promise<boolean> {
  const built = await Promise.all(targets.map((target) => buildOne(target, log, signal)));
  return built.every((ok) => ok);
}

async function buildOne(target: Target, log: (text: string) => void, signal?: AbortSignal): Promise<boolean> {
  const start = performance.now();
  const { ok, output } = await runNode(
    [
      inRoot("node_modules/vite/bin/vite.js"),
      "build",
      "--mode",
      target,
      "--config",
      inRoot("vite.config.ts"),
    ],
    // Whatever the caller runs as, what is built is the product.
    { env: { NODE_ENV: "production" }, ...(signal && { signal }) },
  );
  const seconds = ((performance.now() - start) / 1000).toFixed(1);
  if (ok) log(`dist/${target} built in ${seconds} s`);
  else if (!signal?.aborted) log(`dist/${target} could not be built:\n${output}`);
  return ok;
}
