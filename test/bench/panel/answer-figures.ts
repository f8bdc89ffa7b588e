import { setTimeout as sleep } from "node:timers/promises";
import type { ChromiumPage } from "../../../src/cli/browser/chromium-page";
import { quantile } from "../measure";
import { pick } from "../sessions";
import type { Figure } from "../table";
import { timeAnswers } from "./answer-log";
import { showView } from "./fed-panel";

const SEEKS = 60;

/** Drags the thumb of the scrubber, the root being shown, which lists the ids of all its stores. */
export async function seekFigures(page: ChromiumPage): Promise<readonly Figure[]> {
  await showView(page, "stores");
  const { mouse } = page.page;
  const box = await (await page.page.$("[data-moment-bar] [role=slider]"))?.boundingBox();
  if (!box) throw new Error("There is no scrubber.");
  const moveTo = (share: number) => mouse.move(box.x + box.width * share, box.y + box.height / 2);
  await moveTo(0.95);
  await mouse.down();
  const time = await timeAnswers(page, {
    input: "pointermove",
    selector: "[data-moment-bar] [data-position]",
    attribute: "data-position",
  });
  const [along, anywhere]: [number[], number[]] = [[], []];
  for (let seek = 1; seek <= SEEKS; seek += 1) {
    along.push((await time(() => moveTo(0.95 - (0.9 * seek) / SEEKS))).last);
  }
  for (let seek = 1; seek <= SEEKS; seek += 1) {
    anywhere.push((await time(() => moveTo(0.1 + (0.8 * pick(seek, 1_000)) / 1_000))).last);
  }
  await mouse.up();
  await page.click("[data-action=moment-back]");
  return [
    figureOf("seek by dragging over it all, input to paint, 95 of 100", along, 50),
    figureOf("the same by jumps to anywhere", anywhere, null),
  ];
}

/** Numbers that stand in many frames: each digit leaves fewer of them. */
const TYPED = ["4711", "1208", "9035", "2417", "3862", "5190", "8274", "6043"];

const PAUSE_MS = 500;

/** Types into the timeline's filter, letter by letter, and empties it again. */
export async function filterFigures(page: ChromiumPage): Promise<readonly Figure[]> {
  await showView(page, "timeline");
  const { keyboard } = page.page;
  const time = await timeAnswers(page, {
    input: "keydown",
    selector: "[data-view=timeline] [role=grid]",
    attribute: "aria-rowcount",
  });
  const [firsts, lasts]: [number[], number[]] = [[], []];
  for (const text of TYPED) {
    await page.page.focus("[data-action=filter]");
    for (const digit of text) {
      const { first, last } = await time(() => keyboard.type(digit));
      firsts.push(first);
      lasts.push(last);
    }
    for (const _ of text) await keyboard.press("Backspace");
    await page.page.waitForSelector("[data-action=clear]", { hidden: true });
    await sleep(PAUSE_MS);
  }
  return [
    figureOf("typing in the filter, key to painted rows, 95 of 100", firsts, 100),
    figureOf("the same until nothing changed any more", lasts, null),
  ];
}

function figureOf(name: string, waits: readonly number[], target: number | null): Figure {
  const [middle, worst] = [quantile(waits, 0.5), Math.max(...waits)];
  return {
    ...{ name, value: quantile(waits, 0.95), unit: "ms", target },
    medians: `median ${middle.toFixed(1)} ms, worst ${worst.toFixed(1)} ms of ${waits.length}`,
  };
}
