import { join } from "node:path";
import { build, distFolder } from "./build";
import { isFresh } from "./freshness";
import { serve } from "./serve";
import { stopped } from "./stop";

/** Builds the demo app if it is missing or stale, and serves it until `stop` aborts. Gives the exit status. */
export async function serveDemo(
  port: number | undefined,
  log: (text: string) => void,
  stop: AbortSignal,
): Promise<number> {
  const demo = distFolder("demo");
  if (!isFresh(join(demo, "index.html")) && !(await build(["demo"], log, stop))) return stop.aborted ? 0 : 1;
  const server = await serve({ port: port ?? "free", demo, log });
  log(`listening on http://localhost:${server.port}`);
  await stopped(stop);
  await server.close();
  return 0;
}
