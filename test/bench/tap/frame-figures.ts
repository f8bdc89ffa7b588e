import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import { median } from "../measure";
import type { Figure } from "../table";
import type { EchoSite, Host } from "./echo-site";
import { installMinimalTap } from "./minimal-tap";
import { type MeasuredPage, measurePage, type PageCost } from "./page-cost";
import { inPairs, type Pair, spreadOf } from "./paired";
import type { Traffic } from "./traffic";

/** What the tap may add to a frame, in microseconds of the page's main thread, and what it may cost of throughput. */
const BUDGETS = {
  closed: { us: 10, throughput: 0.9 },
  open: { us: 25, throughput: 0.75 },
} as const;

type DevTools = keyof typeof BUDGETS;

const FRAME_BYTES = 200;
const PACED: Traffic = {
  frames: 640,
  bytes: FRAME_BYTES,
  rhythm: { kind: "paced", every_ms: 16, size: 8 },
};
const BURST: Traffic = { frames: 3_000, bytes: FRAME_BYTES, rhythm: { kind: "window", size: 32 } };

const ROUNDS = { warmUps: 3, rounds: 16 } as const;

const PHOENIX_PATH = "/socket/websocket?vsn=2.0.0";
const OTHER_PATH = "/other";

/** What the tap costs frames while DevTools is closed, and open on our panel. */
export async function* frameFigures(driver: ChromiumDriver, site: EchoSite): AsyncGenerator<Figure> {
  for (const devtools of ["closed", "open"] as const) {
    const [tapped, untapped] = await openBoth(driver, site, PHOENIX_PATH, devtools);
    const paced = await measureBoth(tapped, untapped, PACED);
    yield addedFigure(`added CPU a frame, 8 each way every 16 ms, DevTools ${devtools}`, paced, devtools);
    const burst = await measureBoth(tapped, untapped, BURST);
    yield addedFigure(`added CPU a frame, in a burst, DevTools ${devtools}`, burst, devtools);
    yield throughputFigure(burst, devtools);
    await closeBoth(tapped, untapped);
  }
  yield* minimalFigures(driver, site);
  const [tapped, untapped] = await openBoth(driver, site, OTHER_PATH, "closed");
  const other = await measureBoth(tapped, untapped, BURST);
  yield addedFigure("added CPU a frame of a socket that is not Phoenix's, in a burst", other, null);
  await closeBoth(tapped, untapped);
}

/** A minimal tap was measured at 5.5 to 7 us where the budgets were set, with DevTools closed. */
async function* minimalFigures(driver: ChromiumDriver, site: EchoSite): AsyncGenerator<Figure> {
  const open = async (host: Host, prepare?: () => void): Promise<MeasuredPage> => {
    const page = await driver.openPage(`http://${site.authority(host)}/`);
    return measurePage(page, `ws://${site.authority(host)}${PHOENIX_PATH}`, prepare);
  };
  const minimal = await open("control", installMinimalTap);
  const untapped = await open("unwatched");
  const paced = await measureBoth(minimal, untapped, PACED);
  yield addedFigure("the same of a minimal tap, 8 each way every 16 ms", paced, null);
  const burst = await measureBoth(minimal, untapped, BURST);
  yield addedFigure("the same of a minimal tap, in a burst", burst, null);
  await closeBoth(minimal, untapped);
}

async function openBoth(
  driver: ChromiumDriver,
  site: EchoSite,
  path: string,
  devtools: DevTools,
): Promise<readonly [tapped: MeasuredPage, untapped: MeasuredPage]> {
  const open = async (host: Host): Promise<MeasuredPage> => {
    const page = await driver.openPage(`http://${site.authority(host)}/`);
    // DevTools itself costs a page something: on both, so that only the tap is between them.
    if (devtools === "open") await page.openPanel();
    return measurePage(page, `ws://${site.authority(host)}${path}`);
  };
  return [await open("watched"), await open("unwatched")];
}

async function closeBoth(...pages: readonly MeasuredPage[]): Promise<void> {
  for (const { page } of pages) await page.close();
}

function measureBoth(
  tapped: MeasuredPage,
  untapped: MeasuredPage,
  traffic: Traffic,
): Promise<readonly Pair<PageCost>[]> {
  return inPairs(
    ROUNDS,
    () => tapped.measure(traffic),
    () => untapped.measure(traffic),
  );
}

function addedFigure(name: string, pairs: readonly Pair<PageCost>[], devtools: DevTools | null): Figure {
  const added = spreadOf(pairs.map(({ tapped, untapped }) => tapped.usPerFrame - untapped.usPerFrame));
  const cost = (side: keyof Pair<PageCost>): string =>
    median(pairs.map((pair) => pair[side].usPerFrame)).toFixed(1);
  const ratio = median(pairs.map(({ tapped, untapped }) => tapped.usPerFrame / untapped.usPerFrame));
  return {
    name,
    value: added.median,
    unit: "us",
    target: devtools && BUDGETS[devtools].us,
    medians: `${cost("tapped")} us, untapped ${cost("untapped")} us: ${ratio.toFixed(2)} x; half of ${pairs.length} rounds ${added.low.toFixed(1)} to ${added.high.toFixed(1)} us`,
  };
}

function throughputFigure(pairs: readonly Pair<PageCost>[], devtools: DevTools): Figure {
  const ratio = spreadOf(pairs.map(({ tapped, untapped }) => untapped.ms / tapped.ms));
  const rate = (side: keyof Pair<PageCost>): string =>
    Math.round(median(pairs.map((pair) => (BURST.frames * 1_000) / pair[side].ms))).toLocaleString("en-US");
  return {
    name: `echoes a second / untapped, DevTools ${devtools}; for information`,
    value: ratio.median,
    unit: "x",
    target: BUDGETS[devtools].throughput,
    bound: "least",
    medians: `${rate("tapped")}, untapped ${rate("untapped")}; half of the rounds ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`,
  };
}
