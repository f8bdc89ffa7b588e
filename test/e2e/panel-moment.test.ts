import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { drawn, press, send, textOf, tick } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const COUNT = '[data-json=state] [data-path="/count"] [data-value]';

async function position(page: Page): Promise<number> {
  return page.$eval("[data-position]", (where) => Number(where.getAttribute("data-position")));
}

async function waitForPosition(page: Page, seq: number): Promise<void> {
  await page.waitForSelector(`[data-position="${seq}"]`);
}

/** Points at a place of the track, 0 to 1. */
async function placeOnTrack(page: Page, share: number): Promise<{ x: number; y: number }> {
  return page.$eval(
    ".scrubber-track",
    (track, at) => {
      const { left, top, width, height } = track.getBoundingClientRect();
      return { x: left + width * at, y: top + height / 2 };
    },
    share,
  );
}

async function thumb(page: Page): Promise<number> {
  return page.$eval(".scrubber-thumb", (element) =>
    Number.parseFloat(element instanceof HTMLElement ? element.style.left : ""),
  );
}

describeInPanelPage("time travel over a made-up session", (load) => {
  it("is not offered where no event has come yet", async () => {
    const page = await load("stage=connecting");
    expect(await page.$("[data-moment-bar]")).toBeNull();
    expect(await page.$("[data-moment=live]")).not.toBeNull();
  });

  it("stops at a moment, says so everywhere, and goes back to live", async () => {
    const page = await load("");
    await page.waitForSelector(COUNT);
    await page.locator("[data-action=moment-live]").click();
    await page.waitForSelector("[data-moment=past] .moment-past");
    expect(await textOf(page, ".moment-sentence")).toContain("event 400, at 5.480 s");
    expect(await textOf(page, ".moment-sentence")).toContain("The page itself is not touched.");
    await tick(page);
    expect(await textOf(page, COUNT)).toBe("17");
    expect(await position(page)).toBe(400);
    await page.locator("[data-action=moment-back]").click();
    await page.waitForSelector("[data-moment=live]");
    await page.waitForFunction(
      (selector) => document.querySelector(selector)?.textContent === "18",
      {},
      COUNT,
    );
    expect(await position(page)).toBe(403);
  });

  it("steps by what is chosen, and says when nothing further follows", async () => {
    const page = await load("events=60");
    await page.waitForSelector("[data-moment-bar]");
    expect(await page.$eval("[data-action=moment-next]", (b) => b.ariaDisabled)).toBe("true");
    await page.select("[data-action=moment-step]", "command");
    await page.locator("[data-action=moment-previous]").click();
    await waitForPosition(page, 58);
    await page.locator("[data-action=moment-previous]").click();
    await waitForPosition(page, 55);
    await page.locator("[data-action=moment-next]").click();
    await waitForPosition(page, 58);
    await page.select("[data-action=moment-step]", "problem");
    await page.locator("[data-action=moment-next]").click();
    await page.waitForSelector("[data-moment-fault=nothing_further]");
    expect(await textOf(page, "[data-moment-fault]")).toBe("There is no later problem.");
    expect(await position(page)).toBe(58);
  });

  it("follows the pointer over the track, and shows what was there", async () => {
    const page = await load("events=1000");
    await page.waitForSelector(COUNT);
    const from = await placeOnTrack(page, 0.9);
    await page.mouse.move(from.x, from.y);
    await page.mouse.down();
    for (const share of [0.8, 0.6, 0.4, 0.25]) {
      const { x, y } = await placeOnTrack(page, share);
      await page.mouse.move(x, y);
      await drawn(page);
      expect(await thumb(page)).toBeCloseTo(share * 100, 0);
    }
    await page.mouse.up();
    await expect.poll(() => position(page)).toBeGreaterThan(240);
    expect(await position(page)).toBeLessThan(260);
    expect(await textOf(page, COUNT)).toBe("4");
    await page.waitForSelector("[data-moment=past]");
  });

  it("is moved by keyboard alone", async () => {
    const page = await load("events=60");
    await page.waitForSelector("[role=slider]");
    await page.focus("[role=slider]");
    await press(page, "ArrowLeft", "ArrowLeft");
    await waitForPosition(page, 58);
    const said = (): Promise<string | null> =>
      page.$eval("[role=slider]", (slider) => slider.getAttribute("aria-valuetext"));
    expect(await said()).toBe("0.795 s, event 58 of 60");
    await press(page, "ArrowRight");
    await waitForPosition(page, 59);
    await press(page, "PageDown");
    await waitForPosition(page, 57);
    await press(page, "Home");
    await waitForPosition(page, 1);
    await press(page, "PageUp");
    await waitForPosition(page, 9);
    await press(page, "End");
    await waitForPosition(page, 60);
    await page.waitForSelector("[data-moment=past]");
  });

  it("is moved by the keys of the panel, from wherever the focus is", async () => {
    const page = await load("events=60");
    await page.waitForSelector("[role=treeitem]");
    await page.focus("[role=tree]");
    const withAlt = async (...keys: readonly Parameters<typeof press>[1][]): Promise<void> => {
      await page.keyboard.down("Alt");
      await press(page, ...keys);
      await page.keyboard.up("Alt");
    };
    await withAlt("ArrowLeft", "ArrowLeft");
    await waitForPosition(page, 58);
    await withAlt("ArrowRight");
    await waitForPosition(page, 59);
    await withAlt("ArrowUp");
    await waitForPosition(page, 58);
    await withAlt("End");
    await page.waitForSelector("[data-moment=live]");
    await page.focus("[role=slider]");
    await press(page, "t", "l");
    await page.waitForSelector("[data-moment=past]");
    await press(page, "t", "n");
    await page.waitForSelector("[data-moment=live]");
    expect(page.url()).toContain("panel-harness.html");
  });

  it("plays the session to its end", async () => {
    const page = await load("events=2000");
    await page.waitForSelector("[data-moment-bar]");
    await page.select("[data-action=moment-speed]", "10");
    const label = (): Promise<string | null> =>
      page.$eval("[data-action=moment-play]", (button) => button.getAttribute("aria-label"));
    await page.locator("[data-action=moment-play]").click();
    await expect.poll(label).toBe("Stop");
    await expect.poll(() => position(page)).toBeLessThan(1_500);
    await expect.poll(label, { timeout: 20_000 }).toBe("Play");
    expect(await position(page)).toBe(2_000);
    await page.waitForSelector("[data-moment=past]");
  });

  it("keeps the moment when the host dies and comes back", async () => {
    const page = await load("");
    await page.waitForSelector(COUNT);
    await page.focus("[role=slider]");
    await press(page, "Home");
    await waitForPosition(page, 1);
    await send(page, "kill");
    await send(page, "attach");
    await page.waitForSelector("[data-link=attached]");
    await tick(page);
    expect(await position(page)).toBe(1);
    expect(await textOf(page, COUNT)).toBe("0");
  });

  it("has room from 400 px on", async () => {
    const page = await load("");
    for (const width of [400, 720, 900, 1600]) {
      await page.setViewport({ width, height: 500 });
      await page.waitForSelector("[data-moment-bar]");
      await drawn(page);
      const bar = await page.$eval("[data-moment-bar]", (element) => ({
        height: element.getBoundingClientRect().height,
        isOverflowing: element.scrollWidth > element.clientWidth,
        track: element.querySelector(".scrubber-track")?.getBoundingClientRect().width ?? 0,
      }));
      expect(bar.isOverflowing).toBe(false);
      expect(bar.track).toBeGreaterThan(160);
      expect(bar.height).toBeLessThan(width < 720 ? 62 : 32);
    }
  });
});
