import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { drawn, firstRow, press, textOf, tick } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

const row = (seq: number): string => `[data-view=timeline] [role=row][data-seq="${seq}"]`;

describeInPanelPage("the timeline over a made-up session", (load) => {
  async function open(search: string): Promise<Page> {
    const page = await load(search);
    await page.locator("[data-tab=timeline]").click();
    await page.waitForSelector("[data-view=timeline] [role=row][data-seq]");
    return page;
  }

  it("follows the end until a person scrolls up, and shows any place of 100,000 entries with few elements", async () => {
    const page = await open("events=100000");
    await page.waitForSelector(row(100_000));
    await tick(page);
    await page.waitForSelector(row(100_003));
    for (const share of [0, 0.31, 0.77]) {
      await page.$eval(".grid-body", (list, at) => list.scrollTo(0, list.scrollHeight * at), share);
      const firstSeq = async (): Promise<number> => Number((await firstRow(page)) ?? Number.NaN);
      await expect.poll(firstSeq).toBeGreaterThan((share - 0.01) * 100_000);
      await expect.poll(firstSeq).toBeLessThan((share + 0.01) * 100_000);
      expect((await page.$$("[data-view=timeline] [role=row]")).length).toBeLessThan(80);
    }
    await page.waitForSelector("[data-action=follow][aria-pressed=false]");
  });

  it("leads from a command to its reply, its envelope and back, by keyboard", async () => {
    const page = await open("events=899");
    await page.focus("[role=grid]");
    await press(page, "End");
    await page.waitForSelector('[data-detail=entry][data-seq="899"] [data-cause-chain]');
    expect(await textOf(page, "[data-cause=reply] [aria-current]")).toContain("#899");
    await page.locator('[data-cause=command] [data-link="898"]').click();
    await page.waitForSelector(`${row(898)}[aria-selected=true]`);
    await page.waitForSelector('[data-detail=entry][data-seq="898"] [data-cause=reply] [data-link="899"]');
    await page.focus("[role=grid]");
    await press(page, "ArrowUp");
    await page.waitForSelector('[data-detail=entry][data-seq="897"] [role=listitem][data-path="/count"]');
    expect(await textOf(page, '[data-path="/count"] [data-side=before]')).toContain("17");
    expect(await textOf(page, '[data-path="/count"] [data-side=after]')).toContain("18");
    await page.locator("[data-tab=frame]").click();
    await page.waitForSelector('[data-json=payload] [data-path="/type"]');
    await page.focus("[role=grid]");
    await press(page, "Escape");
    await page.waitForFunction(() => document.querySelector("[data-detail=entry]") === null);
  });

  it("shows the chosen entry among the frames", async () => {
    const page = await open("events=899");
    await page.locator(row(897)).click();
    await page.locator("[data-action=show-frame]").click();
    await page.waitForSelector('[data-view=frames] [role=row][data-seq="897"][aria-selected=true]');
  });

  it("filters by kind, root and expression, says what is wrong with one, and clears it all", async () => {
    const page = await open("events=899");
    const kinds = (): Promise<readonly (string | null)[]> =>
      page.$$eval("[data-view=timeline] [role=row][data-kind]", (rows) => [
        ...new Set(rows.map((line) => line.getAttribute("data-kind"))),
      ]);
    expect(await kinds()).not.toContain("heartbeat");
    await page.locator("[data-action=kinds]").click();
    await page.locator("[data-menu=kinds] input[data-kind=push]").click();
    await expect.poll(kinds).not.toContain("push");
    await page.keyboard.press("Escape");
    await page.select("[data-action=root]", await rootValue(page, "CartStore u9:open"));
    await page.waitForFunction(
      () => !document.querySelector("[data-view=timeline]")?.textContent?.includes("CounterStore"),
    );
    await page.type("[data-action=filter]", "v8(");
    await page.locator("[data-action=regex]").click();
    expect(await page.waitForSelector("[data-fault]").then(() => textOf(page, "[data-fault]"))).toContain(
      "no regular expression",
    );
    await page.type("[data-action=filter]", "5|9)");
    await expect.poll(kinds).toEqual(["envelope"]);
    await page.locator("[data-action=clear]").click();
    await expect.poll(kinds).toContain("push");
    expect(await page.$("[data-action=clear]")).toBeNull();
  });

  it("goes on following where a filter leaves less room for the list", async () => {
    const page = await open("events=899");
    await page.setViewport({ width: 480, height: 600 });
    await page.type("[data-action=filter]", "v8");
    await page.waitForSelector(row(897));
    expect(await page.$("[data-action=follow][aria-pressed=true]")).not.toBeNull();
    await page.setViewport({ width: 800, height: 600 });
  });

  it("goes to the moment of an entry, and marks what came after it", async () => {
    const page = await open("events=899");
    await page.locator(row(890)).click();
    await page.locator("[data-action=go-to-moment]").click();
    await page.waitForSelector(`${row(891)}[data-later=first]`);
    await page.waitForSelector(`${row(892)}[data-later=later]`);
    expect(await page.$(`${row(890)}[data-later]`)).toBeNull();
    await page.locator("[data-action=moment-live]").click();
    await page.waitForFunction(() => document.querySelector("[data-view=timeline] [data-later]") === null);
  });

  it("zooms to what is brushed in the chart, and to the whole session again", async () => {
    const page = await open("events=5000");
    const chart = await page.waitForSelector("[data-action=strip]");
    await page.waitForFunction(
      () => Number(document.querySelector("[data-action=strip]")?.getAttribute("data-to")) > 60_000,
    );
    const box = await chart?.boundingBox();
    if (!box) throw new Error("the chart has no box");
    const [y, at] = [box.y + 30, (share: number): number => box.x + box.width * share];
    await page.mouse.move(at(0.25), y);
    await page.mouse.down();
    await page.mouse.move(at(0.5), y, { steps: 4 });
    await page.mouse.up();
    await page.waitForSelector("[data-strip][data-zoomed=true]");
    await expect.poll(async () => Number(await firstRow(page))).toBeLessThan(1_400);
    await expect.poll(async () => Number(await firstRow(page))).toBeGreaterThan(1_100);
    const span = (): Promise<readonly number[]> =>
      page.$eval("[data-action=strip]", (element) =>
        ["data-from", "data-to"].map((name) => Number(element.getAttribute(name))),
      );
    expect(await span()).toEqual([expect.closeTo(17_100, -3), expect.closeTo(34_200, -3)]);
    await chart?.focus();
    await press(page, "+");
    const [from = 0, to = 0] = await span();
    expect(to - from).toBeLessThan(13_000);
    await page.mouse.wheel({ deltaY: -120 });
    await expect
      .poll(async () => {
        const [left = 0, right = 0] = await span();
        return right - left;
      })
      .toBeLessThan((to - from) * 0.8);
    await press(page, "0");
    await page.waitForSelector("[data-strip][data-zoomed=false]");
  });

  it("draws the chart, in the colours of the theme", async () => {
    const page = await open("events=900");
    await drawn(page);
    const colors = (): Promise<number> =>
      page.$eval(".strip-chart canvas", (canvas) => {
        if (!(canvas instanceof HTMLCanvasElement)) return 0;
        const pixels = canvas.getContext("2d")?.getImageData(0, 0, canvas.width, canvas.height).data ?? [];
        const seen = new Set<number>();
        for (let at = 0; at < pixels.length; at += 4) {
          if ((pixels[at + 3] ?? 0) === 255)
            seen.add(((pixels[at] ?? 0) << 16) + ((pixels[at + 1] ?? 0) << 8) + (pixels[at + 2] ?? 0));
        }
        return seen.has(0x0b57d0) ? 1 : seen.has(0x9cc0ff) ? 2 : 0;
      });
    await expect.poll(colors).toBe(1);
    await page.evaluate(() => {
      document.documentElement.dataset.theme = "dark";
    });
    await expect.poll(colors).toBe(2);
    expect(Number((await textOf(page, "[data-counts] td"))?.replaceAll(",", ""))).toBeGreaterThan(0);
  });
});

/** The value of the option of a select that says `text`. */
async function rootValue(page: Page, text: string): Promise<string> {
  return page.$$eval(
    "[data-action=root] option",
    (options, wanted) => options.find((option) => option.textContent === wanted)?.getAttribute("value") ?? "",
    text,
  );
}
