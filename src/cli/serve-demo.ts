import { join } from "node:path";
import { build, distFolder } from "./build";
import { isFresh } from "./freshness";
import { serve } from "./serve";
import type { ServingOptions } from "./serving-options";
import { stopped } from "./stop";

export type ServeDemoOptions = {
  /** Undefined: the first free one from 4000. */
  readonly port: number | undefined;
  /** Where orders to break things are taken; undefined: nowhere. */
  readonly faults: number | undefined;
  readonly serving: ServingOptions;
};

/** Builds the demo app if it is missing or stale, and serves it until `stop` aborts. Gives the exit status. */
export async function serveDemo(
  { port, faults, serving }: ServeDemoOptions,
  log: (text: string) => void,
  stop: AbortSignal,
): Promise<number> {
  const demo = distFolder("demo");
  if (!isFresh(join(demo, "index.html")) && !(await build(["demo"], log, stop))) return stop.aborted ? 0 : 1;
  const server = await serve({ port: port ?? "free", demo, faultsPort: faults, log, ...serving });
  if (server.faultsPort !== null) log(`taking faults on http://localhost:${server.faultsPort}`);
  log(`listening on http://localhost:${server.port}`);
  await stopped(stop);
  await server.close();
  return 0;
}
