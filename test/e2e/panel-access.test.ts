import axe from "axe-core";
import type { Page } from "puppeteer-core";
import { expect, it } from "vitest";
import { drawn, press, send, textOf } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";
import { SCENES, type Scene } from "../support/panel-scenes";

declare global {
  interface Window {
    /** What the page has once axe was put into it. */
    readonly axe: typeof axe;
  }
}

const THEMES = ["light", "dark"] as const;
const COUNTER = '[data-kind=root][data-root-id="Demo.CounterStore:c1"]';

/** What axe finds: the rule, and where. @param more rules beyond those that it has on by itself */
async function findings(page: Page, ...more: readonly string[]): Promise<readonly string[]> {
  const rules = Object.fromEntries(more.map((name) => [name, { enabled: true }]));
  const { violations } = await page.evaluate((options) => window.axe.run(document, options), {
    resultTypes: ["violations" as const],
    rules,
  });
  return violations.flatMap(({ id, nodes }) => nodes.map(({ target, html }) => `${id}: ${target}: ${html}`));
}

/** Has the system set to something, a media feature, for a while. */
async function whileSet(page: Page, name: string, value: string, run: () => Promise<void>): Promise<void> {
  const session = await page.createCDPSession();
  await session.send("Emulation.setEmulatedMedia", { features: [{ name, value }] });
  await drawn(page);
  await run();
  await session.detach();
}

/** Sets the theme of DevTools. */
async function choose(page: Page, theme: (typeof THEMES)[number]): Promise<void> {
  await page.evaluate((name) => {
    document.documentElement.dataset.theme = name;
  }, theme);
  await drawn(page);
}

/** What has the keyboard: its role or, where it has none, its action. */
async function keyboard(page: Page): Promise<string | null> {
  await drawn(page);
  return page.evaluate(() => {
    const { activeElement } = document;
    return activeElement?.getAttribute("role") ?? activeElement?.getAttribute("data-action") ?? null;
  });
}

describeInPanelPage("the panel for everybody", (load) => {
  const show = async ({ search = "", act }: Omit<Scene, "name">): Promise<Page> => {
    const page = await load(search);
    await page.setViewport({ width: 1000, height: 640 });
    await act?.(page);
    await page.evaluate(axe.source);
    // What fades in, or flashes, has the colours it is to have only at the end.
    await page.waitForFunction(() =>
      document.getAnimations().every(({ playState }) => playState === "finished"),
    );
    return page;
  };

  it.each(SCENES)("has nothing that axe finds: $name", async (scene) => {
    const page = await show(scene);
    for (const theme of THEMES) {
      await choose(page, theme);
      expect(await findings(page)).toEqual([]);
    }
  });

  it("has more contrast where it is asked for", async () => {
    for (const scene of SCENES.slice(0, 8)) {
      const page = await show(scene);
      await whileSet(page, "prefers-contrast", "more", async () => {
        for (const theme of THEMES) {
          await choose(page, theme);
          expect(await findings(page, "color-contrast-enhanced")).toEqual([]);
        }
      });
    }
  });

  it("does not move where that is not wanted", async () => {
    const page = await show({});
    await whileSet(page, "prefers-reduced-motion", "reduce", async () => {
      await send(page, "tick");
      await page.waitForSelector("[data-flash]");
      expect(await page.evaluate(() => document.getAnimations().length)).toBe(0);
    });
  });

  it("has larger rows where text is larger, and shows the right ones", async () => {
    const page = await show({ search: "events=5000" });
    await page.locator("[data-tab=frames]").click();
    await page.waitForSelector('[data-seq="5000"]');
    await page.evaluate(() => {
      document.documentElement.style.fontSize = "24px";
    });
    const height = () =>
      page.$eval("[role=row][data-seq]", (row) => Math.round(row.getBoundingClientRect().height));
    await expect.poll(height).toBe(30);
    await page.$eval(".grid-body", (list) => list.scrollTo(0, 30 * 2_000));
    // The columns are the first row.
    await page.waitForSelector('[aria-rowindex="2002"][data-seq]');
    const offset = await page.$eval('[aria-rowindex="2002"]', (row) => {
      const columns = document.querySelector("[role=grid] .columns")?.getBoundingClientRect();
      return row.getBoundingClientRect().top - (columns?.bottom ?? Number.NaN);
    });
    expect(Math.abs(offset)).toBeLessThanOrEqual(1);
  });

  it("gives the keyboard to what is beside a button that goes", async () => {
    const page = await show({ search: "events=900" });
    await page.locator("[data-tab=channels]").click();
    await page.locator('[role=row][data-topic="room:lobby"]').click();
    await page.focus("[data-detail=channel] .close");
    await press(page, "Enter");
    expect(await keyboard(page)).toBe("grid");
    await page.locator("[data-tab=timeline]").click();
    await page.locator("[data-view=timeline] [role=row][data-seq]").click();
    await page.waitForSelector("[data-detail=entry] .close");
    await page.focus("[data-detail=entry] .close");
    await press(page, "Enter");
    expect(await keyboard(page)).toBe("grid");
    await page.locator("[data-action=moment-live]").click();
    await page.waitForSelector("[data-action=moment-back]");
    await page.focus("[data-action=moment-back]");
    await press(page, "Enter");
    await page.waitForSelector("[data-moment=live]");
    expect(await keyboard(page)).toBe("moment-live");
  });

  it("closes a menu by Escape, which nobody else hears, and gives the keyboard back to its button", async () => {
    const page = await show({});
    await page.evaluate(() => {
      document.addEventListener("keydown", ({ key }) => {
        document.body.dataset.heard = key;
      });
    });
    for (const action of ["settings", "kinds"]) {
      if (action === "kinds") await page.locator("[data-tab=timeline]").click();
      await page.locator(`[data-action=${action}]`).click();
      await page.waitForSelector(":popover-open");
      await press(page, "Tab", "Escape");
      expect(await page.$(":popover-open")).toBeNull();
      expect(await keyboard(page)).toBe(action);
    }
    expect(await page.$eval("body", ({ dataset }) => dataset.heard)).toBe("Tab");
  });

  it("says where in time it is", async () => {
    const page = await show({});
    const told = () => textOf(page, ".moment-bar > [role=status].visually-hidden");
    expect(await told()).toBe("");
    await page.locator("[data-action=moment-live]").click();
    await expect.poll(told).toContain("What is shown is in the past.");
    await page.locator("[data-action=moment-back]").click();
    await expect.poll(told).toBe("What is shown is live again.");
  });

  it("shows where lines will be until they come, and says so", async () => {
    const page = await show({});
    await page.waitForSelector(COUNTER);
    await send(page, "kill");
    await page.locator("[data-tab=channels]").click();
    await page.waitForSelector("[data-view=channels] [data-skeleton]");
    expect(await textOf(page, "[data-skeleton]")).toContain("Loading");
    await send(page, "attach");
    await page.waitForSelector("[data-view=channels] [role=row][data-topic]");
  });
});
