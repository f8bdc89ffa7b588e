import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import { median } from "../measure";
import type { Figure } from "../table";
import type { EchoSite, Host } from "./echo-site";
import { confidenceOf, inTurns, type Round } from "./paired";

type Side = "tapped" | "untapped";

const LOADS = { warmUps: 4, rounds: 60 } as const;

/** How long a page without sockets takes to load. Beside it, what differs between two hosts that are both unwatched. */
export async function* loadFigures(driver: ChromiumDriver, site: EchoSite): AsyncGenerator<Figure> {
  const open = (host: Host): Promise<ChromiumPage> => driver.openPage(`http://${site.authority(host)}/`);
  const [watched, unwatched, control] = [
    await open("watched"),
    await open("unwatched"),
    await open("control"),
  ];
  const measure = (one: ChromiumPage): Promise<readonly Round<Side, number>[]> =>
    inTurns(LOADS, { tapped: () => load(one), untapped: () => load(unwatched) });
  yield loadFigure("load of a page without sockets: surely added", await measure(watched), 0);
  yield loadFigure("the same, between two pages that are both untapped", await measure(control), null);
  for (const page of [watched, unwatched, control]) await page.close();
}

/** Milliseconds from the start of a navigation to the end of the page's `load`. */
async function load(page: ChromiumPage): Promise<number> {
  await page.page.bringToFront();
  await page.reload();
  return page.evaluate(readLoadTime);
}

/** Runs in the page. */
function readLoadTime(): number {
  const [navigation] = performance.getEntriesByType("navigation");
  if (!(navigation instanceof PerformanceNavigationTiming) || navigation.loadEventEnd === 0) {
    throw new Error("The page has not been loaded.");
  }
  return navigation.loadEventEnd - navigation.startTime;
}

/** A difference can be measured where the interval leaves out 0: what is surely added is its lower end. */
function loadFigure(name: string, rounds: readonly Round<Side, number>[], target: number | null): Figure {
  const added = confidenceOf(rounds.map(({ tapped, untapped }) => tapped - untapped));
  const ms = (side: Side): string => median(rounds.map((round) => round[side])).toFixed(1);
  const interval = `${added.low.toFixed(2)} to ${added.high.toFixed(2)} ms`;
  return {
    name,
    value: added.low,
    unit: "ms",
    target,
    medians: `${ms("tapped")} ms, untapped ${ms("untapped")} ms; added ${added.median.toFixed(2)} ms, 95 % sure of ${interval}`,
  };
}
