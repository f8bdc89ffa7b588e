import { expect, it } from "vitest";
import type { PageHandle } from "../../src/cli/browser/driver";
import { describeInBrowsers } from "../support/browser";
import { inPanel } from "../support/panel-words";
import { openTalkSite, talkOf, talkOn, untilTold } from "../support/talk-page";

// Either browser takes the panel's document away with the extension: what an old panel would say is tried where panels
// run by themselves.
describeInBrowsers("a page that was open when the extension was reloaded", (stage) => {
  it("goes on undisturbed, and is captured again after its own reload", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    await untilTold(panel, await talkOf(page));
    await page.evaluate(keepNative);
    await stage.driver.extension.reload();
    await talkOn(page, 20);
    await panel.close();

    const again = await page.openPanel();
    const person = inPanel(again);
    // Chromium leaves open pages alone. Firefox runs the content scripts in them once more: the new content script
    // reports, and the new tap leaves the page to the one before.
    await person.sees("[data-diagnosis=tap] [data-action=reload]", "Reload the page");
    await talkOn(page, 20);
    expect(await page.evaluate(hasKeptNative)).toBe(true);
    await person.click("[data-action=reload]");
    await person.sees("[data-stop=plain_channels]", "");
    await untilTold(again, await talkOf(page));
    expect(complaints(page)).toEqual([]);
    await page.close();
    await site.close();
  });

  it("leaves no trace when it goes, nor when it comes back from the back-forward cache", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.blank());
    await page.goto(site.url("one"));
    await talkOf(page);
    await page.evaluate(() => history.back());
    await expect.poll(() => page.evaluate(() => location.pathname).catch(() => "")).toBe("/blank");
    await stage.driver.extension.reload();
    await stage.driver.extension.reload();
    await page.goto(site.url("two"));
    await talkOn(page, 5);
    await page.evaluate(() => history.back());
    await expect.poll(() => page.evaluate(() => location.pathname).catch(() => "")).toBe("/blank");
    const panel = await page.openPanel();
    await page.goto(site.url("three"));
    await untilTold(panel, await talkOf(page));
    expect(complaints(page)).toEqual([]);
    await page.close();
    await site.close();
  });
});

/** What anybody wrote into the page's console as a warning or an error. */
function complaints(page: PageHandle): readonly string[] {
  return page.console.filter(({ level }) => level === "error" || /^warn/.test(level)).map(({ text }) => text);
}

// The functions below run in the page.

function keepNative(): void {
  Object.assign(window, { kept: [WebSocket, fetch, XMLHttpRequest.prototype.open] });
}

/** A second tap would have put something else in the place of each. */
function hasKeptNative(): boolean {
  const kept: readonly unknown[] = Reflect.get(window, "kept");
  const now = [WebSocket, fetch, XMLHttpRequest.prototype.open];
  return kept.every((one, index) => one === now[index]);
}
