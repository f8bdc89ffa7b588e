import { expect, it } from "vitest";
import { type PageHandle, type PanelHandle, until } from "../../src/cli/browser/driver";
import { describeInBrowsers, describeInChromium, type Stage } from "../support/browser";
import { fallSilent, openTalkSite, shownOf, talkOf, talkOn, untilTold } from "../support/talk-page";

describeInBrowsers("a page", (stage) => {
  it("goes on with its session as it comes back from the back-forward cache, both ways, with nothing lost and nothing twice", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    await talkOf(page);
    await leaveFor(page, site.url("two"));
    await untilTold(panel, await talkOf(page));
    await goInHistory(page, -1, site.url("one"));
    // No two sessions are alike.
    await untilTold(panel, await talkOn(page, 1));
    await goInHistory(page, 1, site.url("two"));
    const { rows } = await untilTold(panel, await talkOf(page));
    expect(rows.map(({ summary }) => summary)).toContain(`the page is shown again: ${site.url("two")}`);
    await page.close();
    await site.close();
  });

  it("is heard as it comes back though the background was ended while it was away, and then again", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    await talkOf(page);
    await leaveFor(page, site.url("two"));
    const second = await talkOf(page);
    await untilTold(panel, second);
    await endBackground(stage);
    await goInHistory(page, -1, site.url("one"));
    await untilTold(panel, await talkOn(page, 5));
    // What a page hands over as it goes can be told by nobody else, until it has been stored.
    await untilTold(panel, second, "past");
    await endBackground(stage);
    await untilTold(panel, await talkOn(page, 5));
    await page.close();
    await site.close();
  });

  it("is all there when DevTools is opened only after it has come back", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    await talkOf(page);
    await leaveFor(page, site.url("two"));
    await talkOf(page);
    await goInHistory(page, -1, site.url("one"));
    const talk = await talkOn(page, 5);
    await untilTold(await page.openPanel(), talk);
    await page.close();
    await site.close();
  });

  it("starts anew when it was taken out of memory, and what was before is one click away", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    const first = await talkOf(page);
    await untilTold(panel, first);
    await panel.close();
    const revived = await (await page.discard()).revive();
    const second = await talkOn(revived, 5);
    const again = await revived.openPanel();
    await untilTold(again, second);
    await untilTold(again, first, "past");
    await revived.close();
    await site.close();
  });
});

// Firefox renders no page ahead of its time, and gives no way to end the process of one page alone.
describeInChromium("a page", (stage) => {
  it("starts anew when it has crashed and is reloaded, and what was before is one click away", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    const first = await talkOf(page);
    await untilTold(panel, first);
    await page.crash();
    await page.reload();
    await untilTold(panel, await talkOn(page, 5));
    await untilTold(panel, first, "past");
    await page.close();
    await site.close();
  });

  it("that is rendered ahead of its time is the tab's page once it is shown, with all that was before", async () => {
    const site = await openTalkSite(stage.demo);
    const page = await stage.driver.openPage(site.url("one"));
    const panel = await page.openPanel();
    const first = await talkOn(page, 2);
    await page.evaluate(prerender, site.url("two"));
    const begun = () => page.evaluate((url) => localStorage.getItem(url), site.url("two"));
    await until("the other page to begin", async () => (await begun()) ?? undefined);
    await untilTold(panel, first);
    await page.evaluate((url) => location.assign(url), site.url("two"));

    // Puppeteer can lose sight of a page that takes another's place, but its DevTools cannot.
    await until(
      "the page",
      async () => (await inPage(panel, "location.href")) === site.url("two") || undefined,
    );
    const shownAt = await inPage(panel, "performance.getEntriesByType('navigation')[0].activationStart");
    await until("the answers", async () => (await inPage(panel, "talk.seen.length")) === 8 || undefined);
    const second = String(await inPage(panel, "talk.seen.join()")).split(",");
    const { rows } = await untilTold(panel, second);
    expect(rows[0]).toMatchObject({ type: "page", summary: `the page started: ${site.url("two")}` });
    // Chromium holds the connection itself back until then.
    expect(rows[1]).toMatchObject({ type: "socket" });
    expect(rows[1]?.t).toBeLessThan(Number(shownAt));
    await untilTold(panel, first, "past");
    await site.close();
  });
});

/** It may still be coming back from the last time. */
async function endBackground({ driver: { extension } }: Stage): Promise<void> {
  await until("the background", async () => (await extension.isBackgroundRunning()) || undefined);
  await extension.killBackground();
}

async function leaveFor(page: PageHandle, url: string): Promise<void> {
  await fallSilent(page);
  await page.goto(url);
}

/** Goes where the page comes from the back-forward cache: one that was loaded anew would have been shown only once. */
async function goInHistory(page: PageHandle, by: number, url: string): Promise<void> {
  await fallSilent(page);
  await page.evaluate((steps) => history.go(steps), by);
  // A document that is being left cannot be asked.
  const here = (): Promise<string | null> => page.evaluate(() => location.href).catch(() => null);
  await until(`the page to be at ${url}`, async () => (await here()) === url || undefined);
  expect(await shownOf(page)).toEqual([false, true]);
}

/** What an expression gives in the inspected page, asked by the panel's document. */
function inPage(panel: PanelHandle, expression: string): Promise<unknown> {
  return panel.evaluate(askInspected, expression);
}

/** The little that is used of what the browser gives a panel. */
declare const chrome: {
  readonly devtools: {
    readonly inspectedWindow: {
      readonly eval: (expression: string, done: (value: unknown) => void) => void;
    };
  };
};

function askInspected(expression: string): Promise<unknown> {
  return new Promise((resolve) => chrome.devtools.inspectedWindow.eval(expression, resolve));
}

// The function below runs in the page.

function prerender(url: string): void {
  const rules = document.createElement("script");
  rules.type = "speculationrules";
  rules.textContent = JSON.stringify({ prerender: [{ urls: [url], eagerness: "immediate" }] });
  document.head.append(rules);
}
