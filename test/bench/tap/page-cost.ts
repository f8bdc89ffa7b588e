import { setTimeout as sleep } from "node:timers/promises";
import type { CDPSession } from "puppeteer-core";
import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import { connectTraffic, exchangeTraffic, type Traffic } from "./traffic";

/** A page that is connected, and whose main thread's time can be read. */
export type MeasuredPage = {
  readonly page: ChromiumPage;
  /** Lets the page do this traffic, and gives what it came to. */
  readonly measure: (traffic: Traffic) => Promise<PageCost>;
};

export type PageCost = {
  /** Time that the page's main thread was on a processor, for each frame sent or received. */
  readonly usPerFrame: number;
  /** From the first frame sent to the last one back. */
  readonly ms: number;
};

/** Batches that are still to be handed on are part of the price. */
const SETTLE_MS = 150;

/**
 * @param prepare runs in the page before it connects
 */
export async function measurePage(
  page: ChromiumPage,
  socketUrl: string,
  prepare: () => void = () => undefined,
): Promise<MeasuredPage> {
  const session = await page.page.createCDPSession();
  await session.send("Performance.enable", { timeDomain: "threadTicks" });
  await page.evaluate(prepare);
  await page.evaluate(connectTraffic, socketUrl);
  return {
    page,
    measure: async (traffic) => {
      // A page behind others is slowed down. No collection is asked for: it would throw away compiled code as well.
      await page.page.bringToFront();
      const before = await readThreadTime(session);
      const { ms } = await page.evaluate(exchangeTraffic, traffic);
      await sleep(SETTLE_MS);
      const after = await readThreadTime(session);
      return { usPerFrame: ((after - before) * 1_000_000) / (2 * traffic.frames), ms };
    },
  };
}

/**
 * Seconds that the page's main thread was on a processor since it began. `ThreadTime` is the thread's own clock: it has
 * everything that ran on it, the scripts of the page and of the extension, the engine around them and the collector's
 * part there. `TaskDuration` leaves out what is done between tasks, `ScriptDuration` what is not script.
 */
async function readThreadTime(session: CDPSession): Promise<number> {
  const { metrics } = await session.send("Performance.getMetrics");
  const found = metrics.find(({ name }) => name === "ThreadTime");
  if (found === undefined) throw new Error("This browser does not say how long a page's thread has run.");
  return found.value;
}
