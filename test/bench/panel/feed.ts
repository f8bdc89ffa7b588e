import { fileURLToPath } from "node:url";
import type { Page } from "puppeteer-core";
import { build } from "vite";
import { until } from "../../../src/cli/browser/driver";
import type { Source } from "./load";

/** What a feed sends at first. */
export type FeedPlan = {
  /** Where the session is, a JSON list of chunks (`chunk.ts`). */
  readonly session: string;
  /** The version of its last envelope. */
  readonly version: number;
};

/** What the worker of a feed offers, as `feed`. */
export type Feed = {
  /** Makes so many envelopes a second from now on. */
  readonly start: (perSecond: number) => void;
  readonly stop: () => void;
  readonly counts: () => FeedCounts;
};

export type FeedCounts = {
  /** How many events there have been, sent or not. */
  readonly made: number;
  readonly acknowledged: number;
};

declare global {
  var feed: Feed | undefined;
}

/** The script of a feed's worker, in one piece. */
export async function buildFeed(): Promise<string> {
  const input = fileURLToPath(new URL("./feed.worker.ts", import.meta.url));
  const built = await build({
    ...{ configFile: false, logLevel: "error", publicDir: false },
    build: { write: false, rolldownOptions: { input, output: { format: "iife" } } },
  });
  const [script] = [built].flat().flatMap((one) => ("output" in one ? one.output : []));
  if (script?.type !== "chunk") throw new Error("The feed could not be built.");
  return script.code;
}

/** The feed that a page has opened, once the host has all of its session. */
export async function sourceOf(page: Page, script: string): Promise<Source> {
  const worker = await until("the feed", () => page.workers().find((one) => one.url().endsWith(script)));
  const counts = () => worker.evaluate(() => globalThis.feed?.counts());
  const taken = async () => {
    const now = await counts();
    return (now !== undefined && now.acknowledged === now.made) || undefined;
  };
  await until("the session to be taken", taken, FILL_PATIENCE_MS);
  return {
    start: (perSecond) => worker.evaluate((rate) => globalThis.feed?.start(rate), perSecond),
    stop: () => worker.evaluate(() => globalThis.feed?.stop()),
    made: async () => (await counts())?.made ?? 0,
  };
}

const FILL_PATIENCE_MS = 60_000;

/**
 * Runs in a page: starts a feed, and hands the host's end of its port to the viewer's script or, where `host` names the
 * script of a host, to one of its own that nobody looks at.
 */
export function openFeed(script: string, plan: FeedPlan, host: string | null): void {
  const { port1, port2 } = new MessageChannel();
  new Worker(script).postMessage(plan, [port1]);
  if (host === null) postMessage({ kind: "page" }, "*", [port2]);
  else new Worker(host, { type: "module" }).postMessage({ kind: "page" }, [port2]);
}
