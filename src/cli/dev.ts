import { setTimeout as sleep } from "node:timers/promises";
import { build, TARGETS } from "./build";
import { stampSources } from "./freshness";

/**
 * How often the sources are looked at, and how long they have to be still before a build. Looking costs a few
 * milliseconds; being told by the system (`fs.watch`) is not to be had everywhere: on Linux it loses a file that an
 * editor replaces rather than rewrites.
 */
const LOOK_MS = 250;

/** Builds everything, and again whenever a source changes, until `stop` aborts. */
export async function dev(log: (text: string) => void, stop: AbortSignal): Promise<number> {
  await follow({
    stamp: stampSources,
    pause: () => sleep(LOOK_MS),
    build: async () => {
      const ok = await build(TARGETS, log, stop);
      if (stop.aborted) return;
      log(
        ok ? "Watching. Reload the extension to use what was built." : "Watching for a change that mends it.",
      );
    },
    stop,
  });
  return 0;
}

export type Followed = {
  /** Changes when there is something new to build. */
  readonly stamp: () => string;
  readonly pause: () => Promise<unknown>;
  readonly build: () => Promise<void>;
  readonly stop: AbortSignal;
};

/**
 * Builds at once, and then whenever the stamp has changed and is still for a pause: editors write a file in several
 * steps, and a checkout writes many. What changes during a build is built after it.
 */
export async function follow({ stamp, pause, build, stop }: Followed): Promise<void> {
  let built: string | undefined;
  let last = stamp();
  while (!stop.aborted) {
    const now = stamp();
    if (now === last && now !== built) {
      built = now;
      await build();
    } else {
      last = now;
      await pause();
    }
  }
}
