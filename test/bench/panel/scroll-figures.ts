import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import type { Figure } from "../table";
import { showView } from "./fed-panel";
import { describeFrames, type FrameCost, measureFrames, STALL_MS } from "./frame-log";

const STEPS = 200;
/** As fast as a hand can fling a list. */
const WHEEL = { turns: 200, pixels: 600 } as const;

/** Scrolls the timeline from end to end: by jumps, one a frame, each to rows that are not there yet, and by the wheel. */
export async function* scrollFigures(page: ChromiumPage): AsyncGenerator<Figure> {
  await showView(page, "timeline");
  await page.page.waitForSelector("[data-view=timeline] [role=row][data-seq]");
  const jumps = await measureFrames(page, () => page.evaluate(scrollThrough, STEPS));
  yield scrollFigure(`worst frame, the timeline end to end in ${STEPS} jumps`, jumps);
  await pointAtList(page);
  const turns = await measureFrames(page, () => turnWheel(page));
  yield scrollFigure("worst frame, the timeline by the wheel, 30 rows a turn", turns);
}

function scrollFigure(name: string, cost: FrameCost): Figure {
  return { name, value: cost.worst, unit: "ms", target: STALL_MS, medians: describeFrames(cost) };
}

async function pointAtList({ page }: ChromiumPage): Promise<void> {
  const box = await (await page.$(LIST))?.boundingBox();
  if (!box) throw new Error("The timeline has no list.");
  await page.mouse.move(box.x + box.width / 2, box.y + box.height / 2);
}

/** Up from the end. */
async function turnWheel({ page }: ChromiumPage): Promise<void> {
  for (let turn = 0; turn < WHEEL.turns; turn += 1) await page.mouse.wheel({ deltaY: -WHEEL.pixels });
}

const LIST = "[data-view=timeline] .grid-body";

/** Runs in the panel. */
async function scrollThrough(steps: number): Promise<void> {
  const list = document.querySelector("[data-view=timeline] .grid-body");
  if (list === null) throw new Error("The timeline has no list.");
  for (let step = 0; step <= steps; step += 1) {
    list.scrollTop = ((list.scrollHeight - list.clientHeight) * step) / steps;
    await new Promise(requestAnimationFrame);
  }
}
