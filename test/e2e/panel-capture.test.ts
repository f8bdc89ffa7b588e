import { expect, it } from "vitest";
import { drawn, press, send, textOf, tick } from "../support/panel-gestures";
import { describeInPanelPage } from "../support/panel-page";

/** Stops of the diagnosis, and the step that each is at. */
const STOPS = [
  ["connecting", "connecting"],
  ["unwatchable", "permission"],
  ["not_allowed", "permission"],
  ["not_reported", "tap"],
  ["no_tap", "tap"],
  ["tap_off", "tap"],
  ["no_socket", "socket"],
  ["other_sockets", "phoenix"],
] as const;

describeInPanelPage("what the panel says of the capture", (load) => {
  it("says at which step there is nothing to see, in whole or, beside something, in a line", async () => {
    for (const [stage, step] of STOPS) {
      const page = await load(`stage=${stage}`);
      await page.waitForSelector(`.notice[data-diagnosis=${step}][data-stop=${stage}]`);
      const failed = await page.$$eval("[data-step-state=failed]", (steps) =>
        steps.map((one) => one.getAttribute("data-step")),
      );
      expect(failed).toEqual(step === "connecting" ? [] : [step]);
      if (step === "connecting") continue;
      await page.locator("[data-tab=frames]").click();
      await page.waitForSelector(`details:not([open])[data-diagnosis=${step}]`);
      await page.locator("[data-diagnosis] summary").click();
      await page.waitForSelector(`[open] [data-step=${step}][data-step-state=failed]`);
    }
  });

  it("asks for the site of the page, and takes it back", async () => {
    const page = await load("stage=not_allowed&firefox");
    await page.locator("[data-action=allow]").click();
    await page.waitForSelector("[data-stop=not_reported]");
    const reloaded = page.evaluate(
      () => new Promise((resolve) => addEventListener("harness:reloaded", () => resolve("reloaded"))),
    );
    await page.locator("[data-action=reload]").click();
    expect(await reloaded).toBe("reloaded");
    await page.locator("[data-action=settings]").click();
    await page.locator('[data-site="https://shop.example.com/*"] [data-action=revoke]').click();
    await page.waitForSelector("[data-stop=not_allowed]");
    expect(await page.$('[data-site="https://shop.example.com/*"] [data-action=revoke]')).toBeNull();
  });

  it("opens its settings by keyboard, and closes them", async () => {
    const page = await load("");
    await page.focus("[data-action=settings]");
    await press(page, "Enter");
    await page.waitForSelector("[data-menu]:popover-open");
    await press(page, "Tab", "Space");
    await page.waitForSelector("[data-menu] [data-action=preserve]:checked");
    await page.waitForSelector(".toolbar-preserve [data-action=preserve]:checked");
    await page.select("[data-action=journal-limit]", String(1024 ** 3));
    await send(page, "kill");
    await send(page, "attach");
    await page.waitForSelector("[data-link=attached]");
    const limit = await page.$eval("[data-action=journal-limit]", (list) => "value" in list && list.value);
    expect(limit).toBe(String(1024 ** 3));
    await press(page, "Escape");
    await page.waitForSelector("[data-menu]:not(:popover-open)");
  });

  it("shows the page before, marked as such, over a kill of the host, and leads back", async () => {
    const page = await load("past");
    await page.waitForSelector("[data-session=live]");
    expect(await page.$("[data-bar]")).toBeNull();
    await page.locator("[data-action=show-past]").click();
    await page.waitForSelector("[data-session=past] [data-bar=past]");
    expect(await textOf(page, "[data-bar=past]")).toContain("Log in to the shop");
    expect(await textOf(page, "[data-tab=frames] .badge")).toBe("80");
    await send(page, "kill");
    await send(page, "attach");
    await page.waitForSelector("[data-link=attached]");
    await tick(page);
    expect(await page.$("[data-session=past]")).not.toBeNull();
    expect(await page.$("[data-action=show-past]")).toBeNull();
    await page.locator("[data-action=show-live]").click();
    await page.waitForSelector("[data-session=live] [data-action=show-past]");
    expect(await page.$("[data-bar]")).toBeNull();
  });

  it("says what is the matter above what it still shows", async () => {
    const page = await load("off&full&private&url=https://shop.example.com/cart");
    for (const bar of ["tap_off", "elsewhere", "storage"]) await page.waitForSelector(`[data-bar=${bar}]`);
    await page.waitForSelector("[data-private]");
    await page.waitForSelector('[data-json=state] [data-path="/count"]');
  });

  it("tries no more once the extension was reloaded, and says what to do", async () => {
    const page = await load("");
    await page.waitForSelector('[data-json=state] [data-path="/count"]');
    await send(page, "orphan");
    await page.waitForSelector("[data-link=orphaned]");
    expect(await textOf(page, "[data-bar=orphaned]")).toContain("Close DevTools");
    expect(await page.$('[data-json=state] [data-path="/count"]')).not.toBeNull();
  });

  it("says what a gap and a base mean, where they happened", async () => {
    const page = await load("events=400");
    await page.locator("[data-tab=frames]").click();
    await page.waitForSelector('[data-seq="400"]');
    for (const [type, seq, row] of [
      ["gap", 61, 60],
      ["base", 151, 147],
    ] as const) {
      await page.$eval(".grid-body", (list, top) => list.scrollTo(0, top), 20 * (row - 4));
      await page.locator(`[role=row][data-type=${type}][data-seq="${seq}"]`).click();
      await page.waitForSelector(`[data-detail=event][data-seq="${seq}"] [data-meaning=${type}]`);
    }
    await page.locator("[data-tab=problems]").click();
    await page.waitForSelector("[role=option][data-code=gap]");
  });

  it.each([400, 640, 1600])("sticks out of no window: %i pixels", async (width) => {
    for (const search of ["past&private&off&full", "stage=not_allowed", "stage=plain_channels&past"]) {
      const page = await load(search);
      await page.setViewport({ width, height: 640 });
      for (const tab of ["stores", "frames", "problems"]) {
        await page.locator(`[data-tab=${tab}]`).click();
        await drawn(page);
        expect(await page.evaluate(() => document.querySelector(".app")?.scrollWidth)).toBe(width);
      }
    }
  });
});
