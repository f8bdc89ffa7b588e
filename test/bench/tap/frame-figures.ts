import type { ChromiumDriver } from "../../../src/cli/browser/chromium";
import { median } from "../measure";
import type { Figure } from "../table";
import type { EchoSite, Host } from "./echo-site";
import { installMinimalTap } from "./minimal-tap";
import { type MeasuredPage, measurePage, type PageCost } from "./page-cost";
import { inTurns, type Round, spreadOf } from "./paired";
import type { Traffic } from "./traffic";

/** What the tap may add to a frame, in microseconds of the page's main thread, and what it may cost of throughput. */
const BUDGETS = {
  closed: { us: 10, throughput: 0.9 },
  open: { us: 25, throughput: 0.75 },
} as const;

/** What a minimal tap was measured at where the budgets were set, with DevTools closed: 5.5 to 7 us. */
const MINIMAL_US = 6.25;

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
  const open = (host: Host, path = PHOENIX_PATH) => openPage(driver, site, host, path);
  const closed = {
    tapped: await open("watched"),
    untapped: await open("unwatched"),
    minimal: await open("control"),
  };
  for (const [traffic, name] of [
    [PACED, "8 each way every 16 ms"],
    [BURST, "in a burst"],
  ] as const) {
    const rounds = await measureAll(closed, traffic);
    yield addedFigure(`added CPU a frame, ${name}, DevTools closed`, rounds, "tapped", BUDGETS.closed.us);
    yield addedFigure(`the same of a minimal tap, ${name}`, rounds, "minimal", null);
    yield minimalFigure(`added CPU / that of a minimal tap, ${name}`, rounds);
    if (traffic === BURST) yield throughputFigure(rounds, "closed");
  }
  await closeAll(closed);

  const opened = { tapped: await open("watched"), untapped: await open("unwatched") };
  // DevTools itself costs a page something: on both, so that only the tap is between them.
  for (const { page } of Object.values(opened)) await page.openPanel();
  const paced = await measureAll(opened, PACED);
  yield addedFigure(
    "added CPU a frame, 8 each way every 16 ms, DevTools open",
    paced,
    "tapped",
    BUDGETS.open.us,
  );
  const burst = await measureAll(opened, BURST);
  yield addedFigure("added CPU a frame, in a burst, DevTools open", burst, "tapped", BUDGETS.open.us);
  yield throughputFigure(burst, "open");
  await closeAll(opened);

  const others = { tapped: await open("watched", OTHER_PATH), untapped: await open("unwatched", OTHER_PATH) };
  const other = await measureAll(others, BURST);
  yield addedFigure("added CPU a frame of a socket that is not Phoenix's, in a burst", other, "tapped", null);
  await closeAll(others);
}

async function openPage(
  driver: ChromiumDriver,
  site: EchoSite,
  host: Host,
  path: string,
): Promise<MeasuredPage> {
  const page = await driver.openPage(`http://${site.authority(host)}/`);
  const prepare = host === "control" ? installMinimalTap : undefined;
  return measurePage(page, `ws://${site.authority(host)}${path}`, prepare);
}

async function closeAll(pages: { readonly [name: string]: MeasuredPage }): Promise<void> {
  for (const { page } of Object.values(pages)) await page.close();
}

function measureAll<Side extends string>(
  pages: { readonly [Name in Side]: MeasuredPage },
  traffic: Traffic,
): Promise<readonly Round<Side, PageCost>[]> {
  const sides = Object.fromEntries(
    Object.entries<MeasuredPage>(pages).map(([name, page]) => [name, () => page.measure(traffic)]),
  );
  return inTurns(ROUNDS, sides as { readonly [Name in Side]: () => Promise<PageCost> });
}

type Rounds<Side extends string> = readonly Round<Side | "untapped", PageCost>[];

/** What one side adds to a frame, in microseconds. */
function addedBy<Side extends string>(rounds: Rounds<Side>, side: Side): readonly number[] {
  return rounds.map((round) => round[side].usPerFrame - round.untapped.usPerFrame);
}

function addedFigure<Side extends string>(
  name: string,
  rounds: Rounds<Side>,
  side: Side,
  target: number | null,
): Figure {
  const added = spreadOf(addedBy(rounds, side));
  const cost = (one: Side | "untapped"): string =>
    median(rounds.map((round) => round[one].usPerFrame)).toFixed(1);
  const ratio = median(rounds.map((round) => round[side].usPerFrame / round.untapped.usPerFrame));
  return {
    name,
    value: added.median,
    unit: "us",
    target,
    medians: `${cost(side)} us, untapped ${cost("untapped")} us: ${ratio.toFixed(2)} x; half of ${rounds.length} rounds ${added.low.toFixed(1)} to ${added.high.toFixed(1)} us`,
  };
}

/** Says of any machine, however fast it is, whether the budget would be met where it was set. */
function minimalFigure(name: string, rounds: Rounds<"tapped" | "minimal">): Figure {
  const [own, minimal] = [median(addedBy(rounds, "tapped")), median(addedBy(rounds, "minimal"))];
  return {
    name,
    value: own / minimal,
    unit: "x",
    target: BUDGETS.closed.us / MINIMAL_US,
    medians: `${own.toFixed(1)} us, minimal ${minimal.toFixed(1)} us`,
  };
}

function throughputFigure(rounds: Rounds<"tapped">, devtools: keyof typeof BUDGETS): Figure {
  const ratio = spreadOf(rounds.map(({ tapped, untapped }) => untapped.ms / tapped.ms));
  const rate = (side: "tapped" | "untapped"): string =>
    Math.round(median(rounds.map((round) => (BURST.frames * 1_000) / round[side].ms))).toLocaleString(
      "en-US",
    );
  return {
    name: `echoes a second / untapped, DevTools ${devtools}; for information`,
    value: ratio.median,
    unit: "x",
    target: BUDGETS[devtools].throughput,
    bound: "least",
    medians: `${rate("tapped")}, untapped ${rate("untapped")}; half of the rounds ${ratio.low.toFixed(2)} to ${ratio.high.toFixed(2)}`,
  };
}
