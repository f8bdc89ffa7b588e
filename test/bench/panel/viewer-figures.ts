import { setTimeout as sleep } from "node:timers/promises";
import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import type { Figure } from "../table";
import { filterFigures, seekFigures } from "./answer-figures";
import { openFedEmptyPage, openFedPanel, readShown, showView } from "./fed-panel";
import { buildFeed } from "./feed";
import { describeFrames, measureFrames } from "./frame-log";
import { heapFigures } from "./heap-figures";
import { loadFigures, measureLoad } from "./load";
import { scrollFigures } from "./scroll-figures";
import { panelSession } from "./session";
import { type PanelSite, servePanelSite } from "./site";

const PER_SECOND = 5_000;
const RATE = `${PER_SECOND.toLocaleString("en-US")} envelopes/s`;
const YARDSTICK_MS = 10_000;
const MAX_HEAP_MB = 60;

/** The panel as an ordinary page, its host in a worker, beside pages with nothing in them. */
export async function* viewerFigures(driver: ChromiumDriver, folder: string): AsyncGenerator<Figure> {
  const site = await servePanelSite(folder, await buildFeed(), JSON.stringify(panelSession()));
  try {
    yield* yardsticks(driver, site);
    yield* panelFigures(driver, site);
  } finally {
    site.close();
  }
}

async function* panelFigures(driver: ChromiumDriver, site: PanelSite): AsyncGenerator<Figure> {
  const { page, source } = await openFedPanel(driver, site);
  const shown = () => readShown(page);
  yield* await heapFigures("the panel's heap", page.page, MAX_HEAP_MB);
  yield* scrollFigures(page);
  yield* await seekFigures(page);
  yield* await filterFigures(page);
  for (const view of ["stores", "timeline"] as const) {
    await showView(page, view);
    yield* loadFigures(`${view}, ${RATE}`, PER_SECOND, await measureLoad(page, source, PER_SECOND, shown));
  }
  yield* await heapFigures("the panel's heap after all this", page.page, MAX_HEAP_MB);
  await page.close();
}

/** What frames a page misses here whose thread has nothing to do. */
async function* yardsticks(driver: ChromiumDriver, site: PanelSite): AsyncGenerator<Figure> {
  const { page, source } = await openFedEmptyPage(driver, site);
  const idle = await measureFrames(page, () => sleep(YARDSTICK_MS));
  yield {
    ...{ name: "worst frame of an empty page", value: idle.worst, unit: "ms", target: null },
    medians: describeFrames(idle),
  };
  const { frames } = await measureLoad(page, source, PER_SECOND, async () => 0);
  yield {
    ...{ name: `the same beside a host that takes ${RATE}`, value: frames.worst, unit: "ms", target: null },
    medians: describeFrames(frames),
  };
  await page.close();
}
