import type { Page, WebWorker } from "puppeteer-core";
import type { Figure } from "../table";

const MEGABYTE = 1_000_000;

/** What the panel's page holds when its garbage is gone, and what its workers do, which are not the panel. */
export async function heapFigures(name: string, page: Page, target: number | null): Promise<Figure[]> {
  const session = await page.createCDPSession();
  const own = await heapOf(session);
  await session.detach();
  const host = page.workers().find((worker) => worker.url().includes("host.worker"));
  const medians =
    host === undefined ? "" : `its host in the worker ${(await heapOf(host.client)).toFixed(1)} MB`;
  return [{ name, value: own, unit: "MB", target, medians }];
}

/** Megabytes. */
async function heapOf(session: Pick<WebWorker["client"], "send">): Promise<number> {
  await session.send("HeapProfiler.collectGarbage");
  return (await session.send("Runtime.getHeapUsage")).usedSize / MEGABYTE;
}
